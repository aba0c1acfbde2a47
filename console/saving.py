"""Files that a command writes: new ones only."""

from __future__ import annotations

from pathlib import Path

from data.errors import Misused


def save_new(path: Path, content: bytes, option: str) -> None:
    """Writes a file that is not there yet. Raises Misused where it is, or can't be written; `option` names another."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Misused(f"There is already a file at {path}.", f"Name another with {option}.") from None
    except OSError as error:
        raise Misused(f"{path} can't be written: {error.strerror}.", f"Name another with {option}.") from None
