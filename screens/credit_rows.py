"""What credits hold, as rows of content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from data.cases.rules import ORPHAN_ACCOUNT
from data.credits.rules import CreditState
from screens import words

if TYPE_CHECKING:
    from data.credits.authority import Route
    from data.credits.routing import Way
    from data.credits.views import AgreementView, CreditView, StepView, TogetherView, Totals, WholeCredit

INDENT = " " * 6  # under a credit's facts, past its number
SIGNS = {
    CreditState.REQUESTED: ("▲", "$text-warning"),
    CreditState.APPROVED: ("✓", "$text-success"),
    CreditState.ISSUING: ("✓", "$text-success"),
    CreditState.ISSUED: ("✓", "$text-success"),
    CreditState.DENIED: ("×", "$text-error"),
    CreditState.WITHDRAWN: ("×", "$muted"),
}


def state(word: CreditState) -> Content:
    """A credit's state with its sign."""
    return words.signed(word, *SIGNS[word])


def title(view: CreditView) -> Content:
    """Number, amount, state."""
    return Content.assemble(f"Credit {view.id}  {view.shown_amount}  ", state(view.state))


def credit_row(view: CreditView, width: int, *, whose: bool = False) -> Content:
    """A credit in a list of `width` cells: amount, state, of whom, what for; then what it waits for."""
    asked_of = f"dealer {view.dealer}" if view.dealer else view.asked_of
    first = Content.assemble(
        (f"{view.id:>4}  ", "$muted"),
        (view.shown_amount, "bold"),
        "  ",
        state(view.state),
        words.muted(f"  {asked_of}{' · On Call Resolution' if view.ocr else ''}"),
    )
    behind = f"{view.name or ORPHAN_ACCOUNT} {view.account or ''} · asked by {view.requested_by} · " if whose else ""
    second = f"{behind}{view.kind}: {view.reason}"
    rows = [first.truncate(width, ellipsis=True), Content(words.hang(second, width, INDENT, INDENT))]
    if not whose and (said := how_it_stands(view)):
        rows.append(Content.styled(words.hang(f"→ {said}", width, INDENT, INDENT), "$muted"))
    return Content("\n").join(rows)


def how_it_stands(view: CreditView) -> str:
    """What it waits for, and what was issued; or who decided and why."""
    parts = []
    if view.months > 1 and view.months_issued:
        parts.append(f"{view.months_issued} of {view.months} months issued, {view.months_left} remain")
    if view.waits_for:
        parts.append(f"waits for {view.waits_for}")
    elif view.state is CreditState.DENIED:
        parts.append(f"denied by {view.decided_by}: {view.decision}")
    return "; ".join(parts)


def totals(sums: Totals) -> str:
    """What credits come to, on one line; sums of nothing are left out."""
    named = ((sums.requested, "asked for"), (sums.to_issue, "to issue"), (sums.issued, "issued"))
    return " · ".join(f"{words.money(sum_)} {name}" for sum_, name in named if sum_) or "nothing granted"


def facts(whole: WholeCredit, zone: ZoneInfo, today: date, room: int) -> Iterator[Content]:
    """Whose it is, what it is for, how it goes and who decided; wrapped within `room` cells."""
    fact = partial(words.fact, width=words.LONG_LABEL, room=room)
    view = whole.credit
    asked_of = f"the dealer {view.dealer}" if view.dealer else f"the {view.asked_of}"
    told = {
        "Account": f"{view.name} {view.account or ''}".strip() or ORPHAN_ACCOUNT,
        "Case": view.case or "none",
        "Kind": view.kind,
        "Related to": view.related_to if view.related_to != view.kind else "",
        "Asked of": f"{asked_of}{f', {view.market} Market' if view.market else ''}",
        "Goes as": view.goes_as,
        "Reason": view.reason,
        "Evidence": view.evidence,
        "Asked by": f"{view.requested_by}, {words.moment(view.requested_at, zone, today)}",
    }
    if view.decided_at:
        told["Decided by"] = f"{view.decided_by}, {words.moment(view.decided_at, zone, today)}"
        told["Why"] = view.decision
    told["Issued"] = issued(view)
    yield from (fact(label, value) for label, value in told.items() if value)
    if view.waits_for:
        yield fact("Next", f"→ {view.waits_for}").stylize("$accent", words.LONG_LABEL)
    yield from together(whole.together, room)


def issued(view: CreditView) -> str:
    """What was issued and what remains; "" where nothing can be yet."""
    if view.months > 1 and view.state in (CreditState.APPROVED, CreditState.ISSUING, CreditState.ISSUED):
        left = f", {view.months_left} remain ({words.money(view.amount - view.issued)})"
        return (
            f"{view.months_issued} of {view.months} months, {words.money(view.issued)}{left * bool(view.months_left)}"
        )
    return words.money(view.issued) if view.months_issued else ""


def together(view: TogetherView, room: int) -> Iterator[Content]:
    """The warning about requests that together pass a limit on one case."""
    if view.passes:
        whole = f"With credit {_ids(view)} it comes to {words.money(view.total)} within 30 days"
        said = f"{whole}: {'; '.join(view.passes)}."
        yield Content.styled(words.hang(f"▲ {said}", room, "", "  "), "$text-warning")


def to_decide(whole: WholeCredit, room: int) -> Iterator[Content]:
    """What whoever decides sees of a request besides its row: how it goes, what shows it, what else was asked for."""
    fact = partial(words.fact, width=words.LONG_LABEL, room=room)
    view = whole.credit
    yield fact("Goes as", view.goes_as)
    if view.evidence:
        yield fact("Evidence", view.evidence)
    if view.related_to != view.kind:
        yield fact("Related to", view.related_to)
    if whole.together.others and not whole.together.passes:
        in_all = words.money(whole.together.total)
        yield fact("Before", f"credit {_ids(whole.together)} on the same case, {in_all} in all")
    yield from together(whole.together, room)


def _ids(view: TogetherView) -> str:
    return ", ".join(map(str, view.others))


def agreement_row(view: AgreementView, zone: ZoneInfo, today: date) -> Content:
    """A version of a Release Agreement: how far it is, and where it went."""
    parts = [f"drawn up {words.moment(view.made_at, zone, today)} by {view.made_by}"]
    if view.sent_at:
        parts.append(f"sent {words.moment(view.sent_at, zone, today)} to {view.sent_to}")
    if view.settled_at:
        parts.append(f"{view.state} {words.moment(view.settled_at, zone, today)}, noted by {view.settled_by}")
    note = f": {view.note}" if view.note else ""
    return Content.assemble(
        (f"Version {view.version}  ", "bold"), f"{view.state}\n", words.muted(f"  {' · '.join(parts)}{note}")
    )


def step_row(step: StepView, zone: ZoneInfo, today: date) -> Content:
    """A step of a credit's story."""
    why = f": {step.why}" if step.why else ""
    return Content.assemble(
        (f"{words.moment(step.at, zone, today):<7}", "$muted"), f"{step.state} ", words.muted(f"{step.agent}{why}")
    )


def headline(route: Route) -> tuple[str, str]:
    """Which way a request goes, in one line, and its style."""
    if route.alone:
        return "✓ You grant it alone; nobody else has to decide.", "$text-success"
    if route.ocr:
        return (
            "▲ On Call Resolution: a lead decides in the moment, then a Release Agreement is signed.",
            "$text-warning",
        )
    if route.release_agreement:
        return "▲ A lead decides; a Release Agreement is signed. No On Call Resolution.", "$text-warning"
    return "▲ A lead decides. Neither an On Call Resolution nor a Release Agreement.", "$text-warning"


def way(found: Way, width: int) -> Content:
    """Which way a request would go and why, wrapped at `width` cells."""
    told, style = headline(found.route)
    parts = [Content.styled(words.hang(told, width, "", "  "), style)]
    market = f" Market: {found.market.name}." if found.market else ""
    parts.append(Content.styled(words.hang(f"{found.route.why}{market}", width), "$muted"))
    if found.wants_market:
        parts.append(Content.styled("  Name the Market: whether it may be one depends on it.", "$text-warning"))
    return Content("\n").join(parts)
