"""What makes one customer less likely than another with the same two words, as an entry's `who` tells it. Pure."""

from __future__ import annotations

from functools import lru_cache

from data.search.scoring import BY_MIDDLE, COMPANY_BACKWARDS, INACTIVE, SWAPPED, UNTYPED, WITHOUT_LAST
from data.search.sqlite.index.entries import FIRST, ID_SHIFT, LAST, LONG_SHIFT, OTHER, OTHER_SHIFT, ROLE_SHIFT

ROLES = 3
LASTLESS, BACKWARDS, MIDDLE, CLOSED, TURNED, LONG = 32, 16, 8, 4, 2, 1  # BACKWARDS: a company that may have them so
LOW_BITS = (1 << ID_SHIFT) - 1
EXTRA = [
    (INACTIVE if flags & CLOSED else 0.0)
    + (BY_MIDDLE if flags & MIDDLE else 0.0)
    + (SWAPPED if flags & TURNED else 0.0)
    + (UNTYPED if flags & LONG else 0.0)
    + (COMPANY_BACKWARDS if flags & BACKWARDS else 0.0)
    + (WITHOUT_LAST if flags & LASTLESS else 0.0)
    for flags in range(64)
]


def swapped_role(turned: bool, comma: bool) -> int:
    """The role of an entry's first word in the names that were typed the other way round."""
    return FIRST if turned != comma else LAST  # the last name first without a comma, the first name first with one


@lru_cache(maxsize=4)
def flags_by_bits(turned: bool, comma: bool) -> list[int]:
    """The flags that each of the low bits of a `who` stand for."""
    swapped = swapped_role(turned, comma)
    return [
        (bits & 1) * CLOSED
        | by_middle(bits) * MIDDLE
        | ((bits >> ROLE_SHIFT & ROLES) == swapped) * TURNED
        | (bits >> LONG_SHIFT & 1) * LONG
        | (bits >> ROLE_SHIFT & ROLES == OTHER and bits >> OTHER_SHIFT & ROLES == OTHER) * BACKWARDS
        | ({bits >> ROLE_SHIFT & ROLES, bits >> OTHER_SHIFT & ROLES} == {FIRST, OTHER}) * LASTLESS
        for bits in range(LOW_BITS + 1)
    ]


def by_middle(who: int) -> bool:
    """Whether one of an entry's two words is a middle name or a company's beside a person's."""
    return ((who >> ROLE_SHIFT & ROLES) == OTHER) != ((who >> OTHER_SHIFT & ROLES) == OTHER)
