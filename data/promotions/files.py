"""The catalogue as a file: TOML with a table for each revision, or CSV with a row for each."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.errors import Misused
from data.files import toml_in, unread
from data.promotions.records import FIELDS, Plain, cells_of, plain_of
from data.promotions.rules import Terms
from data.text import cell, unguarded

REASON = "careline_reason"  # our column in a file of rejected rows; an import passes over it
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")  # any other stands in quotes
HELP = "docs/promotions.md shows how such a file is written."


@dataclass(frozen=True)
class Entry:
    """A revision as a file has it, not yet checked. `where`: "line 7" or "promotion 3"; `plain`: its fields."""

    where: str
    plain: Plain


def read_file(path: Path) -> tuple[Entry, ...]:
    """The revisions that the file at `path` holds, by its name TOML or CSV. Raises NotFound, or Misused."""
    if path.suffix.lower() == ".toml":
        try:
            return read_toml(path.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise unread(path, error, HELP) from None
    return tuple(_csv_entries(path))


def read_toml(text: str) -> tuple[Entry, ...]:
    """The revisions of a TOML file. Raises Misused where it is none."""
    try:
        read = toml_in(text)
    except tomllib.TOMLDecodeError as error:
        raise Misused(f"The file can't be read as TOML: {error}.", HELP) from None
    rows = read.get("promotion", [])
    if set(read) - {"promotion"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Misused("Each promotion of a TOML file begins with a line [[promotion]].", HELP)
    return tuple(Entry(f"promotion {number}", row) for number, row in enumerate(rows, start=1))


def _csv_entries(path: Path) -> Iterator[Entry]:
    from data.imports.reading import open_table

    table = open_table(path, named=True)
    header = [name.strip().lower() for name in table.header]
    if unknown := [name for name in header if name not in (*FIELDS, REASON)]:
        raise Misused(f"A promotion has no “{unknown[0][:40]}”.", f"Its columns are {', '.join(FIELDS)}.")
    for batch in table.batches():
        for line, row in zip(batch.lines, batch.rows, strict=True):
            named = zip(header, map(unguarded, row), strict=False)
            cells = {name: text for name, text in named if text.strip() and name != REASON}
            yield Entry(f"line {line}", cells)
        for line, broken, why in batch.broken:
            yield Entry(f"line {line}", {"ost": broken[0], "name": f"{why}"})


def write_toml(revisions: Iterable[Terms]) -> str:
    """The revisions as a TOML file."""
    return "\n".join("[[promotion]]\n" + "".join(_toml_lines(plain_of(terms))) for terms in revisions)


def _toml_lines(plain: Plain) -> Iterator[str]:
    for name, value in plain.items():
        yield f"{_key(name)} = {_toml(value)}\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, list):
        inner = ", ".join(map(_toml, value))
        return f"[\n{''.join(f'    {_toml(one)},' + chr(10) for one in value)}]" if len(inner) > 90 else f"[{inner}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_toml(one)}" for name, one in value.items()) + " }"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")  # TOML escapes as JSON does, but DEL


def _key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else _toml(name)


def write_csv(revisions: Iterable[Terms]) -> str:
    """The revisions as a CSV file; lists are parted by " | "."""
    return write_rows([cells_of(terms) for terms in revisions])


def write_rows(rows: Sequence[Plain], more: Sequence[str] = ()) -> str:
    """Rows of a CSV file with the columns of a promotion; `more`: columns before them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*more, *FIELDS], extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def rejects_text(rejects: Sequence[tuple[Entry, str]], *, toml: bool) -> str:
    """Entries that were rejected as a file to mend and import again; the reasons stand with them."""
    if toml:
        parts = (
            f"# {entry.where}: {why}\n[[promotion]]\n{''.join(_toml_lines(entry.plain))}" for entry, why in rejects
        )
        return "\n".join(parts)
    return write_rows([{**entry.plain, REASON: why} for entry, why in rejects], (REASON,))
