"""What complaints about dealers hold, as rows of content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from data.cases.rules import ORPHAN_ACCOUNT
from data.complaints.rules import ComplaintState
from screens import words
from screens.mail_rows import mail_state

if TYPE_CHECKING:
    from data.complaints.views import ComplaintView, ReportRow, StepView, WholeComplaint

INDENT = " " * 6  # under a complaint's dealer, past its number
BAR, COUNT = 24, 5  # cells of the longest bar and of a count
SIGNS = {
    ComplaintState.WAITING: ("▲", "$text-warning"),
    ComplaintState.QUESTIONED: ("!", "$text-error"),
    ComplaintState.SENT: ("✓", "$text-success"),
    ComplaintState.CLOSED: ("×", "$muted"),
}


def state(word: ComplaintState) -> Content:
    """A complaint's state with its sign."""
    return words.signed(word, *SIGNS[word])


def title(view: ComplaintView) -> Content:
    """Number, dealer, state."""
    return Content.assemble(f"Complaint {view.id}  ", words.plain(view.dealer), "  ", state(view.state))


def complaint_row(view: ComplaintView, width: int) -> Content:
    """A complaint in a list of `width` cells: dealer, state, what about; below, who took it and what was asked."""
    where = ", ".join(filter(None, (view.dealer, view.store, view.rep)))
    first = Content.assemble((f"{view.id:>4}  ", "$muted"), words.plain(where), "  ", state(view.state))
    behind = f"{view.about} · case {view.case} · {view.name or ORPHAN_ACCOUNT} · taken by {view.taken_by}"
    rows = [first.truncate(width, ellipsis=True), Content(words.hang(behind, width, INDENT, INDENT)).stylize("$muted")]
    if view.state is ComplaintState.QUESTIONED:
        rows.append(Content(words.hang(f"→ {view.outcome}", width, INDENT, INDENT)))
    return Content("\n").join(rows)


def facts(view: ComplaintView, zone: ZoneInfo, today: date, room: int) -> Iterator[Content]:
    """What was complained about, wrapped within `room` cells."""
    fact = partial(words.fact, width=words.LONG_LABEL, room=room)
    told = {
        "Dealer": view.dealer,
        "Store": view.store,
        "Rep": view.rep,
        "About": view.about,
        "Market": view.market or "not named: M names it",
        "Promised": view.promised,
        "Happened": view.happened,
        "Evidence": view.evidence,
        "Taken by": f"{view.taken_by}, {words.moment(view.taken_at, zone, today)}",
    }
    if view.decided_at:
        told["Reviewed by"] = f"{view.decided_by}, {words.moment(view.decided_at, zone, today)}"
        asked = "Questions" if view.state is ComplaintState.QUESTIONED else "Outcome"
        told[asked] = view.outcome
    yield from (fact(label, value) for label, value in told.items() if value)


def story(whole: WholeComplaint, zone: ZoneInfo, today: date) -> Iterator[Content]:
    """Each thing that was done with it, the latest first; how far its mail is."""
    if whole.mail:
        yield Content.assemble(("mail   ", "$muted"), mail_state(whole.mail), f" to {whole.mail.recipient}")
    for step in reversed(whole.steps):
        yield step_row(step, zone, today)


def step_row(step: StepView, zone: ZoneInfo, today: date) -> Content:
    """A step of a complaint's story."""
    why = f": {step.why}" if step.why else ""
    return Content.assemble(
        (f"{words.moment(step.at, zone, today):<7}", "$muted"), f"{step.state} ", words.muted(f"{step.agent}{why}")
    )


def report_row(row: ReportRow, most: int, name: int) -> Content:
    """A line of the report: name in `name` cells, bar, count; below, how those complaints stand."""
    states = ", ".join(f"{count} {word}" for word, count in row.states)
    bar = "█" * max(1, row.count * BAR // max(most, 1))
    return Content.assemble(
        words.fit(row.name, name),
        " ",
        (f"{bar:<{BAR}}", "$primary"),
        f"{row.count:>{COUNT}}\n",
        words.muted(f"  {states}"),
    )
