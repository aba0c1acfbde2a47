"""One customer → what the index keeps of them, and the entries that follow from it. Pure.

`who` in an entry is the customer's id with six bits below it: whether the account is closed, the roles of the entry's
two words, whether the name has more words than two. A pair's words: a name's are plain, a city's begins with @, a
street's with ~, a ZIP's with #.
"""

from __future__ import annotations

from typing import NamedTuple

from data.search.words import LONGEST, MOST_WORDS, PARTICLES, UNSAID, place_word, split

ROLE_SHIFT, OTHER_SHIFT, LONG_SHIFT, ID_SHIFT = 1, 3, 5, 6
LAST, FIRST, OTHER, PLACE = 0, 1, 2, 3
AT_PLACE = PLACE << ROLE_SHIFT
CITY, STREET, ZIP = "@", "~", "#"
PLACES = frozenset((CITY, STREET, ZIP))
DECIMAL_END = "d"  # before a search_number key that begins with the last six digits of a pseudo-ESN in decimal
MOST_AT_CITY = 3  # words of a customer that stand beside the city
PHONE_DIGITS = 10  # of a telephone number's end that are entered

PairRow = tuple[str, str, int]


class Kept(NamedTuple):
    """A row of search_customer: what a hit shows, and what the entries are made from.

    `street`: the house number, a space, the street's own name in one word. `keys`: numbers to enter, by their first
    letter: l a line's, the one shown first; t another telephone, p a pseudo-ESN.
    """

    id: int
    first: str
    middle: str
    last: str
    company: str
    city: str
    state: str
    zip: str
    street: str
    account_id: int | None
    account: str
    status: str
    keys: str

    @property
    def named(self) -> list[tuple[str, int]]:
        """The words of the name that are entered with their roles, the telling ones first."""
        return name_words(self.first, self.middle, self.last, self.company)[:MOST_WORDS]

    @property
    def town(self) -> str:
        """The city in one word."""
        return place_word(self.city) if self.city else ""

    @property
    def house(self) -> str:
        """The house number."""
        return self.street.partition(" ")[0]

    @property
    def road(self) -> str:
        """The street's own name in one word."""
        return self.street.partition(" ")[2]

    @property
    def closed(self) -> bool:
        return self.status == "closed" or not self.account

    @property
    def who(self) -> int:
        long = bool(self.middle) or "-" in self.last or " " in self.last
        return self.id << ID_SHIFT | long << LONG_SHIFT | self.closed


def pair_entries(kept: Kept) -> list[PairRow]:
    """Rows of search_pair, with the first word spelled out: every two words of the name, and the name at its places."""
    who, named = kept.who, kept.named
    if len(named) == 1:
        told, role = named[0]
        rows = [(told, "", who | roles(role, role))]
    else:
        rows = [
            (one, other, who | roles(role, beside)) for one, role in named for other, beside in named if one != other
        ]
        told = " ".join(word for word, _ in named)
    at = who | AT_PLACE
    if town := kept.town:
        rows += [(CITY + town, word, at) for word, _ in named[:MOST_AT_CITY]] or [(CITY + town, "", at)]
    house, _, street = kept.street.partition(" ")
    if street:
        rows.append((STREET + street, f"{house} {named[0][0] if named else ''}", at))
    if kept.zip:
        rows.append((ZIP + kept.zip[:5], told, at))
    return rows


def vocabulary_of(pairs: list[PairRow]) -> set[str]:
    """Every word that is counted of a customer with these rows of search_pair, each once."""
    return {row[0] for row in pairs}


def roles(own: int, other: int) -> int:
    """What an entry's `who` says of the roles of its two words."""
    return own << ROLE_SHIFT | other << OTHER_SHIFT


def phone_entries(keys: str, who: int) -> list[tuple[int, int]]:
    """Rows of search_phone for a customer's Kept.keys."""
    if " " not in keys:  # so have most
        return [(backwards(keys[1:]), who)] if keys[:1] in "lt" and keys[1:].isdecimal() else []
    ends = {backwards(key[1:]) for key in keys.split() if key[0] in "lt" and key[1:].isdecimal()}
    return [(end, who) for end in ends]


def backwards(digits: str) -> int:
    """The end of a telephone number as search_phone keeps it: its last digits the other way round."""
    return int(digits[: -PHONE_DIGITS - 1 : -1].ljust(PHONE_DIGITS, "0"))


def number_entries(keys: str, who: int) -> list[tuple[str, int]]:
    """Rows of search_number for a customer's Kept.keys: what no other index holds.

    A pseudo-ESN stands there from its beginning, and by the last six digits of its decimal form with the six hex digits
    that make them.
    """
    found = []
    for key in keys.split():
        if key[0] != "l":
            found.append((key, who))
        if key[0] == "p":
            end = key[-6:]
            found.append((f"{DECIMAL_END}{int(end, 16) % 10**6:06d}{end}", who))
    return found


def name_words(first: str, middle: str, last: str, company: str) -> list[tuple[str, int]]:
    """The words of a name with their roles, each once, the telling ones first; a double surname also in one piece."""
    if not middle and not company and (family := plain_word(last)) and (given := plain_word(first)):
        return [(family, LAST), (given, FIRST)] if family != given else [(family, LAST)]
    found: dict[str, int] = {}
    for text, role in ((last, LAST), (first, FIRST)):
        words = split(text)
        for word in _telling(words):
            found.setdefault(word, role)
        if 1 < len(words) <= 3:
            found.setdefault("".join(words)[:LONGEST], role)
    for word in _telling(split(company)):
        found.setdefault(word, OTHER)
    for word in split(middle):
        if len(word) > 1:
            found.setdefault(word, OTHER)
    return list(found.items())


def plain_word(name: str) -> str:
    """The word of a name that is nothing but one word of ASCII letters; "" for any other."""
    return name.lower()[:LONGEST] if name.isascii() and name.isalpha() else ""


def _telling(words: list[str]) -> list[str]:
    if len(words) < 2:
        return words
    return [word for word in words if word not in PARTICLES and word not in UNSAID and len(word) > 1] or words
