"""Files that people name: why one can't be read, in words."""

from __future__ import annotations

from pathlib import Path

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
