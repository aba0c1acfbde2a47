"""What an account holds, as rows of content: who it belongs to, its lines, what happened."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

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
    from data.lifeline.queries import EnrolmentView
    from data.lines.queries import LineView

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


def line_row(line: LineView, width: int) -> Content:
    """A line in two rows: number, handset, plan and state; then what remains of this period."""
    handset = line.device.name if line.device else "no device"
    plan = MASK if Field.PLAN in line.masked else line.plan.name if line.plan else "no plan"
    room = (width - 30) // 2
    first = Content.assemble(
        (f"{words.phone(line.mdn):<14}", "bold"),
        words.fit(handset, room), " ", words.fit(plan, room), " ", words.state(line.status),
    )  # fmt: skip
    if Field.BALANCES in line.masked:
        return Content("\n").join([first, words.muted(f"what remains {MASK}")])
    if not line.balances:
        return first
    return Content("\n").join([first, balances_row(line.balances, width)])


def timeline_row(entry: TimelineEntry, zone: ZoneInfo, today: date, room: int) -> Content:
    """When, what, and who did it, within `room` cells; what does not fit goes on under its beginning."""
    when = words.short_day(entry.day, today) if entry.whole_day else words.moment(entry.at, zone, today)
    told = words.hang(entry.text, room, f"{when:<{WHEN}}", " " * WHEN)
    return Content.assemble((told[:WHEN], "$muted"), told[WHEN:], words.muted(f"  {entry.agent}" * bool(entry.agent)))
