"""What an agent does with an account: opens it, and edits who it belongs to."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.agents.tables import RecentlyOpened
from data.audit import AuditEvent
from data.cases.free_text import refuse_secrets
from data.customers import fields
from data.customers.finding import account_row
from data.customers.queries import AccountView, account_in
from data.customers.rules import (
    ENROLMENT_FIELDS,
    PRIVATE_FIELDS,
    ContactMedium,
    CustomerEdit,
    CustomerKind,
    in_words,
)
from data.customers.tables import Account, Contact, Customer
from data.customers.timeline import happening
from data.desk import Desk, action
from data.errors import Invalid, Refused
from data.lifeline.actions import mark_changed
from data.lifeline.rules import VENDOR_LEARNS_OF
from data.lifeline.tables import LifelineEnrolment
from data.text import refuse_long
from data.verification.looking import account_opened
from data.verification.notices import changes_in, give_notice, on_paper
from data.verification.rules import EDIT_LEVEL, LONGEST_REASON, reason
from data.verification.sight import sight_in

RECENT_KEPT = 100  # accounts that an agent finds under "recently opened"
MEDIA = {"phones": ContactMedium.PHONE, "emails": ContactMedium.EMAIL}


class Outdated(Refused):
    """Someone saved the same customer first. `fields`: what they changed, as far as the audit knows; `told`: who."""

    def __init__(self, fields: tuple[str, ...], agents: tuple[str, ...]) -> None:
        what = f"{in_words(list(fields))} of this customer" if fields else "this customer"
        self.told = f"{' and '.join(agents) or 'Someone'} changed {what} while you were editing."
        super().__init__(
            f"{self.told} Nothing of yours was saved.",
            "Open the customer again, and make your changes on what stands there now.",
        )
        self.fields = fields


@action("account.open", needs=Permission.READ_ACCOUNTS)
def open_account(desk: Desk, number: str) -> None:
    """Notes that the agent opened the account of that number. Raises NotFound where there is none."""
    account = account_row(desk.session, number)
    assert account.id is not None
    desk.event.tell(account_id=account.id)
    account_opened(desk, account)
    desk.session.merge(RecentlyOpened(agent_id=desk.agent.id, account_id=account.id, opened_at=desk.now()))
    desk.session.flush()
    _forget_older(desk.session, desk.agent.id)


@action("customer.edit", needs=Permission.EDIT_CUSTOMERS)
def edit_customer(desk: Desk, number: str, version: int, edit: CustomerEdit, why: str = "") -> AccountView:
    """Saves what `edit` changes of the customer whose account that is; returns the account as it then stands.

    `version` is the customer's when the form was opened; `why`: the reason, where no caller is verified. Raises
    NotFound, Outdated where somebody saved since, and Invalid with a sentence for each field that can't be, or for
    `why`. What the Lifeline vendor must learn of is marked so; the previous contact is told of a new one.
    """
    file = _File.of(desk.session, number)
    desk.event.tell(account_id=file.account.id)
    _give_grounds(desk, file.customer, why)
    if file.customer.version != version:
        raise _outdated(desk.session, file.customer, version)
    before = file.values()
    changed = fields.changes(edit, before, CustomerKind(file.customer.kind), desk.today())
    file.write(changed)
    if changed:
        desk.event.tell(version=version + 1, changed=_told(before, changed))
        _tell_customer(desk, file.account, before, changed)
    if changed.keys() & (VENDOR_LEARNS_OF | ENROLMENT_FIELDS):
        _mark_changed(desk, file.customer)
    desk.session.flush()
    saved = account_in(desk.session, desk, file.account.number)
    return replace(saved, timeline=(*happening(desk, "customer.edit"), *saved.timeline))


@dataclass(frozen=True)
class _File:
    """The rows that an edit may touch."""

    session: Session
    account: Account
    customer: Customer
    contacts: list[Contact]
    enrolment: LifelineEnrolment | None

    @classmethod
    def of(cls, session: Session, number: str) -> _File:
        account = account_row(session, number)
        customer = session.get_one(Customer, account.customer_id)
        contacts = session.exec(
            select(Contact).where(Contact.customer_id == customer.id).order_by(col(Contact.position), col(Contact.id))
        )
        enrolment = session.exec(
            select(LifelineEnrolment).where(LifelineEnrolment.account_id == account.id)
        ).one_or_none()
        return cls(session, account, customer, list(contacts), enrolment)

    def values(self) -> dict[str, Any]:
        """Each field of CustomerEdit as it stands."""
        return {field: self._value(field) for field in vars(CustomerEdit())}

    def _value(self, field: str) -> Any:
        if field in MEDIA:
            return tuple(contact.value for contact in self.contacts if contact.medium == MEDIA[field])
        if field in ENROLMENT_FIELDS:
            return getattr(self.enrolment, field) if self.enrolment else ""
        return getattr(self.customer, field)

    def write(self, changed: dict[str, Any]) -> None:
        """Writes new values; the customer's version grows by one, whatever it is that changed."""
        if not changed:
            return
        if self.enrolment is None and (wanting := changed.keys() & ENROLMENT_FIELDS):
            raise Invalid(dict.fromkeys(wanting, "This account has no Lifeline enrolment to keep that in."))
        own = {field: value for field, value in changed.items() if field not in MEDIA.keys() | ENROLMENT_FIELDS}
        saved = self.session.connection().execute(
            update(Customer)
            .where(col(Customer.id) == self.customer.id, col(Customer.version) == self.customer.version)
            .values(**own, version=self.customer.version + 1)
        )
        if saved.rowcount != 1:
            raise Outdated((), ())
        for field in changed.keys() & ENROLMENT_FIELDS:
            setattr(self.enrolment, field, changed[field])
        for field in changed.keys() & MEDIA.keys():
            self._write_contacts(MEDIA[field], changed[field])

    def _write_contacts(self, medium: ContactMedium, values: tuple[str, ...]) -> None:
        """Keeps the rows of values that stay, so that whatever points to them still does."""
        kept = {contact.value: contact for contact in self.contacts if contact.medium == medium}
        for value in kept.keys() - set(values):
            self.session.delete(kept[value])
        for position, value in enumerate(values):
            row = kept.get(value) or Contact(customer_id=self.account.customer_id, medium=medium, value=value)
            row.position = position
            self.session.add(row)


def _forget_older(session: Session, agent_id: int) -> None:
    """Keeps the agent's newest RECENT_KEPT accounts."""
    mine = col(RecentlyOpened.agent_id) == agent_id
    oldest_kept = (
        select(RecentlyOpened.opened_at)
        .where(mine)
        .order_by(col(RecentlyOpened.opened_at).desc())
        .offset(RECENT_KEPT - 1)
        .limit(1)
    )
    if (kept_since := session.exec(oldest_kept).first()) is not None:
        session.execute(delete(RecentlyOpened).where(mine, col(RecentlyOpened.opened_at) < kept_since))


def _told(before: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    """What the audit keeps of a change: field → [old, new]; of a private field only that it changed."""
    return {field: "changed" if field in PRIVATE_FIELDS else [before[field], value] for field, value in changed.items()}


def _give_grounds(desk: Desk, customer: Customer, why: str) -> None:
    """A verified caller asks for the change, or there is a reason, which the audit keeps."""
    refuse_secrets(why=why)
    refuse_long(LONGEST_REASON, why=why)
    if said := reason(why):
        desk.event.tell(why=said)
    elif sight_in(desk.session, desk).level(customer.id) < EDIT_LEVEL:
        raise Invalid(
            {"why": "No caller is verified for this account; say in words why you edit."},
            "Verify the caller, or say why.",
        )


def _tell_customer(desk: Desk, account: Account, before: dict[str, Any], changed: dict[str, Any]) -> None:
    """Queues the notice that a change of e-mail or address calls for, to where the customer was reached before."""
    previous = (before["emails"] or ("",))[0] if "emails" in changed else None
    give_notice(desk, account, *changes_in(changed), previous_email=previous, home=on_paper(before))


def _outdated(session: Session, customer: Customer, version: int) -> Outdated:
    """Who saved what since `version`, as the audit tells it."""
    accounts = select(Account.id).where(Account.customer_id == customer.id)
    edits = session.exec(
        select(AuditEvent)
        .where(col(AuditEvent.account_id).in_(accounts), AuditEvent.action == "customer.edit")
        .order_by(col(AuditEvent.id).desc())
        .limit(max(0, customer.version - version))
    )
    changed: dict[str, None] = {}
    agents: dict[str, None] = {}
    for event in edits:
        detail = json.loads(event.detail)
        if detail.get("version", 0) > version:
            changed |= dict.fromkeys(detail["changed"])
            agents[event.agent] = None
    return Outdated(tuple(changed), tuple(agents))


def _mark_changed(desk: Desk, customer: Customer) -> None:
    """The vendor must learn of it for each account with Lifeline that the customer has."""
    for account_id in desk.session.exec(select(Account.id).where(Account.customer_id == customer.id)).all():
        if account_id is not None:
            mark_changed(desk.session, account_id, desk.now())
