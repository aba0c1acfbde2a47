"""Files that people name: why one can't be read, in words; and new ones, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from data.errors import CarelineError, Misused, NotFound


def unread(path: Path, error: Exception, remedy: str) -> CarelineError:
    """The error to raise where reading `path` ended with `error`: NotFound without such a file, else Misused."""
    if isinstance(error, FileNotFoundError):
        return NotFound(f"There is no file {path}.", "Check its name.")
    if isinstance(error, PermissionError):
        return Misused(f"{path} can't be read: you may not.", "Ask for permission to read it.")
    if isinstance(error, IsADirectoryError):
        return Misused(f"{path} is a folder, not a file.", remedy)
    if isinstance(error, UnicodeDecodeError):
        return Misused(f"{path} is not text in UTF-8.", remedy)
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Misused(f"{path} can't be read: {why}.", remedy)


def named(text: str) -> Path:
    """The file that somebody names, ~ for their home. Raises Misused where no file can be called that."""
    try:
        path = Path(text.strip()).expanduser()
        can_be = b"\0" not in os.fsencode(path)
    except (RuntimeError, UnicodeEncodeError):  # nobody's home, signs that no name can have
        can_be = False
    if not can_be:
        raise Misused("No file can be called that.", "Write another name.")
    return path


@contextmanager
def new_file(path: Path, remedy: str) -> Iterator[BinaryIO]:
    """A file at `path` to write into, which is not there yet; where that fails, it is taken away again.

    Raises Misused with `remedy` where there is one already, or it can't be written, as on a disk that is full.
    """
    try:
        file = path.open("xb")
    except FileExistsError:
        raise Misused(f"There is already a file at {path}.", remedy) from None
    except OSError as error:
        raise _unwritten(path, error, remedy) from None
    try:
        with file:
            yield file
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritten(path, error, remedy) from None
        raise


def _unwritten(path: Path, error: OSError, remedy: str) -> Misused:
    return Misused(f"{path} can't be written: {error.strerror}.", remedy)


def toml_in(text: str) -> dict[str, Any]:
    """What a TOML text says. Raises tomllib.TOMLDecodeError where it is none, or can't be read."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError):  # thousands of brackets in brackets, or a number of thousands of digits
        raise tomllib.TOMLDecodeError("a value in it is too large, or nested too deeply") from None
