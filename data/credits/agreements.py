"""Release Agreements: drawn up as a PDF, sent, signed or declined; every version stays with its credit."""

from __future__ import annotations

import hashlib

from sqlmodel import Session, col, select

from data import money
from data.agents.rules import Permission
from data.cases.tables import Case
from data.credits.document import Terms, release_agreement
from data.credits.queries import credit_in
from data.credits.rules import AgreementState, month_amount
from data.credits.steps import SETTLED, Step
from data.credits.tables import Agreement, Credit
from data.credits.views import AgreementView
from data.credits.writing import row_for, said, shown_amount, tell_of
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.desk import Desk, action
from data.errors import NotFound
from data.operators.queries import operator_in


@action("credit.draw_up", needs=Permission.REQUEST_CREDITS)
def draw_up(desk: Desk, credit_id: int) -> AgreementView:
    """Draws up a new version of the Release Agreement of an approved credit; an unsigned older one is replaced.

    Raises NotFound; Refused where the credit needs none, is not approved, or its agreement is signed already.
    """
    row = row_for(desk, credit_id, Step.DRAW_UP)
    older = _newest(desk.session, credit_id)
    if older is not None:
        older.state = AgreementState.REPLACED
    version = older.version + 1 if older else 1
    pdf = release_agreement(_terms(desk, row, version))
    made = Agreement(
        credit_id=credit_id,
        version=version,
        state=AgreementState.DRAWN_UP,
        pdf=pdf,
        digest=hashlib.sha256(pdf).hexdigest(),
        made_by=desk.agent.name,
        made_at=desk.now(),
    )
    desk.session.add(made)
    return _told(desk, row, made, f"Release Agreement for {shown_amount(row)} drawn up, version {version}")


@action("credit.document", needs=Permission.REQUEST_CREDITS)
def document(desk: Desk, credit_id: int, version: int | None = None) -> bytes:
    """The PDF of a credit's Release Agreement, the newest without `version`.

    The customer's address stands in it, whoever is verified: so each time that it is taken out is on the record.
    Raises NotFound where there is none.
    """
    versions = select(Agreement).where(Agreement.credit_id == credit_id).order_by(col(Agreement.version).desc())
    wanted = versions.where(Agreement.version == version) if version is not None else versions
    found = desk.session.exec(wanted.limit(1)).first()
    if found is None:
        raise NotFound(f"Credit {credit_id} has no such Release Agreement.", "Draw one up first.")
    row = desk.session.get_one(Credit, credit_id)
    desk.event.tell(account_id=_account_id(desk.session, row), credit=credit_id, version=found.version)
    return found.pdf


@action("credit.send", needs=Permission.REQUEST_CREDITS)
def note_sent(desk: Desk, credit_id: int, to: str) -> AgreementView:
    """Notes that the newest agreement was sent, and where to. Raises NotFound, Refused, Invalid without `to`."""
    where = said(to, "Say where it was sent.")
    row, newest = _agreed(desk, credit_id, Step.SEND)
    newest.sent_to, newest.sent_at = where, desk.now()
    return _told(desk, row, newest, f"Release Agreement for {shown_amount(row)} sent to {where}")


@action("credit.sign", needs=Permission.REQUEST_CREDITS)
def note_signed(desk: Desk, credit_id: int, note: str = "") -> AgreementView:
    """Notes that the newest agreement was signed; its credit may be issued then.

    Raises NotFound, Refused, Invalid where `note` is too long or holds what is kept nowhere.
    """
    return _settle(desk, credit_id, Step.SIGN, said(note))


@action("credit.decline", needs=Permission.REQUEST_CREDITS)
def note_declined(desk: Desk, credit_id: int, why: str) -> AgreementView:
    """Notes that the customer does not sign, and why. Raises NotFound, Refused, Invalid without a reason."""
    return _settle(desk, credit_id, Step.DECLINE, said(why, "Say why it was declined."))


def _settle(desk: Desk, credit_id: int, step: Step, note: str) -> AgreementView:
    row, newest = _agreed(desk, credit_id, step)
    newest.settled_by, newest.settled_at, newest.note = desk.agent.name, desk.now(), note
    told = f"Release Agreement for {shown_amount(row)} {newest.state}{f': {note}' if note else ''}"
    return _told(desk, row, newest, told)


def _newest(session: Session, credit_id: int) -> Agreement | None:
    versions = select(Agreement).where(Agreement.credit_id == credit_id).order_by(col(Agreement.version).desc())
    return session.exec(versions.limit(1)).first()


def _agreed(desk: Desk, credit_id: int, step: Step) -> tuple[Credit, Agreement]:
    """The credit and its newest agreement, which takes `step`."""
    row = row_for(desk, credit_id, step)
    newest = _newest(desk.session, credit_id)
    assert newest is not None
    newest.state = SETTLED[step]
    return row, newest


def _told(desk: Desk, row: Credit, agreement: Agreement, text: str) -> AgreementView:
    desk.session.add(agreement)
    desk.session.flush()
    tell_of(desk, row, text)
    desk.event.tell(version=agreement.version, digest=agreement.digest)
    assert row.id is not None
    found = credit_in(desk.session, row.id).credit.agreement
    assert found is not None
    return found


def _account_id(session: Session, row: Credit) -> int | None:
    return session.get_one(Case, row.case_id).account_id if row.case_id else row.account_id


def _terms(desk: Desk, row: Credit, version: int) -> Terms:
    session = desk.session
    case = session.get(Case, row.case_id) if row.case_id else None
    account_id = _account_id(session, row)
    account = session.get_one(Account, account_id) if account_id else None
    who = session.get_one(Customer, account.customer_id) if account else None
    amount = money.from_cents(row.cents)
    assert row.id is not None
    return Terms(
        operator=operator_in(session).name,
        customer=name_of(who) if who else "",
        address=_address(who) if who else "",
        account=account.number if account else "",
        case=case.number if case else "",
        credit=row.id,
        version=version,
        kind=row.kind,
        related_to=row.related_to,
        amount=amount,
        months=row.months,
        monthly=month_amount(amount, row.months, 1),
        made_at=desk.now().astimezone(desk.agent.zone),
    )


def _address(who: Customer) -> str:
    place = " ".join(filter(None, (f"{who.city}," if who.city else "", who.state, who.zip)))
    return ", ".join(filter(None, (who.street, who.street2, place)))
