"""What agents type, made from customers: 2,000 of each kind, seeded, each with who was meant.

A name is right when a hit bears it (many people do); a mixture, when a hit meets all of it; else the customer must be
the one. Slips and
sounds are made here by rules of their own, nicknames come from PyPI `corp-names`; none of it from the search engine.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from benchmarks.search.people import Customer

LETTERS = "etaoinshrdlucmfwypvbgkjqxz"
KEYS = {
    key: near
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for key, near in zip(row, row[1:] + row[-2], strict=True)
}
SOUNDS = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ee", "ea"), ("ea", "ee"), ("ie", "y"), ("y", "ie"),
    ("ey", "y"), ("i", "y"), ("y", "i"), ("ai", "ay"), ("ei", "ie"), ("ou", "ow"), ("x", "ks"), ("z", "s"), ("s", "z"),
    ("th", "t"), ("tt", "t"), ("ll", "l"), ("nn", "n"), ("ss", "s"), ("rr", "r"), ("l", "ll"), ("n", "nn"), ("t", "tt"),
    ("e", ""), ("h", ""), ("a", "e"), ("er", "ar"), ("o", "oh"), ("sch", "sh"), ("gh", "g"), ("qu", "kw"), ("ce", "se"),
)  # fmt: skip


class Asked(NamedTuple):
    """One query: its text, and the customer who was meant; `by`: what of theirs a right hit shares."""

    kind: str
    text: str
    meant: Customer
    by: str


def slip(word: str, rng: random.Random) -> str:
    """`word` with one letter missing, extra, wrong or swapped with its neighbour."""
    for _ in range(20):
        at = rng.randrange(len(word))
        how = rng.randrange(4)
        if how == 0:
            made = word[:at] + word[at + 1 :]
        elif how == 1:
            made = word[:at] + rng.choice(LETTERS) + word[at:]
        elif how == 2:
            near = KEYS.get(word[at], "e") if rng.random() < 0.5 else rng.choice(LETTERS)
            made = word[:at] + near + word[at + 1 :]
        else:
            made = swap(word, rng)
        if made != word:
            return made
    return word + word[-1]


def swap(word: str, rng: random.Random) -> str:
    """`word` with two neighbouring letters swapped."""
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return word
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def sound(word: str, rng: random.Random) -> str:
    """`word` spelt another way that sounds the same, or nearly."""
    rules = [(old, new) for old, new in SOUNDS if old in word[1:] or (old in ("c", "k", "ph", "f") and old in word)]
    if not rules:
        return word + "e"
    old, new = rng.choice(rules)
    places = [match.start() for match in re.finditer(old, word) if match.start() or old in ("c", "k", "ph", "f")]
    at = rng.choice(places)
    return word[:at] + new + word[at + len(old) :]


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, list[str]]:
    from corp_names.data.nicknames import NICKNAME_TO_CANONICAL_BY_LEVEL

    found: dict[str, list[str]] = {}
    for nick, full in NICKNAME_TO_CANONICAL_BY_LEVEL["common"].items():
        if nick.isalpha() and full.isalpha() and len(nick) > 2:
            found.setdefault(full, []).append(nick)
    return found


def _person(one: Customer) -> bool:
    return bool(one.first) and one.last.isalpha() and len(one.last) > 2


def _one_slip(one: Customer, rng: random.Random) -> str:
    first, last = one.first.lower(), one.last.lower()
    if (rng.random() < 0.5 and len(first) > 3) or len(last) < 4:
        return f"{slip(first, rng)} {last}"
    return f"{first} {slip(last, rng)}"


def _two_slips(one: Customer, rng: random.Random) -> str | None:
    from rapidfuzz.distance import OSA

    last = one.last.lower()
    made = slip(slip(last, rng), rng)  # two that fall on each other may come to one, or to three
    return f"{one.first.lower()} {made}" if len(last) >= 6 and OSA.distance(made, last) == 2 else None


def _transposed(one: Customer, rng: random.Random) -> str | None:
    last = one.last.lower()
    return f"{one.first.lower()} {swap(last, rng)}" if len(last) > 3 else None


def _sound(one: Customer, rng: random.Random) -> str:
    first, last = one.first.lower(), one.last.lower()
    return f"{sound(first, rng)} {last}" if rng.random() < 0.4 else f"{first} {sound(last, rng)}"


def _nickname(one: Customer, rng: random.Random) -> str | None:
    nicks = _nicknames().get(one.first.lower())
    return f"{rng.choice(nicks)} {one.last.lower()}" if nicks else None


def _slip_prefix(one: Customer, rng: random.Random) -> str | None:
    last = one.last.lower()
    if len(last) < 7:
        return None
    return f"{one.first.lower()} {slip(last[: rng.randint(5, len(last) - 1)], rng)}"


def _slip_and_prefix(one: Customer, rng: random.Random) -> str | None:
    first, last = one.first.lower(), one.last.lower()
    if len(first) < 4 or len(last) < 6:
        return None
    return f"{slip(first, rng)} {last[: rng.randint(4, len(last) - 1)]}"


def _company(one: Customer, rng: random.Random) -> str | None:
    words = one.company.split()[:2]
    return f"{words[0]} {slip(words[1], rng)}".lower() if len(words) == 2 and len(words[1]) > 3 else None


def _wrong_digit(one: Customer, rng: random.Random) -> str:
    mdn = one.lines[0][0]
    at = rng.randrange(10)
    if rng.random() < 0.3 and at < 9 and mdn[at] != mdn[at + 1]:
        return mdn[:at] + mdn[at + 1] + mdn[at] + mdn[at + 2 :]
    return mdn[:at] + rng.choice([digit for digit in "0123456789" if digit != mdn[at]]) + mdn[at + 1 :]


def _device(one: Customer) -> str:
    return next((number for line in one.lines for number in line[1:] if number), "")


def _punctuated(mdn: str, rng: random.Random) -> str:
    shape = rng.choice(("{}{}{}", "{}-{}-{}", "({}) {}-{}", "{}.{}.{}", "+1 {} {} {}"))
    return shape.format(mdn[:3], mdn[3:6], mdn[6:])


Maker = Callable[[Customer, random.Random], str | None]
KINDS: dict[str, tuple[str, Maker]] = {
    "exact name": ("name", lambda one, rng: f"{one.first} {one.last}" if _person(one) else None),
    "swapped order": (
        "name",
        lambda one, rng: f"{one.last}{rng.choice((', ', ' '))}{one.first}".lower() if _person(one) else None,
    ),
    "prefixes": (
        "name",
        lambda one, rng: f"{one.first[:3]} {one.last[: max(4, len(one.last) - 2)]}".lower() if _person(one) else None,
    ),
    "1 slip": ("name", lambda one, rng: _one_slip(one, rng) if _person(one) else None),
    "transposed": ("name", lambda one, rng: _transposed(one, rng) if _person(one) else None),
    "2 slips": ("name", lambda one, rng: _two_slips(one, rng) if _person(one) else None),
    "sound-alike": ("name", lambda one, rng: _sound(one, rng) if _person(one) else None),
    "nickname": ("name", lambda one, rng: _nickname(one, rng) if _person(one) else None),
    "slip in a prefix": ("name", lambda one, rng: _slip_prefix(one, rng) if _person(one) else None),
    "slip, then a prefix": ("name", lambda one, rng: _slip_and_prefix(one, rng) if _person(one) else None),
    "one name missing": (
        "name",
        lambda one, rng: (one.last if rng.random() < 0.7 else one.first).lower() if _person(one) else None,
    ),
    "company, 1 slip": ("company", lambda one, rng: _company(one, rng) if one.company else None),
    "exact MDN": ("mdn", lambda one, rng: _punctuated(one.lines[0][0], rng)),
    "MDN, a digit wrong": ("mdn", _wrong_digit),
    "last four": ("mdn", lambda one, rng: one.lines[0][0][-4:]),
    "last seven": ("mdn", lambda one, rng: one.lines[0][0][-7:]),
    "MDN, beginning": ("beginning", lambda one, rng: one.lines[0][0][:7]),
    "exact device": ("device", lambda one, rng: _device(one)),
    "device, last six": ("device", lambda one, rng: _device(one)[-6:]),
    "account": ("id", lambda one, rng: one.number if rng.random() < 0.5 else one.number[2:]),
    "name + last four": (
        "last four",
        lambda one, rng: f"{one.last} {one.lines[0][0][-4:]}".lower() if _person(one) else None,
    ),
    "slip + last four": (
        "last four",
        lambda one, rng: (
            f"{slip(one.last.lower(), rng)} {one.lines[0][0][-4:]}" if _person(one) and len(one.last) > 3 else None
        ),
    ),
    "name + city": ("name", lambda one, rng: f"{one.first} {one.last} {one.city}".lower() if _person(one) else None),
    "last name + city": ("last", lambda one, rng: f"{one.last} {one.city}".lower() if _person(one) else None),
    "first name + ZIP": ("ZIP", lambda one, rng: f"{one.first} {one.zip}".lower() if _person(one) else None),
    "name + street": (
        "id",
        lambda one, rng: f"{one.last} {' '.join(one.street.split()[:2])}".lower() if _person(one) else None,
    ),
    "name + e-mail": ("id", lambda one, rng: f"{one.first} {one.email}".lower() if one.email else None),
    "name + birth date": (
        "id",
        lambda one, rng: f"{one.first} {one.last} {one.birth}".lower() if _person(one) and one.birth else None,
    ),
    "company + MDN": (
        "id",
        lambda one, rng: f"{one.company.split()[0]} {one.lines[0][0]}".lower() if one.company else None,
    ),
}


def queries(customers: list[Customer], each: int, seed: int) -> Iterator[Asked]:
    """`each` queries of every kind, the same for the same seed."""
    for kind, (by, make) in KINDS.items():
        rng = random.Random(f"{seed} {kind}")
        made = 0
        while made < each:
            one = rng.choice(customers)
            text = make(one, rng)
            if text:
                made += 1
                yield Asked(kind, text, one, by)
