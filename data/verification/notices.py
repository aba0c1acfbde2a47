"""A change of PIN, e-mail or address of record is told at the previous contact, without the new value.

47 CFR 64.2010(f) asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from data.customers.rules import display_name
from data.customers.tables import Account
from data.desk import Desk
from data.mail.letters import queue_letter
from data.mail.queue import TO_CUSTOMER, queue_mail
from data.operators.rules import is_mail_address
from data.verification.records import Record, mail_changed_lately, number_of_record, where
from data.verification.sending import text_address

SUBJECT = "Your account was changed"
BODY = (
    "The {what} of your account was changed at your request on {day}.\n\n"
    "If you did not ask for it, call us at once, and we will look at it with you."
)


class Change(StrEnum):
    """What the previous contact is told of; the value is how the notice names it."""

    PIN = "PIN"
    EMAIL = "e-mail address"
    ADDRESS = "address"


ADDRESS_FIELDS = frozenset({"street", "street2", "city", "county", "state", "zip"})


def changes_in(fields: Iterable[str]) -> tuple[Change, ...]:
    """What a notice tells of, for changed fields of a customer."""
    changed = set(fields)
    found = {Change.EMAIL: "emails" in changed, Change.ADDRESS: bool(changed & ADDRESS_FIELDS)}
    return tuple(change for change, told in found.items() if told)


def give_notice(
    desk: Desk, account: Account, *changes: Change, previous_email: str | None = None, home: Sequence[str]
) -> None:
    """Has one notice of `changes` go out with the action that runs: by mail or text, else by letter, as the audit says.

    `previous_email`: where the e-mail address itself changed, what it was before, "" for none. `home`: name and
    address before the change, a line each, as `on_paper` has them.
    """
    if not changes:
        return
    address = _previous(desk, account, previous_email)
    desk.event.tell(notice="queued" if address else "by letter")
    text = BODY.format(what=" and the ".join(changes), day=f"{desk.today():%m-%d-%Y}")
    if address:
        queue_mail(desk, f"{TO_CUSTOMER}notice:{desk.random.getrandbits(128):032x}", address, SUBJECT, text)
    elif home:
        assert account.id is not None
        queue_letter(desk, account.id, home, text)


ON_PAPER = ("first_name", "middle_name", "last_name", "company_name", "street", "street2", "city", "state", "zip")


def on_paper(known: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of an envelope, name first, from a customer's fields; () where no street is known."""
    first, middle, last, company, street, street2, city, state, zip_code = (known[field] for field in ON_PAPER)
    place = " ".join(filter(None, (f"{city}," if city else "", state, zip_code)))
    return tuple(filter(None, (display_name(first, middle, last, company), street, street2, place))) if street else ()


def _previous(desk: Desk, account: Account, previous_email: str | None) -> str | None:
    """The previous mail address or the one that stays, where it is of record; else the number, as a text; else None."""
    assert account.id is not None
    if previous_email is None:
        mail = where(desk.session, desk, Record.ADDRESS, account)
    else:
        lately = mail_changed_lately(desk.session, desk, account.customer_id)
        mail = previous_email if is_mail_address(previous_email) and not lately else None
    if mail:
        return mail
    number = number_of_record(desk.session, account.id)
    return text_address(desk, number) if number else None
