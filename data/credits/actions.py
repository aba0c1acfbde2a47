"""What is done with a credit: asked for, decided, withdrawn, issued. Each step is kept with who took it and why."""

from __future__ import annotations

from sqlmodel import Session

from data import money
from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.cases.tables import Case
from data.cases.writing import case_row
from data.credits.closing import walk_of
from data.credits.queries import credit_in
from data.credits.routing import Way, way_in
from data.credits.rules import (
    IN_A_SENTENCE,
    SHORT_LIMIT,
    TEXT_LIMIT,
    CreditKind,
    CreditRequest,
    CreditState,
    issued_amount,
    state_after_month,
    wrong_request,
)
from data.credits.steps import DECISIONS, Step
from data.credits.tables import Credit
from data.credits.views import WholeCredit
from data.credits.writing import keep_step, row_for, said, shown_amount, tell_of
from data.customers.finding import account_row
from data.customers.tables import Account
from data.desk import Desk, action
from data.errors import Invalid, Refused
from data.text import LIMIT, clean, clean_lines, refuse_long


class WalkFirst(Refused):
    """The set-up fee was not explained, or the coupon not offered and answered yet. `case`: the one to note it in."""

    def __init__(self, case: str) -> None:
        super().__init__(
            "A set-up fee is explained first, and an accessory coupon offered.",
            "Note both in the case, and the answer; ask for the fee itself where the coupon is not wanted.",
        )
        self.case = case


@action("credit.request", needs=Permission.REQUEST_CREDITS)
def request_credit(desk: Desk, request: CreditRequest) -> WholeCredit:
    """Asks for a credit; one within the agent's own authority is approved at once.

    Raises Invalid by field (`market` where the way depends on a Market and none is known, `case` where a set-up fee
    has none), NotFound where the case, the account or the Market is not there, Refused where the case is closed, a
    set-up fee was not explained, or the customer took the coupon for it.
    """
    if wrong := wrong_request(request):
        raise Invalid(wrong)
    case, account = _whose(desk.session, request)
    _check_walk(desk.session, request, case)
    names = {"dealer": request.dealer, "related_to": request.related_to}
    refuse_secrets(reason=request.reason, evidence=request.evidence, **names)
    refuse_long(LIMIT, **names)
    refuse_long(SHORT_LIMIT, reason=request.reason)
    refuse_long(TEXT_LIMIT, evidence=request.evidence)
    found = way_in(desk.session, desk, request, case, account)
    if found.wants_market:
        raise Invalid({"market": "Name the Market: whether this may be an On Call Resolution depends on it."})
    way = found.route
    row = _new_row(desk, request, case, account, found)
    desk.session.add(row)
    desk.session.flush()
    keep_step(desk, row, row.reason)
    desk.event.tell(kind=row.kind, alone=way.alone, ocr=way.ocr, reason=row.reason)
    what = f"{IN_A_SENTENCE.get(row.kind, row.kind)} of {shown_amount(row)}"
    asked = f"{what} asked for{' as an On Call Resolution' if way.ocr else ''}"
    if way.alone:
        _decide(desk, row, Step.APPROVE, way.why)
        asked = f"{what} granted"
    tell_of(desk, row, f"{asked}: {row.reason}")
    assert row.id is not None
    return credit_in(desk.session, row.id)


def _new_row(desk: Desk, request: CreditRequest, case: Case | None, account: Account | None, found: Way) -> Credit:
    """The row of a request that goes the way that was found."""
    return Credit(
        case_id=case.id if case else None,
        account_id=None if case or account is None else account.id,
        market_id=found.market.id if found.market else None,
        kind=request.kind,
        related_to=clean(request.related_to) or request.kind,
        cents=money.to_cents(request.amount),
        months=request.months,
        asked_of=request.asked_of,
        dealer=clean(request.dealer),
        reason=clean(request.reason, SHORT_LIMIT),
        evidence=clean_lines(request.evidence, TEXT_LIMIT),
        ocr=found.route.ocr,
        release_agreement=found.route.release_agreement,
        state=CreditState.REQUESTED,
        requested_by_id=desk.agent.id,
        requested_at=desk.now(),
    )


@action("credit.approve", needs=Permission.DECIDE_CREDITS)
def approve(desk: Desk, credit_id: int, why: str = "") -> WholeCredit:
    """Approves a credit that somebody else asked for.

    Raises NotFound; Refused where it is decided or one's own; Invalid where `why` is too long.
    """
    return _decided(desk, credit_id, Step.APPROVE, said(why))


@action("credit.deny", needs=Permission.DECIDE_CREDITS)
def deny(desk: Desk, credit_id: int, why: str) -> WholeCredit:
    """Denies a credit that somebody else asked for. Raises what `approve` does, and Invalid without a reason."""
    return _decided(desk, credit_id, Step.DENY, said(why, "Say why it is denied."))


@action("credit.withdraw", needs=Permission.REQUEST_CREDITS)
def withdraw(desk: Desk, credit_id: int, why: str) -> WholeCredit:
    """Takes a credit back that was not issued, or the months of it that are left; by whoever asked for it, or a lead.

    Raises NotFound, Refused where it ended already or is somebody else's, Invalid without a reason.
    """
    reason = said(why, "Say why it is withdrawn.")
    row = row_for(desk, credit_id, Step.WITHDRAW)
    row.state = CreditState.WITHDRAWN
    keep_step(desk, row, reason)
    desk.event.tell(why=reason)
    tell_of(desk, row, f"Credit of {shown_amount(row)} withdrawn: {reason}")
    return credit_in(desk.session, credit_id)


@action("credit.issue", needs=Permission.REQUEST_CREDITS)
def issue(desk: Desk, credit_id: int, month: int | None = None) -> WholeCredit:
    """Notes that an approved credit was issued, or the next month of it.

    `month`: the one that is meant (the first is 1), so that two who note the same one do not note two. Raises NotFound;
    Refused where it is not approved, is issued already, or its Release Agreement is not signed.
    """
    row = row_for(desk, credit_id, Step.ISSUE)
    if month not in (None, row.months_issued + 1):
        raise Refused(
            f"Month {row.months_issued + 1} is the next one, not {month}.", "Look at the credit as it is now."
        )
    row.months_issued += 1
    row.state = state_after_month(row.months, row.months_issued)
    whole = money.from_cents(row.cents)
    now = issued_amount(whole, row.months, row.months_issued) - issued_amount(whole, row.months, row.months_issued - 1)
    what = money.show(now)
    which = f"month {row.months_issued} of {row.months}" if row.months > 1 else ""
    keep_step(desk, row, " · ".join(filter(None, (what, which))))
    desk.event.tell(issued=what, month=row.months_issued)
    tell_of(desk, row, f"Credit issued: {what}{f' ({which})' if which else ''}")
    return credit_in(desk.session, credit_id)


def _whose(session: Session, request: CreditRequest) -> tuple[Case | None, Account | None]:
    case = case_row(session, request.case) if request.case else None
    account = account_row(session, request.account) if request.account else None
    if case and case.closed_at:
        raise Refused(f"Case {case.number} is closed.", "Clone it, and ask for the credit in the clone.")
    if case and account and case.account_id != account.id:
        raise Invalid({"account": f"Case {case.number} belongs to another account."})
    if case and case.account_id:
        account = session.get_one(Account, case.account_id)
    return case, account


def _check_walk(session: Session, request: CreditRequest, case: Case | None) -> None:
    """A set-up fee is explained first, then the accessory coupon is offered (setup_fee.py)."""
    if request.kind is not CreditKind.SETUP_FEE:
        return
    if case is None:
        why = "A set-up fee is asked for in a case: there it is explained first, and the coupon offered."
        raise Invalid({"case": why}, "Name the case, or open one.")
    assert case.id is not None
    fee = walk_of(session, case.id)
    if fee is None or fee.accepted is None:
        raise WalkFirst(case.number)
    if fee.accepted:
        raise Refused(
            "The customer took an accessory coupon for the set-up fee.",
            "Ask for the coupon; or note that it is not wanted after all, and ask for the fee then.",
        )


def _decided(desk: Desk, credit_id: int, step: Step, why: str) -> WholeCredit:
    row = row_for(desk, credit_id, step)
    _decide(desk, row, step, why)
    desk.event.tell(why=why)
    tell_of(desk, row, f"Credit of {shown_amount(row)} {row.state}{f': {why}' if why else ''}")
    return credit_in(desk.session, credit_id)


def _decide(desk: Desk, row: Credit, step: Step, why: str) -> None:
    row.state = DECISIONS[step]
    row.decided_by_id, row.decided_at, row.decision = desk.agent.id, desk.now(), why
    keep_step(desk, row, why)
