"""A delimited file → rows. Nothing in it can stop the reading: what can't be parsed comes out apart, with a reason.

table = open_table(path)          # looks at the whole file once, parses its beginning
for batch in table.batches(): ... # rows, each with the number of its first line
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from data.errors import Misused, NotFound
from data.imports.encoding import Survey, survey

BATCH = 10_000  # lines read at once
SAMPLE = 1_000  # rows that the columns are recognised by
MOST_LINES = 1_000  # of one row; a quote that is open for longer was never meant to be one
END = "\x03careline\x03"  # a line of our own, after the last: if a row swallows it, a quote is still open
LINE_END = re.compile(r"\r\n|\r|\n")
DELIMITERS = ",;\t|"

UNCLOSED = "a quotation mark is opened and never closed"
TOO_LONG = f"a value is longer than {csv.field_size_limit():,} characters"


@dataclass(frozen=True)
class Dialect:
    """How a file marks its values."""

    delimiter: str = ","
    quote: str = '"'
    backslashes: bool = False  # quotes inside a value are written \\" rather than ""

    def reader(self, lines: Any, *, strict: bool = False) -> Any:
        """A csv.reader of this dialect over an iterable of lines."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            doublequote=not self.backslashes,
            escapechar="\\" if self.backslashes else None,
            strict=strict,
        )

    def unparsed(self, line: str) -> list[str]:
        """A line that can't be parsed, cut at its delimiters."""
        return line.rstrip("\r\n").split(self.delimiter)


@dataclass
class Batch:
    """Consecutive rows: `lines[i]` is the number of the file's line where `rows[i]` starts, from 1.

    `broken`: lines that are no rows: (number, the line cut at its delimiters, why).
    """

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    broken: list[tuple[int, list[str], str]] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """A file whose format is known. `header`: the names of its columns; `named`: whether the file itself names them.

    `first_line`: where the rows begin. `sample`: its first rows.
    """

    path: Path
    survey: Survey
    dialect: Dialect
    header: tuple[str, ...]
    named: bool
    first_line: int
    sample: tuple[tuple[str, ...], ...]

    @property
    def rows_about(self) -> int:
        """How many rows there are, taking each line for one."""
        return max(self.survey.lines - self.first_line + 1, 0)

    def batches(self, lines: int | None = None) -> Iterator[Batch]:
        """All rows, in the file's order; about so many lines at once, BATCH where it is not said."""
        with _open(self.path, self.survey.encoding) as file:
            for _ in range(self.first_line - 1):
                next(file, "")
            yield from _batches(file, self.dialect, len(self.header), self.first_line, lines or BATCH)

    def column(self, index: int) -> Iterator[str]:
        """The values of one column, for a look at all of them."""
        for batch in self.batches():
            yield from (row[index] for row in batch.rows if len(row) > index)


def open_table(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, named: bool | None = None
) -> Table:
    """Finds out how the file at `path` is written; what is given is believed.

    Raises NotFound where there is no such file, Misused where it can't be a table of text.
    """
    from data.imports.headings import is_heading

    if not path.exists():
        raise NotFound(f"There is no file {path}.", "Check its name.")
    if not path.is_file():
        raise Misused(f"{path} is not a file.", "Name a CSV file.")
    try:
        seen = survey(path, encoding)
        with _open(path, seen.encoding) as file:
            head = list(islice(file, SAMPLE))
    except PermissionError:
        raise Misused(f"{path} can't be read: you may not.", "Ask for permission to read it.") from None
    skipped, told = _before_the_header(head)
    dialect = _dialect(head[skipped:], delimiter or told)
    if not any(line.strip(f" \t\r\n{dialect.delimiter}") for line in head[skipped:]):
        raise Misused(f"{path} is empty.", "A customer file has a line of headings, and a line for each customer.")
    return _table(path, seen, dialect, head[skipped:], skipped, named, is_heading)


def _table(
    path: Path, seen: Survey, dialect: Dialect, head: list[str], skipped: int, named: bool | None, is_heading: Any
) -> Table:
    first = _batches(iter(head), dialect, 0, skipped + 1, BATCH)
    rows, lines = [], []
    for batch in first:
        rows += batch.rows
        lines += batch.lines
    while rows and not any(cell.strip() for cell in rows[0]):
        rows, lines = rows[1:], lines[1:]
    if not rows:
        raise Misused(f"No line of {path} can be read as a row.", "Check its quotation marks.")
    has_header = is_heading(rows[0], rows[1:50]) if named is None else named
    header = tuple(rows[0]) if has_header else tuple(f"column {number}" for number in range(1, len(rows[0]) + 1))
    if not has_header:
        return Table(path, seen, dialect, header, False, skipped + 1, tuple(map(tuple, rows)))
    first_line = lines[0] + 1 + sum(len(LINE_END.findall(cell)) for cell in rows[0])
    return Table(path, seen, dialect, header, True, first_line, tuple(map(tuple, rows[1:])))


def _open(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, errors="replace", newline="")


def _before_the_header(head: list[str]) -> tuple[int, str | None]:
    """How many lines to skip before the header, and the delimiter that Excel's "sep=;" names there."""
    skipped, told = 0, None
    for line in head:
        plain = line.strip("\r\n\ufeff ")
        if plain.lower().startswith("sep=") and len(plain) == 5:
            told = plain[4]
        elif plain:
            break
        skipped += 1
    return skipped, told


def _dialect(head: list[str], delimiter: str | None) -> Dialect:
    text = "".join(head)
    backslashes = '\\"' in text and '""' not in text.replace(',""', "").replace(';""', "")
    best = delimiter or max(DELIMITERS, key=lambda one: _evenness(head, one))
    values = [value for line in head for value in line.rstrip("\r\n").split(best) if value]
    single = sum(len(value) > 1 and value[0] == value[-1] == "'" for value in values)
    return Dialect(best, "'" if single * 2 > len(values) else '"', backslashes)


def _evenness(head: list[str], delimiter: str) -> float:
    """How well `delimiter` cuts the lines into rows of one width: more columns, more rows alike."""
    try:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
    except csv.Error:
        widths = [line.count(delimiter) + 1 for line in head]
    if not widths:
        return 0.0
    width = max(set(widths), key=widths.count)
    share = widths.count(width) / len(widths)
    return share * share * (width - 1) * (2 if widths[0] == width else 1)


def _batches(file: Iterator[str], dialect: Dialect, width: int, first_line: int, at_once: int) -> Iterator[Batch]:
    """`width`: of the header; 0 while it is not known."""
    carried: list[str] = []
    while True:
        fresh = list(islice(file, at_once))
        lines = carried + fresh
        if not lines:
            return
        batch, used = _parse(lines, dialect, width, at_end=not fresh)
        batch.lines = [first_line + at for at in batch.lines]
        batch.broken = [(first_line + at, line, why) for at, line, why in batch.broken]
        yield batch
        carried = lines[used:]
        first_line += used


def _parse(lines: list[str], dialect: Dialect, width: int, *, at_end: bool) -> tuple[Batch, int]:
    """The rows in `lines`, numbered from 0, and how many lines they take up: a row that is not complete is left."""
    try:
        rows = list(dialect.reader(chain(lines, [END])))
    except csv.Error:
        return _parse_with_care(lines, dialect, width, at_end=at_end)
    if rows[-1] == [END] and len(rows) == len(lines) + 1:
        rows.pop()
        return Batch(list(range(len(lines))), rows), len(lines)
    return _parse_with_care(lines, dialect, width, at_end=at_end)


def _parse_with_care(lines: list[str], dialect: Dialect, width: int, *, at_end: bool) -> tuple[Batch, int]:
    """The same, row by row. A row over several lines that has not the header's width is a stray quote in its first."""
    batch = Batch()
    start = 0
    while start < len(lines):
        ended, why = _take_rows(lines, start, dialect, width, batch)
        if why is None:
            return batch, len(lines)
        if why == UNCLOSED and not at_end and len(lines) - ended < MOST_LINES and ended > 0:
            return batch, ended
        batch.broken.append((ended, dialect.unparsed(lines[ended]), why))
        start = ended + 1
    return batch, len(lines)


def _is_meant(lines: list[str], dialect: Dialect, row: list[str], width: int) -> bool:
    """Whether a row over several lines was written so: its width is right, and its quotes stand where they may."""
    if len(lines) > MOST_LINES or (width and len(row) != width):
        return False
    try:
        list(dialect.reader(lines, strict=True))
    except csv.Error:
        return False
    return True


def _take_rows(lines: list[str], start: int, dialect: Dialect, width: int, batch: Batch) -> tuple[int, str | None]:
    """Adds the rows from `start` on to `batch`; returns where it had to stop and why, None at the end."""
    reader = dialect.reader(chain(islice(lines, start, None), [END]))
    at = start
    try:
        for row in reader:
            after = start + reader.line_num
            if after > len(lines):
                return (at, None) if row == [END] else (at, UNCLOSED)
            if after - at > 1 and not _is_meant(lines[at:after], dialect, row, width):
                return at, UNCLOSED
            batch.rows.append(row)
            batch.lines.append(at)
            at = after
    except csv.Error:
        return at, TOO_LONG if len(lines[at]) > csv.field_size_limit() else UNCLOSED
    return at, None
