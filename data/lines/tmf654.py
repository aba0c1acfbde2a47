"""TM Forum's TMF654 Prepay Balance Management (v4), read: JSON buckets in, what they say out.

A bucket has usageType, status, remainingValue and reservedValue ({amount, units}), validFor and the number that it
belongs to. TMF654 knows no status of a line: a line is what its buckets are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any, NoReturn

from data.lines.rules import Bucket, Usage
from data.text import clean

USAGES = {"voice": Usage.VOICE, "sms": Usage.TEXT, "data": Usage.DATA, "monetary": Usage.MONEY}
MOST = Decimal(10) ** 15  # no balance is that large: a longer figure is a fault, and would flood a screen
MEBI = 1024 * 1024
HUNDREDTH = Decimal("0.01")
# Unit as a system names it, in lower case → ours, and how many of ours it is as (times, divided by).
UNITS: dict[str, tuple[str, int, int]] = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), ("min", 1, 60)),
    **dict.fromkeys(("min", "minute", "minutes"), ("min", 1, 1)),
    **dict.fromkeys(("h", "hour", "hours"), ("min", 60, 1)),
    **dict.fromkeys(("b", "byte", "bytes", "octet", "octets"), ("MB", 1, MEBI)),
    **dict.fromkeys(("kb", "kib", "kbyte", "kilobytes"), ("MB", 1, 1024)),
    **dict.fromkeys(("mb", "mib", "mbyte", "megabytes"), ("MB", 1, 1)),
    **dict.fromkeys(("gb", "gib", "gbyte", "gigabytes"), ("MB", 1024, 1)),
    **dict.fromkeys(("sms", "text", "texts", "message", "messages", "item", "items"), ("texts", 1, 1)),
}


class Unreadable(ValueError):
    """An answer that is not what TMF654 promises; the text says why, to follow a colon."""


def listed_buckets(body: bytes) -> list[Any]:
    """The JSON list in an answer's body, its figures exact. Raises Unreadable."""
    try:
        listed = json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable("it is not JSON") from None
    if not isinstance(listed, list):
        raise Unreadable("it is not a list of balances")
    return listed


def buckets_of(mdn: str, listed: Iterable[Any]) -> tuple[Bucket, ...]:
    """The buckets that belong to the line `mdn` (ten digits). Raises Unreadable."""
    return tuple(_bucket(one) for one in listed if _belongs(one, mdn))


def line_status(statuses: Iterable[str]) -> str:
    """What a line is whose buckets are in these states: active while one of them is, else suspended, else expired."""
    found = set(statuses)
    return next((status for status in ("active", "suspended", "expired") if status in found), "unknown")


def reason(body: bytes) -> str:
    """Why a request failed, as TMF's error object tells it; "" where it does not."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return clean(str(told.get("reason") or told.get("message") or "")) if isinstance(told, dict) else ""


def _belongs(one: Any, mdn: str) -> bool:
    """Whether a bucket is this line's: a server that ignores the filter must not show us another customer's."""
    if not isinstance(one, dict):
        raise Unreadable("a balance is not an object")
    resources = one.get("logicalResource") or []
    named = resources if isinstance(resources, list) else [resources]
    numbers = {str(each.get("id", "")) for each in named if isinstance(each, dict)}
    return not numbers or any(number.endswith(mdn) for number in numbers)


def _bucket(one: dict[str, Any]) -> Bucket:
    usage = USAGES.get(str(one.get("usageType")), Usage.OTHER)
    unit, remaining = _remaining(one)
    reserved = one.get("reservedValue")
    return Bucket(
        name=clean(str(one.get("name") or one.get("description") or usage.value.capitalize())),
        usage=usage,
        unit=unit,
        remaining=remaining,
        status=clean(str(one.get("status", "active"))).lower(),
        reserved=_quantity(reserved)[1] if reserved else Decimal(0),
        ends_at=_ends_at(one.get("validFor")),
    )


def _remaining(one: dict[str, Any]) -> tuple[str, Decimal | None]:
    """TMF654 has no field for unlimited; systems leave the amount out and say so in remainingValueName."""
    value = one.get("remainingValue")
    if value is None and "unlimited" in str(one.get("remainingValueName", "")).lower():
        return "", None
    return _quantity(value)


def _quantity(value: Any) -> tuple[str, Decimal]:
    """A TMF Quantity in our units; an unknown unit stays as it is."""
    if not isinstance(value, dict):
        raise Unreadable("a balance has no amount")
    try:
        amount = Decimal(str(value["amount"]))
    except (KeyError, InvalidOperation):
        raise Unreadable("an amount is not a number") from None
    if not (amount.is_finite() and abs(amount) < MOST):
        raise Unreadable("an amount is out of all bounds")
    given = clean(str(value.get("units", "")), 20)
    unit, times, divided_by = UNITS.get(given.lower(), (given, 1, 1))
    return unit, _short(amount * times / divided_by)


def _short(amount: Decimal) -> Decimal:
    """At most two decimals, rounded towards zero: a customer is never told of more than there is."""
    return amount if amount == amount.to_integral_value() else amount.quantize(HUNDREDTH, ROUND_DOWN)


def _ends_at(period: Any) -> datetime | None:
    end = period.get("endDateTime") if isinstance(period, dict) else None
    if end is None:
        return None
    try:
        moment = datetime.fromisoformat(str(end))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Unreadable("an end of validity is not a time") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
