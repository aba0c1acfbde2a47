"""A quote beside a bill: what the difference between them is made of, to the cent. Pure.

A dealer's quote includes the autopay discount and the promotions, and leaves taxes, fees and whatever comes once out
(docs/promotions.md, "My bill is higher than the dealer said"). What these do not explain is the rest; where one item
of the bill is just that, it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from data.billing.rules import AUTOPAY_CENTS, QUOTED, BilledLine, Item, ItemKind, has_discount, total
from data.money import from_cents, show

MOST_CHOSEN = 8  # expected promotions among which the quoted ones are looked for


class Cause(StrEnum):
    """What a part of the difference comes from."""

    PROMOTION = "promotion"
    AUTOPAY = "autopay"
    ONE_TIME = "one-time"
    PRORATION = "proration"
    BALANCE = "past balance"
    CREDIT = "credit"
    TAXES = "taxes and fees"
    REST = "rest"


@dataclass(frozen=True)
class Expected:
    """A promotion that a line should have a credit of on this bill, and has not. `why`: "not applied", "begins …"."""

    line_id: int
    ost: str
    cents: int
    why: str


@dataclass(frozen=True)
class Part:
    """One part of the difference, in cents; below 0 it makes the bill lower. `text`: what it is, in words."""

    cause: Cause
    cents: int
    text: str
    line_id: int | None = None
    ost: str = ""


@dataclass(frozen=True)
class Quote:
    """What a dealer quoted a month, in cents: `lines` by line id where they were quoted one by one, or `total`."""

    total: int | None = None
    lines: Mapping[int, int] | None = None

    @property
    def cents(self) -> int:
        """The whole quote."""
        return self.total if self.total is not None else sum((self.lines or {}).values())


def explain(
    items: Sequence[Item],
    quote: Quote,
    lines: Sequence[BilledLine],
    expected: Sequence[Expected],
    prices: Iterable[int],
) -> tuple[Part, ...]:
    """What the bill's difference from the quote is made of, the largest first; the parts come to exactly that.

    `lines` as they are billed; `expected`: what they should have and have not; `prices`: of the plans on sale.
    """
    fixed = [*_taxes(items), *_once(items)]
    autopay = list(_autopay(items, lines))
    difference = total(items) - quote.cents
    open_cents = difference - sum(part.cents for part in (*fixed, *autopay))
    promised = _quoted_ones([_promotion(one) for one in expected], open_cents)
    rest = open_cents - sum(part.cents for part in promised)
    parts = [*promised, *autopay, *fixed, *_rest(rest, items, lines, quote, promised + autopay, tuple(prices))]
    return tuple(sorted(parts, key=lambda part: (part.cause is Cause.TAXES, -abs(part.cents))))


A_MONTH = {Cause.PROMOTION: " a month"}


def root_cause(parts: Sequence[Part]) -> str:
    """The parts in one sentence, what a quote leaves out last: "$27.77 a month: OST 5012 not applied; …"."""
    told = [f"{show(from_cents(part.cents))}{A_MONTH.get(part.cause, '')}: {part.text}" for part in parts]
    return f"{'; '.join(told)}." if told else "The bill is what was quoted."


def _taxes(items: Sequence[Item]) -> Iterator[Part]:
    cents = sum(item.cents for item in items if item.kind in (ItemKind.TAX, ItemKind.FEE))
    if cents:
        yield Part(Cause.TAXES, cents, "taxes and fees, which a quote leaves out")


ONCE = {
    ItemKind.ONE_TIME: (Cause.ONE_TIME, "once"),
    ItemKind.PRORATION: (Cause.PRORATION, "for part of a month"),
    ItemKind.BALANCE: (Cause.BALANCE, "unpaid"),
    ItemKind.CREDIT: (Cause.CREDIT, "credit"),
}


def _once(items: Sequence[Item]) -> Iterator[Part]:
    for item in items:
        if item.kind in ONCE and item.cents:
            cause, how = ONCE[item.kind]
            yield Part(cause, item.cents, f"{item.text}, {how}", item.line_id)


def _autopay(items: Sequence[Item], lines: Sequence[BilledLine]) -> Iterator[Part]:
    """A quote counts on the discount for every line that can have it."""
    having = {item.line_id for item in items if item.kind is ItemKind.AUTOPAY}
    without = [line for line in lines if has_discount(line) and line.id not in having]
    if without:
        count = f", {len(without)} lines" if len(without) > 1 else ""
        yield Part(Cause.AUTOPAY, AUTOPAY_CENTS * len(without), f"autopay off{count}")


def _promotion(one: Expected) -> Part:
    return Part(Cause.PROMOTION, one.cents, f"OST {one.ost} {one.why}", one.line_id, one.ost)


def _quoted_ones(promised: list[Part], open_cents: int) -> list[Part]:
    """All that lines should have; only some of it where just those explain the difference to the cent."""
    if sum(part.cents for part in promised) == open_cents or len(promised) > MOST_CHOSEN:
        return promised
    for size in range(len(promised) - 1, -1, -1):
        for some in combinations(promised, size):
            if sum(part.cents for part in some) == open_cents:
                return list(some)
    return promised


def _rest(
    rest: int,
    items: Sequence[Item],
    lines: Sequence[BilledLine],
    quote: Quote,
    told: Sequence[Part],
    prices: Sequence[int],
) -> Iterator[Part]:
    """What is left, line by line where the lines were quoted one by one."""
    if quote.lines:
        names = {line.id: line.name for line in lines}
        for line_id, cents in quote.lines.items():
            billed = sum(item.cents for item in items if item.line_id == line_id and item.kind in QUOTED)
            left = billed - cents - sum(part.cents for part in told if part.line_id == line_id)
            left -= _autopay_share(line_id, lines, items)
            if left:
                yield _named_rest(left, [item for item in items if item.line_id == line_id], prices, names[line_id])
                rest -= left
    if rest:
        yield _named_rest(rest, items, prices)


def _autopay_share(line_id: int, lines: Sequence[BilledLine], items: Sequence[Item]) -> int:
    having = any(item.kind is ItemKind.AUTOPAY and item.line_id == line_id for item in items)
    line = next(line for line in lines if line.id == line_id)
    return AUTOPAY_CENTS if has_discount(line) and not having else 0


def _named_rest(rest: int, items: Sequence[Item], prices: Sequence[int], line: str = "") -> Part:
    where = f" on {line}" if line else ""
    for item in items:
        if item.kind in QUOTED and item.cents == rest and rest > 0:
            return Part(Cause.REST, rest, f"{item.text}{where}: ask whether it was in the quote", item.line_id)
    for item in items:
        if item.kind is ItemKind.PLAN and item.cents - rest in prices:
            price = show(from_cents(item.cents - rest))
            text = f"{item.text}{where}: the quote may be for a plan of {price}"
            return Part(Cause.REST, rest, text, item.line_id)
    return Part(Cause.REST, rest, f"not explained{where}: ask what was quoted for each line")
