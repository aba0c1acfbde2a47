"""Reads about customers: the whole account, as an agent opens it, in a dozen indexed statements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from data.columns import columns
from data.customers.finding import no_account
from data.customers.rules import AccountStatus, ContactMedium, CustomerKind, name_of, spellings
from data.customers.tables import Account, Contact, Customer
from data.customers.timeline import TimelineEntry, dated, timeline
from data.desk import Desk
from data.lifeline.queries import enrolment_in, important
from data.lifeline.rules import Notice
from data.lifeline.views import EnrolmentView
from data.lines.queries import covered_line, lines_in
from data.lines.views import LineView
from data.operators.rules import OperatorKind
from data.operators.tables import Operator
from data.verification.rules import MASK, Field, Level
from data.verification.sight import ALL, Hidden, in_order, masked, sight_in


@dataclass(frozen=True)
class AddressView:
    """The primary (service) address. `state`: two letters; `zip`: 12345 or 12345-6789."""

    street: str
    street2: str
    city: str
    county: str
    state: str
    zip: str


@dataclass(frozen=True)
class ContactView:
    """A way to reach the customer; `position` 0 is the preferred one of its medium."""

    medium: ContactMedium
    value: str
    position: int


@dataclass(frozen=True)
class CustomerView:
    """Who the account belongs to. `version`: what a form carries back to `edit_customer`.

    `masked`: what is there and may not be seen; text reads as MASK, a date as None.
    """

    id: int
    kind: CustomerKind
    first_name: str
    middle_name: str
    last_name: str
    company_name: str
    birth_date: date | None
    address: AddressView
    contacts: tuple[ContactView, ...]
    version: int
    masked: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        """How the customer is named on screen."""
        return name_of(self)


@dataclass(frozen=True)
class AccountView:
    """All that an agent sees on opening an account. `notices`: Important Information, the most urgent first.

    `level`: how far the customer is verified on the agent's call.
    """

    id: int
    number: str
    status: AccountStatus
    opened_on: date
    company_name: str
    agent_name: str
    operator_kind: OperatorKind
    customer: CustomerView
    lines: tuple[LineView, ...]
    enrolment: EnrolmentView | None
    notices: tuple[Notice, ...]
    timeline: tuple[TimelineEntry, ...]
    level: Level = Level.NONE

    @property
    def masked(self) -> tuple[Field, ...]:
        """What is masked of the customer and the lines, in the order of the table."""
        return in_order({*self.customer.masked, *(field for line in self.lines for field in line.masked)})


PLACES = {"birth_date": Field.BIRTH_DATE}
ADDRESS_PLACES = {"street": Field.STREET}
MEDIA = {medium: place for place, medium in enumerate(ContactMedium)}
a, c, contact = columns(Account), columns(Customer), columns(Contact)

WHOSE = (
    select(
        a.id,
        a.number,
        a.status,
        a.opened_on,
        a.company_name,
        a.agent_name,
        a.customer_id,
        c.kind,
        c.first_name,
        c.middle_name,
        c.last_name,
        c.company_name.label("customer_company"),
        c.birth_date,
        c.street,
        c.street2,
        c.city,
        c.county,
        c.state,
        c.zip,
        c.version,
        select(columns(Operator).kind).limit(1).scalar_subquery().label("operator_kind"),
    )
    .select_from(Account)
    .join(Customer, c.id == a.customer_id)
    .where(a.number == bindparam("number"))
)
CONTACTS = (
    select(contact.medium, contact.value, contact.position)
    .where(contact.customer_id == bindparam("customer"))
    .order_by(contact.position, contact.id)
)


def account(desk: Desk, number: str) -> AccountView:
    """The account of that number, whole. Raises NotFound where there is none."""
    with desk.reading() as session:
        return account_in(session, desk, number)


def account_in(session: Session, desk: Desk, number: str) -> AccountView:
    """`account` within a snapshot that is already open."""
    row = _row(session, number)
    sight = sight_in(session, desk)
    hidden = sight.hidden(row.customer_id)
    lines = tuple(covered_line(line, hidden) for line in lines_in(session, row.id, desk.today()))
    enrolment = enrolment_in(session, desk, row.id)
    return AccountView(
        id=row.id,
        number=row.number,
        status=AccountStatus(row.status),
        opened_on=row.opened_on,
        company_name=row.company_name,
        agent_name=row.agent_name,
        operator_kind=OperatorKind(row.operator_kind),
        customer=covered_customer(_customer(session, row), hidden),
        lines=lines,
        enrolment=enrolment,
        notices=important(session, desk, enrolment),
        timeline=timeline(session, desk, row.id, dated(row.opened_on, lines, enrolment)),
        level=sight.level(row.customer_id),
    )


def covered_account(whole: AccountView) -> AccountView:
    """The account as it is while nobody is verified, from what was read before: for a screen whose call has ended."""
    return replace(
        whole,
        customer=covered_customer(whole.customer, ALL),
        lines=tuple(covered_line(line, ALL) for line in whole.lines),
        level=Level.NONE,
    )


def covered_customer(whole: CustomerView, hidden: Hidden) -> CustomerView:
    """The customer with what is `hidden` masked."""
    behind = set(whole.masked)
    address, contacts = masked(whole.address, hidden, ADDRESS_PLACES), whole.contacts
    if address != whole.address:
        behind.add(Field.STREET)
        address = replace(address, street2="")  # one mask says as much as two
    if contacts and Field.CONTACTS in hidden:
        behind.add(Field.CONTACTS)
        contacts = tuple(replace(contact, value=MASK) for contact in contacts)
    return masked(replace(whole, address=address, contacts=contacts, masked=in_order(behind)), hidden, PLACES)


def _row(session: Session, number: str) -> Any:
    for written in spellings(number):
        row = session.connection().execute(WHOSE, {"number": written}).first()
        if row is not None:
            return row
    raise no_account(number)


def _customer(session: Session, row: Any) -> CustomerView:
    contacts = session.connection().execute(CONTACTS, {"customer": row.customer_id})
    return CustomerView(
        id=row.customer_id,
        kind=CustomerKind(row.kind),
        first_name=row.first_name,
        middle_name=row.middle_name,
        last_name=row.last_name,
        company_name=row.customer_company,
        birth_date=row.birth_date,
        address=AddressView(row.street, row.street2, row.city, row.county, row.state, row.zip),
        contacts=tuple(
            sorted(
                (ContactView(ContactMedium(medium), value, place) for medium, value, place in contacts),
                key=lambda contact: MEDIA[contact.medium],
            )
        ),
        version=row.version,
    )
