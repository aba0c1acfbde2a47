"""What a case holds, as rows of content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from data.cases.rules import PENDING, EntryKind, Status
from data.cases.time import clock_text
from screens import words

if TYPE_CHECKING:
    from data.cases.views import CaseRow, CaseView, EntryView, LinkView, PresenceView, TaskView

WHEN = 12  # cells of a time
INDENT = " " * 10  # under a case's subject, past its number
fact = partial(words.fact, width=words.LONG_LABEL)


def title(case: CaseView) -> Content:
    """Number, state, subject."""
    return Content.assemble(case.number, "  ", status(case.status), "  ", words.plain(case.subject))


def status(word: Status) -> Content:
    """A case's status with its sign."""
    sign, style = {Status.CLOSED: ("×", "$muted"), Status.RESOLVED: ("✓", "$text-success")}.get(word, ("·", ""))
    if word in PENDING:
        sign, style = "▲", "$text-warning"
    return words.signed(word, sign, style)


def facts(case: CaseView, zone: ZoneInfo, room: int) -> Iterator[Content]:
    """Whose it is, what it is about, who has it; wrapped within `room` cells."""
    fact = partial(words.fact, width=words.LONG_LABEL, room=room)
    yield fact("Account", f"{case.name} {case.account or ''}".strip())
    for label, value in (("Contact", case.contact), ("Device", case.device)):
        if value:
            yield fact(label, value)
    if case.mdn:
        yield fact("Line", words.phone(case.mdn))
    yield fact("About", f"{case.category}, {case.priority.lower()} priority")
    yield fact("Owner", case.owner or "nobody")
    if case.due_at:
        yield fact("Due", f"{case.due_at.astimezone(zone):%m-%d-%Y %H:%M}")
    if case.tags:
        yield fact("Tags", ", ".join(case.tags))
    if case.resolution:
        yield fact("How it ended", case.resolution)


def going_on(worked: int, others: Iterable[PresenceView], *, paused: bool = False) -> Content:
    """How long the case was worked, whether the time stands still, and who else has the case open."""
    lines = [fact("Time worked", clock_text(worked) + ", paused" * paused)]
    if here := [one.agent for one in others]:
        have = "has" if len(here) == 1 else "have"
        lines.append(Content.styled(f"▲ {', '.join(here)} {have} this case open too", "$text-warning"))
    return Content("\n").join(lines)


def icci(case: CaseView, zone: ZoneInfo, today: date) -> Content:
    """The newest word for whoever picks up, and the next step."""
    if not case.icci:
        return Content.assemble(words.muted("Nothing logged yet. i logs what to say."), "\n")
    newest = case.icci[0]
    said = Content.assemble(
        words.plain(newest.text), words.muted(f"  {words.moment(newest.at, zone, today)} {newest.agent}")
    )
    if not newest.next_step:
        return Content.assemble(said, "\n")
    return Content.assemble(said, "\n", ("→ ", "$accent"), words.plain(newest.next_step), "\n")


def task_row(task: TaskView, zone: ZoneInfo, now: datetime) -> Content:
    """Done or not, what, who, until when."""
    late = task.done_at is None and task.due_at is not None and task.due_at < now
    due = f"  due {task.due_at.astimezone(zone):%m-%d %H:%M}" if task.due_at and not task.done_at else ""
    mark = "✓ " if task.done_at else "! " if late else "□ "
    return Content.assemble(
        (mark, "$text-error" if late else ""), words.plain(task.text), words.muted(f"  {task.owner}{due}")
    )


def link_row(link: LinkView) -> Content:
    """How a case belongs to the one on screen, its number, status and subject."""
    how = Content.styled(f"{link.how.capitalize():<13}", "$muted")
    return Content.assemble(how, (f"{link.number}  ", "bold"), status(link.status), "  ", words.plain(link.subject))


def kind_name(kind: EntryKind) -> str:
    """A kind of entry as a person reads it."""
    return "ICCI" if kind is EntryKind.ICCI else kind.capitalize()


def entry_row(entry: EntryView, zone: ZoneInfo, today: date, width: int) -> Content:
    """When, what, and who did it, wrapped at `width` cells; the next step below it."""
    what = {EntryKind.NOTE: "Note: ", EntryKind.ICCI: "ICCI: "}.get(entry.kind, "")
    text = words.hang(f"{what}{entry.text}  {entry.agent}", width, " " * WHEN, " " * WHEN)
    row = Content.assemble((f"{words.moment(entry.at, zone, today):<{WHEN}}", "$muted"), text[WHEN:])
    if not entry.next_step:
        return row
    return Content.assemble(row, "\n", words.hang(f"→ {entry.next_step}", width, " " * WHEN, " " * WHEN))


def case_row(row: CaseRow, width: int) -> Content:
    """A case in a list of `width` cells: number, status, owner, subject; the newest ICCI and next step below."""
    first = Content.assemble((f"{row.number}  ", "bold"), status(row.status), words.muted(f"  {row.owner}"))
    rows = [first, Content(words.hang(row.subject, width, INDENT, INDENT))]
    if row.icci is not None and row.closed_at is None:
        step = f" → {row.icci.next_step}" if row.icci.next_step else ""
        rows.append(Content.styled(words.hang(f"ICCI: {row.icci.text}{step}", width, INDENT, INDENT), "$muted"))
    return Content("\n").join(rows)
