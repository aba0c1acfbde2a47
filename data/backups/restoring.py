"""A backup made into a store again, and looked over on the way."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.audit.verifying import Verdict, look_over
from data.backups.copying import check_copy
from data.errors import Refused, StoreTrouble
from data.store import is_there, open_store, store_path
from data.store_faults import check_is_store, version_of
from data.store_making import drafting


@dataclass(frozen=True)
class Restored:
    """A store that was made from a backup. `newest`: when the last thing in it was done; `audit`: is it whole?"""

    path: Path
    newest: datetime | None
    audit: Verdict


def restore(file: Path, where: str | Path) -> Restored:
    """Makes the backup `file` a store at `where`, every page of it checked; the backup itself is left as it is.

    Raises Refused where something is at `where` already, StoreTrouble where the backup is damaged, newer than this
    Careline, or no store.
    """
    path = store_path(where)
    if not is_there(file):
        raise Refused(f"There is no backup at {file}.", "Check its name.")
    check_is_store(file, named_with="")
    with drafting(path) as draft:
        try:
            shutil.copyfile(file, draft)
            if (log := file.with_name(f"{file.name}-wal")).exists():  # of a copy that was made by hand
                shutil.copyfile(log, draft.with_name(f"{draft.name}-wal"))
        except OSError as error:
            raise StoreTrouble(f"The backup can't be copied: {error.strerror}.", "Nothing was restored.") from None
        check_copy(draft, thoroughly=True)
        version_of(draft, called=file)
    store = open_store(path)
    try:
        with store.raw() as connection:
            newest = connection.execute("SELECT max(at) FROM audit_event").fetchone()[0]
            audit = look_over(connection)
    finally:
        store.close()
    return Restored(path, datetime.fromisoformat(f"{newest}+00:00") if newest else None, audit)
