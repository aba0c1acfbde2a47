"""The words that customers have, and under what each is found: its stems with letters left out, its sound."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from metaphone import doublemetaphone

from data.search.scoring import SHORTEST_SLIP, SHORTEST_TWO_SLIPS
from data.search.sqlite.entries import CITY, STREET

STEM = 6  # letters of a word that are entered: slips after them are seen by comparing the whole words
TYPED_STEMS = range(3, STEM)  # lengths of a word's beginning that it is also entered by, for who is still typing


def stems(word: str) -> list[tuple[str, int]]:
    """The beginnings that `word` is entered by, each with how many letters may be left out of it."""
    if word.isdigit():
        return []
    place = word[0] in (CITY, STREET)
    most = 1 if place else 2
    own = word[:STEM]
    if len(word) < SHORTEST_SLIP:
        return []
    found = [(own, most if len(own) >= SHORTEST_TWO_SLIPS else 1)]
    if not place:
        found += [(word[:length], 1) for length in TYPED_STEMS if length < len(own)]
    return found


def cuts(text: str, most: int) -> set[str]:
    """`text` with up to `most` letters left out, itself included."""
    found = {text}
    for count in range(1, most + 1):
        for kept in combinations(text, len(text) - count):
            found.add("".join(kept))
    return found


def sounds(word: str) -> list[str]:
    """The Double Metaphone keys of `word`; none for what is not a plain word."""
    if not (word.isascii() and word.isalpha()) or len(word) < 2:
        return []
    return [key for key in dict.fromkeys(doublemetaphone(word)) if key]


# Whoever remembers what words mean looks whether this has changed; it never comes back to an earlier value.
NEW_GENERATION = "INSERT OR REPLACE INTO search_state VALUES ('words', lower(hex(randomblob(8))))"

# The same for many stems at once: search_stem holds (stem, most).
CUTS = """
    WITH place(n) AS (VALUES (1), (2), (3), (4), (5), (6))
    SELECT stem AS cut, stem FROM search_stem
    UNION SELECT substr(stem, 1, i.n - 1) || substr(stem, i.n + 1), stem FROM search_stem
        JOIN place i ON i.n <= length(stem) WHERE most >= 1
    UNION SELECT substr(stem, 1, i.n - 1) || substr(stem, i.n + 1, j.n - i.n - 1) || substr(stem, j.n + 1), stem
        FROM search_stem JOIN place i JOIN place j ON i.n < j.n AND j.n <= length(stem) WHERE most >= 2"""


def slip_rows(word: str) -> set[tuple[str, str]]:
    """The rows of search_slip that `word` needs; beginnings are shared with other words."""
    return {(cut, stem) for stem, most in stems(word) for cut in cuts(stem, most)}


def count_words(connection: Any, changes: dict[str, int]) -> None:
    """Adds to how many customers have each word; a word that is new is entered, one that nobody has is taken out."""
    changed = False
    for word, change in changes.items():
        if not change:
            continue
        row = connection.execute("SELECT count FROM search_word WHERE word = ?", (word,)).fetchone()
        count = (row[0] if row else 0) + change
        if count <= 0:
            connection.execute("DELETE FROM search_word WHERE word = ?", (word,))
            _forget(connection, word)
        elif row and row[0].bit_length() == count.bit_length():
            connection.execute("UPDATE search_word SET count = ? WHERE word = ?", (count, word))
        else:
            connection.execute("INSERT OR REPLACE INTO search_word VALUES (?, ?, ?)", (word, count, count.bit_length()))
        if not row:
            enter(connection, [word])
        if not row or count <= 0:
            changed = True
    if changed:
        connection.execute(NEW_GENERATION)


def enter(connection: Any, words: Iterable[str]) -> None:
    """Enters what slips and sounds lead to `words`."""
    for word in words:
        connection.executemany("INSERT OR IGNORE INTO search_slip VALUES (?, ?)", slip_rows(word))
        connection.executemany("INSERT INTO search_sound VALUES (?, ?)", [(key, word) for key in sounds(word)])


def _forget(connection: Any, word: str) -> None:
    """Takes out what led to `word` and to no other word."""
    connection.executemany("DELETE FROM search_sound WHERE key = ? AND word = ?", [(key, word) for key in sounds(word)])
    needed: set[tuple[str, str]] = set()
    for stem, _ in stems(word):
        for (other,) in connection.execute(
            "SELECT word FROM search_word WHERE word >= ? AND word < ? LIMIT 50", (stem, stem + "\U0010ffff")
        ):
            needed |= {(cut, kept) for cut, kept in slip_rows(other) if kept == stem}
    connection.executemany("DELETE FROM search_slip WHERE cut = ? AND stem = ?", slip_rows(word) - needed)
