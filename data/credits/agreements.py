"""Release Agreements: drawn up as a PDF, sent, signed or declined; every version stays with its credit."""

from __future__ import annotations

import hashlib

from sqlmodel import Session, col, select

from data import money
from data.agents.rules import Permission
from data.cases.tables import Case
from data.credits.actions import credit_row, said, shown_amount, tell_of
from data.credits.document import Terms, release_agreement
from data.credits.queries import credit_in
from data.credits.rules import AGREEMENT_TRANSITIONS, SHORT_LIMIT, AgreementState, CreditState, month_amount
from data.credits.tables import Agreement, Credit
from data.credits.views import AgreementView
from data.customers.rules import display_name
from data.customers.tables import Account, Customer
from data.desk import Desk, action
from data.errors import NotFound, Refused
from data.operators.tables import Operator
from data.text import clean


@action("credit.draw_up", needs=Permission.REQUEST_CREDITS)
def draw_up(desk: Desk, credit_id: int) -> AgreementView:
    """Draws up a new version of the Release Agreement of an approved credit; an unsigned older one is replaced.

    Raises NotFound; Refused where the credit needs none, is not approved, or its agreement is signed already.
    """
    row = credit_row(desk.session, credit_id)
    if not row.release_agreement:
        raise Refused(f"A credit of {shown_amount(row)} needs no Release Agreement.", "Issue it once it is approved.")
    if row.state != CreditState.APPROVED:
        raise Refused(f"This credit is {row.state}.", "An agreement is drawn up once it is approved.")
    older = _newest(desk.session, credit_id)
    if older is not None:
        _move(older, AgreementState.REPLACED)
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


@action("credit.send", needs=Permission.REQUEST_CREDITS)
def note_sent(desk: Desk, credit_id: int, to: str) -> AgreementView:
    """Notes that the newest agreement was sent, and where to. Raises NotFound, Refused, Invalid without `to`."""
    row, newest = _agreed(desk, credit_id)
    where = said(to, "Say where it was sent.")
    _move(newest, AgreementState.SENT)
    newest.sent_to, newest.sent_at = where, desk.now()
    return _told(desk, row, newest, f"Release Agreement for {shown_amount(row)} sent to {where}")


@action("credit.sign", needs=Permission.REQUEST_CREDITS)
def note_signed(desk: Desk, credit_id: int, note: str = "") -> AgreementView:
    """Notes that the newest agreement was signed; its credit may be issued then. Raises NotFound, Refused."""
    return _settle(desk, credit_id, AgreementState.SIGNED, clean(note, SHORT_LIMIT))


@action("credit.decline", needs=Permission.REQUEST_CREDITS)
def note_declined(desk: Desk, credit_id: int, why: str) -> AgreementView:
    """Notes that the customer does not sign, and why. Raises NotFound, Refused, Invalid without a reason."""
    return _settle(desk, credit_id, AgreementState.DECLINED, said(why, "Say why it was declined."))


def _settle(desk: Desk, credit_id: int, state: AgreementState, note: str) -> AgreementView:
    row, newest = _agreed(desk, credit_id)
    _move(newest, state)
    newest.settled_by, newest.settled_at, newest.note = desk.agent.name, desk.now(), note
    told = f"Release Agreement for {shown_amount(row)} {state}{f': {note}' if note else ''}"
    return _told(desk, row, newest, told)


def _newest(session: Session, credit_id: int) -> Agreement | None:
    versions = select(Agreement).where(Agreement.credit_id == credit_id).order_by(col(Agreement.version).desc())
    return session.exec(versions.limit(1)).first()


def _agreed(desk: Desk, credit_id: int) -> tuple[Credit, Agreement]:
    row = credit_row(desk.session, credit_id)
    newest = _newest(desk.session, credit_id)
    if newest is None:
        raise NotFound(f"Credit {credit_id} has no Release Agreement.", "Draw one up first.")
    if row.state != CreditState.APPROVED:
        raise Refused(f"This credit is {row.state}.", "Its agreement stays as it is.")
    return row, newest


def _move(row: Agreement, wanted: AgreementState) -> None:
    state = AgreementState(row.state)
    if wanted in AGREEMENT_TRANSITIONS[state]:
        row.state = wanted
        return
    how = "A signed agreement stays." if state is AgreementState.SIGNED else "Draw up a new version first."
    raise Refused(f"Version {row.version} of the Release Agreement is {state} already.", how)


def _told(desk: Desk, row: Credit, agreement: Agreement, text: str) -> AgreementView:
    desk.session.add(agreement)
    desk.session.flush()
    tell_of(desk, row, text)
    desk.event.tell(version=agreement.version, digest=agreement.digest)
    assert row.id is not None
    found = credit_in(desk.session, row.id).credit.agreement
    assert found is not None
    return found


def _terms(desk: Desk, row: Credit, version: int) -> Terms:
    session = desk.session
    case = session.get(Case, row.case_id) if row.case_id else None
    account_id = case.account_id if case else row.account_id
    account = session.get_one(Account, account_id) if account_id else None
    who = session.get_one(Customer, account.customer_id) if account else None
    amount = money.from_cents(row.cents)
    assert row.id is not None
    return Terms(
        operator=session.exec(select(Operator.name)).first() or "",
        customer=display_name(who.first_name, who.middle_name, who.last_name, who.company_name) if who else "",
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
