"""The store's words, asked for one search: who has them, and which a typed word may stand for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from string import ascii_lowercase
from typing import Any

from data.search.results import COUNTED
from data.search.scoring import (
    EXACT,
    MEANINGS,
    MEANINGS_FAR,
    NICKNAME,
    NICKNAME_SIBLING,
    NICKNAME_SPELT,
    PLACE,
    PLACE_NEARLY,
    SHORTEST_SLIP,
    SHORTEST_TWO_MISSING,
    SHORTEST_TWO_SLIPS,
    in_order,
    slip_cost,
    within_slips,
)
from data.search.spelling import heard
from data.search.sqlite.entries import CITY, Kept
from data.search.sqlite.lists import listed
from data.search.sqlite.meanings import (
    END,
    Cost,
    Meaning,
    Near,
    Word,
    WordRow,
    add_sounds,
    beginning_cost,
    beginnings_like,
    by_order,
    longer_like,
    said_alike,
    typed_keys,
)
from data.search.sqlite.memory import Remembered
from data.search.sqlite.tables import COMMON
from data.search.sqlite.vocabulary import BEGUN, SOUND, sounds

NICKNAMES = 32  # that a name is taken for; Robert has 144, by way of all that Bob and Bert are short for
COMMONEST = 120  # words that a beginning of a few letters is taken for; enough for a page of any
_KEPT = "SELECT * FROM search_customer WHERE id IN ({marks})"
_KNOWN = "SELECT word, id, count FROM search_word WHERE word IN ({marks})"
_LED = "SELECT key, words FROM search_slip WHERE key IN ({marks})"
_BEGINNING = "SELECT word, id, count FROM search_word WHERE word >= ? AND word < ? ORDER BY count DESC"
_COMMON = [
    f"SELECT word, id, count FROM search_word WHERE substr(word, 1, {letters}) = ? AND grade >= {COMMON}"
    " ORDER BY grade DESC"
    for letters in (0, 1, 2, 3)
]
_NICKNAMES = """
    SELECT w.word, w.id, w.count, 0 FROM search_nickname n CROSS JOIN search_word w ON w.word = n.other
    WHERE n.name = ?1
    UNION ALL
    SELECT w.word, w.id, w.count, 1 FROM search_nickname n CROSS JOIN search_nickname m ON m.name = n.other
    CROSS JOIN search_word w ON w.word = m.other WHERE n.name = ?1 AND m.other <> ?1"""


class Lexicon:
    """The store's words, asked over one connection for one search."""

    def __init__(self, connection: Any, remembered: Callable[[], Remembered]) -> None:
        self.connection = connection
        self._remembered = remembered

    @cached_property
    def memory(self) -> Remembered:
        """What is remembered of the store as it is; looked for where words are, as a number needs none of it."""
        return self._remembered()

    @property
    def _meanings(self) -> dict[tuple[str, int], list[Meaning]]:
        return self.memory.meanings

    def known(self, words: Collection[str]) -> dict[str, Word]:
        """Those of `words` that somebody has."""
        return {row[0]: Word._make(row) for row in self._rows(words)}

    def _rows(self, words: Collection[str]) -> list[WordRow]:
        """The same, as the store's rows."""
        memory = self.memory.words
        if missing := [word for word in words if word not in memory]:
            memory.update(dict.fromkeys(missing))
            memory.update((row[0], row) for row in listed(self.connection, _KNOWN, missing))
        return [known for word in words if (known := memory[word])]

    def kept(self, customers: Collection[int]) -> list[Kept]:
        """What the index keeps of `customers`."""
        return list(map(Kept._make, listed(self.connection, _KEPT, customers))) if customers else []

    def kept_lately(self, customers: Collection[int]) -> list[Kept]:
        """The same, remembered, for customers who are asked for again and again."""
        memory = self.memory.kept
        if missing := [customer for customer in customers if customer not in memory]:
            memory.update((kept.id, kept) for kept in self.kept(missing))
        return [memory[customer] for customer in customers if customer in memory]

    def themselves(self, typed: Collection[str]) -> dict[str, Meaning]:
        """Those of `typed` that are words somebody has, each taken for itself."""
        return {word: Meaning(word, EXACT, word, "name", bearers, id=id) for word, id, bearers in self._rows(typed)}

    def begun(self, text: str, most: int) -> list[Word]:
        """The commonest words that `text` begins."""
        known: list[Word] | None = self.memory.answers.get(("begun", text, most))
        if known is None:
            rows = self.connection.execute(_BEGINNING, (text, text + END)).fetchmany(most)
            known = self.memory.answers["begun", text, most] = list(map(Word._make, rows))
        return known

    def nicknames(self, typed: str) -> list[Meaning]:
        """What who is called `typed` may be called in full, and the other way round; then what both are short for."""
        known = self._meanings.get((typed, 0))
        if known is None:
            known = self._meanings[typed, 0] = self._find_nicknames(typed)
        return known

    def _find_nicknames(self, typed: str) -> list[Meaning]:
        found: dict[str, Meaning] = {}
        told = heard(typed)
        for word, id, count, sibling in self.connection.execute(_NICKNAMES, (typed,)):
            cost = NICKNAME_SIBLING if sibling else NICKNAME
            if heard(word) == told:
                cost = NICKNAME_SPELT
            if word not in found or cost < found[word].cost:
                found[word] = Meaning(word, cost, typed, "nickname", count, id=id)
        return sorted(found.values(), key=by_order)[:NICKNAMES]

    def near(self, typed: str, most_slips: int = 1) -> Near:
        """All that slips and sounds make of `typed`; how many bear each word is not asked.

        With two `most_slips`, only what takes two. A place's name begins with its mark.
        """
        known = self.memory.near.get((typed, most_slips))
        if known is None:
            known = self.memory.near[typed, most_slips] = self._find_near(typed, most_slips)
        return known

    def _find_near(self, typed: str, most_slips: int) -> Near:
        if len(typed) < (SHORTEST_SLIP if most_slips == 1 else SHORTEST_TWO_MISSING):
            return Near({}, {}, [])
        words, begun, sounding = self._led_to(typed, most_slips)
        how = f"like {typed}"
        whole = {
            word: (slip_cost(typed, word, distance), how)
            for word, distance in within_slips(typed, words, most_slips)
            if distance == most_slips
            and (len(typed) >= SHORTEST_TWO_SLIPS or len(word) > len(typed) + 1 or distance == 1)
        }
        if most_slips > 1:
            return Near(whole, {}, [])
        add_sounds(typed, sounding, whole)
        longer = {word: (cost, how) for word, cost in longer_like(typed, words).items() if word not in whole}
        return Near(whole, longer, beginnings_like(typed, begun))

    def said_alike(self, typed: str) -> dict[str, Cost]:
        """The words that are said just as `typed` is; quicker to find than all that are near it."""
        known: dict[str, Cost] | None = self.memory.answers.get(("said", typed, 0))
        if known is None:
            rows = listed(self.connection, _LED, [SOUND + key for key in sounds(typed)])
            sounding = {word for _, led in rows for word in led.split()}
            known = self.memory.answers["said", typed, 0] = said_alike(typed, sounding)
        return known

    def like(self, typed: str, most_slips: int = 1) -> list[Meaning]:
        """The likeliest words that are near `typed`, then the likeliest longer ones whose beginning is."""
        known = self._meanings.get((typed, -most_slips))
        if known is None:
            near = self.near(typed, most_slips)
            longer = self._likeliest(typed, near.longer, MEANINGS) + near.begun
            longer = sorted(longer, key=by_order)[:MEANINGS]
            known = self._meanings[typed, -most_slips] = self.whole(typed, most_slips) + longer
        return known

    def whole(self, typed: str, most_slips: int = 1) -> list[Meaning]:
        """The likeliest words that are near `typed`."""
        known = self._meanings.get((typed, most_slips))
        if known is None:
            most = MEANINGS if most_slips == 1 else MEANINGS_FAR
            known = self._likeliest(typed, self.near(typed, most_slips).whole, most)
            self._meanings[typed, most_slips] = known
        return known

    def _likeliest(self, typed: str, near: dict[str, Cost], most: int) -> list[Meaning]:
        """The likeliest of the words in `near` that somebody has."""
        rows = self._rows(near)
        ordered = sorted([(in_order(near[word][0], bearers), word, id, bearers) for word, id, bearers in rows])[:most]
        return [Meaning(word, near[word][0], typed, near[word][1], bearers, id=id) for _, word, id, bearers in ordered]

    def cities(self, typed: str) -> list[Meaning]:
        """The city that `typed` names."""
        known = self.known([CITY + typed]).values()
        return [Meaning(word, PLACE, typed, "city", bearers, id=id) for word, id, bearers in known]

    def cities_like(self, typed: str) -> list[Meaning]:
        """The cities that `typed` may stand for though it does not name them."""
        return [
            meaning._replace(cost=meaning.cost + PLACE + PLACE_NEARLY, typed=typed, how=f"city like {typed}")
            for meaning in self.like(CITY + typed)
        ]

    def _led_to(self, typed: str, most_slips: int) -> tuple[list[str], list[str], list[str]]:
        """What the slips in `typed` lead to: words, beginnings of words, and the words that sound like it."""
        words: set[str] = set()
        sounding: list[str] = []
        for key, led in listed(self.connection, _LED, typed_keys(typed, most_slips)):
            if key[0] == SOUND:
                sounding += led.split()
            else:
                words.update(led.split())
        begun = [word[:-1] for word in words if word[-1] == BEGUN]
        words.discard(typed)
        return (
            [word for word in words if word[-1] != BEGUN],
            begun,
            [word for word in dict.fromkeys(sounding) if word != typed],
        )

    def plain(self, typed: str, most: int = 20, *, ended: bool = False) -> list[Meaning]:
        """`typed` itself, and the words that it begins, the commonest first, until they are more than are counted.

        `ended`: another word was typed after it.
        """
        key = ("plain, ended" if ended else "plain", typed, most)
        known: list[Meaning] | None = self.memory.answers.get(key)
        if known is None:
            known = self.memory.answers[key] = self._find_plain(typed, most, ended)
        return known

    def _find_plain(self, typed: str, most: int, ended: bool) -> list[Meaning]:
        found: list[Meaning] = []
        counted = 0
        exact: list[Meaning] = []
        for word, id, count in self._beginning(typed):
            if word == typed:
                exact = [Meaning(word, EXACT, typed, "name", count, id=id)]
            else:
                found.append(Meaning(word, beginning_cost(typed, word, ended=ended), typed, "name", count, id=id))
            counted += count
            if counted > COUNTED and len(found) >= most:
                break
        if not exact and (own := self.known([typed]).get(typed)):
            exact = [Meaning(typed, EXACT, typed, "name", own.bearers, id=own.id)]
        return exact + sorted(found, key=by_order)

    def all_begun(self, typed: str) -> bool:
        """Whether `plain` tells of rare words that `typed` begins too; of what few letters begin it need not."""
        return len(typed) >= len(_COMMON)

    def commonest(self) -> list[str]:
        """The commonest words of all, as far as there are many: what most names with another word have beside it."""
        known: list[str] | None = self.memory.answers.get(("commonest", "", COMMONEST))
        if known is None:
            rows = [row for letter in ascii_lowercase for row in self._common(letter, COMMONEST // 8)]
            known = [row[0] for row in sorted(rows, key=lambda row: -row[2])[:COMMONEST]]
            self.memory.answers["commonest", "", COMMONEST] = known
        return known

    def _common(self, typed: str, most: int = COMMONEST) -> list[Any]:
        """The commonest words that a few letters begin."""
        return self.connection.execute(_COMMON[len(typed)], (typed,)).fetchmany(most)  # type: ignore[no-any-return]

    def _beginning(self, typed: str) -> list[Any]:
        """The words that `typed` begins, the commonest first: all of them, or more than are counted."""
        if len(typed) < len(_COMMON):
            rows = self._common(typed)
            if sum(row[2] for row in rows) > COUNTED:
                return rows
        return self.connection.execute(_BEGINNING, (typed, typed + END)).fetchall()  # type: ignore[no-any-return]
