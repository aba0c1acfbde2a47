"""Refuses free text, wherever it is kept, that holds a card or Social Security number."""

from __future__ import annotations

from data.cases.private_numbers import card_numbers, is_social_security_number_in, plain_digits
from data.cases.remarks import Worry
from data.errors import Invalid


def refuse_secrets(**texts: str) -> None:
    """Raises Invalid, by field, where one of `texts` holds a card's or a Social Security number."""
    if wrong := {field: sentence for field, text in texts.items() if (sentence := unkeepable(text))}:
        raise Invalid(wrong, "Nothing was saved.")


def unkeepable(text: str) -> str:
    """Why `text` may not be kept at all, in a note as little as in a remark; "" where it may.

    A payment card's whole number stands readable nowhere (PCI DSS, requirement 3), nor does a Social Security number
    that is written as one. What only looks like a PIN or a birth date is no reason: notes need figures.
    """
    plain = plain_digits(text)
    if next(card_numbers(plain), None):
        return f"{Worry.CARD} Its last four digits are enough."
    if is_social_security_number_in(plain):
        return f"{Worry.SSN} Its last four digits are enough."
    return ""
