"""The likeliest plan for a file: by its headings, and by what stands below them. Pure.

A heading counts as long as the values do not speak against it; a column whose heading says nothing is taken for a
field only where nothing else looks like its values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.imports.dates import looks_like_date
from data.imports.fields import ADDRESSES, LOOKS, NAMES, PHONES, Field
from data.imports.headings import Heading, read_heading, vocabulary, words_of
from data.imports.looks import (
    UNMISTAKABLE,
    Test,
    is_bare_phone,
    is_plain_phone,
    is_several_words,
    is_whole_address,
    is_word,
    is_words,
    is_zip,
)
from data.imports.mapping import MARKS, Plan

LOOKED_AT = 200  # values of a column
MOST = 0.8  # share of values that must look like a field for a column without a heading to be taken for it
FEW = 0.3  # below it, a heading is not believed
RARELY_FILLED = 0.1  # of the best filled telephone column: such a one does not hold the lines' numbers
WELL_FILLED = 0.35  # share of rows that have a value, for one address to be preferred to another
_UNNAMED = re.compile(r"column \d+")


def propose(header: Sequence[str], sample: Sequence[Sequence[str]], *, named: bool = True) -> Plan:
    """The likeliest plan for a file with these headings and first rows; `named`: whether the headings are its own."""
    named = named and not all(_UNNAMED.fullmatch(name) for name in header if name not in MARKS)
    columns = [_Column.of(at, name, sample, named) for at, name in enumerate(header) if name not in MARKS]
    return _Proposal(columns, empty=not sample).make(named)


@dataclass
class _Column:
    """A column as it is looked at. `values`: some of them, no empty ones; `filled`: the share of rows with one."""

    index: int
    name: str
    heading: Heading
    values: list[str]
    filled: float
    _shares: dict[Test, float] = field(default_factory=dict)

    @classmethod
    def of(cls, index: int, name: str, sample: Sequence[Sequence[str]], named: bool) -> _Column:
        given = [row[index].strip() for row in sample if len(row) > index]
        values = [value for value in given if value]
        heading = read_heading(name) if named else Heading()
        return cls(index, name, heading, values[:LOOKED_AT], len(values) / max(len(given), 1))

    @property
    def is_off_limits(self) -> bool:
        """Whether its name keeps it from being taken for anything by its values."""
        return bool(vocabulary().never.intersection(words_of(self.name).split()))

    def mostly(self, looks: Test) -> bool:
        """Whether most values look so."""
        return self._share(looks) >= MOST

    def fits(self, wanted: Field) -> bool:
        """Whether the values do not speak against `wanted`."""
        looks = LOOKS.get(wanted)
        return looks is None or not self.values or self._share(looks) >= FEW

    def _share(self, looks: Test) -> float:
        if looks not in self._shares:
            self._shares[looks] = sum(map(looks, self.values)) / len(self.values) if self.values else 0.0
        return self._shares[looks]


class _Proposal:
    """Chooses column after column; what is chosen first is not chosen again. `empty`: the file has no rows."""

    def __init__(self, columns: list[_Column], *, empty: bool) -> None:
        self._columns = columns
        self._empty = empty
        self._chosen: dict[Field, int] = {}
        self._unsure: set[Field] = set()

    def make(self, named: bool) -> Plan:
        self._telephones()
        self._address()
        self._by_heading()
        self._names_together()
        self._by_values()
        self._around_the_state()
        if not named:
            self._bare_telephone()
            self._names_by_place()
        elif not self._chosen.keys() & set(NAMES):
            self._names_by_heading_alone()
        self._whole_address()
        return Plan(self._chosen, frozenset(self._unsure))

    def _choose(self, wanted: Field, column: _Column, *, sure: bool) -> None:
        self._chosen[wanted] = column.index
        if not sure:
            self._unsure.add(wanted)

    def _free(self) -> list[_Column]:
        taken = set(self._chosen.values())
        return [column for column in self._columns if column.index not in taken]

    def _telephones(self) -> None:
        """The three best telephone columns; the first holds the lines' own numbers."""
        found = [
            column
            for column in self._columns
            if (column.heading.field is Field.PHONE and (column.values or self._empty) and column.fits(Field.PHONE))
            or (column.heading.field is None and _is_unnamed_phone(column))
        ]
        rarely = RARELY_FILLED * max((column.filled for column in found), default=0.0)
        found.sort(key=lambda column: (column.filled < rarely, column.heading.rank, column.index))
        for wanted, column in zip(PHONES, found, strict=False):
            self._choose(wanted, column, sure=True)

    def _address(self) -> None:
        """The parts of one address, where a file has several; parts that it lacks may come from another place."""
        parts = [column for column in self._columns if column.heading.field in ADDRESSES]

        def worth(place: str) -> tuple[bool, int]:
            filled = max((column.filled for column in parts if column.heading.place == place), default=0.0)
            return filled > WELL_FILLED, -vocabulary().places.index(place) if place else 1

        for place in sorted({column.heading.place for column in parts}, key=worth, reverse=True):
            fits = {
                column.heading.field: column
                for column in reversed(parts)
                if column.heading.field and column.heading.place == place and column.fits(column.heading.field)
            }
            if not fits.keys() & self._chosen.keys():  # else it is another address, of which no part may join this one
                for wanted, column in fits.items():
                    self._choose(wanted, column, sure=True)

    def _by_heading(self) -> None:
        """Every other field by its heading: a sure one before a likely one, then the better filled."""
        rest = [column for column in self._free() if column.heading.field not in (None, Field.PHONE, *ADDRESSES)]
        rest.sort(key=lambda c: (not c.heading.sure, c.heading.place != "", -round(c.filled, 1), c.index))
        for column in rest:
            wanted = column.heading.field
            if wanted is None or wanted in self._chosen or not column.fits(wanted):
                continue
            if not (wanted is Field.ACCOUNT and _counts_the_rows(column)):
                self._choose(wanted, column, sure=column.heading.sure)

    def _names_together(self) -> None:
        """Without a last name: a first name of several words is all of the name, and a name beside it the last name."""
        first, name = (self._chosen_for(wanted) for wanted in (Field.FIRST_NAME, Field.NAME))
        if not first or Field.LAST_NAME in self._chosen:
            return
        if not name:
            if first.mostly(is_several_words):
                self._choose_instead(Field.NAME, Field.FIRST_NAME)
        elif name.mostly(lambda text: not set(first.values).isdisjoint(text.replace(",", " ").split())):
            del self._chosen[Field.FIRST_NAME]
        else:
            self._choose_instead(Field.LAST_NAME, Field.NAME)

    def _chosen_for(self, wanted: Field) -> _Column | None:
        at = self._chosen.get(wanted)
        return next((column for column in self._columns if column.index == at), None)

    def _choose_instead(self, wanted: Field, of: Field) -> None:
        self._chosen[wanted] = self._chosen.pop(of)
        if of in self._unsure:
            self._unsure = self._unsure - {of} | {wanted}

    def _by_values(self) -> None:
        """What no heading named and only one thing looks like."""
        for column in self._free():
            if column.heading.field or not column.values or column.is_off_limits:
                continue
            for wanted, looks in UNMISTAKABLE.items():
                if wanted not in self._chosen and column.mostly(looks):
                    self._choose(wanted, column, sure=False)
                    break

    def _around_the_state(self) -> None:
        """Beside a column of states stand the city, with or without its county, before it, and the ZIP, behind it."""
        state = self._chosen.get(Field.STATE, -9)
        self._take(Field.ZIP, state + 1, is_zip)
        if self._chosen.get(Field.STREET) == state - 3:
            self._take(Field.CITY, state - 2, is_words)
            self._take(Field.COUNTY, state - 1, is_words)
        self._take(Field.CITY, state - 1, is_words)

    def _take(self, wanted: Field, index: int, looks: Test) -> None:
        """Chooses the column at `index` for `wanted`, where both are free, no heading says otherwise and it fits."""
        column = next((one for one in self._free() if one.index == index and not one.heading.field), None)
        if column and wanted not in self._chosen and column.mostly(looks):
            self._choose(wanted, column, sure=False)

    def _bare_telephone(self) -> None:
        """Without headings: where no column has punctuated telephone numbers, one of ten bare digits holds them."""
        found = next((column for column in self._free() if column.mostly(is_bare_phone)), None)
        if found and Field.PHONE not in self._chosen:
            self._choose(Field.PHONE, found, sure=False)

    def _names_by_place(self) -> None:
        """Without headings: the first columns of words are the names, and behind a person's stands the company's."""
        words = [column for column in self._free() if column.mostly(is_words)]
        if len(words) > 1 and words[1].index == words[0].index + 1 and all(c.mostly(is_word) for c in words[:2]):
            self._choose(Field.FIRST_NAME, words[0], sure=False)
            self._choose(Field.LAST_NAME, words[1], sure=False)
            self._take(Field.COMPANY, words[1].index + 1, is_words)
        elif words:
            self._choose(Field.NAME, words[0], sure=False)

    def _names_by_heading_alone(self) -> None:
        """Where nothing looks like a name, what is called one is taken for it."""
        for column in self._free():
            wanted = column.heading.field
            if wanted in NAMES and wanted not in self._chosen:
                self._choose(wanted, column, sure=False)

    def _whole_address(self) -> None:
        """A street that holds whole addresses, where nothing else holds a city."""
        street = self._chosen_for(Field.STREET)
        apart = self._chosen.keys() & {Field.CITY, Field.ZIP, Field.ADDRESS}
        if street and not apart and street.mostly(is_whole_address):
            self._chosen[Field.ADDRESS] = self._chosen.pop(Field.STREET)


def _is_unnamed_phone(column: _Column) -> bool:
    """Telephone numbers by their look; bare digits alone may be anything."""
    return not column.is_off_limits and column.mostly(is_plain_phone) and not column.mostly(looks_like_date)


def _counts_the_rows(column: _Column) -> bool:
    """1, 2, 3, …: the rows counted, not the customers' numbers; unless the heading speaks of accounts."""
    counted = [str(number) for number in range(len(column.values) + 1)]
    return column.values in (counted[1:], counted[:-1]) and "account" not in words_of(column.name)
