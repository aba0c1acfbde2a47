"""The demo operator's credits: one for each thing that can become of a request, on cases that were made before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from data import money
from data.agents.rules import Role
from data.cases.rules import EntryKind
from data.cases.tables import Case
from data.credits.authority import MarketRule, route
from data.credits.document import Terms, release_agreement
from data.credits.rules import IN_A_SENTENCE, AgreementState, AskedOf, CreditKind, CreditState, month_amount
from data.credits.tables import Agreement, Credit, CreditStep
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.demo.history import AGENTS, SITTER, History
from data.demo.rows import Rows
from data.operators.markets import market_of_state
from data.operators.queries import operator_in

Note = Callable[[int, EntryKind, datetime, str, str], None]  # an entry of a case's timeline
LEAD = "lead03"
NAMES = {number: name for number, (name, *_) in enumerate(AGENTS, start=1)}
IDS = {name: number for number, name in NAMES.items()}
ROLES = {name: role for name, _, role, _ in AGENTS}


@dataclass(frozen=True)
class Plot:
    """A credit that is to be made. `case`: the place among the open cases; `hours`: since it was asked for.

    `agreements`: how its agreements ended, the newest last.
    """

    case: int
    kind: CreditKind
    amount: str
    hours: float
    state: CreditState
    reason: str
    word: str = ""
    months: int = 1
    issued: int = 0
    dealer: str = ""
    agreements: tuple[AgreementState, ...] = ()


PLOTS = (
    Plot(0, CreditKind.VZ_PROMO, "400.00", 0.1, CreditState.REQUESTED, "Promised in the store, with the order's date"),
    Plot(1, CreditKind.BILL_CREDIT, "240.00", 0.4, CreditState.REQUESTED, "Two months billed at the old price"),
    Plot(2, CreditKind.VZ_PROMO, "800.00", 20, CreditState.REQUESTED, "Free phone with a trade-in", months=36),
    Plot(3, CreditKind.BILL_CREDIT, "45.00", 50, CreditState.ISSUED, "Fee that nobody told", issued=1),
    Plot(3, CreditKind.BILL_CREDIT, "40.00", 3, CreditState.REQUESTED, "The same fee on the next bill"),
    Plot(4, CreditKind.BILL_CREDIT, "260.00", 30, CreditState.APPROVED, "Trade-in valued lower than promised",
         "The pictures show it whole", agreements=(AgreementState.SENT,)),
    Plot(5, CreditKind.BILL_CREDIT, "320.00", 44, CreditState.APPROVED, "Line that nobody ordered, four months",
         "Receipt is clear", agreements=(AgreementState.DECLINED, AgreementState.DRAWN_UP)),
    Plot(6, CreditKind.ACCESSORY_COUPON, "25.00", 6, CreditState.APPROVED, "Coupon for the set-up fee"),
    Plot(7, CreditKind.OTHER, "75.00", 70, CreditState.DENIED, "Time spent on the phone", "No ground for it"),
    Plot(8, CreditKind.VZ_PROMO, "720.00", 72, CreditState.ISSUING, "Promotion missing since the upgrade",
         "Found the promotion", months=36, issued=1, agreements=(AgreementState.SIGNED,)),
    Plot(9, CreditKind.BILL_CREDIT, "210.00", 60, CreditState.ISSUED, "Charged for a phone that was returned",
         "Return is noted", issued=1, agreements=(AgreementState.SIGNED,)),
    Plot(10, CreditKind.BILL_CREDIT, "90.00", 40, CreditState.WITHDRAWN, "Discount missing", "It came with the bill"),
    Plot(11, CreditKind.BILL_CREDIT, "120.00", 26, CreditState.APPROVED, "Charger promised with the phone",
         "The dealer agrees", dealer="Harbor Wireless"),
)  # fmt: skip


def agents_cases(session: Session, limit: int) -> list[Case]:
    """Open cases of agents (a lead decides about theirs), the first agent's first, then by their age."""
    agents = [number for number, name in NAMES.items() if ROLES[name] is Role.AGENT]
    which = (col(Case.closed_at).is_(None), col(Case.account_id).is_not(None), col(Case.owner_id).in_(agents))
    order = (col(Case.owner_id) != IDS[SITTER], col(Case.opened_at), col(Case.id))
    return list(session.exec(select(Case).where(*which).order_by(*order).limit(limit)).all())


@dataclass
class Credits:
    """Makes the credits of a demo store whose cases are written."""

    session: Session
    rows: Rows
    history: History
    note: Note
    now: datetime

    def make(self) -> None:
        """Makes PLOTS, as far as there are cases for them."""
        cases = agents_cases(self.session, len(PLOTS))
        for plot in PLOTS:
            if plot.case < len(cases):
                self._add(plot, cases[plot.case])

    def _add(self, plot: Plot, case: Case) -> None:
        asked_at = max(self.now - timedelta(hours=plot.hours), case.opened_at)
        agent, account, customer = NAMES[case.owner_id or IDS[SITTER]], *self._whose(case)
        market = market_of_state(self.session, customer.state)
        amount = Decimal(plot.amount)
        rule = MarketRule(market.name, market.allows_ocr) if market else None
        way = route(plot.kind, amount, rule, ROLES[agent])
        decided = plot.state not in (CreditState.REQUESTED, CreditState.WITHDRAWN)
        decider = (agent if way.alone else LEAD) if decided else ""
        decided_at = asked_at + (self.now - asked_at) * (0 if way.alone else 0.3)
        credit = self.rows.add(
            Credit,
            case_id=case.id,
            market_id=market.id if market else None,
            kind=plot.kind,
            related_to=plot.kind,
            cents=money.to_cents(amount),
            months=plot.months,
            months_issued=plot.issued,
            asked_of=AskedOf.DEALER if plot.dealer else AskedOf.CARRIER,
            dealer=plot.dealer,
            reason=plot.reason,
            ocr=way.ocr,
            release_agreement=way.release_agreement,
            state=plot.state,
            requested_by_id=IDS[agent],
            requested_at=asked_at,
            decided_by_id=IDS[decider] if decider else None,
            decided_at=decided_at if decided else None,
            decision=(plot.word or way.why) if decided else "",
        )
        story = self._story(plot, agent, decider, asked_at, decided_at, way.why if way.alone else plot.word)
        for at, who, state, why in story:
            self.rows.add(CreditStep, credit_id=credit, at=at, agent=who, state=state, why=why)
            self._tell(plot, case, account, at, who, state, why)
        for version, how in enumerate(plot.agreements, start=1):
            self._add_agreement(plot, credit, version, how, agent, decided_at, (case, account, customer))

    def _story(
        self, plot: Plot, agent: str, decider: str, asked_at: datetime, decided_at: datetime, word: str
    ) -> list[tuple[datetime, str, CreditState, str]]:
        """Each step that it took: when, who, which state, which words."""
        steps = [(asked_at, agent, CreditState.REQUESTED, plot.reason)]
        if plot.state is CreditState.WITHDRAWN:
            return [*steps, (decided_at, agent, plot.state, word)]
        if decider:
            first = CreditState.DENIED if plot.state is CreditState.DENIED else CreditState.APPROVED
            steps.append((decided_at, decider, first, word))
        if plot.issued:
            issued = money.show(month_amount(Decimal(plot.amount), plot.months, plot.issued))
            steps.append((decided_at + (self.now - decided_at) * 0.8, agent, plot.state, issued))
        return steps

    def _tell(
        self, plot: Plot, case: Case, account: Account, at: datetime, who: str, state: CreditState, why: str
    ) -> None:
        whole = money.show(Decimal(plot.amount))
        actions = {
            CreditState.REQUESTED: (
                "request",
                f"{IN_A_SENTENCE.get(plot.kind, plot.kind)} of {whole} asked for: {why}",
            ),
            CreditState.APPROVED: ("approve", f"Credit of {whole} approved: {why}"),
            CreditState.DENIED: ("deny", f"Credit of {whole} denied: {why}"),
            CreditState.WITHDRAWN: ("withdraw", f"Credit of {whole} withdrawn: {why}"),
        }
        action, text = actions.get(state, ("issue", f"Credit issued: {why}"))
        assert case.id is not None and account.id is not None
        self.note(case.id, EntryKind.CREDIT, at, who, text)
        facts = {"amount": whole, "kind": plot.kind, "issued" if action == "issue" else "why": why, "case": case.number}
        self.history.tell(at, who, f"credit.{action}", account.id, **facts)

    def _add_agreement(
        self,
        plot: Plot,
        credit: int,
        version: int,
        state: AgreementState,
        agent: str,
        decided_at: datetime,
        whose: tuple[Case, Account, Customer],
    ) -> None:
        made_at = decided_at + (self.now - decided_at) * 0.2 * version
        pdf = release_agreement(self._terms(plot, credit, version, made_at, whose))
        replaced = version < len(plot.agreements)
        settled = state in (AgreementState.SIGNED, AgreementState.DECLINED)
        sent: dict[str, Any] = (
            {"sent_to": "address of record", "sent_at": made_at} if state is not AgreementState.DRAWN_UP else {}
        )
        ended: dict[str, Any] = {"settled_by": agent, "settled_at": made_at + timedelta(hours=1)} if settled else {}
        self.rows.add(
            Agreement,
            credit_id=credit,
            version=version,
            state=AgreementState.REPLACED if replaced else state,
            pdf=pdf,
            digest=hashlib.sha256(pdf).hexdigest(),
            made_by=agent,
            made_at=made_at,
            note="The name was misspelt" if replaced else "",
            **sent,
            **ended,
        )

    def _terms(
        self, plot: Plot, credit: int, version: int, made_at: datetime, whose: tuple[Case, Account, Customer]
    ) -> Terms:
        case, account, who = whose
        amount = Decimal(plot.amount)
        return Terms(
            operator=operator_in(self.session).name,
            customer=name_of(who),
            address=", ".join(filter(None, (who.street, who.street2, f"{who.city}, {who.state} {who.zip}"))),
            account=account.number,
            case=case.number,
            credit=credit,
            version=version,
            kind=plot.kind,
            related_to=plot.kind,
            amount=amount,
            months=plot.months,
            monthly=month_amount(amount, plot.months, 1),
            made_at=made_at,
        )

    def _whose(self, case: Case) -> tuple[Account, Customer]:
        account = self.session.get_one(Account, case.account_id)
        return account, self.session.get_one(Customer, account.customer_id)
