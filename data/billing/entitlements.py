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


def early_upgrade(parts: Parts, today: date) -> EarlyUpgrade:
    """Whether at least half of an agreement is paid on that day; else how much is missing, and on which bill it is."""
    paid = parts.paid(today)
    missing = max(0, (parts.cents + 1) // 2 - paid)
    shown = f"{money.show(money.from_cents(paid))} of {money.show(money.from_cents(parts.cents))} paid"
    if not missing:
        return _early(parts, paid, 0, None, f"yes: {shown}")
    bills = (month_later(parts.first_on, month) for month in range(parts.months))
    from_on = next((day for day in bills if day > today and parts.paid(day) * 2 >= parts.cents), None)
    when = f", from {from_on:%m-%d-%Y} as it is paid" if from_on else ""
    why = f"no: {shown}; {money.show(money.from_cents(missing))} to half{when}"
    return _early(parts, paid, missing, from_on, why)


def _early(parts: Parts, paid: int, missing: int, from_on: date | None, words: str) -> EarlyUpgrade:
    half_missing = money.from_cents(missing)
    return EarlyUpgrade(
        not missing, money.from_cents(paid), money.from_cents(parts.cents), half_missing, from_on, words
    )


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
