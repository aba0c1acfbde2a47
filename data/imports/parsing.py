"""Lines → rows, as csv.reader reads them, but for what stops it: a line with a stray quote or an endless value.

Such a line comes out apart, with a reason, and the next one is read as if it had not been there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

MOST_LINES = 1_000  # of one row; a quote that is open for longer was never meant to be one
LONGEST = 1 << 22  # characters of a value; a picture may stand in a column that is not imported
MOST_AT_ONCE = 1 << 24  # characters, about, of the lines that are read at once
A_FEW = 20  # lines
END = "\x03careline\x03"  # a line of our own, after the last: if a row swallows it, a quote is still open

UNCLOSED = "a quotation mark is opened and never closed"
TOO_LONG = f"a value is longer than {LONGEST:,} characters"

csv.field_size_limit(LONGEST)


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


def batches(file: Iterator[str], dialect: Dialect, width: int, first_line: int, at_once: int) -> Iterator[Batch]:
    """`width`: of the header; 0 while it is not known."""
    carried: list[str] = []
    while True:
        fresh = some_lines(file, at_once)
        lines = carried + fresh
        if not lines:
            return
        batch, used = _parse(lines, dialect, width, at_end=not fresh)
        batch.lines = [first_line + at for at in batch.lines]
        batch.broken = [(first_line + at, line, why) for at, line, why in batch.broken]
        yield batch
        carried = lines[used:]
        first_line += used


def some_lines(file: Iterator[str], at_once: int) -> list[str]:
    """The next lines of `file`, so many at once or as many as memory has room for; none at its end."""
    lines: list[str] = []
    characters = 0
    while len(lines) < at_once and characters < MOST_AT_ONCE:
        few = list(islice(file, min(A_FEW, at_once - len(lines))))
        if not few:
            break
        lines += few
        characters += sum(map(len, few))
    return lines


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
        return at, TOO_LONG if len(lines[at]) > LONGEST else UNCLOSED
    return at, None
