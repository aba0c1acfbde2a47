"""The customer's own PIN: set, and compared with what a caller says. Wrong ones lock it for ever longer times."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.customers.finding import account_row
from data.customers.tables import Account, Contact, Customer
from data.desk import Desk, action, permit
from data.errors import Invalid, Refused
from data.lifeline.tables import LifelineEnrolment
from data.lines.tables import Line
from data.verification import hashes, pins
from data.verification.notices import ON_PAPER, Change, give_notice, on_paper
from data.verification.rules import PIN_LEVEL, Method, Outcome
from data.verification.sight import sight_in
from data.verification.steps import Ongoing, pass_step, settle
from data.verification.tables import CustomerPin
from data.verification.views import Checked


def check_pin(desk: Desk, number: str, typed: str) -> Checked:
    """Compares what the caller said with the customer's own PIN.

    Raises NotFound; Refused without a call, without a PIN, while it is locked, where another prompt comes first, or
    for what is no PIN: that is no try.
    """
    kept = _kept(desk, number)
    if not pins.is_pin(typed.strip()):
        raise Refused(f"A PIN has {pins.DIGITS} digits.", "Type all of them. This did not count as a try.")
    fits = hashes.pin_fits(kept.hash, typed.strip())  # slow: outside the transaction
    return _note_try(desk, number, kept, fits)


def check_new_pin(desk: Desk, number: str, pin: str) -> None:
    """Raises what `set_pin` would raise for that PIN, before the customer says it a second time; keeps nothing."""
    permit(desk, Permission.TAKE_CALLS)
    with desk.reading() as session:
        _check_new(session, desk, account_row(session, number), pin.strip())


def set_pin(desk: Desk, number: str, pin: str) -> None:
    """Gives the customer a PIN, or a new one; the previous contact is told.

    Raises NotFound, Refused where the caller is not verified, Invalid for a PIN that is easy to guess.
    """
    typed = pin.strip()
    _set(desk, number, typed, hashes.pin_hash(typed) if pins.is_pin(typed) else "")


@dataclass(frozen=True)
class _Kept:
    """A PIN as it was read, before it was compared."""

    hash: str
    failures: int


def _kept(desk: Desk, number: str) -> _Kept:
    with desk.reading() as session:
        row = _row(session, account_row(session, number).customer_id)
        if row is None:
            raise Refused("The customer has no PIN yet.", "Verify the caller otherwise; then they can choose one.")
        return _Kept(row.hash, row.failures)


@action("verify.pin", needs=Permission.TAKE_CALLS)
def _note_try(desk: Desk, number: str, kept: _Kept, fits: bool) -> Checked:
    ongoing = Ongoing.of(desk, number)
    ongoing.check_turn(desk, Method.PIN)
    row = _row(desk.session, ongoing.account.customer_id)
    if row is None or _Kept(row.hash, row.failures) != kept:  # two guesses at once count as one and tell nothing
        raise Refused("This PIN was tried or changed this very moment.", "Try it again.")
    now = desk.now()
    row.failures = 0 if fits else row.failures + 1
    locked = pins.lock(row.failures)
    row.locked_until = now + locked if locked else None
    desk.session.add(row)
    step = ongoing.new(desk, Method.PIN, Outcome.SENT)
    if fits:
        pass_step(desk, step, ongoing.call)
        return Checked(passed=True)
    settle(desk, step, Outcome.FAILED)
    ongoing.tell(desk, Method.PIN, Outcome.FAILED, failures=row.failures)
    return Checked(False, max(0, pins.FREE_FAILURES - row.failures), row.locked_until)


@action("pin.set", needs=Permission.TAKE_CALLS)
def _set(desk: Desk, number: str, typed: str, hashed: str) -> None:
    account = account_row(desk.session, number)
    customer = _check_new(desk.session, desk, account, typed)
    row = _row(desk.session, account.customer_id)
    fresh = row or CustomerPin(customer_id=account.customer_id, hash="", set_at=desk.now(), set_by="")
    fresh.hash, fresh.set_at, fresh.set_by = hashed, desk.now(), desk.agent.name
    fresh.failures, fresh.locked_until = 0, None
    desk.session.add(fresh)
    desk.event.tell(account_id=account.id, first=row is None)
    known = {field: getattr(customer, field) for field in ON_PAPER}
    give_notice(desk, account, Change.PIN, home=on_paper(known))


def _check_new(session: Session, desk: Desk, account: Account, typed: str) -> Customer:
    """The customer, who may choose that PIN."""
    customer = session.get_one(Customer, account.customer_id)
    if sight_in(session, desk).level(customer.id) < PIN_LEVEL:
        raise Refused("Only a verified caller chooses a PIN.", "Verify the caller first.")
    if wrong := pins.wrong_pin(typed, _known(session, account, customer), customer.birth_date):
        raise Invalid({"pin": wrong}, "Nothing was changed.")
    return customer


def _row(session: Session, customer_id: int) -> CustomerPin | None:
    return session.exec(select(CustomerPin).where(CustomerPin.customer_id == customer_id)).one_or_none()


def _known(session: Session, account: Account, customer: Customer) -> list[str]:
    """The numbers that others may know of a customer."""
    contacts = session.exec(select(Contact.value).where(Contact.customer_id == customer.id))
    lines = session.exec(select(Line.mdn).where(Line.account_id == account.id, col(Line.mdn).is_not(None)))
    ssn = session.exec(select(LifelineEnrolment.last4_ssn).where(LifelineEnrolment.account_id == account.id))
    texts = (account.number, customer.street, customer.zip, *contacts, *lines, *ssn)
    return [text for text in texts if text]
