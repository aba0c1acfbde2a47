"""A plan kept in a TOML file, for the next file of the same make."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

from data.errors import Misused, NotFound
from data.imports.mapping import Plan, corrected

HEAD = (
    "# Which column of a customer file holds which field: `careline import customers FILE --use-map THIS`.\n[columns]\n"
)


def save_plan(plan: Plan, header: Sequence[str], file: Path) -> None:
    """Writes `plan` to `file`. Raises Misused where that can't be."""
    lines = [
        f"{field} = {_column(header, index)}" for field, index in sorted(plan.columns.items(), key=lambda one: one[1])
    ]
    try:
        file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise Misused(f"The map can't be written to {file}: {error.strerror}.", "Name another place.") from None


def load_plan(file: Path, header: Sequence[str]) -> Plan:
    """The plan that was saved in `file`, for a file with these headings.

    Raises NotFound without the file, Misused where it is no map, or names a field or column that isn't there.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(f"There is no map {file}.", "Save one with --save-map.") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise Misused(f"{file} is not a map.", "Save one with --save-map.") from None
    columns = told.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise Misused(f"{file} is not a map.", "Save one with --save-map.")
    return corrected(Plan({}), header, [(str(field), str(column)) for field, column in columns.items()])


def _column(header: Sequence[str], index: int) -> str:
    """The column's name, or its number where another has the same name."""
    name = header[index]
    alone = [other.strip().casefold() for other in header].count(name.strip().casefold()) == 1
    return json.dumps(name, ensure_ascii=False) if alone and name.strip() else str(index + 1)
