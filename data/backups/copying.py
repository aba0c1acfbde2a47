"""One snapshot of a store into another file, page by page, while others go on writing; and a look at such a copy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from data.errors import StoreTrouble
from data.store import connect
from data.store_faults import looking
from data.store_keys import give, key_of

AT_ONCE = 2_000  # pages copied between two looks at whether to go on
Progress = Callable[[int, int], None]  # pages copied, pages in all


def copy_store(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Fills the empty file `target` with the store `source` as it is at one moment, encrypted as that is."""
    show = progress or (lambda done, total: None)
    settings = {"synchronous": "FULL", "busy_timeout": 5_000}
    with closing(connect(source)) as reading, closing(connect(target, {})) as writing:
        if key := key_of(source):
            give(writing, key)
        for name, value in settings.items():
            writing.execute(f"PRAGMA {name} = {value}")
        reading.execute("BEGIN")  # with the snapshot held, no writer makes the copying begin again
        reading.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        reading.backup(writing, pages=AT_ONCE, progress=lambda _, left, total: show(total - left, total))
        reading.execute("ROLLBACK")


def check_copy(path: Path, *, thoroughly: bool = False) -> None:
    """Raises StoreTrouble where the copy at `path` is damaged."""
    check = "integrity_check" if thoroughly else "quick_check"
    with looking(path) as connection:
        told = connection.execute(f"PRAGMA {check}").fetchone()[0]
    if told != "ok":
        line = str(told).splitlines()[-1]
        raise StoreTrouble(f"The copy is damaged: {line}.", "Nothing was kept of it; take another backup.")
