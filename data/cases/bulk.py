"""Closing, handing over or tagging many cases at once: looked at first, then done one action each.

A preview says for each case whether it can be done, and why not; the run says the same of what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from data.agents.finding import active_agent_row
from data.cases.actions import change_status, reassign, tag
from data.cases.closing import hindrance
from data.cases.queries import case
from data.cases.reopening import undo_close
from data.cases.rules import Status, may_become, tag_text
from data.cases.views import CaseView
from data.desk import Desk
from data.errors import CarelineError, Invalid, No, refuse

Progress = Callable[[int, int], None]  # cases done, cases in all


class Bulk(StrEnum):
    """What can be done with many cases at once."""

    CLOSE = "close"
    REASSIGN = "reassign"
    TAG = "tag"


@dataclass(frozen=True)
class BulkLine:
    """One case of many. `reason` "": it can be done (in a preview), or it was. `same`: it was so already."""

    number: str
    subject: str
    status: str
    owner: str
    reason: str = ""
    remedy: str = ""
    same: bool = False


def preview(desk: Desk, doing: Bulk, numbers: Iterable[str], with_what: str) -> tuple[BulkLine, ...]:
    """What would come of it, case by case; nothing is changed.

    `with_what`: the resolution, the new owner or the tag. Raises Invalid or NotFound where that can't be.
    """
    _check(desk, doing, with_what)
    return tuple(_line(desk, number, partial(_objection, desk, doing, with_what)) for number in _once(numbers))


def run(
    desk: Desk, doing: Bulk, numbers: Iterable[str], with_what: str, progress: Progress | None = None
) -> tuple[BulkLine, ...]:
    """Does it with each case, one action each, so that one that can't be keeps no other back.

    What `progress` raises stops it; what was done until then stays done.
    """
    _check(desk, doing, with_what)
    wanted = _once(numbers)
    lines = []
    for done, number in enumerate(wanted, start=1):
        lines.append(_line(desk, number, partial(_do, desk, doing, with_what)))
        if progress:
            progress(done, len(wanted))
    return tuple(lines)


def take_back(desk: Desk, doing: Bulk, lines: Iterable[BulkLine], with_what: str) -> tuple[BulkLine, ...]:
    """Undoes what `run` did with the cases of those `lines`, one action each; says of each whether it went, or why not.

    What was so before stays so, and so does a case that somebody else has or has changed meanwhile.
    """
    undone = []
    for line in lines:
        if line.reason or line.same:
            continue
        undone.append(_line(desk, line.number, partial(_undo, desk, doing, line, with_what)))
    return tuple(undone)


def _once(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))


def _check(desk: Desk, doing: Bulk, with_what: str) -> None:
    """Raises where no case could be done so."""
    if doing is Bulk.REASSIGN:
        with desk.reading() as session:
            active_agent_row(session, with_what)
    elif not with_what.strip() or (doing is Bulk.TAG and not tag_text(with_what)):
        what = "Say how the cases ended." if doing is Bulk.CLOSE else "Say which tag."
        raise Invalid({"with_what": what})


def _line(desk: Desk, number: str, tried: Callable[[CaseView], bool]) -> BulkLine:
    """What comes of trying it with a case. `tried` raises where it can't be; whether it leaves the case as it was."""
    try:
        view = case(desk, number)
    except CarelineError as error:
        return BulkLine(number, "", "", "", error.reason, error.remedy)
    try:
        same = tried(view)
    except CarelineError as error:
        return BulkLine(view.number, view.subject, view.status, view.owner, error.reason, error.remedy)
    return BulkLine(view.number, view.subject, view.status, view.owner, same=same)


def _objection(desk: Desk, doing: Bulk, with_what: str, view: CaseView) -> bool:
    """Raises what the action would raise."""
    if doing is Bulk.CLOSE:
        refuse(may_become(view.status, Status.CLOSED))
        with desk.reading() as session:
            refuse(hindrance(session, view.id))
    elif doing is Bulk.REASSIGN and view.owner.lower() == with_what.strip().lower():
        refuse(No(f"Case {view.number} is {view.owner}'s already.", "There is nothing to change."))
    return doing is Bulk.TAG and tag_text(with_what) in view.tags


def _do(desk: Desk, doing: Bulk, with_what: str, view: CaseView) -> bool:
    if doing is Bulk.CLOSE:
        change_status(desk, view.number, Status.CLOSED, resolution=with_what)
    elif doing is Bulk.REASSIGN:
        reassign(desk, view.number, with_what)
    else:
        tag(desk, view.number, with_what)
    return doing is Bulk.TAG and tag_text(with_what) in view.tags


def _undo(desk: Desk, doing: Bulk, was: BulkLine, with_what: str, view: CaseView) -> bool:
    if doing is Bulk.CLOSE:
        undo_close(desk, view.number)
    elif doing is Bulk.TAG:
        tag(desk, view.number, with_what, untag=True)
    elif not was.owner:
        refuse(No(f"Case {view.number} was nobody's before.", "It stays as it is now."))
    elif view.owner.lower() != with_what.strip().lower():
        refuse(No(f"Case {view.number} is {view.owner or 'nobody'}'s now.", "It stays as it is now."))
    else:
        reassign(desk, view.number, was.owner)
    return False
