"""The backup that is made by itself, once a day, in a folder beside the store.

It asks for no permission: it stays where the store is, as closed to others as the store.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from data.audit.verifying import End, end_of
from data.backups.copying import Progress, check_copy, copy_store
from data.backups.rules import kept
from data.errors import Refused, StoreTrouble
from data.store_faults import looking
from data.store_making import clear_drafts, drafting

ROOM = 2  # times the store's size must be free


@dataclass(frozen=True)
class Daily:
    """A daily backup: of which day, where."""

    day: date
    path: Path


def folder_of(store: Path) -> Path:
    """Where the daily backups of the store at `store` are."""
    return store.with_name(f"{store.name}.backups")


def daily_backups(store: Path) -> tuple[Daily, ...]:
    """Those that there are, newest first; other files in the folder are left out."""
    found = [Daily(day, path) for path in folder_of(store).glob("????-??-??.store") if (day := _day(path))]
    return tuple(sorted(found, key=lambda backup: backup.day, reverse=True))


def ends(store: Path) -> tuple[End, ...]:
    """Where the audit ended in each daily backup that can be read: what the store's own must still hold."""
    found = []
    for backup in daily_backups(store):
        with suppress(sqlite.Error), looking(backup.path) as connection:
            found.append(end_of(connection))
    return tuple(end for end in found if end)


def is_due(store: Path, today: date) -> bool:
    """Whether today's is yet to be made; after a clock was set back, the newest counts for today's."""
    newest = next(iter(daily_backups(store)), None)
    return newest is None or newest.day < today


def back_up_daily(store: Path, today: date, progress: Progress | None = None) -> Daily | None:
    """Makes today's backup, and lets go of those that are not kept any longer. None where it is there already.

    Raises StoreTrouble where it can't be made; the older ones stay then.
    """
    if not is_due(store, today):
        return None
    size, free = store.stat().st_size, shutil.disk_usage(store.parent).free
    if free < ROOM * size:
        raise StoreTrouble("There is no room for today's backup.", "Free some space on the store's disk.")
    path = folder_of(store) / f"{today.isoformat()}.store"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    clear_drafts(path.parent)
    try:
        with drafting(path) as draft:
            copy_store(store, draft, progress)
            check_copy(draft)
    except Refused:  # another console was quicker
        return None
    _let_go(store)
    return Daily(today, path)


def _let_go(store: Path) -> None:
    backups = daily_backups(store)
    stay = kept(backup.day for backup in backups)
    for backup in backups:
        if backup.day not in stay:
            backup.path.unlink(missing_ok=True)


def _day(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.stem)
    except ValueError:
        return None
