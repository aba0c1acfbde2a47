"""One customer → the entries of the index. Pure, so that what was entered can be worked out again and taken back.

`who` in an entry is the customer's id with three bits below it: the role of the entry's first word, and whether the
account is closed. A pair's words: a name's are plain, a city's begins with @, a street's with ~, a ZIP's with #.
"""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

from data.search.words import MOST_WORDS, PARTICLES, UNSAID, place_word, split, street_parts

ROLE_SHIFT, ID_SHIFT = 1, 3
LAST, FIRST, OTHER, PLACE = 0, 1, 2, 3
CITY, STREET, ZIP = "@", "~", "#"
BACKWARDS = "<"  # before a search_number key that is read from its end


class Kept(NamedTuple):
    """A row of search_customer: what the entries were made from.

    `mdn`: the line's that a hit shows. `keys`: all else that is entered, by its first letter: l a line's number,
    t another telephone number, a an account number's letters and digits, p a pseudo-ESN.
    """

    id: int
    kind: str
    first: str
    middle: str
    last: str
    company: str
    street: str
    city: str
    state: str
    zip: str
    account_id: int | None
    account: str
    status: str
    mdn: str | None
    keys: str


class Entries(NamedTuple):
    """What a customer has in each table of the index; `words` without repetition."""

    pairs: list[tuple[str, str, int]]
    phones: list[tuple[str, int, str]]
    numbers: list[tuple[str, int]]
    words: list[str]


def entries(kept: Kept) -> Entries:
    """All entries of one customer."""
    who = kept.id << ID_SHIFT | (kept.status == "closed" or not kept.account)
    named = name_words(kept.first, kept.middle, kept.last, kept.company)
    paired = named[:MOST_WORDS]
    pairs = _name_pairs(paired, who)
    words = [word for word, _ in paired]
    pairs += _place_pairs(kept, paired, who, words)
    told = " ".join(word for word, _ in named)
    keys = kept.keys.split()
    phones = [(key[:0:-1], who, told) for key in keys if key[0] in "lt"]
    numbers = [entry for key in keys if key[0] != "l" for entry in _number_entries(key, who)]
    return Entries(pairs, phones, numbers, list(dict.fromkeys(words)))


def name_words(first: str, middle: str, last: str, company: str) -> list[tuple[str, int]]:
    """The words of a name with their roles, each once, the telling ones first; a double surname also in one piece."""
    found: dict[str, int] = {}
    for text, role in ((last, LAST), (first, FIRST)):
        words = split(text)
        telling = _telling(words)
        for word in telling:
            found.setdefault(word, role)
        if 1 < len(words) <= 3:
            found.setdefault("".join(words)[:24], role)
    for word in _telling(split(company)):
        found.setdefault(word, OTHER)
    for word in split(middle):
        if len(word) > 1:
            found.setdefault(word, OTHER)
    return list(found.items())


def _telling(words: list[str]) -> list[str]:
    if len(words) < 2:
        return words
    return [word for word in words if word not in PARTICLES and word not in UNSAID and len(word) > 1] or words


def _name_pairs(named: list[tuple[str, int]], who: int) -> list[tuple[str, str, int]]:
    if len(named) == 1:
        return [(named[0][0], "", who | named[0][1] << ROLE_SHIFT)]
    return [(a, b, who | role << ROLE_SHIFT) for (a, role), (b, _) in permutations(named, 2)]


def _place_pairs(kept: Kept, named: list[tuple[str, int]], who: int, words: list[str]) -> list[tuple[str, str, int]]:
    who |= PLACE << ROLE_SHIFT
    names = [word for word, _ in named] or [""]
    pairs = []
    if city := place_word(kept.city):
        words.append(CITY + city)
        pairs += [(CITY + city, name, who) for name in names]
    if kept.street:
        house, street = street_parts(kept.street)
        if street:
            words.append(STREET + street)
            pairs += [(STREET + street, name, who) for name in ([*names, house] if house else names)]
    if kept.zip:
        pairs.append((ZIP + kept.zip[:5], " ".join(names), who))
    return pairs


def _number_entries(key: str, who: int) -> list[tuple[str, int]]:
    """From its beginning, its end, or both: what the rows' own indexes and search_phone do not hold."""
    if key[0] == "t":
        return [(key, who)]
    backwards = (BACKWARDS + key[0] + key[:0:-1], who)
    return [backwards] if key[0] == "a" else [(key, who), backwards]
