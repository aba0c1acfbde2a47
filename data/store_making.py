"""A store that comes to be: filled as a draft beside its place, which it takes only when it is whole."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from glob import escape
from pathlib import Path

from data.errors import Refused, StoreTrouble
from data.store import SETTINGS, Store, connect, engine_at, is_there, migrate, store_path
from data.store_faults import APPLICATION_ID, check_usable, trouble

DRAFT_SETTINGS = SETTINGS | {"journal_mode": "MEMORY", "synchronous": "OFF"}  # a draft that fails is thrown away
DRAFT_HOURS = 1  # a draft older than this was left by a program that was killed


@contextmanager
def making_store(where: str | Path, *, replaces: bool = False) -> Iterator[Store]:
    """An empty store to fill; it comes to stand at `where` when the block ends well, and else leaves nothing.

    With `replaces`, the store that is there stays until then. Raises Refused where a file is already there,
    StoreTrouble where none can be made, or another program has the one open that is to be replaced.
    """
    path = store_path(where)
    with drafting(path, replaces=replaces) as draft:
        with closing(connect(draft, DRAFT_SETTINGS)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        store = Store(path, engine_at(draft, DRAFT_SETTINGS))
        migrate(store)
        yield store
        store.close()


@contextmanager
def drafting(path: Path, *, replaces: bool = False, named_with: str = " with --store") -> Iterator[Path]:
    """An empty file beside `path` to fill with a store; it takes that name when the block ends well, and else is gone.

    `named_with`: how a person names another place, "" where the file is simply named. Raises as `making_store` does.
    """
    replaces = replaces and is_there(path)
    if replaces:
        _check_alone(path)
    draft = _draft(path, replaces, named_with)
    try:
        with trouble(path):
            yield draft
            _settle(draft, path, replaces, named_with)
    finally:
        _throw_away(draft)


def clear_drafts(folder: Path, name: str | None = None) -> None:
    """Deletes the drafts that a killed program left in `folder`: those of the file `name`, without it all."""
    for old in folder.glob(f".{'*' if name is None else escape(name)}.*.draft"):
        with suppress(FileNotFoundError):  # another program was quicker
            if is_left(old):
                _throw_away(old)


def is_left(path: Path) -> bool:
    """Whether nothing has been written at `path` for so long that whoever made it was killed."""
    return time.time() - path.stat().st_mtime > DRAFT_HOURS * 3600


def _throw_away(draft: Path) -> None:
    """Deletes a draft, and what SQLite kept beside it, where customers' data may stand as well."""
    for name in (draft, *(draft.with_name(f"{draft.name}-{kind}") for kind in ("wal", "shm", "journal"))):
        name.unlink(missing_ok=True)


def _check_alone(path: Path) -> None:
    """Leaves all of the store at `path` in its one file. Raises StoreTrouble where another program has it open."""
    check_usable(path)
    with trouble(path), closing(connect(path, {"busy_timeout": 0})) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # SQLite grants it to the only one there, and tidies up


def _draft(path: Path, replaces: bool, named_with: str) -> Path:
    """An empty file beside `path`, of a name of its own; drafts that a killed program left there go."""
    if is_there(path) and not replaces:
        raise _already_there(path, named_with)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_drafts(path.parent, path.name)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent)
    except OSError as error:
        raise _unmade(path, error, named_with) from None
    os.close(handle)
    return Path(name)


def _settle(draft: Path, path: Path, replaces: bool, named_with: str) -> None:
    """Makes a finished draft durable and gives it its name."""
    with closing(connect(draft)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    try:
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        if replaces:
            _check_alone(path)
            draft.replace(path)
        else:
            _name(draft, path)
    except FileExistsError:
        raise _already_there(path, named_with) from None
    except OSError as error:
        raise _unmade(path, error, named_with) from None
    with suppress(OSError):  # Windows has no way to wait for a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _name(draft: Path, path: Path) -> None:
    """Gives a draft its name by a link, which unlike a rename never replaces a file that came in between."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        draft.rename(path)


def _unmade(path: Path, error: OSError, named_with: str) -> StoreTrouble:
    return StoreTrouble(f"No store can be made at {path}: {error.strerror}.", f"Name another place{named_with}.")


def _already_there(path: Path, named_with: str) -> Refused:
    return Refused(f"There is already a file at {path}.", f"It was left alone; name another place{named_with}.")
