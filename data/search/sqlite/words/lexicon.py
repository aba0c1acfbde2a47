"""The store's words, asked for one search: who has them, and which a typed word may stand for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from heapq import nsmallest
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
    in_order,
)
from data.search.spelling import heard
from data.search.sqlite.index.entries import CITY, Kept
from data.search.sqlite.index.tables import COMMON
from data.search.sqlite.lists import listed
from data.search.sqlite.words.meanings import END, Meaning, Word, WordRow, beginning_cost, by_order
from data.search.sqlite.words.memory import Remembered
from data.search.sqlite.words.near import (
    Near,
    far_typed_keys,
    one_slip_from,
    said_alike,
    sound_keys,
    two_slips_from,
    typed_keys,
)

NICKNAMES = 32  # that a name is taken for; Robert has 144, by way of all that Bob and Bert are short for
CONSIDERED = 3  # times as many words as one is taken for are looked up, the likest; the commonest of them are taken
COMMONEST = 120  # words that a beginning of a few letters is taken for; enough for a page of any
_KEPT = "SELECT * FROM search_customer WHERE id IN ({marks})"
_CUSTOMERS = "SELECT ifnull(max(id), 0) FROM search_customer"
_KNOWN = "SELECT word, id, count FROM search_word WHERE word IN ({marks})"
_LED = "SELECT key, words FROM search_slip WHERE key IN ({marks})"
_BEGINNING = "SELECT word, id, count FROM search_word WHERE word >= ? AND word < ? ORDER BY count DESC"
_BEGINS = "SELECT 1 FROM search_word WHERE word >= ? AND word < ? LIMIT 1"
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

    def customers(self) -> int:
        """How many customers there are, or were once; nearly."""
        key = ("customers", "", 0)
        known: int | None = self.memory.answers.get(key)
        if known is None:
            known = self.memory.answers[key] = self.connection.execute(_CUSTOMERS).fetchone()[0]
        return known

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

    def themselves(self, typed: Collection[str]) -> dict[str, Meaning]:
        """Those of `typed` that are words somebody has, each taken for itself."""
        return {word: Meaning(word, EXACT, word, "name", bearers, id=id) for word, id, bearers in self._rows(typed)}

    def begins(self, typed: str) -> bool:
        """Whether `typed` begins a word that somebody has."""
        counts, key = self.memory.counts, ("begins", typed)
        if key not in counts:
            counts[key] = len(self.connection.execute(_BEGINS, (typed, typed + END)).fetchall())
        return bool(counts[key])

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

        With two `most_slips`, only what takes two; a place, whose name begins with its mark, by its sound only then.
        """
        known = self.memory.near.get((typed, most_slips))
        if known is None:
            known = self.memory.near[typed, most_slips] = self._find_near(typed, most_slips)
        return known

    def _find_near(self, typed: str, most_slips: int) -> Near:
        keys = typed_keys(typed) if most_slips == 1 else far_typed_keys(typed)
        led = listed(self.connection, _LED, keys) if keys else ()
        return one_slip_from(typed, led) if most_slips == 1 else two_slips_from(typed, led)

    def said_alike(self, typed: str) -> Near:
        """The words that are said just as `typed` is; quicker to find than all that are near it."""
        known: Near | None = self.memory.answers.get(("said", typed, 0))
        if known is None:
            led = listed(self.connection, _LED, sound_keys(typed))
            known = self.memory.answers["said", typed, 0] = said_alike(typed, led)
        return known

    def like(self, typed: str, most_slips: int = 1) -> list[Meaning]:
        """The likeliest words that are near `typed`, then the likeliest longer ones whose beginning is."""
        known = self._meanings.get((typed, -most_slips))
        if known is None:
            near = self.near(typed, most_slips)
            longer = self._likeliest(near, near.longer, MEANINGS) + near.beginnings()
            longer = sorted(longer, key=by_order)[:MEANINGS]
            known = self._meanings[typed, -most_slips] = self.whole(typed, most_slips) + longer
        return known

    def whole(self, typed: str, most_slips: int = 1) -> list[Meaning]:
        """The likeliest words that are near `typed`."""
        known = self._meanings.get((typed, most_slips))
        if known is None:
            near, most = self.near(typed, most_slips), MEANINGS if most_slips == 1 else MEANINGS_FAR
            known = self._meanings[typed, most_slips] = self._likeliest(near, near.whole, most)
        return known

    def _likeliest(self, near: Near, costs: dict[str, float], most: int) -> list[Meaning]:
        """The likeliest words of those in `costs`, which are of `near`."""
        words: Collection[str] = costs
        if len(costs) > CONSIDERED * most:
            words = [word for _, word in nsmallest(CONSIDERED * most, [(cost, word) for word, cost in costs.items()])]
        ordered = sorted(
            [(in_order(costs[word], bearers), word, id, bearers) for word, id, bearers in self._rows(words)]
        )
        return [near.meaning(word, bearers, id) for _, word, id, bearers in ordered[:most]]

    def cities(self, typed: str) -> list[Meaning]:
        """The city that `typed` names."""
        known = self.known([CITY + typed]).values()
        return [Meaning(word, PLACE, typed, "city", bearers, id=id) for word, id, bearers in known]

    def cities_like(self, typed: str) -> list[Meaning]:
        """The cities that `typed` may stand for though it does not name them."""
        known: list[Meaning] | None = self.memory.answers.get(("cities like", typed, 0))
        if known is None:
            how = f"city like {typed}"
            known = self.memory.answers["cities like", typed, 0] = [
                Meaning(one.word, one.cost + PLACE + PLACE_NEARLY, typed, how, one.bearers, one.open, one.id)
                for one in self.like(CITY + typed)
            ]
        return known

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
        own = self.themselves([typed]).values()
        found: list[tuple[float, str, float, int, int]] = []
        counted = 0
        for word, id, bearers in self._beginning(typed, most):
            if word != typed:
                cost = beginning_cost(typed, word, ended=ended)
                found.append((in_order(cost, bearers), word, cost, bearers, id))
            counted += bearers
            if counted > COUNTED and len(found) >= most:
                break
        found.sort()
        return [*own, *[Meaning(word, cost, typed, "name", bearers, False, id) for _, word, cost, bearers, id in found]]

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

    def _common(self, typed: str, most: int) -> list[WordRow]:
        """The commonest words that a few letters begin."""
        return self.connection.execute(_COMMON[len(typed)], (typed,)).fetchmany(most)  # type: ignore[no-any-return]

    def _beginning(self, typed: str, most: int) -> Iterable[WordRow]:
        """The words that `typed` begins, the commonest first: all, or `most` where these are enough."""
        if not self.all_begun(typed):
            rows = self._common(typed, most + 1)
            if sum([row[2] for row in rows]) > COUNTED:
                return rows
        return self.connection.execute(_BEGINNING, (typed, typed + END))  # type: ignore[no-any-return]
