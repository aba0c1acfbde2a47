"""The demo operator's complaints about dealers: some in review, one with questions, the others sent or closed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data.cases.rules import EntryKind
from data.cases.tables import Case
from data.complaints.queries import mail_key
from data.complaints.rules import SUBJECT, TEMPLATE, ComplaintReason, ComplaintState, fill
from data.complaints.tables import Complaint, ComplaintStep
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.demo.credits import IDS, LEAD, NAMES, Note
from data.demo.history import SITTER, History
from data.demo.rows import Rows
from data.mail.rules import MailState
from data.mail.tables import Mail
from data.operators.markets import MarketView, market_of_state
from data.operators.queries import operator_in

MOST, LATEST = 40, 5  # complaints; those of the last days, which nobody has settled yet
UNSETTLED = (ComplaintState.QUESTIONED, *(ComplaintState.WAITING,) * 4)
DEALERS = (
    ("Harbor Wireless", ("Main St", "Harbor Mall"), ("Dana", "Lee", "Ruth")),
    ("Prairie Phones", ("Center Ave",), ("Sam",)),
    ("Cell Corner", ("North Plaza", "Station"), ("Kim", "")),
    ("Bridge Mobile", ("",), ("Noor",)),
)
SHARES = (5, 3, 2, 1)  # how often each dealer is complained about
TOLD = {
    ComplaintReason.CREDIT: ("A credit of $400 for the new phone", "Three bills without the credit"),
    ComplaintReason.PRICE: ("$70 a month with autopay", "$96 on the first bill, with autopay"),
    ComplaintReason.FEE: ("No set-up fee", "A set-up fee of $50 on the first bill"),
    ComplaintReason.TRADE_IN: ("$300 for the old phone", "$85, since the screen was said to be cracked"),
    ComplaintReason.NOT_ORDERED: ("One new line", "Two lines, the second without being asked for"),
    ComplaintReason.CONDUCT: ("Help with the transfer of contacts", "Sent away, the store was closing"),
}
ENDS = ("The contract names it, and the customer signed", "The dealer has refunded it")
QUESTION = "Which of the two reps was it, and on which day?"


@dataclass
class Complaints:
    """Makes the complaints of a demo store whose cases are written."""

    session: Session
    rows: Rows
    history: History
    note: Note
    rng: random.Random
    now: datetime

    def make(self) -> None:
        """Makes a complaint from each of the newest cases that have a customer, MOST at most."""
        cases = self.session.exec(
            select(Case).where(col(Case.account_id).is_not(None)).order_by(col(Case.opened_at).desc()).limit(MOST)
        ).all()
        unsettled = [case for case in cases if case.owner_id == IDS[SITTER]][:1]
        unsettled += [case for case in cases if case not in unsettled and NAMES[case.owner_id or 1] != LEAD]
        state_of = dict(zip([case.number for case in unsettled[:LATEST]], UNSETTLED, strict=False))
        for case in reversed(cases):
            settled = self.rng.choice((ComplaintState.SENT, ComplaintState.CLOSED))
            self._add(case, state_of.get(case.number, settled))

    def _add(self, case: Case, state: ComplaintState) -> None:
        (dealer, stores, reps), about = self.rng.choices(DEALERS, SHARES)[0], self.rng.choice(list(TOLD))
        promised, happened = TOLD[about]
        agent = NAMES[case.owner_id or IDS[SITTER]]
        span = self.now - case.opened_at
        taken_at, decided_at = case.opened_at + span * 0.3, case.opened_at + span * 0.6
        decided = state is not ComplaintState.WAITING
        account = self.session.get_one(Account, case.account_id)
        who = self.session.get_one(Customer, account.customer_id)
        market = market_of_state(self.session, who.state)
        if state is ComplaintState.SENT and market is None:
            state = ComplaintState.CLOSED
        word = {ComplaintState.QUESTIONED: QUESTION, ComplaintState.CLOSED: self.rng.choice(ENDS)}.get(state, "")
        facts = {
            "dealer": dealer,
            "store": self.rng.choice(stores),
            "rep": self.rng.choice(reps),
            "about": str(about),
            "promised": promised,
            "happened": happened,
            "evidence": "",
        }
        complaint = self.rows.add(
            Complaint,
            case_id=case.id,
            market_id=market.id if market else None,
            **facts,
            state=state,
            taken_by_id=IDS[agent],
            taken_at=taken_at,
            decided_by_id=IDS[LEAD] if decided else None,
            decided_at=decided_at if decided else None,
            outcome=word,
        )
        self._step(complaint, case, dealer, taken_at, agent, ComplaintState.WAITING, str(about))
        if decided:
            self._step(complaint, case, dealer, decided_at, LEAD, state, word)
        if market and state is ComplaintState.SENT:
            name = name_of(who)
            known = {"customer": name, "account": account.number, "case": case.number, "day": f"{taken_at:%m-%d-%Y}"}
            self._mail(complaint, market, facts | known, decided_at)

    def _step(
        self, complaint: int, case: Case, dealer: str, at: datetime, agent: str, state: ComplaintState, why: str
    ) -> None:
        self.rows.add(ComplaintStep, complaint_id=complaint, at=at, agent=agent, state=state, why=why)
        waiting = state is ComplaintState.WAITING
        text = f"Complaint about {dealer} {'taken' if waiting else state}{f': {why}' if why else ''}"
        assert case.id is not None and case.account_id is not None
        self.note(case.id, EntryKind.COMPLAINT, at, agent, text)
        actions = {ComplaintState.WAITING: "take", ComplaintState.QUESTIONED: "question", ComplaintState.SENT: "market"}
        action = f"complaint.{actions.get(state, 'close')}"
        self.history.tell(at, agent, action, case.account_id, dealer=dealer, case=case.number)

    def _mail(self, complaint: int, market: MarketView, facts: dict[str, str], at: datetime) -> None:
        operator = operator_in(self.session).name
        at_store = f", {facts['store']}" if facts["store"] else ""
        whole = facts | {
            "complaint": str(complaint),
            "market": market.name,
            "operator": operator,
            "at_store": at_store,
        }
        self.rows.add(
            Mail,
            key=mail_key(complaint),
            message_id=f"<{self.rng.getrandbits(128):032x}@careline.invalid>",
            recipient=market.email,
            subject=fill(SUBJECT, whole, (), at.date()),
            body=fill(TEMPLATE, whole, (), at.date()),
            state=MailState.SENT,
            tries=1,
            next_at=at,
            queued_by=LEAD,
            queued_at=at,
            settled_at=at + timedelta(seconds=2),
        )
