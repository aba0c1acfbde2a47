"""The words that customers have, each with an id, and under what each is found: letters left out, its sound."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, combinations
from typing import Any

from metaphone import doublemetaphone

from data.search.scoring import SHORTEST_SLIP, SHORTEST_TWO_SLIPS
from data.search.sqlite.index.entries import PLACES, ZIP

STEM = 6  # letters of a word that letters are left out of: slips after them are seen by comparing the whole words
TYPED_STEMS = range(3, STEM)  # lengths of a word's beginning that it is also entered by, for who is still typing
BEGUN = "*"  # after a beginning among the words of a search_slip row
TWICE = "="  # before a key with two letters left out
SOUND = "^"  # before a key that is a sound
AT_ONCE = 500  # words looked up in one statement

# Whoever remembers what words mean, or whom they led to, looks whether these have changed; neither ever comes back to
# an earlier value.
NEW_GENERATION = "INSERT OR REPLACE INTO search_state VALUES ('words', lower(hex(randomblob(8))))"
NEW_ENTRIES = "INSERT OR REPLACE INTO search_state VALUES ('entries', lower(hex(randomblob(8))))"


def slip_keys(word: str) -> set[tuple[str, str]]:
    """Under what `word` is found though it was not typed so: (key, the word or a beginning of it)."""
    found = {(key, word) for key in word_keys(word)}
    found.update((key, beginning + BEGUN) for beginning in beginnings(word) for key in cuts(beginning))
    return found


def word_keys(word: str) -> set[str]:
    """The keys that lead to `word` itself."""
    return near_keys(word) | far_keys(word)


def near_keys(word: str) -> set[str]:
    """Those of one slip and of its sound."""
    if not _is_keyed(word):
        return set()
    mark, own = parted(word)
    return {*[mark + cut for cut in cuts(own[:STEM])], *[SOUND + mark + key for key in sounds(own)]}


def far_keys(word: str) -> set[str]:
    """Those of two slips."""
    mark, own = parted(word)
    if len(own) < SHORTEST_TWO_SLIPS or not _is_keyed(word):
        return set()
    return {TWICE + mark + cut for cut in double_cuts(own[:STEM])}


def parted(word: str) -> tuple[str, str]:
    """The mark of a place, "" before any other word, and the word without it."""
    return (word[0], word[1:]) if word[0] in PLACES else ("", word)


def _is_keyed(word: str) -> bool:
    return len(word) >= SHORTEST_SLIP and word[0] != ZIP and not word.isdigit()


def beginnings(word: str) -> list[str]:
    """The beginnings that `word` is also found by."""
    if word[0] in PLACES or word.isdigit():
        return []
    return [word[:length] for length in TYPED_STEMS if length < len(word)]


def cuts(text: str) -> set[str]:
    """`text` itself, and without each of its letters."""
    return {text, *[text[:at] + text[at + 1 :] for at in range(len(text))]}


def double_cuts(text: str) -> set[str]:
    """`text` without each two of its letters."""
    return {"".join(kept) for kept in combinations(text, len(text) - 2)}


def sounds(word: str) -> list[str]:
    """The Double Metaphone keys of `word`; none for what is not a plain word."""
    if not (word.isascii() and word.isalpha()) or len(word) < 2:
        return []
    return [key for key in dict.fromkeys(doublemetaphone(word)) if key]


def slip_rows(words: Collection[str]) -> Iterator[tuple[str, str]]:
    """The rows of search_slip for `words`: a key, then all that is found under it.

    In order but for where those of two slips end and the others begin, so that only half of them is in memory at once.
    """
    yield from _rows((word, far_keys(word)) for word in words)
    begun = dict.fromkeys(beginning for word in words for beginning in beginnings(word))
    near = ((word, near_keys(word)) for word in words)
    yield from _rows(chain(near, ((beginning + BEGUN, cuts(beginning)) for beginning in begun)))


def _rows(entered: Iterable[tuple[str, set[str]]]) -> Iterator[tuple[str, str]]:
    found: dict[str, str] = {}
    for word, keys in entered:
        for key in keys:
            led = found.get(key)
            found[key] = f"{led} {word}" if led else word
    return ((key, found[key]) for key in sorted(found))


def count_words(connection: Any, changes: Mapping[str, int]) -> tuple[dict[str, int], list[str]]:
    """Adds to how many customers have each word, and enters the words that are new.

    Returns the ids of all of them, and those that nobody has any more.
    """
    known = _known(connection, list(changes))
    ids = {word: id for word, (id, _) in known.items()}
    counted, graded, emptied = [], [], []
    for word, change in changes.items():
        if change and word in known:
            before = known[word][1]
            count = max(before + change, 0)
            if count.bit_length() == before.bit_length():  # the indexes stay as they are then
                counted.append((count, word))
            else:
                graded.append((count, count.bit_length(), word))
            if not count:
                emptied.append(word)
    if counted:
        connection.executemany("UPDATE search_word SET count = ? WHERE word = ?", counted)
    if graded:
        connection.executemany("UPDATE search_word SET count = ?, grade = ? WHERE word = ?", graded)
    if fresh := [(word, change) for word, change in changes.items() if change > 0 and word not in known]:
        ids |= _enter(connection, fresh)
    return ids, emptied


def _known(connection: Any, words: list[str]) -> dict[str, tuple[int, int]]:
    """The ids of those of `words` that are known, and how many customers have them."""
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(words), AT_ONCE):
        some = words[start : start + AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = connection.execute(f"SELECT word, id, count FROM search_word WHERE word IN ({marks})", some)
        found.update((word, (id, count)) for word, id, count in rows)
    return found


def _enter(connection: Any, fresh: list[tuple[str, int]]) -> dict[str, int]:
    first = next_id(connection)
    ids = {word: first + place for place, (word, _) in enumerate(fresh)}
    connection.executemany(
        "INSERT INTO search_word VALUES (?, ?, ?, ?)",
        [(word, ids[word], count, count.bit_length()) for word, count in fresh],
    )
    keep_next_id(connection, first + len(fresh))
    connection.executemany(
        "INSERT INTO search_slip VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET words = words || ' ' || excluded.words"
        " WHERE instr(' ' || words || ' ', ' ' || excluded.words || ' ') = 0",
        [pair for word in ids for pair in slip_keys(word)],
    )
    connection.execute(NEW_GENERATION)
    return ids


def next_id(connection: Any) -> int:
    """The id that the next new word is given."""
    row = connection.execute("SELECT value FROM search_state WHERE name = 'next word'").fetchone()
    return int(row[0]) if row else 1


def keep_next_id(connection: Any, id: int) -> None:
    connection.execute("INSERT OR REPLACE INTO search_state VALUES ('next word', ?)", (str(id),))


def forget_words(connection: Any, words: Iterable[str]) -> None:
    """Takes out those of `words` that nobody has any more, and what led to them and to no other."""
    gone = [
        word
        for word in words
        if connection.execute("DELETE FROM search_word WHERE word = ? AND count <= 0", (word,)).rowcount
    ]
    for word in gone:
        for key, led in slip_keys(word):
            if not (led.endswith(BEGUN) and _begins_another(connection, led[:-1])):
                _take_out(connection, key, led)
    if gone:
        connection.execute(NEW_GENERATION)


def _begins_another(connection: Any, beginning: str) -> bool:
    """Whether a word that is still there is entered by `beginning`."""
    row = connection.execute(
        "SELECT 1 FROM search_word WHERE word > ? AND word < ? AND word GLOB '*[^0-9]*' LIMIT 1",
        (beginning, beginning + "\U0010ffff"),
    ).fetchone()
    return row is not None


def _take_out(connection: Any, key: str, word: str) -> None:
    row = connection.execute("SELECT words FROM search_slip WHERE key = ?", (key,)).fetchone()
    left = [other for other in row[0].split() if other != word] if row else []
    if left:
        connection.execute("UPDATE search_slip SET words = ? WHERE key = ?", (" ".join(left), key))
    else:
        connection.execute("DELETE FROM search_slip WHERE key = ?", (key,))
