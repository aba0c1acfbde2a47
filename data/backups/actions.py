"""A backup that somebody asks for: on the record, because it takes every customer's data along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.agents.rules import Permission
from data.backups.copying import Progress, check_copy, copy_store
from data.desk import Desk, action, permit
from data.store import store_path
from data.store_making import drafting


@dataclass(frozen=True)
class Backup:
    """A backup that was made: where it is, its size in bytes."""

    path: Path
    size: int


def back_up(desk: Desk, file: Path, progress: Progress | None = None) -> Backup:
    """Copies the store into `file` while others write; the copy is checked before it has its name.

    Raises Refused where a file of that name is there, or the agent may not; StoreTrouble where none can be made.
    """
    permit(desk, Permission.ADMINISTER)
    path = store_path(file)
    with drafting(path, named_with="") as draft:
        copy_store(desk.store.path, draft, progress)
        check_copy(draft)
        made = Backup(path, draft.stat().st_size)
        note_backup(desk, made)  # before it has its name: no backup is there that is not on the record
    return made


@action("store.backup", needs=Permission.ADMINISTER)
def note_backup(desk: Desk, made: Backup) -> None:
    """Keeps on the record that a backup is made, and where."""
    desk.event.tell(file=str(made.path), bytes=made.size)
