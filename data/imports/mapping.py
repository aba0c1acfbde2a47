"""Which column holds which field: by the headings, and by what stands below them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.customers.fields import STATES
from data.errors import Misused
from data.identifiers import iccid_checks, parse_iccid, parse_imei, parse_mdn
from data.imports.dates import looks_like_date
from data.imports.fields import ADDRESSES, LOOKS, NAMES, PHONES, Field, looks_like_email, looks_like_phone
from data.imports.headings import Heading, read_heading, vocabulary, words_of

MARKS = ("careline_line", "careline_reason")  # our columns in a file of rejected rows; they hold nothing of a customer
_STREET = re.compile(r"\d+\w? (?:[NSEW]{1,2}\.? )?[A-Za-z][A-Za-z.' -]+(?:#?\w+)?")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_UNNAMED = re.compile(r"column \d+")
LOOKED_AT = 200  # values of a column
MOST = 0.8  # share of values that must look like a field for a column without a heading to be taken for it
FEW = 0.3  # below it, a heading is not believed
RARELY_FILLED = 0.1  # of the best filled telephone column: such a one does not hold the lines' numbers


@dataclass(frozen=True)
class Plan:
    """`columns`: field → index of its column. `unsure`: fields that were guessed and deserve a look."""

    columns: Mapping[Field, int]
    unsure: frozenset[Field] = frozenset()

    def column_of(self, wanted: Field) -> int | None:
        """The index of the field's column, None where it has none."""
        return self.columns.get(wanted)


@dataclass
class _Column:
    """A column as it is looked at: its heading read, its values without the empty ones."""

    index: int
    name: str
    heading: Heading
    values: list[str]
    count: int
    shares: dict[str, float] = field(default_factory=dict)

    def share(self, name: str, looks: Callable[[str], bool]) -> float:
        """Share of the values that look so."""
        if name not in self.shares:
            self.shares[name] = sum(map(looks, self.values)) / len(self.values) if self.values else 0.0
        return self.shares[name]

    def fits(self, wanted: Field) -> bool:
        """Whether the values do not speak against `wanted`."""
        looks = LOOKS.get(wanted)
        return looks is None or not self.values or self.share(wanted, looks) >= FEW

    @property
    def is_off_limits(self) -> bool:
        """Whether its name keeps it from being taken for anything by its values."""
        return bool(vocabulary().never.intersection(words_of(self.name).split()))

    @property
    def filled(self) -> float:
        return len(self.values) / self.count if self.count else 0.0


def propose(header: Sequence[str], sample: Sequence[Sequence[str]], *, named: bool = True) -> Plan:
    """The likeliest plan for a file with these headings and first rows."""
    named = named and not all(_UNNAMED.fullmatch(name) for name in header if name not in MARKS)
    columns = [_look(index, name, sample, named) for index, name in enumerate(header) if name not in MARKS]
    chosen: dict[Field, int] = {}
    unsure: set[Field] = set()
    _choose_phones(columns, chosen, sample)
    _choose_addresses(columns, chosen)
    _choose_by_heading(columns, chosen, unsure)
    _choose_by_values(columns, chosen, unsure)
    _choose_around_the_state(columns, chosen, unsure)
    if not named:
        _choose_names(columns, chosen, unsure)
    elif not any(name in chosen for name in NAMES):
        _believe_a_name(columns, chosen, unsure)
    _settle(columns, chosen)
    return Plan(chosen, frozenset(unsure & chosen.keys()))


def corrected(plan: Plan, header: Sequence[str], corrections: Iterable[tuple[str, str]]) -> Plan:
    """`plan` with (field, column) pairs as a person gives them; a column is named or counted from 1, "" takes it away.

    Raises Misused where there is no such field or column.
    """
    columns = dict(plan.columns)
    touched = set()
    for name, column in corrections:
        wanted = field_named(name)
        touched.add(wanted)
        if not column.strip():
            columns.pop(wanted, None)
            continue
        index = column_named(column, header)
        for other in [other for other, at in columns.items() if at == index and other not in touched]:
            del columns[other]
        columns[wanted] = index
    return Plan(columns, plan.unsure - touched)


def check(plan: Plan) -> None:
    """Raises Misused where no customer could come of the plan."""
    if not any(name in plan.columns for name in NAMES):
        raise Misused(
            "No column could be recognised as a name.",
            "Say which, such as --map name=COLUMN, --map last_name=COLUMN or --map company=COLUMN.",
        )


def field_named(name: str) -> Field:
    """The field that a person calls so. Raises Misused where there is none."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    for wanted in Field:
        if plain in (wanted.value, ALSO_CALLED.get(wanted)):
            return wanted
    raise Misused(f"There is no field “{name}”.", f"The fields are: {', '.join(Field)}.")


def column_named(name: str, header: Sequence[str]) -> int:
    """The index of the column called so (its case does not matter), or of that number, counted from 1."""
    for compare in (str.strip, lambda text: text.strip().casefold()):
        hits = [index for index, column in enumerate(header) if compare(column) == compare(name)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise Misused(
                f"There are {len(hits)} columns called “{name}”.",
                f"Give its number instead: {' or '.join(str(index + 1) for index in hits)}.",
            )
    if name.strip().isdecimal() and 1 <= int(name) <= len(header):
        return int(name) - 1
    raise Misused(f"There is no column “{name}”.", f"The columns are: {', '.join(header)}.")


ALSO_CALLED = {Field.PHONE: "phone1", Field.EMAIL: "e_mail", Field.COMPANY: "company_name", Field.BIRTH_DATE: "dob"}


def _look(index: int, name: str, sample: Sequence[Sequence[str]], named: bool) -> _Column:
    given = [row[index].strip() for row in sample[: LOOKED_AT * 5] if len(row) > index]
    values = [value for value in given if value][:LOOKED_AT]
    column = _Column(
        index, name, read_heading(name) if named else Heading(), values, len(given[: max(LOOKED_AT, 1)]) or 1
    )
    column.count = max(column.count, len(values))
    return column


def _choose_phones(columns: list[_Column], chosen: dict[Field, int], sample: Sequence[Sequence[str]]) -> None:
    """The three best telephone columns; the first holds the lines' own numbers."""
    found = [
        column
        for column in columns
        if column.heading.field is Field.PHONE and (column.values or not sample) and column.fits(Field.PHONE)
    ]
    found += [column for column in columns if column.heading.field is None and _is_unnamed_phone(column)]
    best = max((column.filled for column in found), default=0.0)

    def order(column: _Column) -> tuple[bool, int, int]:
        return column.filled < best * RARELY_FILLED, column.heading.rank, column.index

    for wanted, column in zip(PHONES, sorted(found, key=order), strict=False):
        chosen[wanted] = column.index


def _is_unnamed_phone(column: _Column) -> bool:
    """Telephone numbers by their look; bare digits alone may be anything."""
    if column.is_off_limits or sum(not value.isdigit() for value in column.values) * 2 <= len(column.values):
        return False
    return column.share("plainly a phone", _is_phone) >= MOST and not _is_dated(column)


def _is_phone(text: str) -> bool:
    return parse_mdn(text) is not None or (text.startswith("+") and looks_like_phone(text))


def _is_dated(column: _Column) -> bool:
    return column.share("date", looks_like_date) >= MOST


def _choose_addresses(columns: list[_Column], chosen: dict[Field, int]) -> None:
    """The parts of one address, where a file has several: a well filled one, the likeliest to be the customer's."""
    places = {column.heading.place for column in columns if column.heading.field in ADDRESSES}

    def worth(place: str) -> tuple[int, int]:
        street = [c.filled for c in columns if c.heading.place == place and c.heading.field in ADDRESSES and c.values]
        rank = vocabulary().places.index(place) if place else -1
        return (round(10 * max(street, default=0.0)) > 3, -rank)

    for place in sorted(places, key=worth, reverse=True):
        fits = {
            column.heading.field: column.index
            for column in reversed(columns)
            if column.heading.field in ADDRESSES and column.heading.place == place and column.fits(column.heading.field)
        }
        if not fits.keys() & chosen.keys():  # else another address, of which no part may join this one
            chosen.update({wanted: index for wanted, index in fits.items() if wanted})


def _choose_by_heading(columns: list[_Column], chosen: dict[Field, int], unsure: set[Field]) -> None:
    """Every other field by its heading: a sure one before a likely one, then the better filled."""
    rest = [c for c in columns if c.heading.field and c.heading.field not in (*ADDRESSES, Field.PHONE)]
    taken = set(chosen.values())
    for column in sorted(rest, key=lambda c: (not c.heading.sure, c.heading.place != "", -round(c.filled, 1), c.index)):
        wanted = column.heading.field
        if wanted is None or wanted in chosen or column.index in taken or not column.fits(wanted):
            continue
        if wanted is Field.ACCOUNT and _is_running_number(column):
            continue
        chosen[wanted] = column.index
        taken.add(column.index)
        if not column.heading.sure:
            unsure.add(wanted)


def _is_running_number(column: _Column) -> bool:
    """1, 2, 3, …: the rows counted, not the customers' numbers."""
    return len(column.values) > 2 and column.values[:3] == [str(int(v)) for v in _following(column.values[0])]


def _following(first: str) -> list[int]:
    return [int(first), int(first) + 1, int(first) + 2] if first.isdecimal() and len(first) < 10 else [-1, -1, -1]


def _choose_by_values(columns: list[_Column], chosen: dict[Field, int], unsure: set[Field]) -> None:
    """What no heading named and only one thing looks like."""
    unmistakable: tuple[tuple[Field, Callable[[str], bool]], ...] = (
        (Field.EMAIL, looks_like_email),
        (Field.ICCID, _is_iccid),
        (Field.IMEI, _is_imei),
        (Field.STATE, _is_state),
        (Field.STREET, _is_street),
    )
    for column in columns:
        if column.heading.field or column.index in chosen.values() or not column.values or column.is_off_limits:
            continue
        for wanted, looks in unmistakable:
            if wanted not in chosen and column.share(f"plainly {wanted}", looks) >= MOST:
                chosen[wanted] = column.index
                unsure.add(wanted)
                break


def _choose_around_the_state(columns: list[_Column], chosen: dict[Field, int], unsure: set[Field]) -> None:
    """Beside a column of states stand the city, before it, and the ZIP, behind it."""
    by_index = {column.index: column for column in columns if column.index not in chosen.values()}
    state = chosen.get(Field.STATE, -9)
    for wanted, index, looks in ((Field.CITY, state - 1, _is_words), (Field.ZIP, state + 1, _is_zip)):
        column = by_index.get(index)
        if (
            wanted not in chosen
            and column
            and not column.heading.field
            and column.share(f"plainly {wanted}", looks) >= MOST
        ):
            chosen[wanted] = index
            unsure.add(wanted)


def _is_iccid(text: str) -> bool:
    iccid = parse_iccid(text)
    return iccid is not None and iccid_checks(iccid)


def _is_imei(text: str) -> bool:
    return len(text.strip()) >= 15 and parse_imei(text) is not None


def _is_state(text: str) -> bool:
    return text in STATES


def _is_street(text: str) -> bool:
    return _STREET.fullmatch(text) is not None


def _is_zip(text: str) -> bool:
    return _ZIP.fullmatch(text) is not None


def _choose_names(columns: list[_Column], chosen: dict[Field, int], unsure: set[Field]) -> None:
    """Without headings: the first columns of words are the names."""
    words = [c for c in columns if c.index not in chosen.values() and c.share("words", _is_words) >= MOST]
    single = [c for c in words if c.share("word", lambda text: " " not in text.strip()) >= MOST]
    if words and words[0] not in single:
        chosen[Field.NAME] = words[0].index
        unsure.add(Field.NAME)
    elif len(single) > 1 and single[1].index == single[0].index + 1:
        chosen[Field.FIRST_NAME], chosen[Field.LAST_NAME] = single[0].index, single[1].index
        unsure.update((Field.FIRST_NAME, Field.LAST_NAME))
    elif single:
        chosen[Field.NAME] = single[0].index
        unsure.add(Field.NAME)


def _believe_a_name(columns: list[_Column], chosen: dict[Field, int], unsure: set[Field]) -> None:
    """Where nothing looks like a name, what is called one is taken for it."""
    for column in columns:
        wanted = column.heading.field
        if wanted in NAMES and wanted not in chosen and column.index not in chosen.values():
            chosen[wanted] = column.index
            unsure.add(wanted)


def _is_words(text: str) -> bool:
    return not any(map(str.isdigit, text)) and any(map(str.isalpha, text)) and "@" not in text and "/" not in text


def _settle(columns: list[_Column], chosen: dict[Field, int]) -> None:
    """A street that holds whole addresses, where nothing else holds a city."""
    street = chosen.get(Field.STREET)
    if street is not None and not {Field.CITY, Field.ZIP, Field.ADDRESS} & chosen.keys():
        whole = next(c for c in columns if c.index == street).share(
            "whole", lambda text: text.count(",") >= 2 or "\n" in text
        )
        if whole >= 0.5:
            chosen[Field.ADDRESS] = chosen.pop(Field.STREET)
