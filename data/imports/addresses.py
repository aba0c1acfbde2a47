"""An address in one column → street, city, state and ZIP. Pure."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from data.imports.values import state_names

_COUNTRY = re.compile(r"[\s,]+(?:U\.?S\.?A?\.?|United States(?: of America)?)\.?$", re.IGNORECASE)


class Address(NamedTuple):
    """The parts of an address; what can't be taken apart is all in `street`."""

    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


def split_address(text: str) -> Address:
    """The parts of "123 Main St, Apt 4, Springfield, IL 62701", with line ends for commas or not."""
    lines = [part.strip(" ,") for part in text.strip().splitlines()]
    whole = _COUNTRY.sub("", ", ".join(part for part in lines if part))
    match = _ending().fullmatch(whole)
    if not match:
        return Address(street=whole)
    before = [part.strip() for part in match["before"].split(",") if part.strip()]
    if len(before) < 2:
        return Address(street=whole)
    *street, city = before
    second = ", ".join(street[1:])
    return Address(street[0], second, city, match["state"], match["zip"])


@cache
def _ending() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, state_names()), key=len, reverse=True))
    return re.compile(
        rf"(?P<before>.+?)[\s,]+(?P<state>[A-Z]{{2}}|(?i:{names}))[\s,]+(?P<zip>\d{{5}}(?:-\d{{4}})?)", re.S
    )
