"""Reads about credits: of a case, of an account, waiting for me, decided for me; and the way that a request will go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session

from data import money
from data.agents.rules import Permission
from data.agents.tables import Agent
from data.cases.reading import no_case
from data.cases.statements import own_and_taken_in
from data.cases.tables import Case
from data.columns import columns
from data.credits.authority import USUAL_OWN_LIMIT, MarketRule, Route, limits_passed, route
from data.credits.rules import (
    SPLIT_DAYS,
    STANDING,
    UNFINISHED,
    AgreementState,
    AskedOf,
    CreditKind,
    CreditState,
    issued_amount,
    wrong_amount,
)
from data.credits.tables import Agreement, Credit, CreditStep
from data.credits.views import (
    AgreementView,
    CreditsView,
    CreditView,
    StepView,
    TogetherView,
    WholeCredit,
    totals,
)
from data.customers.finding import account_row
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.desk import Desk
from data.errors import Misused, NotFound
from data.identifiers import case_number_in
from data.operators.markets import market
from data.operators.queries import custom_rule_in
from data.operators.rules import AGENT_CREDIT_RULE
from data.operators.tables import Market

r, k, s, g = columns(Credit), columns(Case), columns(CreditStep), columns(Agreement)
a, c, m = columns(Account), columns(Customer), columns(Market)
agents = columns(Agent).id.table
asker, decider = agents.alias("asker"), agents.alias("decider")
AGREEMENT = tuple(g[name].label(f"agreement_{name}") for name in AgreementView.__dataclass_fields__)
# Its document is a BLOB: only ids are looked at.
newest_agreement = select(func.max(g.id)).where(g.credit_id == r.id).correlate(r.id.table).scalar_subquery()

WHOLE = (
    select(
        r,
        k.number.label("case"),
        a.number.label("account"),
        c.first_name,
        c.middle_name,
        c.last_name,
        c.company_name,
        m.name.label("market"),
        asker.c.name.label("requested_by"),
        decider.c.name.label("decided_by"),
        *AGREEMENT,
    )
    .select_from(Credit)
    .outerjoin(Case, k.id == r.case_id)
    .outerjoin(Account, a.id == func.coalesce(r.account_id, k.account_id))
    .outerjoin(Customer, c.id == a.customer_id)
    .outerjoin(Market, m.id == r.market_id)
    .join(asker, asker.c.id == r.requested_by_id)
    .outerjoin(decider, decider.c.id == r.decided_by_id)
    .outerjoin(Agreement, g.id == newest_agreement)
)


def credit(desk: Desk, credit_id: int) -> WholeCredit:
    """The credit of that id, with its story. Raises NotFound where there is none."""
    with desk.reading() as session:
        return credit_in(session, credit_id)


def credit_in(session: Session, credit_id: int) -> WholeCredit:
    """`credit` within a snapshot that is already open."""
    found = next(views(session, r.id == credit_id), None)
    if found is None:
        raise no_credit(credit_id)
    connection = session.connection()
    steps = connection.execute(select(s).where(s.credit_id == credit_id).order_by(s.id))
    versions = connection.execute(select(*AGREEMENT).where(g.credit_id == credit_id).order_by(g.id))
    return WholeCredit(
        credit=found,
        steps=tuple(StepView(row.at, row.agent, CreditState(row.state), row.why) for row in steps),
        agreements=tuple(_agreement(row) for row in versions),
        together=_together(session, found),
    )


def no_credit(credit_id: int) -> NotFound:
    """What to raise where no credit has that id."""
    return NotFound(f"There is no credit {credit_id} here.", "`careline credit list` shows those that there are.")


def credits_of_case(desk: Desk, number: str) -> CreditsView:
    """Every request of the case of that number, to the carrier and to the dealer, with those of cases that it took in.

    Raises NotFound without the case.
    """
    with desk.reading() as session:
        found = session.connection().execute(select(k.id).where(k.number == case_number_in(number))).first()
        if found is None:
            raise no_case(number)
        return credits_in(session, found.id)


def credits_in(session: Session, case_id: int) -> CreditsView:
    """`credits_of_case` by the case's id, within a snapshot that is already open."""
    return _section(session, r.case_id.in_(own_and_taken_in(case_id)))


def credits_of_account(desk: Desk, number: str) -> CreditsView:
    """Every credit of the account, with or without a case, and what they come to. Raises NotFound without it."""
    with desk.reading() as session:
        account = account_row(session, number)
        cases = select(k.id).where(k.account_id == account.id)
        return _section(session, or_(r.account_id == account.id, r.case_id.in_(cases)))


def waiting_for_me(desk: Desk) -> tuple[CreditView, ...]:
    """What this desk's agent has to decide, On Call Resolutions first, then the oldest. Cheap: asked every second."""
    if not desk.may(Permission.DECIDE_CREDITS):
        return ()
    mine = and_(r.state == CreditState.REQUESTED, r.requested_by_id != desk.agent.id)
    with desk.reading() as session:
        return tuple(views(session, mine, order=(r.ocr.desc(), r.requested_at, r.id)))


def decided_for_me(desk: Desk, since: datetime) -> tuple[CreditView, ...]:
    """What others decided after `since` of what this desk's agent asked for, the latest first."""
    mine = and_(
        r.requested_by_id == desk.agent.id,
        r.decided_at > since,
        r.decided_by_id.is_not(None),
        r.decided_by_id != desk.agent.id,
    )
    with desk.reading() as session:
        return tuple(views(session, mine, order=(r.decided_at.desc(), r.id.desc())))


def unfinished(desk: Desk, *, everybodys: bool = False) -> tuple[CreditView, ...]:
    """The credits in my name (or anybody's) that somebody has yet to do something about, the oldest first."""
    which = r.state.in_(sorted(UNFINISHED))
    if not everybodys:
        which = and_(which, r.requested_by_id == desk.agent.id)
    with desk.reading() as session:
        return tuple(views(session, which, order=(r.requested_at, r.id)))


def route_for(desk: Desk, kind: CreditKind, amount: Decimal, market_name: str = "") -> Route:
    """The way that a request of this desk's agent would go; without a Market, as if it allowed On Call Resolutions.

    Raises Misused for an amount that can't be, NotFound for a Market that is none.
    """
    if wrong := wrong_amount(amount):
        raise Misused(wrong, "Give another amount.")
    with desk.reading() as session:
        where = market(session, market_name) if market_name else None
        rule = MarketRule(where.name, where.allows_ocr) if where else None
        return route(kind, amount, rule, desk.agent.role, own_limit=own_limit(session))


def own_limit(session: Session) -> Decimal:
    """What the operator lets an agent grant alone, in dollars."""
    value = custom_rule_in(session, AGENT_CREDIT_RULE)
    return money.parse(value) if value is not None else USUAL_OWN_LIMIT


def asked_together(
    session: Session, case_id: int | None, account_id: int | None, at: datetime, leaving_out: int = 0
) -> tuple[tuple[int, ...], Decimal]:
    """The credits of the same case (or of the account, without one) within 30 days of `at`: ids and dollars.

    Cases that were merged are one. Of what was withdrawn half-way, the months that were issued count.
    """
    same = and_(r.case_id.is_(None), r.account_id == account_id)
    if case_id is not None:
        same = r.case_id.in_(own_and_taken_in(session.get_one(Case, case_id).merged_into_id or case_id))
    near = r.requested_at.between(at - SPLIT_DAYS, at + SPLIT_DAYS)
    had = or_(r.state.in_(sorted(STANDING)), r.months_issued > 0)
    rows = session.connection().execute(select(r).where(same, near, had, r.id != leaving_out).order_by(r.id)).all()
    return tuple(row.id for row in rows), sum((_had(row) for row in rows), money.from_cents(0))


def _had(row: Any) -> Decimal:
    """What the customer has of a credit, or may yet have, in dollars."""
    whole = money.from_cents(row.cents)
    return whole if row.state in STANDING else issued_amount(whole, row.months, row.months_issued)


def views(session: Session, which: ColumnElement[bool], order: tuple[Any, ...] = ()) -> Iterator[CreditView]:
    """The credits that `which` picks, within a snapshot that is already open."""
    for row in session.connection().execute(WHOLE.where(which).order_by(*order)):
        yield _view(row)


def _together(session: Session, view: CreditView) -> TogetherView:
    row = session.get_one(Credit, view.id)
    others, before = asked_together(session, row.case_id, row.account_id, row.requested_at, view.id)
    total = view.amount + before
    passes = limits_passed(view.amount, total, own_limit(session)) if others else ()
    return TogetherView(others, total, passes)


def _section(session: Session, which: ColumnElement[bool]) -> CreditsView:
    found = tuple(views(session, which, order=(r.id.desc(),)))
    return CreditsView(found, totals(found))


def _view(row: Any) -> CreditView:
    return CreditView(
        id=row.id,
        case=row.case,
        account=row.account,
        name=name_of(row) if row.account else "",
        kind=CreditKind(row.kind),
        related_to=row.related_to,
        amount=money.from_cents(row.cents),
        months=row.months,
        months_issued=row.months_issued,
        asked_of=AskedOf(row.asked_of),
        dealer=row.dealer,
        reason=row.reason,
        evidence=row.evidence,
        market=row.market or "",
        ocr=row.ocr,
        release_agreement=row.release_agreement,
        state=CreditState(row.state),
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        decided_by=row.decided_by or "",
        decided_at=row.decided_at,
        decision=row.decision,
        agreement=_agreement(row) if row.agreement_version is not None else None,
    )


def _agreement(row: Any) -> AgreementView:
    fields = {name: getattr(row, f"agreement_{name}") for name in AgreementView.__dataclass_fields__}
    return AgreementView(**fields | {"state": AgreementState(fields["state"])})
