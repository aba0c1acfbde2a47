"""Being in a case: who has it open, and how long each worked it.

A screen starts a visit, tells every BEAT_SECONDS that it is still there and whether somebody works, and ends it. A
visit that never ends (the program was killed) stops counting by itself. Signs of life are no facts of the case, so
that the audit has the visit's end only.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.cases.reading import present_in, time_in
from data.cases.rules import Status
from data.cases.tables import Case, CaseSpan, CaseVisit
from data.cases.time import Span, prolonged, worked_seconds
from data.cases.views import PresenceView
from data.cases.writing import case_row
from data.desk import Desk, action, permit
from data.errors import NotFound


@dataclass(frozen=True)
class Pulse:
    """How the case stands while it is open on a screen: what shows without reading all of it again.

    `seconds`: worked in this visit; `worked`: by everybody, ever. `version`, `status`: the case's, so that a screen
    sees that somebody changed it.
    """

    visit: int
    seconds: int
    worked: int
    others: tuple[PresenceView, ...]
    version: int
    status: Status


def start_visit(desk: Desk, number: str) -> Pulse:
    """The agent opens the case on a screen. Raises NotFound, and Refused where the agent may not work cases."""
    permit(desk, Permission.WORK_CASES)
    with desk.store.writing() as session:
        row = case_row(session, number)
        assert row.id is not None
        now = desk.now()
        visit = CaseVisit(case_id=row.id, agent_id=desk.agent.id, started_at=now, seen_at=now)
        session.add(visit)
        session.flush()
        return _pulse(session, desk, row, visit)


def heartbeat(desk: Desk, visit: int, *, active: bool = True) -> Pulse:
    """Still there. `active`: whether somebody works (keys, a call); else the time pauses. A closed case counts none."""
    with desk.store.writing() as session:
        row, found = _visit(session, desk, visit)
        _beat(session, desk, row, found, active=active)
        return _pulse(session, desk, row, found)


@action("case.visit", needs=Permission.WORK_CASES)
def end_visit(desk: Desk, visit: int) -> Pulse:
    """The agent leaves the case; the time since the last sign of life was worked."""
    row, found = _visit(desk.session, desk, visit)
    if found.ended_at is None:
        _beat(desk.session, desk, row, found, active=True)
        found.ended_at = desk.now()
    pulse = _pulse(desk.session, desk, row, found)
    desk.event.tell(case=row.number, seconds=pulse.seconds)
    return pulse


def _visit(session: Session, desk: Desk, visit: int) -> tuple[Case, CaseVisit]:
    found = session.get(CaseVisit, visit)
    if found is None or found.agent_id != desk.agent.id:
        raise NotFound("There is no such visit of yours.", "Open the case again.")
    return session.get_one(Case, found.case_id), found


def _beat(session: Session, desk: Desk, row: Case, visit: CaseVisit, *, active: bool) -> None:
    now = desk.now()
    counts = active and visit.ended_at is None and row.closed_at is None
    last = session.exec(select(CaseSpan).where(CaseSpan.visit_id == visit.id).order_by(col(CaseSpan.id).desc())).first()
    until, fresh = prolonged((last.started_at, last.ended_at) if last else None, visit.seen_at, now, active=counts)
    if until and fresh:
        assert visit.id is not None
        session.add(CaseSpan(visit_id=visit.id, started_at=until[0], ended_at=until[1]))
    elif until and last:
        last.ended_at = until[1]
    visit.seen_at = max(visit.seen_at, now)
    session.flush()


def _pulse(session: Session, desk: Desk, row: Case, visit: CaseVisit) -> Pulse:
    assert visit.id is not None
    assert row.id is not None
    spans: list[Span] = [
        (span.started_at, span.ended_at) for span in session.exec(select(CaseSpan).where(CaseSpan.visit_id == visit.id))
    ]
    return Pulse(
        visit.id,
        worked_seconds(spans),
        sum(one.seconds for one in time_in(session, row.id)),
        present_in(session, desk, row.id),
        row.version,
        Status(row.status),
    )
