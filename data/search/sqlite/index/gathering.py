"""All entries of all customers: gathered as the customers come, sorted by SQLite, packed.

Nearly everybody has a plain name: two or three words of letters. Such a customer is gathered as one row, of which
SQLite makes the entries that pair_entries would make: six times as few rows pass through Python.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from typing import Any

from data.search.sqlite.index.entries import (
    AT_PLACE,
    CITY,
    FIRST,
    ID_SHIFT,
    LAST,
    LONG_SHIFT,
    OTHER,
    STREET,
    ZIP,
    Kept,
    number_entries,
    pair_entries,
    phone_entries,
    plain_word,
    roles,
)
from data.search.sqlite.index.packing import insert, make_heap, pack
from data.search.sqlite.index.vocabulary import slip_rows
from data.search.words import place_word

ENTRY_TABLES = ("search_phone", "search_number", "search_pair")
WORD_TABLES = ("search_word", "search_slip")
KEYS = Kept._fields.index("keys")
NAMES = {"last": LAST, "first": FIRST, "other": OTHER}
PLACES = ("town", "street", "zip")
PLAIN = (
    "who",
    *[f"{name}{what}" for name in NAMES for what in ("", "_id")],
    *[f"{place}_id" for place in PLACES],
    "house",
)
PLAIN_IDS = tuple(at for at, column in enumerate(PLAIN) if column.endswith("_id"))
NOBODY = (None, None)
HEAPS = {"plain": ", ".join(PLAIN), "pair": "a, b, who", "phone": "back, who", "number": "key, who"}


def _pairs() -> str:
    """What selects the rows of search_pair in order from the heaps, whose names are to be filled in."""
    beside = [(one, other, roles(NAMES[one], NAMES[other])) for one, other in permutations(NAMES, 2)]
    beside += [("town", name, AT_PLACE) for name in NAMES]
    beside += [
        ("street", "house || ' ' || last", AT_PLACE),
        ("zip", "last || ' ' || first || ifnull(' ' || other, '')", AT_PLACE),
    ]
    plain = [
        f"SELECT {one}_id AS a, {other} AS b, who | {role} AS who FROM {{plain}} WHERE a IS NOT NULL AND b IS NOT NULL"
        for one, other, role in beside
    ]
    rows = " UNION ALL ".join((*plain, "SELECT a, b, who FROM {pair}"))
    return f"SELECT * FROM ({rows} LIMIT -1) ORDER BY a, b, who"  # without LIMIT each part is sorted, and then all


class Gathering:
    """Gathers entries in a schema of `connection`."""

    def __init__(self, connection: Any, schema: str = "temp") -> None:
        self._connection = connection
        self._schema = schema
        self._heaps = {name: make_heap(connection, name, columns, schema) for name, columns in HEAPS.items()}
        self._ids = _Ids()
        self._bearers: Counter[int | None] = Counter()  # of each word, by its id
        self._names = _Remembered(self._name)
        self._middles = _Remembered(self._middle)
        self._towns = _Remembered(lambda city: self._place(CITY, place_word(city)))
        self._streets = _Remembered(lambda street: self._place(STREET, street))
        self._zips = _Remembered(lambda zip: self._place(ZIP, zip[:5]))

    def add(self, batch: list[tuple[Any, ...]]) -> None:
        """Gathers the entries of some customers: rows of search_customer."""
        people, pairs, phones, numbers = [], [], [], []
        for row in batch:
            if person := self._person(row):
                people.append(person)
                who = person[0]
            else:
                kept = Kept._make(row)
                who = kept.who
                entries = [(self._ids[a], b, who) for a, b, who in pair_entries(kept)]
                self._bearers.update({a for a, _, _ in entries})
                pairs += entries
            if keys := row[KEYS]:
                phones += phone_entries(keys, who)
                numbers += number_entries(keys, who)
        if people:
            columns = list(zip(*people, strict=True))
            for at in PLAIN_IDS:
                self._bearers.update(columns[at])
        for name, rows in (("plain", people), ("pair", pairs), ("phone", phones), ("number", numbers)):
            insert(self._connection, self._heaps[name], rows)

    def complete(self) -> None:
        """Those were all."""

    def packed(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Packs all; tells in which schema which packed tables are as soon as they are there."""
        self.pack_entries()
        yield self._schema, ENTRY_TABLES
        self.pack_words(self._connection, self._schema)
        yield self._schema, WORD_TABLES

    def pack_entries(self) -> None:
        """Packs the tables of entries."""
        for known in (self._names, self._middles, self._towns, self._streets, self._zips):
            known.clear()
        self._pack("search_phone", "SELECT * FROM {phone} ORDER BY back, who", ("phone",))
        self._pack("search_number", "SELECT * FROM {number} ORDER BY key, who", ("number",))
        self._pack("search_pair", _pairs(), ("plain", "pair"))

    def pack_words(self, connection: Any, schema: str) -> None:
        """Packs the tables of words, in a schema of any connection."""
        pack(connection, "search_word", schema, map(self._word, sorted(self._ids)))
        self._bearers.clear()
        pack(connection, "search_slip", schema, slip_rows(self._ids))

    def close(self) -> None:
        """Nothing is left to let go of."""

    def _person(self, row: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """The row that is gathered of a customer with a plain name; None for any other."""
        id, first, middle, last, company, city, _, zip, street, _, account, status, _ = row
        if company or not (family := self._names[last]) or not (given := self._names[first]) or family == given:
            return None
        if not (other := self._middles[middle]):
            return None
        if other in (family, given):
            other = NOBODY
        who = id << ID_SHIFT | bool(middle) << LONG_SHIFT | (status == "closed" or not account)
        house, _, road = street.partition(" ")
        return (who, *family, *given, *other, self._towns[city], self._streets[road], self._zips[zip], house)

    def _name(self, name: str) -> tuple[str, int] | None:
        """The word of a plain name, and its id."""
        word = plain_word(name)
        return (word, self._ids[word]) if word else None

    def _middle(self, name: str) -> tuple[str | None, int | None] | None:
        """The same of a middle name, of which there may be none, or but an initial."""
        if not name or (len(name) == 1 and plain_word(name)):
            return NOBODY
        return self._name(name)

    def _place(self, kind: str, word: str) -> int | None:
        return self._ids[kind + word] if word else None

    def _word(self, word: str) -> tuple[str, int, int, int]:
        id = self._ids[word]
        bearers = self._bearers[id]
        return word, id, bearers, bearers.bit_length()

    def _pack(self, table: str, statement: str, heaps: Iterable[str]) -> None:
        pack(self._connection, table, self._schema, statement.format_map(self._heaps))
        for name in heaps:
            self._connection.execute(f"DROP TABLE {self._heaps[name]}")


class _Ids(dict[str, int]):
    """The words met so far, each with an id."""

    def __missing__(self, word: str) -> int:
        id = self[word] = len(self) + 1
        return id


class _Remembered(dict[str, Any]):
    """What a function made of each text that it was asked for."""

    def __init__(self, made: Callable[[str], Any]) -> None:
        self._made = made

    def __missing__(self, text: str) -> Any:
        made = self[text] = self._made(text)
        return made
