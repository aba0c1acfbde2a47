"""A plan kept in a TOML file, for the next file of the same make."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.errors import Misused, NotFound
from data.files import toml_in, unread
from data.imports.mapping import Plan, corrected

HEAD = (
    "# Which column of a customer file holds which field: `careline import customers FILE --use-map THIS`.\n[columns]\n"
)


def save_plan(plan: Plan, header: Sequence[str], file: Path) -> None:
    """Writes `plan` to `file`, in the place of an older map. Raises Misused where that can't be, or it is no map."""
    lines = [
        f"{field} = {_column(header, index)}" for field, index in sorted(plan.columns.items(), key=lambda one: one[1])
    ]
    try:
        if file.exists() and _columns_in(file) is None:
            raise Misused(f"There is a file at {file}, and it is not a map.", "It was left alone; name another place.")
        file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise Misused(f"The map can't be written to {file}: {error.strerror}.", "Name another place.") from None


def load_plan(file: Path, header: Sequence[str]) -> Plan:
    """The plan that was saved in `file`, for a file with these headings.

    Raises NotFound without the file, Misused where it is no map, or names a field or column that isn't there.
    """
    try:
        columns = _columns_in(file)
    except FileNotFoundError:
        raise NotFound(f"There is no map {file}.", "Save one with --save-map.") from None
    except OSError as error:
        raise unread(file, error, "Save one with --save-map.") from None
    if columns is None:
        raise Misused(f"{file} is not a map.", "Save one with --save-map.")
    return corrected(Plan({}), header, [(str(field), str(column)) for field, column in columns.items()])


def _columns_in(file: Path) -> dict[str, Any] | None:
    """Which column holds which field, as the map `file` has it; None where it is no map. Raises OSError."""
    try:
        columns = toml_in(file.read_text(encoding="utf-8")).get("columns")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None
    return columns if isinstance(columns, dict) and columns else None


def _column(header: Sequence[str], index: int) -> str:
    """The column's name, or its number where another has the same name."""
    name = header[index]
    alone = [other.strip().casefold() for other in header].count(name.strip().casefold()) == 1
    return json.dumps(name, ensure_ascii=False) if alone and name.strip() else str(index + 1)
