"""A plan: which column of a file holds which field; proposed by proposing.py, corrected by a person. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.errors import Misused
from data.imports.fields import NAMES, Field

MARKS = ("careline_line", "careline_reason")  # our columns in a file of rejected rows; they hold nothing of a customer
ALSO_CALLED = {Field.PHONE: "phone1", Field.EMAIL: "e_mail", Field.COMPANY: "company_name", Field.BIRTH_DATE: "dob"}


@dataclass(frozen=True)
class Plan:
    """`columns`: field → index of its column. `unsure`: fields that were guessed and deserve a look."""

    columns: Mapping[Field, int]
    unsure: frozenset[Field] = frozenset()

    def column_of(self, wanted: Field) -> int | None:
        """The index of the field's column, None where it has none."""
        return self.columns.get(wanted)


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
    """The index of the column called so (its case does not matter), or of that number, counted from 1.

    Raises Misused where no column is meant, or several are.
    """
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
