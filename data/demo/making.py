"""Making a demo store: founded, filled in one transaction, and there only when it is whole."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from data.audit import AuditEvent, chain_the_rest
from data.customers.rules import AccountStatus, ContactMedium, CustomerKind
from data.customers.tables import Account, Contact, Customer
from data.demo.articles import add_articles
from data.demo.billing import Billing
from data.demo.cases import Casework
from data.demo.history import ADMIN, History, add_agents
from data.demo.lifeline import SUBSCRIBERS, Course, Subscribers
from data.demo.lists import lists
from data.demo.numbers import Numbers
from data.demo.people import People, Who
from data.demo.quizzes import Quizzes
from data.demo.rows import Rows
from data.demo.services import Offer, Services
from data.desk import system_clock
from data.errors import Misused, Refused
from data.operators.actions import Founding, found
from data.operators.rules import OperatorKind, account_number
from data.operators.tables import Operator
from data.search.engines import engine_for
from data.store import Store, is_there, open_store
from data.store_making import making_store
from data.verification.hashes import pin_hash
from data.verification.rules import DEMO_PIN
from data.verification.tables import CustomerPin

Progress = Callable[[str, int, int], None]  # what is being made, how many are done, of how many

CUSTOMERS = 2000
MOST_CUSTOMERS = 1_000_000
SEED = 7
NAMES = {OperatorKind.RESELLER: "Northline", OperatorKind.MVNO: "Juniper Mobile"}
ZONE = ZoneInfo("America/New_York")
FIRST_NUMBER = 93_001  # the accounts of earlier years are gone
YEARS = 8  # the operator's age
BATCH = 2000  # customers written at once
PINS = 2000  # customers with a PIN of their own, all the same


def make_demo(
    where: str | Path,
    customers: int = CUSTOMERS,
    seed: int = SEED,
    kind: OperatorKind = OperatorKind.RESELLER,
    now: datetime | None = None,
    progress: Progress | None = None,
    replace: bool = False,
) -> Store:
    """Makes a demo store at `where`, which stands there only once it is whole.

    The same arguments make the same rows; times are counted back from `now`. What `progress` raises ends it and
    leaves nothing. With `replace`, a demo that is there stays until the new one is whole. Raises Misused for a number
    of customers that can't be, Refused where a file is already there or is no demo's, StoreTrouble where no store can
    be made or another program has the old one open.
    """
    if not 0 < customers <= MOST_CUSTOMERS:
        raise Misused(f"A demo has 1 to {MOST_CUSTOMERS:,} customers.", "Give another number with --customers.")
    if replace:
        _check_demo(where)
    moment = now or system_clock()
    with making_store(where, replaces=replace) as draft, draft.writing() as session:
        maker = _Maker.at(session, kind, seed, moment)
        connection = session.connection().connection.driver_connection
        with engine_for(draft).loading(connection, _part(progress, "search index")):
            maker.make(customers, _part(progress, "customers"))
    return open_store(where)


def _check_demo(where: str | Path) -> None:
    """Raises Refused where there is a store at `where` that is no demo's."""
    if not is_there(where):
        return
    store = open_store(where)
    with store.reading() as session:
        is_demo = session.exec(select(Operator.demo)).first()
    store.close()
    if not is_demo:
        raise Refused(f"The store at {store.path} is not a demo's.", "It was left alone; name another with --store.")


def _part(progress: Progress | None, name: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(name, done, total) if progress else None


@dataclass
class _Maker:
    """Fills a store that was founded just now."""

    session: Session
    kind: OperatorKind
    rng: random.Random
    now: datetime
    rows: Rows
    people: People
    services: Services
    subscribers: Subscribers
    history: History
    pattern: str
    seed: int
    pin_hash: str

    @classmethod
    def at(cls, session: Session, kind: OperatorKind, seed: int, now: datetime) -> _Maker:
        """Founds the operator and reads what it sells."""
        rng, rows, today = random.Random(seed), Rows(), now.astimezone(ZONE).date()
        since = datetime.combine(today - timedelta(366 * YEARS), time(9), ZONE)
        add_agents(session, since)
        founding = Founding(kind, NAMES[kind], ADMIN, ZONE.key, demo=True)
        found(session, founding, since, f"{rng.getrandbits(128):032x}")
        session.flush()
        rows.skip(AuditEvent)
        numbers = Numbers(lists(), rng)
        return cls(
            session=session,
            kind=kind,
            rng=rng,
            now=now,
            rows=rows,
            people=People(lists(), numbers, rng, today),
            services=Services(lists(), numbers, Offer.of(session), rows, rng, today),
            subscribers=Subscribers(rows, rng, now, ZONE),
            history=History(rng, now),
            pattern=founding.account_pattern,
            seed=seed,
            pin_hash=pin_hash(DEMO_PIN, salt=seed.to_bytes(16, "big", signed=True)),
        )

    def make(self, customers: int, progress: Callable[[int, int], None]) -> None:
        """Makes so many customers: the cast first, then whoever the lists give."""
        cast = lists().cast
        for number in range(customers):
            self._add_customer(number, cast[number] if number < len(cast) else {})
            if (number + 1) % BATCH == 0 or number + 1 == customers:
                self.rows.write(self.session)
                progress(number + 1, customers)
        Casework(self.session, self.rows, self.history, random.Random(self.seed), self.now, ZONE).make(customers)
        Quizzes(self.rows, random.Random(self.seed), self.now, ZONE).make()
        Billing(self.session, self.rows, self.history, random.Random(f"{self.seed} billing"), self.now, ZONE).make()
        add_articles(self.session, self.now)
        self.history.add_recent(self.rows)
        self.history.write(self.rows)
        self.rows.write(self.session)
        chain_the_rest(self.session.connection().connection.driver_connection)
        operator = self.session.exec(select(Operator).order_by(col(Operator.id))).one()
        operator.next_account = FIRST_NUMBER + customers
        self.session.flush()

    def _add_customer(self, number: int, wanted: Mapping[str, Any]) -> None:
        who = self.people.draw(wanted)
        course = self._course(who, wanted)
        edits = self.history.edits(who, course.changed_at if course else None)
        opened_on = course.initiated_on if course else self._opened_on()
        customer = self.rows.add(
            Customer, **who.values, version=1 + len(edits), created_at=datetime.combine(opened_on, time(12), ZONE)
        )
        self._add_contacts(customer, who)
        if number < PINS:
            self.rows.add(CustomerPin, customer_id=customer, hash=self.pin_hash, set_at=self.now, set_by=ADMIN)
        status = AccountStatus(wanted.get("status") or self._status(course))
        account = self.rows.add(
            Account,
            customer_id=customer,
            number=account_number(self.pattern, FIRST_NUMBER + number),
            status=status,
            opened_on=opened_on,
            **self._business_information(),
        )
        first, *_ = [
            self.services.add_line(account, who.place, status, opened_on, lifeline=bool(course) and not line)
            for line in range(wanted.get("lines") or self._lines(who, course))
        ]
        if course:
            self.subscribers.enrol(
                course, account, first, who, error_code=wanted.get("error_code"), tribal=wanted.get("tribal")
            )
        self.history.add(account, edits)

    def _course(self, who: Who, wanted: Mapping[str, Any]) -> Course | None:
        if wanted:
            return self.subscribers.draw(wanted["standing"]) if "standing" in wanted else None
        if who.values["kind"] != CustomerKind.PERSON or self.rng.random() >= SUBSCRIBERS:
            return None
        return self.subscribers.draw(self.subscribers.draw_standing())

    def _add_contacts(self, customer: int, who: Who) -> None:
        ways = {ContactMedium.PHONE: who.phones, ContactMedium.EMAIL: who.emails, ContactMedium.WEB: who.web}
        for medium, values in ways.items():
            for position, value in enumerate(values):
                self.rows.add(Contact, customer_id=customer, medium=medium, value=value, position=position)

    def _status(self, course: Course | None) -> AccountStatus:
        if course:
            return AccountStatus.ACTIVE
        return self.rng.choices(list(AccountStatus), (88, 6, 6))[0]

    def _lines(self, who: Who, course: Course | None) -> int:
        if who.values["kind"] == CustomerKind.BUSINESS:
            return self.rng.choice((1, 2, 2, 3, 4, 6, 9))
        return self.rng.choice((1, 1, 1, 2)) if course else self.rng.choice((1, 1, 1, 2, 2, 3, 5))

    def _opened_on(self) -> date:
        return self.now.astimezone(ZONE).date() - timedelta(self.rng.randrange(3, 365 * YEARS))

    def _business_information(self) -> dict[str, str]:
        """A reseller's accounts say who sold them, most of them down to the agent."""
        if self.kind is not OperatorKind.RESELLER:
            return {}
        agent = lists().dealer_agents.draw(self.rng) if self.rng.random() < 0.8 else ""
        return {"company_name": lists().dealers.draw(self.rng), "agent_name": agent}
