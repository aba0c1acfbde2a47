"""The account and the line behind a new case; its handset and its contact, in words."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from data.customers.finding import account_row
from data.customers.rules import ContactMedium, name_of
from data.customers.tables import Account, Contact, Customer
from data.errors import NotFound, Refused
from data.identifiers import parse_mdn, show_mdn
from data.lines.tables import Device, Line
from data.text import clean

SHORTEST_END = 4  # digits, as people say the end of a telephone number


def behind(session: Session, account: str | None, mdn: str | None) -> tuple[Account | None, Line | None]:
    """The account and the line that a new case belongs to, as far as they are named. Raises NotFound.

    On a named account the end of the line's number is enough, from four digits on. Raises Refused where several end so.
    """
    whose = account_row(session, account) if account else None
    if not mdn:
        return whose, None
    digits = parse_mdn(mdn) or mdn
    lines = session.exec(select(Line).where(Line.mdn == digits).order_by(col(Line.id).desc())).all()
    fitting = [line for line in lines if whose is None or line.account_id == whose.id]
    if whose and not fitting:
        fitting = _ending(session, whose, mdn)
    if not fitting:
        where = f" on account {whose.number}" if whose else " here"
        raise NotFound(f"There is no line {clean(mdn, 40)}{where}.", "Check the number, or leave it out.")
    line = fitting[0]
    return whose or session.get_one(Account, line.account_id), line


def _ending(session: Session, whose: Account, typed: str) -> list[Line]:
    """The account's line whose number ends as `typed`; none where that is too little to tell."""
    end = "".join(filter(str.isdecimal, typed))
    if len(end) < SHORTEST_END:
        return []
    own = session.exec(select(Line).where(Line.account_id == whose.id).order_by(col(Line.id).desc())).all()
    found = {line.mdn: line for line in reversed(own) if (line.mdn or "").endswith(end)}
    if len(found) > 1:
        raise Refused(f"{len(found)} lines of account {whose.number} end in {end}.", "Write the whole number.")
    return list(found.values())


def device_text(session: Session, line: Line | None) -> str:
    """The line's handset in words: "Samsung Galaxy A15, IMEI 490154203237518"."""
    if line is None:
        return ""
    device: Any = session.exec(select(Device).where(Device.line_id == line.id).order_by(col(Device.id).desc())).first()
    if device is None:
        return ""
    numbers = (("IMEI", device.imei), ("MEID", device.meid), ("ESN", device.esn))
    number = next((f"{label} {text}" for label, text in numbers if text), "")
    return ", ".join(filter(None, (f"{device.make} {device.model}".strip(), number)))


def contact_text(session: Session, account: Account | None) -> str:
    """Who to reach and how: "Maria Alvarez, 212-555-0143"."""
    if account is None:
        return ""
    who = session.get_one(Customer, account.customer_id)
    phones = select(Contact).where(Contact.customer_id == who.id, Contact.medium == ContactMedium.PHONE)
    phone = session.exec(phones.order_by(col(Contact.position))).first()
    digits = parse_mdn(phone.value) if phone else None
    way = show_mdn(digits) if digits else phone.value if phone else ""
    name = name_of(who)
    return ", ".join(filter(None, (name, way)))
