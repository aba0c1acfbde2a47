"""Which way a credit request goes: by the agent's authority, the Market, and what was asked for before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from data.cases.tables import Case
from data.cases.writing import case_row
from data.credits.authority import MarketRule, Route, route
from data.credits.queries import asked_together, own_limit
from data.credits.rules import CreditRequest, wrong_amount
from data.customers.finding import account_row
from data.customers.tables import Account, Customer
from data.desk import Desk
from data.errors import Misused
from data.operators.markets import MarketView, market, market_of_state


@dataclass(frozen=True)
class Way:
    """The way that a request goes. `market`: where it counts, None where nobody knows.

    `others`: the credits that were asked for on the same case within 30 days, `before`: their dollars.
    """

    route: Route
    market: MarketView | None
    others: tuple[int, ...]
    before: Decimal

    @property
    def wants_market(self) -> bool:
        """Whether it depends on a Market that nobody has named yet."""
        return self.route.ocr and self.market is None


def way_of(desk: Desk, request: CreditRequest) -> Way:
    """The way that `request` would go now; its reason, dealer and the like may still be missing.

    Raises Misused for an amount that can't be, NotFound where the case, the account or the Market is not there.
    """
    if wrong := wrong_amount(request.amount):
        raise Misused(wrong, "Give another amount.")
    with desk.reading() as session:
        case = case_row(session, request.case, to_write=False) if request.case else None
        account = account_row(session, request.account) if request.account else None
        if case and case.account_id:
            account = session.get_one(Account, case.account_id)
        return way_in(session, desk, request, case, account)


def way_in(session: Session, desk: Desk, request: CreditRequest, case: Case | None, account: Account | None) -> Way:
    """`way_of` for rows that were read already; `account`: the one behind the case, or the request's own."""
    where = _market(session, request.market, account)
    own_account = account.id if account and not case else None
    others, before = asked_together(session, case.id if case else None, own_account, desk.now())
    rule = MarketRule(where.name, where.allows_ocr) if where else None
    limit = own_limit(session)
    way = route(request.kind, request.amount, rule, desk.agent.role, own_limit=limit, before=before)
    return Way(way, where, others, before)


def _market(session: Session, name: str, account: Account | None) -> MarketView | None:
    if name.strip():
        return market(session, name)
    customer = session.get_one(Customer, account.customer_id) if account else None
    return market_of_state(session, customer.state) if customer else None
