"""Early upgrade and return by label, as they follow from an agreement: pure.

Early upgrade: half of the device payment agreement is paid. Return by label: within the 30-day guarantee (WFG), when
no store is near: up to NEAR_MILES (docs/promotions.md, "What an account may have").
"""

from __future__ import annotations

from datetime import date, timedelta

from data import money
from data.billing.rules import Parts, month_later
from data.billing.views import EarlyUpgrade, ReturnByLabel

GUARANTEE = timedelta(30)
NEAR_MILES = 25


def early_upgrade(parts: Parts, today: date, past_due: int = 0) -> EarlyUpgrade:
    """Whether at least half of an agreement is paid on that day; else how much is missing, and until which bill.

    What was billed counts as paid, less the cents that the account is `past_due` with.
    """
    cents = parts.paid(today, past_due)
    paid, whole = money.from_cents(cents), money.from_cents(parts.cents)
    missing = money.from_cents(max(0, (parts.cents + 1) // 2 - cents))
    from_on = _half_paid_on(parts, today) if missing and not _is_half(parts, parts.paid(today)) else None
    when = f", from {from_on:%m-%d-%Y} as it is paid" if from_on else ""
    if missing and past_due:
        when += f", once the {money.show(money.from_cents(past_due))} past due is paid"
    told = f"{money.show(paid)} of {money.show(whole)} paid"
    told = f"no: {told}; {money.show(missing)} to half{when}" if missing else f"yes: {told}"
    return EarlyUpgrade(allowed=not missing, paid=paid, whole=whole, missing=missing, from_on=from_on, in_words=told)


def _half_paid_on(parts: Parts, today: date) -> date | None:
    """The day of the first bill to come with which half is paid; None where no bill brings it there."""
    bills = (month_later(parts.first_on, month) for month in range(parts.months))
    return next((day for day in bills if day > today and _is_half(parts, parts.paid(day))), None)


def _is_half(parts: Parts, cents: int) -> bool:
    return cents * 2 >= parts.cents


def return_by_label(bought_on: date, store_miles: int | None, today: date) -> ReturnByLabel:
    """Whether a device bought on that day may go back by shipping label; None while no distance is known."""
    last_day = bought_on + GUARANTEE
    left = (last_day - today).days
    until = f"last day {last_day:%m-%d-%Y}"
    if left < 0:
        return ReturnByLabel(False, last_day, 0, f"no: the 30 days of the guarantee ended on {last_day:%m-%d-%Y}")
    if store_miles is None:
        return ReturnByLabel(None, last_day, left, f"if no store is within {NEAR_MILES} miles; {until}")
    if store_miles <= NEAR_MILES:
        return ReturnByLabel(False, last_day, left, f"no: a store is {store_miles} miles away; in store, {until}")
    return ReturnByLabel(True, last_day, left, f"yes: the nearest store is {store_miles} miles away; {until}")
