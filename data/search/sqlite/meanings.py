"""What a typed word may stand for: itself, a beginning, a slip of the finger, a sound, a nickname."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from data.search.ranking import Row
from data.search.results import COUNTED, Why
from data.search.scoring import (
    EXACT,
    INITIAL,
    MEANINGS,
    MEANINGS_FAR,
    NICKNAME,
    NICKNAME_SIBLING,
    PLACE,
    PREFIX,
    PREFIX_LETTER,
    SHORTEST_SLIP,
    SHORTEST_TWO_SLIPS,
    SLIP_AND_PREFIX,
    in_order,
    slip_cost,
    sounding_alike,
    within_slips,
)
from data.search.sqlite.entries import CITY, PLACES, Kept
from data.search.sqlite.lists import listed
from data.search.sqlite.tables import COMMON
from data.search.sqlite.vocabulary import BEGUN, SOUND, STEM, TWICE, cuts, sounds

END = "\U0010ffff"  # after everything that begins with what stands before it
ONLY = "!"  # sorts before every letter: a range up to word + ONLY is the word alone
REMEMBERED = 500  # typed words whose meanings are kept, some 5 KB each, and answers
REMEMBERED_ROWS = 5_000  # customers whose rows are kept, some 700 bytes each
COMMONEST = 120  # words that a beginning of a few letters is taken for; enough for a page of any


class Meaning(NamedTuple):
    """A word that a typed word may stand for; `open`: any word that begins with it will do.

    `bearers`: how many customers have the word; `id`: the word's, 0 where it is not one that somebody has.
    """

    word: str
    cost: float
    typed: str
    how: str
    bearers: int = 1
    open: bool = False
    id: int = 0

    @classmethod
    def beginning(cls, typed: str) -> Meaning:
        return cls(typed, EXACT, typed, "name", open=True)

    @property
    def span(self) -> tuple[str, str]:
        """The range of words that will do."""
        return self.word, self.word + (END if self.open else ONLY)

    @property
    def why(self) -> Why:
        if self.word[0] in PLACES:
            return Why(self.how, self.word[1:], self.typed, "city" if self.word[0] == CITY else "")
        return Why(self.how, self.word, self.typed)

    @property
    def order(self) -> float:
        return in_order(self.cost, self.bearers)

    def reached(self, word: str) -> Meaning:
        """This meaning, where `word` is what it led to."""
        if not self.open or word == self.word:
            return self
        return self._replace(word=word, cost=self.cost + beginning_cost(self.word, word), open=False)


def beginning_cost(typed: str, word: str) -> float:
    """What it costs that `typed` is only the beginning of `word`."""
    missing = len(word) - len(typed)
    return (INITIAL if len(typed) == 1 else PREFIX) + PREFIX_LETTER * missing


class Word(NamedTuple):
    """A word of the store. `bearers`: how many customers have it."""

    word: str
    id: int
    bearers: int


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


class Memory:
    """What was found out, from one key to the next.

    `meanings` is forgotten when the store gains or loses a word: how many bear a word may have changed a little, which
    moves nothing but the order of unlike names. `answers`, `rows` are forgotten when anything of the index has changed.
    """

    def __init__(self) -> None:
        self._words: str | None = None
        self._entries: str | None = None
        self.meanings: dict[tuple[str, int], list[Meaning]] = {}
        self.answers: dict[tuple[str, int], Any] = {}
        self.rows: dict[int, Row] = {}

    def current(self, connection: Any) -> Memory:
        """The memory that is good for the store as `connection` sees it."""
        now = dict(connection.execute("SELECT name, value FROM search_state WHERE name IN ('entries', 'words')"))
        if now.get("words") != self._words or len(self.meanings) > REMEMBERED:
            self._words, self.meanings = now.get("words"), {}
        if now.get("entries") != self._entries:
            self._entries, self.answers, self.rows = now.get("entries"), {}, {}
        if len(self.answers) > REMEMBERED:
            self.answers = {}
        if len(self.rows) > REMEMBERED_ROWS:
            self.rows = {}
        return self


class Lexicon:
    """The store's words, asked over one connection for one search."""

    def __init__(self, connection: Any, memory: Memory) -> None:
        self.connection = connection
        self.memory = memory.current(connection)
        self._meanings = self.memory.meanings

    def known(self, words: Collection[str]) -> dict[str, Word]:
        """Those of `words` that somebody has."""
        if not words:
            return {}
        return {row[0]: Word._make(row) for row in listed(self.connection, _KNOWN, words)}

    def kept(self, customers: Collection[int]) -> list[Kept]:
        """What the index keeps of `customers`."""
        return list(map(Kept._make, listed(self.connection, _KEPT, customers))) if customers else []

    def themselves(self, typed: Collection[str]) -> dict[str, Meaning]:
        """Those of `typed` that are words somebody has, each taken for itself."""
        return {
            word: Meaning(word, EXACT, word, "name", bearers, id=id) for word, id, bearers in self.known(typed).values()
        }

    def begun(self, text: str, most: int) -> list[Word]:
        """The commonest words that `text` begins."""
        return list(map(Word._make, self.connection.execute(_BEGINNING, (text, text + END)).fetchmany(most)))

    def nicknames(self, typed: str) -> list[Meaning]:
        """What who is called `typed` may be called in full, and the other way round; then what both are short for."""
        known = self._meanings.get((typed, 0))
        if known is None:
            known = self._meanings[typed, 0] = self._find_nicknames(typed)
        return known

    def _find_nicknames(self, typed: str) -> list[Meaning]:
        found: dict[str, Meaning] = {}
        for word, id, count, sibling in self.connection.execute(_NICKNAMES, (typed,)):
            cost = NICKNAME_SIBLING if sibling else NICKNAME
            if word not in found or cost < found[word].cost:
                found[word] = Meaning(word, cost, typed, "nickname", count, id=id)
        return sorted(found.values(), key=_order)

    def like(self, typed: str, most_slips: int = 1) -> list[Meaning]:
        """Words that `typed` may stand for though it is not their beginning: slips, sounds; the likeliest first.

        With two `most_slips`, only what takes two. A meaning that is `open` is a beginning with a slip in it.
        A place's name begins with its mark.
        """
        known = self._meanings.get((typed, most_slips))
        if known is None:
            known = self._meanings[typed, most_slips] = self._find_like(typed, most_slips)
        return known

    def _find_like(self, typed: str, most_slips: int) -> list[Meaning]:
        if len(typed) < (SHORTEST_SLIP if most_slips == 1 else SHORTEST_TWO_SLIPS):
            return []
        words, begun, sounding = self._led_to(typed, most_slips)
        how = f"like {typed}"
        costs = {
            word: (slip_cost(typed, word, distance), typed, how)
            for word, distance in within_slips(typed, words, most_slips)
            if distance == most_slips
        }
        heads: dict[str, float] = {}
        if most_slips == 1:
            for word, cost in sounding_alike(typed, sounding):
                if word not in costs or cost < costs[word][0]:
                    costs[word] = cost, typed, f"sounds like {typed}"
            heads = _heads(typed, words)
        known = self.known({*costs, *heads})
        found = [Meaning(word, *costs[word], bearers, id=id) for word, id, bearers in known.values() if word in costs]
        found = sorted(found, key=_order)[: MEANINGS if most_slips == 1 else MEANINGS_FAR]
        if most_slips == 2:
            return found
        longer = [
            Meaning(word, heads[word], typed, how, bearers, id=id)
            for word, id, bearers in known.values()
            if word in heads
        ]
        return found + sorted(longer + _beginnings(typed, begun), key=_order)[:MEANINGS]

    def cities(self, typed: str) -> list[Meaning]:
        """The city that `typed` names."""
        known = self.known([CITY + typed]).values()
        return [Meaning(word, PLACE, typed, "city", bearers, id=id) for word, id, bearers in known]

    def cities_like(self, typed: str) -> list[Meaning]:
        """The cities that `typed` may stand for though it does not name them."""
        return [
            meaning._replace(cost=meaning.cost + PLACE, typed=typed, how=f"city like {typed}")
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
        return [word for word in words if word[-1] != BEGUN], begun, [word for word in sounding if word != typed]

    def plain(self, typed: str, most: int = 20) -> list[Meaning]:
        """`typed` itself, and the words that it begins, the commonest first, until they are more than are counted."""
        known: list[Meaning] | None = self.memory.answers.get((typed, -most))
        if known is None:
            known = self.memory.answers[typed, -most] = self._find_plain(typed, most)
        return known

    def _find_plain(self, typed: str, most: int) -> list[Meaning]:
        found: list[Meaning] = []
        counted = 0
        exact: list[Meaning] = []
        for word, id, count in self._beginning(typed):
            if word == typed:
                exact = [Meaning(word, EXACT, typed, "name", count, id=id)]
            else:
                found.append(Meaning(word, beginning_cost(typed, word), typed, "name", count, id=id))
            counted += count
            if counted > COUNTED and len(found) >= most:
                break
        if not exact and (own := self.known([typed]).get(typed)):
            exact = [Meaning(typed, EXACT, typed, "name", own.bearers, id=own.id)]
        return exact + sorted(found, key=_order)

    def _beginning(self, typed: str) -> list[Any]:
        """The words that `typed` begins, the commonest first: all of them, or more than are counted."""
        if len(typed) < len(_COMMON):
            rows = self.connection.execute(_COMMON[len(typed)], (typed,)).fetchmany(COMMONEST)
            if sum(row[2] for row in rows) > COUNTED:
                return rows  # type: ignore[no-any-return]
        return self.connection.execute(_BEGINNING, (typed, typed + END)).fetchall()  # type: ignore[no-any-return]


def _order(meaning: Meaning) -> tuple[float, str]:
    return meaning.order, meaning.word


def typed_keys(typed: str, most_slips: int) -> set[str]:
    """The keys of search_slip that lead to what `typed` may stand for."""
    mark = typed[0] if typed[0] in PLACES else ""
    own = typed[len(mark) :][:STEM]
    near = cuts(own, 1)
    if most_slips == 2:
        near |= cuts(own, 2)
        return near | {TWICE + cut for cut in near}
    return {mark + cut for cut in near} if mark else near | {SOUND + key for key in sounds(typed)}


def _beginnings(typed: str, begun: list[str]) -> list[Meaning]:
    """The beginnings that `typed` is one slip from, for who is still typing the first letters."""
    if not SHORTEST_SLIP < len(typed) < STEM:
        return []
    near = [beginning for beginning in begun if abs(len(beginning) - len(typed)) <= 1]
    return [
        Meaning(beginning, slip_cost(typed, beginning, 1) + SLIP_AND_PREFIX, typed, f"like {typed}", open=True)
        for beginning, distance in within_slips(typed, near, 1)
        if distance == 1
    ]


def _heads(typed: str, words: list[str]) -> dict[str, float]:
    """Longer words, for who types on, whose beginning `typed` is one slip from, each with its cost."""
    longer = [word for word in words if len(word) > len(typed)] if len(typed) >= STEM else []
    found: dict[str, float] = {}
    for more in (0, 1, -1) if longer else ():
        length = len(typed) + more
        near = {head for head, slips in within_slips(typed, list({word[:length] for word in longer}), 1) if slips}
        for word in longer:
            head = word[:length]
            if word not in found and head != word and head in near:
                found[word] = slip_cost(typed, head, 1) + SLIP_AND_PREFIX + beginning_cost(head, word)
    return found
