"""The doctor: looks a store over from the file to the search index, and says what to do. It changes nothing.

`repair` is the one thing that writes: it makes the search index anew from the customers.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from data.agents.rules import Permission
from data.desk import Desk, action
from data.errors import StoreTrouble
from data.search.engines import engine_for
from data.store import SETTINGS, Store, open_store, store_path
from data.store_faults import SCHEMA_VERSION, check_usable, looking, trouble, version_of
from data.text import counted

Progress = Callable[[str, int, int], None]  # what is looked at, how much is done, of how much (0: not known)

LEAST_FREE = 50_000_000  # bytes; below, the store may soon not grow
SOUND_SQLITE = (3, 51, 3)  # before it, two programs in one store could damage it (SQLite's WAL-reset bug)
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone"}
)
MOUNTS = Path("/proc/self/mountinfo")
DAMAGE = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB"})
SHOWN = 3  # of what a check complains of
RESTORE = "Nothing was changed. Stop working in this store, copy it somewhere safe, and restore a backup."


class Health(StrEnum):
    """How a finding stands; WARNING needs a look, TROUBLE needs to be mended."""

    GOOD = "good"
    WARNING = "warning"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class Finding:
    """What one check found: a sentence, and another on what to do ("" where there is nothing)."""

    check: str
    health: Health
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Examination:
    """All that was found at `path`."""

    path: Path
    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing needs mending."""
        return all(finding.health is not Health.TROUBLE for finding in self.findings)

    @property
    def index_is_wrong(self) -> bool:
        """Whether `repair` would help."""
        return any(finding.check == INDEX and finding.health is Health.TROUBLE for finding in self.findings)


INDEX = "search index"


def examine(where: str | Path, progress: Progress | None = None) -> Examination:
    """Looks over the store at `where`, without changing it. Raises StoreTrouble where there is none."""
    path = store_path(where)
    if not os.path.exists(path):  # noqa: PTH110 - unlike Path.exists it never raises
        check_usable(path)
    return Examination(path, tuple(_findings(path, progress or (lambda what, done, total: None))))


@action("search.rebuild", needs=Permission.READ_ACCOUNTS)
def repair(desk: Desk, progress: Callable[[int, int], None] | None = None) -> None:
    """Makes the search index anew from the customers. Nobody's facts change, so whoever sits there may."""
    desk.search_engine.rebuild(desk.driver, progress)


def _findings(path: Path, progress: Progress) -> Iterator[Finding]:
    """Each check in turn; one that makes the next ones pointless is the last."""
    try:
        check_usable(path)
        yield Finding("file", Health.GOOD, f"{path} is a Careline store of {_size(path.stat().st_size)}.")
        yield from _surroundings(path)
        with trouble(path):
            damage = _damage(path, progress)
            yield damage
            if damage.health is not Health.TROUBLE:
                yield (version := _version(version_of(path)))
                if version.health is Health.GOOD:
                    yield from _inside(open_store(path), progress)
    except StoreTrouble as error:
        yield Finding("store", Health.TROUBLE, error.reason, error.remedy)


def _inside(store: Store, progress: Progress) -> Iterator[Finding]:
    try:
        with store.raw() as connection:
            yield _settings(connection)
            yield _references(connection, progress)
            yield _index(store, connection, progress)
    finally:
        store.close()


def _surroundings(path: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(path.parent).free
    if free < LEAST_FREE:
        yield Finding("space", Health.TROUBLE, f"Only {_size(free)} are free there.", "Free some space on that disk.")
    elif free < path.stat().st_size:
        yield Finding("space", Health.WARNING, f"{_size(free)} are free there: less than a copy of it needs.")
    else:
        yield Finding("space", Health.GOOD, f"{_size(free)} are free there.")
    if (kind := file_system(path)) in NETWORK_FILE_SYSTEMS:
        yield Finding(
            "disk",
            Health.TROUBLE,
            f"It lies on a network file system ({kind}), where several desks can damage it.",
            "Move it to a disk of this machine.",
        )
    if sys.platform != "win32" and path.stat().st_mode & 0o077:
        yield Finding(
            "access", Health.WARNING, "Other accounts of this machine can read it.", f"Run: chmod 600 '{path}'"
        )
    if sqlite.sqlite_version_info < SOUND_SQLITE:
        yield Finding(
            "SQLite",
            Health.TROUBLE,
            f"SQLite {sqlite.sqlite_version} has a fault that can damage a store.",
            "Install sqlcipher3 0.6.4 or newer.",
        )


def _version(version: str) -> Finding:
    if version == SCHEMA_VERSION:
        return Finding("version", Health.GOOD, f"Its version is {version}, as this Careline's.")
    return Finding(
        "version",
        Health.WARNING,
        f"Its version is {version or 'none'}; this Careline's is {SCHEMA_VERSION}.",
        "Open it once, which brings it up to date, and ask the doctor again.",
    )


def _damage(path: Path, progress: Progress) -> Finding:
    """SQLite's own checks: the quick one first, and the full one where that finds nothing."""
    try:
        with looking(path) as connection:
            for check in ("quick_check", "integrity_check"):
                progress(check.replace("_", " "), 0, 0)
                told = [line for row in connection.execute(f"PRAGMA {check}") for line in str(row[0]).splitlines()]
                if told != ["ok"]:
                    told = [line for line in told if not line.startswith("***")]  # the name of the database
                    return Finding("integrity", Health.TROUBLE, f"It is damaged: {_some(told)}.", RESTORE)
    except sqlite.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") not in DAMAGE:
            raise
        return Finding("integrity", Health.TROUBLE, f"It is damaged: {error}.", RESTORE)
    return Finding("integrity", Health.GOOD, "Every page of it is sound.")


def _settings(connection: Any) -> Finding:
    meant = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": SETTINGS["busy_timeout"]}
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in meant}
    if found == meant:
        return Finding("settings", Health.GOOD, "It keeps what it acknowledges: WAL, synchronous FULL, foreign keys.")
    wrong = [f"{name} is {found[name]} and not {value}" for name, value in meant.items() if found[name] != value]
    return Finding(
        "settings", Health.TROUBLE, f"{_some(wrong)}.", "See that the disk is of this machine, and can be written."
    )


def _references(connection: Any, progress: Progress) -> Finding:
    progress("references", 0, 0)
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if not broken:
        return Finding("references", Health.GOOD, "Every row that another one names is there.")
    tables = _some(sorted({f"{table} without its {parent}" for table, _, parent, _ in broken}))
    rows = (
        "1 row names another that is missing"
        if len(broken) == 1
        else f"{len(broken)} rows name others that are missing"
    )
    return Finding("references", Health.TROUBLE, f"{rows}: {tables}.", RESTORE)


def _index(store: Store, connection: Any, progress: Progress) -> Finding:
    try:
        wrong = engine_for(store).differences(connection, lambda done, total: progress(INDEX, done, total))
    except sqlite.DatabaseError as error:
        return Finding(INDEX, Health.TROUBLE, f"It can't be read: {error}.", "Run: careline doctor --repair")
    if not wrong:
        return Finding(INDEX, Health.GOOD, "It knows every customer as they are.")
    who = counted(wrong, "customer")
    return Finding(INDEX, Health.TROUBLE, f"It knows {who} otherwise than they are.", "Run: careline doctor --repair")


def file_system(path: Path) -> str:
    """The kind of file system that `path` lies on, such as "ext4"; "" where this machine does not tell."""
    if not MOUNTS.exists():
        return ""
    best, kind = "", ""
    for line in MOUNTS.read_text("utf-8", "replace").splitlines():
        before, _, after = line.partition(" - ")
        mount = before.split()[4].replace("\\040", " ")
        if path.is_relative_to(mount) and len(mount) >= len(best):
            best, kind = mount, after.split()[0]
    return kind


def _some(told: list[str]) -> str:
    more = f" and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    return "; ".join(text.rstrip(".") for text in told[:SHOWN]) + more


def _size(count: int) -> str:
    """Bytes in words: "3.4 MB"."""
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB" if count < 1_000_000_000 else f"{count / 1_000_000_000:,.1f} GB"
