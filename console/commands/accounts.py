"""`careline account NUMBER`: the account as its screen shows it, as lines or as JSON.

What is masked on screen is masked here, too; a social security number or a tribal id is never told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.desks import desk_of
from console.printing import Json, moment, tell
from data.errors import Misused

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.customers.queries import AccountView
    from data.desk import Desk
    from data.lifeline.rules import Notice
    from data.lines.views import BalanceView, LineView
    from data.verification.rules import Field

LABEL = 14  # cells of a fact's label
SIGNS = {"urgent": "!", "warning": "▲", "info": "·"}  # as on the screen


def register(app: typer.Typer) -> None:
    """Adds the command to `app`."""
    app.command("account", help="Show one account.")(show_account)


def show_account(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="The account's number, such as SV093298.")],
    reveal: Annotated[str | None, typer.Option(help="Show one masked field, such as birth-date; say --why.")] = None,
    why: Annotated[str, typer.Option(help="Why you need to see it; it is kept with your name.")] = "",
    as_json: Json = False,
) -> None:
    from data.customers.actions import open_account

    desk = desk_of(context)
    field = _field(reveal) if reveal is not None else None
    open_account(desk, number)
    view = _read(desk, number, field, why)
    tell(facts(view), lines(view, desk.agent.zone), as_json)


def _field(name: str) -> Field:
    from data.verification.rules import REVEALED_ONE_BY_ONE, Field, named

    field = named(name, Field)
    if field is None or field not in REVEALED_ONE_BY_ONE:
        known = ", ".join(sorted(one.name.lower().replace("_", "-") for one in REVEALED_ONE_BY_ONE))
        raise Misused(f"Nothing called “{name}” is masked.", f"Name one of {known}.")
    return field


def _read(desk: Desk, number: str, field: Field | None, why: str) -> AccountView:
    """The account; with `field` shown in this one reading, which is the visit."""
    from data.customers.queries import account
    from data.verification.actions import conceal, reveal

    if field is None:
        return account(desk, number)
    reveal(desk, number, field, why)
    try:
        return account(desk, number)
    finally:
        conceal(desk)


def facts(view: AccountView) -> dict[str, Any]:
    """What the account's screen shows, for a program: plain values by name."""
    return {
        "number": view.number,
        "status": view.status,
        "opened_on": view.opened_on,
        "operator": view.operator_kind,
        "important": [_notice_facts(notice) for notice in view.notices],
        "customer": _customer_facts(view),
        **({"business": _business(view)} if _has(view, "business") else {}),
        **({"lifeline": _lifeline_facts(view)} if _has(view, "lifeline") else {}),
        "lines": view.lines,
        "timeline": [{"at": entry.at, "agent": entry.agent, "text": entry.text} for entry in view.timeline],
    }


def lines(view: AccountView, zone: ZoneInfo) -> Iterator[str]:
    """What the account's screen shows, for a person."""
    for notice in view.notices:
        yield f"{SIGNS[notice.urgency]} {notice.message}"
        yield f"  {notice.detail}"
        yield f"  → {notice.how}"
    if view.notices:
        yield ""
    yield f"{view.customer.name} · {view.number} · {view.status}"
    for label, text in _about(view):
        yield _fact(label, text)
    yield ""
    yield "Services"
    for line in view.lines:
        yield from _line(line)
    if not view.lines:
        yield "  No line yet."
    yield ""
    yield "Timeline"
    for entry in view.timeline:
        when = f"{entry.day:%m-%d-%Y}" if entry.whole_day else moment(entry.at, zone)
        yield f"  {when:<18}{entry.text}{f' · {entry.agent}' if entry.agent else ''}"


def _about(view: AccountView) -> Iterator[tuple[str, str]]:
    from data.verification.rules import MASK, Field

    customer, address = view.customer, view.customer.address
    if customer.company_name not in ("", customer.name):
        yield "Company", customer.company_name
    if view.enrolment and _has(view, "lifeline"):
        told = f"{view.enrolment.vendor}, {view.enrolment.state}, since {view.enrolment.initiated_on:%m-%d-%Y}"
        yield "Lifeline", told
    if _has(view, "business") and any(_business(view).values()):
        yield "Sold by", " · ".join(filter(None, _business(view).values()))
    yield "Opened", f"{view.opened_on:%m-%d-%Y}"
    place = " ".join(filter(None, (f"{address.city}," if address.city else "", address.state, address.zip)))
    if whole := ", ".join(filter(None, (address.street, address.street2, place))):
        yield "Address", whole
    for contact in customer.contacts:
        yield contact.medium.capitalize(), _phone(contact.value) if contact.medium == "phone" else contact.value
    if customer.birth_date or Field.BIRTH_DATE in customer.masked:
        yield "Born", f"{customer.birth_date:%m-%d-%Y}" if customer.birth_date else MASK
    if view.masked:
        yield "Masked", f"{MASK} opens once the caller is verified (careline verify)"


def _line(line: LineView) -> Iterator[str]:
    from data.verification.rules import MASK, Field

    yield f"  {_phone(line.mdn) if line.mdn else 'no number'} · {line.status}"
    if line.plan or Field.PLAN in line.masked:
        yield _fact("  Plan", line.plan.name if line.plan else MASK)
    if line.carrier:
        yield _fact("  Carrier", f"{line.carrier.name}{' (on the OCS)' if line.carrier.ocs_enabled else ''}")
    if line.features:
        yield _fact("  Features", ", ".join(feature.name for feature in line.features))
    if line.device:
        yield _fact("  Handset", line.device.name or "unknown")
        if Field.DEVICE in line.masked:
            yield _fact("  Numbers", MASK)
        for label, text in line.device.forms:
            yield _fact(f"  {label}", text)
    if Field.BALANCES in line.masked:
        yield _fact("  Remains", MASK)
    for balance in line.balances:
        yield _fact(f"  {balance.kind.capitalize()}", _amounts(balance))


def _amounts(balance: BalanceView) -> str:
    if balance.remaining is None:
        return f"unlimited through {balance.period_end:%m-%d-%Y}"
    whole = "" if balance.allowance is None else f" of {balance.allowance:,}"
    return f"{balance.remaining:,}{whole} {balance.unit} through {balance.period_end:%m-%d-%Y}"


def _notice_facts(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "urgency": notice.urgency,
        "message": notice.message,
        "detail": notice.detail,
        "how": notice.how,
        "remedy": notice.remedy,
        "due_on": notice.due_on,
        "days_left": notice.days_left,
    }


def _customer_facts(view: AccountView) -> dict[str, Any]:
    customer = view.customer
    return {
        "kind": customer.kind,
        "name": customer.name,
        "first_name": customer.first_name,
        "middle_name": customer.middle_name,
        "last_name": customer.last_name,
        "company_name": customer.company_name,
        "address": customer.address,
        "contacts": customer.contacts,
        **({"birth_date": customer.birth_date} if customer.birth_date else {}),
        "version": customer.version,
        "masked": customer.masked,
    }


def _lifeline_facts(view: AccountView) -> dict[str, Any] | None:
    enrolment = view.enrolment
    if enrolment is None:
        return None
    return {
        "vendor": enrolment.vendor,
        "state": enrolment.state,
        "mdn": enrolment.mdn,
        "initiated_on": enrolment.initiated_on,
        "recertified_on": enrolment.recertified_on,
        "expires_on": enrolment.expires_on,
        "verification": enrolment.verification,
        "error_code": enrolment.error_code,
        "changed_on": enrolment.changed_on,
    }


def _business(view: AccountView) -> dict[str, str]:
    return {"company": view.company_name, "agent": view.agent_name}


def _has(view: AccountView, function_id: str) -> bool:
    from data.operators.functions import has

    return has(view.operator_kind, function_id)


def _phone(number: str) -> str:
    from data.identifiers import show_mdn

    return show_mdn(number)


def _fact(label: str, text: str) -> str:
    room = LABEL + 2 if label.startswith(" ") else LABEL
    return f"{label:<{room - 1}} {text}"
