"""What a typed word may stand for: itself, a beginning, a slip of the finger, a sound, a nickname."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from data.search.results import COUNTED, Why
from data.search.scoring import (
    EXACT,
    INITIAL,
    MEANINGS,
    MEANINGS_FAR,
    NICKNAME,
    NICKNAME_SIBLING,
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
from data.search.sqlite.entries import CITY, STREET
from data.search.sqlite.vocabulary import STEM, cuts, sounds

END = "\U0010ffff"  # after everything that begins with what stands before it
ONLY = "!"  # sorts before every letter: a range up to word + ONLY is the word alone
BEGUN = 400  # words looked at for the commonest among them
REMEMBERED = 500  # typed words whose meanings are kept; some 5 KB each
INDEXED_LETTERS = 3  # a beginning this short is looked up by how common its words are


class Meaning(NamedTuple):
    """A word that a typed word may stand for; `open`: any word that begins with it will do.

    `bearers`: how many customers have the word.
    """

    word: str
    cost: float
    typed: str
    how: str
    bearers: int = 1
    open: bool = False

    @classmethod
    def exact(cls, typed: str) -> Meaning:
        return cls(typed, EXACT, typed, "name")

    @classmethod
    def beginning(cls, typed: str) -> Meaning:
        return cls(typed, EXACT, typed, "name", open=True)

    @property
    def span(self) -> tuple[str, str]:
        """The range of words that will do."""
        return self.word, self.word + (END if self.open else ONLY)

    @property
    def why(self) -> Why:
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


_NICKNAMES = """
    SELECT n.other, w.count, 0 FROM search_nickname n CROSS JOIN search_word w ON w.word = n.other WHERE n.name = ?1
    UNION ALL
    SELECT m.other, w.count, 1 FROM search_nickname n CROSS JOIN search_nickname m ON m.name = n.other
    CROSS JOIN search_word w ON w.word = m.other WHERE n.name = ?1 AND m.other <> ?1"""
_STEMS = "SELECT DISTINCT s.stem FROM json_each(?) v CROSS JOIN search_slip s ON s.cut = v.value"
_COUNTS = "SELECT w.word, w.count FROM json_each(?) v CROSS JOIN search_word w ON w.word = v.value"
_BEGUN = f"""
    SELECT w.word, w.count FROM json_each(?) v
    CROSS JOIN search_word w ON w.word >= v.value AND w.word < v.value || '{END}'"""
_SOUNDS = """
    SELECT w.word, w.count FROM json_each(?) v CROSS JOIN search_sound s ON s.key = v.value
    CROSS JOIN search_word w ON w.word = s.word"""


class Memory:
    """What words were found to mean, from one key to the next: forgotten when the store gains or loses a word.

    How many bear a word may have changed a little meanwhile; that moves nothing but the order of unlike names.
    """

    def __init__(self) -> None:
        self._generation: str | None = None
        self._meanings: dict[tuple[str, int], list[Meaning]] = {}

    def of(self, connection: Any) -> dict[tuple[str, int], list[Meaning]]:
        """The memory that is good for the store as `connection` sees it."""
        row = connection.execute("SELECT value FROM search_state WHERE name = 'words'").fetchone()
        generation = row[0] if row else None
        if generation != self._generation or len(self._meanings) > REMEMBERED:
            self._generation, self._meanings = generation, {}
        return self._meanings


class Lexicon:
    """The store's words, asked over one connection for one search."""

    def __init__(self, connection: Any, memory: Memory) -> None:
        self.connection = connection
        self._memory = memory.of(connection)

    def counts(self, words: list[str]) -> dict[str, int]:
        """How many customers have each of `words`; those that nobody has are left out."""
        return dict(self.connection.execute(_COUNTS, (json.dumps(words, ensure_ascii=False),)))

    def begun(self, texts: list[str], most: int) -> list[str]:
        """The commonest words that one of `texts` begins."""
        rows = self.connection.execute(_BEGUN, (json.dumps(texts, ensure_ascii=False),)).fetchmany(BEGUN)
        return [word for word, _ in sorted(rows, key=lambda row: -row[1])[:most]]

    def nicknames(self, typed: str) -> list[Meaning]:
        """What who is called `typed` may be called in full, and the other way round; then what both are short for."""
        known = self._memory.get((typed, 0))
        if known is None:
            known = self._memory[typed, 0] = self._find_nicknames(typed)
        return known

    def _find_nicknames(self, typed: str) -> list[Meaning]:
        found: dict[str, Meaning] = {}
        for word, count, sibling in self.connection.execute(_NICKNAMES, (typed,)):
            cost = NICKNAME_SIBLING if sibling else NICKNAME
            if word not in found or cost < found[word].cost:
                found[word] = Meaning(word, cost, typed, "nickname", count)
        return sorted(found.values(), key=_order)

    def like(self, typed: str, most_slips: int = 1) -> list[Meaning]:
        """Words that `typed` may stand for though it is not their beginning: slips, sounds; the likeliest first.

        With two `most_slips`, only what takes two. A meaning that is `open` is a beginning with a slip in it.
        """
        known = self._memory.get((typed, most_slips))
        if known is None:
            known = self._memory[typed, most_slips] = self._find_like(typed, most_slips)
        return known

    def _find_like(self, typed: str, most_slips: int) -> list[Meaning]:
        if len(typed) < (SHORTEST_SLIP if most_slips == 1 else SHORTEST_TWO_SLIPS):
            return []
        stems = [row[0] for row in self.connection.execute(_STEMS, (_cuts_json(typed[:STEM], most_slips),))]
        counts = self._with_stems(typed, stems)
        found = {
            word: Meaning(word, slip_cost(typed, word, distance), typed, f"like {typed}", counts[word])
            for word, distance in within_slips(typed, list(counts), most_slips)
            if distance == most_slips
        }
        if most_slips == 1:
            self._add_sounds(typed, found)
        meanings = sorted(found.values(), key=_order)[: MEANINGS if most_slips == 1 else MEANINGS_FAR]
        return meanings + (_begun(typed, stems, counts) if most_slips == 1 else [])

    def _with_stems(self, typed: str, stems: list[str]) -> dict[str, int]:
        """The words that begin with one of `stems`, or are one that is short, with their bearers."""
        long = [stem for stem in stems if len(stem) == STEM]
        short = [stem for stem in stems if len(stem) < STEM]
        found = self.counts(short) if short else {}
        if long:
            found |= dict(self.connection.execute(_BEGUN, (json.dumps(long, ensure_ascii=False),)))
        mark = typed[0] if typed[0] in (CITY, STREET) else ""
        return {word: count for word, count in found.items() if (word[0] if word[0] in (CITY, STREET) else "") == mark}

    def _add_sounds(self, typed: str, found: dict[str, Meaning]) -> None:
        keys = sounds(typed)
        if not keys:
            return
        counts = dict(self.connection.execute(_SOUNDS, (json.dumps(keys),)))
        counts.pop(typed, None)
        for word, cost in sounding_alike(typed, list(counts)):
            if word not in found or cost < found[word].cost:
                found[word] = Meaning(word, cost, typed, f"sounds like {typed}", counts[word])

    def plain(self, typed: str, most: int = 20) -> list[Meaning]:
        """`typed` itself, and the words that it begins, the commonest first, until they are more than are counted."""
        found: list[Meaning] = []
        counted = 0
        for word, count in self._beginning(typed):
            if word == typed:
                found.insert(0, Meaning(word, EXACT, typed, "name", count))
            else:
                found.append(Meaning(word, beginning_cost(typed, word), typed, "name", count))
            counted += count
            if counted > COUNTED and len(found) >= most:
                break
        if not found or found[0].word != typed:
            own = self.connection.execute("SELECT count FROM search_word WHERE word = ?", (typed,)).fetchone()
            if own:
                found.insert(0, Meaning(typed, EXACT, typed, "name", own[0]))
        exact = found[:1] if found and found[0].word == typed else []
        return exact + sorted(found[len(exact) :], key=lambda meaning: meaning.order)

    def _beginning(self, typed: str) -> Any:
        if len(typed) <= INDEXED_LETTERS:
            return self.connection.execute(
                f"SELECT word, count FROM search_word WHERE substr(word, 1, {len(typed)}) = ? ORDER BY grade DESC",
                (typed,),
            )
        return self.connection.execute(
            "SELECT word, count FROM search_word WHERE word >= ? AND word < ? ORDER BY count DESC",
            (typed, typed + END),
        )


def _order(meaning: Meaning) -> tuple[float, str]:
    return meaning.order, meaning.word


@lru_cache(maxsize=256)
def _cuts_json(stem: str, most: int) -> str:
    return json.dumps(sorted(cuts(stem, most)), ensure_ascii=False)


def _begun(typed: str, stems: list[str], counts: dict[str, int]) -> list[Meaning]:
    """Beginnings that `typed` is one slip from, for who is still typing; past the stems' length, whole words."""
    if len(typed) <= SHORTEST_SLIP:
        return []
    how = f"like {typed}"
    if len(typed) < STEM:
        near = [stem for stem in stems if abs(len(stem) - len(typed)) <= 1]
        found = [
            Meaning(stem, slip_cost(typed, stem, 1) + SLIP_AND_PREFIX, typed, how, 1, True)
            for stem, distance in within_slips(typed, near, 1)
            if distance == 1
        ]
    else:
        found = [
            Meaning(word, slip_cost(typed, head, 1) + SLIP_AND_PREFIX + beginning_cost(head, word), typed, how, count)
            for head, word, count in _near_heads(typed, counts)
        ]
    return sorted(found, key=_order)[:MEANINGS]


def _near_heads(typed: str, counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """Longer words with the beginning that `typed` is one slip from: (the beginning, the word, its bearers)."""
    longer = [(word, count) for word, count in counts.items() if len(word) > len(typed)]
    found: dict[str, tuple[str, str, int]] = {}
    for more in (0, 1, -1):
        length = len(typed) + more
        near = {head for head, _ in within_slips(typed, list({word[:length] for word, _ in longer}), 1)}
        for word, count in longer:
            if word[:length] in near and word != word[:length]:
                found.setdefault(word, (word[:length], word, count))
    return list(found.values())
