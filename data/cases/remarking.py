"""Keeping a remark with its case: what was said to the carrier, and why an objection was overruled."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.cases.queries import case
from data.cases.reading import case_in
from data.cases.remarks import LIMIT, Objection, compose, objections
from data.cases.rules import SHORT_LIMIT, EntryKind
from data.cases.tables import CaseEntry
from data.cases.views import CaseView
from data.cases.writing import case_row, tell, whole
from data.desk import Desk, action
from data.errors import Invalid, Refused
from data.text import clean, clean_lines, refuse_long


class ObjectedTo(Refused):
    """A remark holds what it must not. `objections`: what and where, in `text`: what was given, once cleaned."""

    def __init__(self, text: str, found: tuple[Objection, ...]) -> None:
        final = [one for one in found if not one.may_be_overruled]
        worries = dict.fromkeys(one.worry.value for one in (final or found))
        remedy = "Mend the marked parts." if final else "Mend the marked parts, or say why they stay."
        super().__init__(" ".join(worries), remedy)
        self.text = text
        self.objections = found


def draft_remark(desk: Desk, number: str) -> str:
    """A first draft of the remark for that case. Raises NotFound."""
    return compose(case(desk, number))


def check_remark(desk: Desk, number: str, text: str) -> tuple[Objection, ...]:
    """What is objected to in a text as it stands, for a composer to mark while one types. Raises NotFound."""
    return objections(text, desk.today(), texts_of(case(desk, number)))


@action("case.remark", needs=Permission.WORK_CASES)
def keep_remark(desk: Desk, number: str, text: str, *, overruled: str = "") -> CaseView:
    """Keeps the remark that goes to the carrier's account. `overruled`: why what is objected to stays; it is kept.

    Raises ObjectedTo where something must be mended, or a reason is missing; Invalid for a reason without need.
    """
    row = case_row(desk.session, number)
    view = case_in(desk.session, desk, row.number)
    said = clean_lines(text, 4 * LIMIT)
    refuse_secrets(overruled=overruled)
    refuse_long(SHORT_LIMIT, overruled=overruled)
    reason = clean(overruled, SHORT_LIMIT)
    found = objections(said, desk.today(), texts_of(view))
    if any(not one.may_be_overruled for one in found) or (found and not reason):
        raise ObjectedTo(said, found)
    if reason and not found:
        raise Invalid({"overruled": "Nothing is objected to, so that there is nothing to overrule."})
    worries = sorted({one.worry.name.lower() for one in found})
    stays = f" (kept although it may hold {', '.join(worries)}: {reason})" if found else ""
    tell(desk, row, EntryKind.REMARK, f"{said}{stays}", detail={"remark": said, "overruled": worries, "why": reason})
    desk.event.tell(overruled=worries, why=reason)
    return whole(desk, row)


@dataclass(frozen=True)
class RemarkView:
    """A remark as it was kept. `overruled`: what it may hold all the same, and `why` that stays."""

    id: int
    at: datetime
    agent: str
    text: str
    overruled: tuple[str, ...]
    why: str


def remarks_of(desk: Desk, number: str) -> tuple[RemarkView, ...]:
    """The remarks kept with that case, the newest first. Raises NotFound."""
    with desk.reading() as session:
        row = case_row(session, number, to_write=False)
        kept = select(CaseEntry).where(CaseEntry.case_id == row.id, CaseEntry.kind == EntryKind.REMARK)
        return tuple(_remark(entry) for entry in session.exec(kept.order_by(col(CaseEntry.id).desc())))


def _remark(entry: CaseEntry) -> RemarkView:
    detail = json.loads(entry.detail)
    assert entry.id is not None
    return RemarkView(
        entry.id, entry.at, entry.agent, detail["remark"], tuple(detail["overruled"]), detail.get("why", "")
    )


def texts_of(view: CaseView) -> tuple[str, ...]:
    """What people wrote in a case: its notes, ICCI and resolution."""
    return (*(entry.text for entry in (*view.notes, *view.icci)), view.resolution)
