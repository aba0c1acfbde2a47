"""Promotions whose credit is missing from a line's bill: those that fit its purchase beyond doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session

from data.billing.quoting import Expected
from data.billing.reading import Read
from data.billing.rules import Item, month_later, scheduled
from data.customers.tables import Account
from data.desk import Desk
from data.promotions.catalogue import catalogue
from data.promotions.conditions import Facts
from data.promotions.facts import LineFacts, lines_facts
from data.promotions.ranking import Match
from data.promotions.rules import Gives

LOOKED_AT = 8  # the likeliest promotions of a purchase


def expected_promotions(
    session: Session, desk: Desk, account: Account, read: Read, items: Sequence[Item], bill_on: date
) -> list[Expected]:
    """The promotions whose credits are missing from the account's bill of that day, for lines that are on it."""
    credited = {(item.line_id, item.ost) for item in items if item.ost}
    found = list(_not_begun(read, credited, bill_on))
    begun = {one.line_id for one in found} | {line_id for line_id, _ in credited}
    known = catalogue(session, desk.store)
    for line in lines_facts(session, account, desk.today()):
        if line.line_id in begun or line.agreement_id is None or line.facts.get("others"):
            continue
        if best := _best(known.rank(Facts(**line.facts), LOOKED_AT), line, bill_on):
            assert best.gift.cents is not None
            cents = scheduled(best.gift.cents, best.gift.months, 1)
            found.append(Expected(line.line_id, best.terms.ost, cents, f"{best.terms.name} not applied"))
    billed = {item.line_id for item in items}
    return [one for one in found if one.line_id in billed]


def _not_begun(read: Read, credited: set[tuple[int | None, str]], bill_on: date) -> Iterator[Expected]:
    """Promotions that are on a line already, but whose credits begin with a later bill."""
    for line in read.billed.lines:
        for credit in line.promotions:
            if credit.first_on > bill_on and credit.ended_on is None and (line.id, credit.ost) not in credited:
                cents = scheduled(credit.cents, credit.months, 1)
                yield Expected(line.id, credit.ost, cents, f"begins on the bill of {credit.first_on:%m-%d-%Y}")


def _best(matches: Sequence[Match], line: LineFacts, bill_on: date) -> Match | None:
    """The one that fits and gives most a month, as long as its credits would still be running."""
    fitting = [one for one in matches if one.eligible and one.gift.cents and one.terms.gives is not Gives.ACCESSORY]
    bought = line.facts["on"]
    running = [one for one in fitting if bill_on < month_later(bought, one.terms.begins[1] + one.gift.months)]
    return max(running, key=lambda one: (one.gift.cents or 0) // one.gift.months, default=None)
