"""Whether a store holds what was acknowledged, and nothing by halves: every mark has its rows, every event its mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.audit.verifying import look_over
from data.search.sqlite import SqliteSearch
from data.store import connect

MARK = re.compile(r"\bm\d+n\d+\b")
WHERE = {  # the action's name → where its mark stands
    "case.open": "SELECT subject FROM care_case",
    "case.note": "SELECT text FROM case_entry WHERE kind = 'note'",
    "case.task": "SELECT text FROM case_task",
    "case.icci": "SELECT text FROM case_entry WHERE kind = 'icci'",
    "credit.request": "SELECT reason FROM credit",
    "customer.edit": "SELECT detail FROM audit_event WHERE action = 'customer.edit'",
}
VERSIONS = """
    SELECT count(*) FROM customer WHERE version - 1 <> (
        SELECT count(*) FROM audit_event JOIN account ON account.id = account_id
        WHERE customer_id = customer.id AND action = 'customer.edit')"""
STEPLESS = "SELECT count(*) FROM credit WHERE NOT EXISTS (SELECT 1 FROM credit_step WHERE credit_id = credit.id)"
ENTRYLESS = "SELECT count(*) FROM care_case WHERE NOT EXISTS (SELECT 1 FROM case_entry WHERE case_id = care_case.id)"


@dataclass
class Judgement:
    """`kept`: how many marks the store has; `lost`: acknowledged ones that it has not; `wrong`: what is half done."""

    kept: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        """Whether nothing is lost, and nothing is wrong."""
        return not (self.lost or self.wrong)


def judge(path: Path, acknowledged: Iterable[str], *, since: int, wholly: bool = False) -> Judgement:
    """Looks at the store; events up to the id `since` were there before. `wholly`: at every page and search, too."""
    found = Judgement()
    with closing(connect(path)) as connection:
        marks = {action: _marks(connection, statement) for action, statement in WHERE.items()}
        everything = set().union(*marks.values())
        found.kept = len(everything)
        found.lost = sorted(set(acknowledged) - everything)
        counted = dict(
            connection.execute("SELECT action, count(*) FROM audit_event WHERE id > ? GROUP BY action", (since,))
        )
        for action, told in marks.items():
            if counted.get(action, 0) != len(told):
                found.wrong.append(f"{action}: {counted.get(action, 0)} events, {len(told)} marks in its rows")
        for what, statement in (("versions", VERSIONS), ("steps", STEPLESS), ("entries", ENTRYLESS)):
            if wrong := connection.execute(statement).fetchone()[0]:
                found.wrong.append(f"{what}: {wrong} rows without what belongs to them")
        found.wrong += look_over(connection).problems
        if wholly:
            found.wrong += _every_page(connection)
    return found


def newest_event(path: Path) -> int:
    """The id of the newest event."""
    with closing(connect(path)) as connection:
        return int(connection.execute("SELECT max(id) FROM audit_event").fetchone()[0])


def _marks(connection: Any, statement: str) -> set[str]:
    return {mark for (text,) in connection.execute(statement) for mark in MARK.findall(text)}


def _every_page(connection: Any) -> Iterable[str]:
    told = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if told != "ok":
        yield f"integrity: {told}"
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        yield "a row names another that is missing"
    if differences := SqliteSearch().differences(connection):
        yield f"search knows {differences} customers otherwise than they are"
