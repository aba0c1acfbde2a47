"""Money: `Decimal` dollars in Python, integer cents in the store. No float ever holds an amount."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from data.errors import Misused

CENT = Decimal("0.01")
MOST = Decimal(10) ** 12  # dollars: nothing that is typed is meant to be more


def from_cents(cents: int) -> Decimal:
    """Integer cents → dollars with two decimals."""
    return Decimal(cents).scaleb(-2)


def to_cents(amount: Decimal) -> int:
    """Dollars → integer cents, half a cent rounded up (away from zero)."""
    return int(amount.quantize(CENT, ROUND_HALF_UP).scaleb(2))


def show(amount: Decimal) -> str:
    """`amount` with its sign, currency and thousands: "$1,234.50", "-$5.00"."""
    return f"{'-' if amount < 0 else ''}${abs(amount).quantize(CENT, ROUND_HALF_UP):,.2f}"


def parse(text: str) -> Decimal:
    """What a person types for an amount ("$1,234.5", "300") → dollars. Raises Misused with the reason."""
    plain = text.strip().replace("$", "").replace(",", "")
    if not plain:
        raise Misused("There is no amount yet.", "Write dollars and cents, such as 24.99.")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise Misused(f"“{text}” is not an amount.", "Write dollars and cents, such as 24.99.") from None
    if not amount.is_finite() or abs(amount) >= MOST:
        raise Misused(f"“{text}” is not an amount.", "Write dollars and cents, such as 24.99.")
    if amount != amount.quantize(CENT):
        raise Misused(f"“{text}” is not an amount in whole cents.", "Write dollars and cents, such as 24.99.")
    return amount
