"""Amounts in words, as an agreement writes them."""

from __future__ import annotations

from decimal import Decimal

from data.money import to_cents

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
ONES = (*DIGITS, *TEENS)
TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def amount_in_words(amount: Decimal) -> str:
    """Dollars from 0 to 999,999.99 in words: 300.5 → "three hundred dollars and 50/100"."""
    dollars, cents = divmod(to_cents(amount), 100)
    return f"{number_in_words(dollars)} dollar{'' if dollars == 1 else 's'} and {cents:02d}/100"


def number_in_words(number: int) -> str:
    """A whole number from 0 to 999,999 in words: 1234 → "one thousand two hundred thirty-four"."""
    if number >= 1000:
        return _joined(f"{number_in_words(number // 1000)} thousand", number % 1000)
    if number >= 100:
        return _joined(f"{ONES[number // 100]} hundred", number % 100)
    if number >= 20:
        return f"{TENS[number // 10]}-{ONES[number % 10]}" if number % 10 else TENS[number // 10]
    return ONES[number]


def _joined(head: str, rest: int) -> str:
    return f"{head} {number_in_words(rest)}" if rest else head
