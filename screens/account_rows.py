"""What an account holds, as rows of content: who it belongs to, its lines, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from data.operators.functions import has
from data.verification.rules import MASK, Field
from screens import words
from screens.widgets.gauge import balances_row

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from data.customers.queries import AccountView
    from data.customers.timeline import TimelineEntry
    from data.lifeline.views import EnrolmentView
    from data.lines.views import LineView

WHEN = 12  # cells of the time before what happened
MASKED = f"{MASK} is masked: v verifies the caller"
STILL_MASKED = f"{MASK} stays masked: v asks for the customer's own PIN, too"
WIDE = 100  # cells from which the account has two columns


def title(account: AccountView) -> Content:
    """Name, number and state: the first thing one reads."""
    return Content.assemble(words.plain(account.customer.name), "  ", account.number, "  ", words.state(account.status))


def who(account: AccountView, room: int) -> Iterator[Content]:
    """What one knows of the customer, wrapped within `room` cells; what is empty takes no line."""
    fact = partial(words.fact, room=room)
    customer = account.customer
    if customer.company_name and customer.company_name != customer.name:
        yield fact("Company", customer.company_name)
    if account.enrolment is not None and has(account.operator_kind, "lifeline"):
        yield fact("Lifeline", lifeline(account.enrolment))
    business = [text for text in (account.company_name, account.agent_name) if text]
    if business and has(account.operator_kind, "business"):
        yield fact("Sold by", " · ".join(business))
    address = customer.address
    street = ", ".join(part for part in (address.street, address.street2) if part)
    if street:
        yield fact("Address", street)
    city = " ".join(part for part in (address.city + "," * bool(address.city), address.state, address.zip) if part)
    if city:
        yield fact("" if street else "Address", city)
    for contact in customer.contacts:
        shown = words.phone(contact.value) if contact.medium == "phone" else contact.value
        yield fact(contact.medium.capitalize(), shown)
    if customer.birth_date or Field.BIRTH_DATE in customer.masked:
        yield fact("Born", words.day(customer.birth_date) if customer.birth_date else MASK)
    if account.masked:
        yield words.muted(words.hang(STILL_MASKED if account.level else MASKED, room, "", ""))


def lifeline(enrolment: EnrolmentView) -> str:
    """The Lifeline indicator: with which vendor, since when, and where it stands."""
    since = f"since {words.day(enrolment.initiated_on)}"
    stands = enrolment.verification if enrolment.enrolled else enrolment.state
    return f"{enrolment.vendor} · {since} · {stands}"


def who_width(width: int) -> int:
    """The cells of the customer's facts on a screen of `width` cells; from WIDE on, they have 2 of 5 parts."""
    return (width - 4) * 2 // 5 - 4 if width >= WIDE else width - 6


def lines_width(width: int) -> int:
    """The cells of a line's row on a screen of `width` cells; from WIDE on, lines have 3 of 5 parts (account.tcss)."""
    return (width - 4) * 3 // 5 - 3 if width >= WIDE else width - 6


def names_of(line: LineView) -> tuple[str, str]:
    """How a line's handset and its plan are called on screen."""
    plan = MASK if Field.PLAN in line.masked else line.plan.name if line.plan else "no plan"
    return words.plain(line.device.name if line.device else "no device").plain, words.plain(plan).plain


def rooms(lines: Iterable[LineView], width: int) -> tuple[int, int]:
    """The cells of the columns of handsets and of plans: half of what there is each, unless more shows one whole."""
    half = (width - 30) // 2
    names = [names_of(line) for line in lines]
    handset, plan = (max((cell_len(both[column]) for both in names), default=0) for column in (0, 1))
    if handset > half and handset + plan <= 2 * half:
        return handset, 2 * half - handset
    if plan > half and handset + plan <= 2 * half:
        return 2 * half - plan, plan
    return half, half


def line_row(line: LineView, width: int, rooms: tuple[int, int]) -> Content:
    """A line in two rows: number, handset, plan and state; then what remains of this period.

    A handset or a plan that has too long a name for its column stands whole in a row between them.
    """
    names = names_of(line)
    first = Content.assemble((f"{words.phone(line.mdn):<14}", "bold"))
    for name, room in zip(names, rooms, strict=True):
        first += Content(f"{words.fit(name, room)} ")
    first += words.state(line.status)
    rows = [first]
    if long := [name for name, room in zip(names, rooms, strict=True) if cell_len(name) > room]:
        rows.append(words.muted(words.hang(" · ".join(long), width)))
    if Field.BALANCES in line.masked:
        rows.append(words.muted(f"what remains {MASK}"))
    elif line.balances:
        rows.append(balances_row(line.balances, width))
    return Content("\n").join(rows)


def timeline_row(entry: TimelineEntry, zone: ZoneInfo, today: date, room: int) -> Content:
    """When, what, and who did it, within `room` cells; what does not fit goes on under its beginning."""
    when = words.short_day(entry.day, today) if entry.whole_day else words.moment(entry.at, zone, today)
    told = words.hang(entry.text, room, f"{when:<{WHEN}}", " " * WHEN)
    return Content.assemble((told[:WHEN], "$muted"), told[WHEN:], words.muted(f"  {entry.agent}" * bool(entry.agent)))
