"""Names of devices and plans as they are compared: "Galaxy S25 Ultra", "s25 ultra" and "S25Ultra" are one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from data.promotions.phrases import word_set
from data.text import fold

MAKERS = word_set("samsung galaxy apple google motorola oneplus the my a an phone smartphone")
_PARTS = re.compile(r"[a-z]+|\d+")
_GLUED = re.compile(r"^(samsung|galaxy|apple|google|motorola|oneplus)+(?=.)")
_PLUS = re.compile(r"\+")


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """What two spellings of one name share: letters and digits, without the maker; "+" is "plus"."""
    parts = words(name)
    squeezed = "".join(part for part in parts if part not in MAKERS)
    return _GLUED.sub("", squeezed) or "".join(parts)


def words(text: str) -> list[str]:
    """The words and numbers of `text`, folded: "S25 Ultra" → s, 25, ultra."""
    return _PARTS.findall(_PLUS.sub(" plus ", fold(text)))


@lru_cache(maxsize=20_000)
def digits(name: str) -> tuple[str, ...]:
    """The numbers in a name, which never differ between two spellings of it; "5g" is none."""
    return tuple(part for part in _PARTS.findall(re.sub(r"\b5g\b", "", fold(name))) if part.isdigit())


def has(name: str, among: Iterable[str]) -> bool:
    """Whether `name` is one of `among`, however spelt."""
    wanted = key(name)
    return any(key(other) == wanted for other in among)
