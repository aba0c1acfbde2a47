"""A full name in one column → first, middle and last. Pure; nameparser reads what is not plainly written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_PLAIN = re.compile(r"([^\W\d_]{2,})(?: ([^\W\d_]\.?))? ([^\W\d_]{4,})")
_SURNAME_FIRST = re.compile(r"([^\W\d_]{4,}), ?([^\W\d_]{2,})(?: ([^\W\d_]\.?))?")
_BUSINESS = re.compile(
    r"\b(?:inc|incorporated|llc|l\.l\.c|llp|ltd|limited|corp|corporation|company|plc|pllc|p\.c|associates|association"
    r"|partners|enterprises|holdings|solutions|systems|industries|and sons|& sons|city of|county of|state of|dept"
    r"|department|university|restaurant|pharmacy|plumbing|realty|motors)\b\.?",
    re.IGNORECASE,
)
_MAYBE = r"(?:co|group|services?|college|school|church|hospital|clinic|bank|trust|foundation|construction|stores?|shop)"
_MAYBE_BUSINESS = re.compile(rf"(?:\S+ ){{2,}}{_MAYBE}\.?|the .* .*|{_MAYBE} of .*", re.IGNORECASE)  # surnames as well
_NUMBERED = re.compile(r"\d(?!(?:st|nd|rd|th)\b)")


class Name(NamedTuple):
    """A person's name in parts, or a company's."""

    first: str = ""
    middle: str = ""
    last: str = ""
    company: str = ""


@lru_cache(maxsize=4096)
def split_name(text: str) -> Name:
    """The parts of a clean full name: "Butt, James", "James Butt", "Dr. Maria de la Cruz III", "Acme Plumbing LLC".

    A title is left out, a suffix stays with the last name; a name of one word is a last name.
    """
    if not text or is_business(text):
        return Name(company=text)
    if match := _PLAIN.fullmatch(text):
        return Name(match[1], match[2] or "", match[3])
    if match := _SURNAME_FIRST.fullmatch(text):
        return Name(match[2], match[3] or "", match[1])
    return _parse(text)


def is_business(text: str) -> bool:
    """Whether `text` is the name of a company or an institution by its words."""
    return bool(_BUSINESS.search(text) or _NUMBERED.search(text) or _MAYBE_BUSINESS.fullmatch(text))


def _parse(text: str) -> Name:
    from nameparser import HumanName

    parsed = HumanName(text)
    last = " ".join(part for part in (parsed.last, parsed.suffix) if part)
    if not (parsed.first or last):
        return Name(last=text)
    if not last:
        return Name(last=parsed.first)
    nickname = f"({parsed.nickname})" if parsed.nickname else ""
    return Name(" ".join(part for part in (parsed.first, nickname) if part), parsed.middle, last)
