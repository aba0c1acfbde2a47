"""One customer → what the index keeps of them, and the entries that follow from it. Pure.

`who` in an entry is the customer's id with five bits below it: the roles of the entry's two words, and whether the
account is closed. A pair's words: a name's are plain, a city's begins with @, a street's with ~, a ZIP's with #.
"""

from __future__ import annotations

from typing import NamedTuple

from data.search.words import LONGEST, MOST_WORDS, PARTICLES, UNSAID, split

ROLE_SHIFT, OTHER_SHIFT, ID_SHIFT = 1, 3, 5
LAST, FIRST, OTHER, PLACE = 0, 1, 2, 3
CITY, STREET, ZIP = "@", "~", "#"
BACKWARDS = "<"  # before a search_number key that is read from its end


class Kept(NamedTuple):
    """A row of search_customer: what a hit shows, and what the entries are made from.

    `keys`: numbers to enter, by their first letter: l a line's, t another telephone, p a pseudo-ESN. `words`: how
    many of w1 to w5 there are; `roles`: two bits for each, the first word's lowest. `town`, `street`: in one word.
    """

    id: int
    first: str
    middle: str
    last: str
    company: str
    city: str
    state: str
    zip: str
    account_id: int | None
    account: str
    status: str
    mdn: str | None
    keys: str
    words: int
    roles: int
    w1: str | None
    w2: str | None
    w3: str | None
    w4: str | None
    w5: str | None
    town: str
    street: str
    house: str

    @property
    def named(self) -> list[str]:
        """The words of the name that are entered, the telling ones first."""
        return [word for word in (self.w1, self.w2, self.w3, self.w4, self.w5)[: self.words] if word]

    @property
    def vocabulary(self) -> list[str]:
        """Every word that is counted, each once."""
        places = [CITY + self.town] * bool(self.town) + [STREET + self.street] * bool(self.street)
        return self.named + places

    @property
    def who(self) -> int:
        return self.id << ID_SHIFT | (self.status == "closed" or not self.account)


# Every pair of one customer, from search_customer; `{where}` narrows each part. The words are told apart by number.
_WORD = (
    "CASE x.{which} WHEN 0 THEN '' WHEN 1 THEN c.w1 WHEN 2 THEN c.w2 WHEN 3 THEN c.w3 WHEN 4 THEN c.w4 ELSE c.w5 END"
)
_WHO = f"((c.id << {ID_SHIFT}) | (c.status = 'closed' OR c.account = ''))"  # << and | bind alike in SQL
_BESIDE = ", ".join(
    ["(1, 0, 1, 1)"]  # a lone word stands beside nothing
    + [
        f"({one}, {two}, {max(one, two)}, {MOST_WORDS})"
        for most in range(2, MOST_WORDS + 1)
        for one in range(1, most + 1)
        for two in range(1, most + 1)
        if max(one, two) == most and one != two
    ]
)
_NAMES = "c.w1 || coalesce(' ' || c.w2, '') || coalesce(' ' || c.w3, '') || coalesce(' ' || c.w4, '')"
_AT_PLACE = f"{_WHO} | {PLACE << ROLE_SHIFT} AS who FROM search_customer c"
PAIRS = f"""
    WITH beside(one, two, least, most) AS (VALUES {_BESIDE})
    SELECT {_WORD.format(which="one")} AS a, {_WORD.format(which="two")} AS b,
        {_WHO} | (((c.roles >> (2 * (x.one - 1))) & 3) << {ROLE_SHIFT})
            | (((c.roles >> (2 * (max(x.two, 1) - 1))) & 3) << {OTHER_SHIFT}) AS who
    FROM search_customer c CROSS JOIN beside x WHERE c.words BETWEEN x.least AND x.most {{where}}
    UNION ALL SELECT '{CITY}' || c.town, coalesce(c.w1, ''), {_AT_PLACE} WHERE c.town <> '' {{where}}
    UNION ALL SELECT '{CITY}' || c.town, c.w2, {_AT_PLACE} WHERE c.town <> '' AND c.words > 1 {{where}}
    UNION ALL SELECT '{CITY}' || c.town, c.w3, {_AT_PLACE} WHERE c.town <> '' AND c.words > 2 {{where}}
    UNION ALL SELECT '{STREET}' || c.street, coalesce(c.w1, ''), {_AT_PLACE} WHERE c.street <> '' {{where}}
    UNION ALL SELECT '{STREET}' || c.street, c.w2, {_AT_PLACE} WHERE c.street <> '' AND c.words > 1 {{where}}
    UNION ALL SELECT '{STREET}' || c.street, c.house, {_AT_PLACE} WHERE c.street <> '' AND c.house <> '' {{where}}
    UNION ALL SELECT '{ZIP}' || substr(c.zip, 1, 5), coalesce({_NAMES}, ''), {_AT_PLACE} WHERE c.zip <> '' {{where}}"""


def phone_entries(kept: Kept) -> list[tuple[str, int, str]]:
    """Rows of search_phone."""
    who, told = kept.who, " ".join(kept.named)
    return [(key[:0:-1], who, told) for key in kept.keys.split() if key[0] in "lt"]


def number_entries(kept: Kept) -> list[tuple[str, int]]:
    """Rows of search_number: from the beginning, the end, or both: what no other index holds."""
    who = kept.who
    found = []
    for key in kept.keys.split():
        if key[0] != "l":
            found.append((key, who))
        if key[0] == "p":
            found.append((BACKWARDS + key[0] + key[:0:-1], who))
    return found


def name_words(first: str, middle: str, last: str, company: str) -> list[tuple[str, int]]:
    """The words of a name with their roles, each once, the telling ones first; a double surname also in one piece."""
    if last.isalpha() and first.isalpha() and last.isascii() and first.isascii() and not middle and not company:
        family, given = last.lower()[:LONGEST], first.lower()[:LONGEST]
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


def _telling(words: list[str]) -> list[str]:
    if len(words) < 2:
        return words
    return [word for word in words if word not in PARTICLES and word not in UNSAID and len(word) > 1] or words
