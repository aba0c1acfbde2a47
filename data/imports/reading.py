"""A delimited file → rows. Nothing in it can stop the reading: what can't be parsed comes out apart, with a reason.

table = open_table(path)          # looks at the whole file once, parses its beginning
for batch in table.batches(): ... # rows, each with the number of its first line
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from data.errors import Misused, NotFound
from data.files import unread
from data.imports.encoding import Survey, survey
from data.imports.parsing import Batch, Dialect, batches, some_lines

BATCH = 10_000  # lines read at once
SAMPLE = 1_000  # rows that the columns are recognised by
TITLES = 10  # lines, at most, that a report has above its headings
LINE_END = re.compile(r"\r\n|\r|\n")
DELIMITERS = ",;\t|"


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
            yield from batches(file, self.dialect, len(self.header), self.first_line, lines or BATCH)

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
    try:
        if not path.exists():
            raise NotFound(f"There is no file {path}.", "Check its name.")
        if not path.is_file():
            raise Misused(f"{path} is not a file.", "Name a CSV file.")
        seen = survey(path, encoding)
        with _open(path, seen.encoding) as file:
            head = some_lines(file, SAMPLE)
    except OSError as error:
        raise unread(path, error, "Name a CSV file.") from None
    skipped, told = _before_the_header(head)
    if named is not False:
        skipped += _titles(head[skipped:], delimiter or told or DELIMITERS)
    dialect = _dialect(head[skipped:], delimiter or told)
    if not any(line.strip(f" \t\r\n{dialect.delimiter}") for line in head[skipped:]):
        raise Misused(f"{path} is empty.", "A CSV file has a line of headings, and below it a line for each row.")
    return _table(path, seen, dialect, head[skipped:], skipped, named)


def _table(path: Path, seen: Survey, dialect: Dialect, head: list[str], skipped: int, named: bool | None) -> Table:
    """The table whose first lines, but for those `skipped`, are `head`. Raises Misused where none of them is a row."""
    from data.imports.headings import is_heading

    first = batches(iter(head), dialect, 0, skipped + 1, BATCH)
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


def _titles(head: list[str], delimiters: str) -> int:
    """How many lines stand above the headings, such as a report's name and its day; 0 where no headings are sure.

    Each is at most half as wide as the headings.
    """
    from data.imports.headings import names_columns

    for sign in delimiters:
        rows = [[cell for part in line.split(sign) if (cell := part.strip("\"' \t\r\n"))] for line in head[:TITLES]]
        at = next((at for at, row in enumerate(rows) if names_columns(row)), 0)
        if at and all(len(row) * 2 <= len(rows[at]) for row in rows[:at]):
            return at
    return 0


def _dialect(head: list[str], delimiter: str | None) -> Dialect:
    text = "".join(head)
    backslashes = '\\"' in text and '""' not in text.replace(',""', "").replace(';""', "")
    best = delimiter or _never_in_text(head) or max(DELIMITERS, key=lambda one: _evenness(head, one))
    values = [value for line in head for value in line.rstrip("\r\n").split(best) if value]
    single = sum(len(value) > 1 and value[0] == value[-1] == "'" for value in values)
    return Dialect(best, "'" if single * 2 > len(values) else '"', backslashes)


def _never_in_text(head: list[str]) -> str | None:
    """A tab or a bar that stands equally often in every line: values have commas, but hardly ever those."""
    lines = [line for line in head if line.strip()]
    counted = {sign: {line.count(sign) for line in lines} for sign in "\t|"}
    return next((sign for sign, counts in counted.items() if len(counts) == 1 and 0 not in counts), None)


def _evenness(head: list[str], delimiter: str) -> tuple[float, float]:
    """How well `delimiter` cuts the lines into rows as wide as the first one, and into rows of one width at all."""
    try:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
    except csv.Error:
        widths = [line.count(delimiter) + 1 for line in head]
    if not widths:
        return 0.0, 0.0
    usual = max(set(widths), key=widths.count)
    by_first, by_usual = ((width - 1) * (widths.count(width) / len(widths)) ** 2 for width in (widths[0], usual))
    return by_first, by_usual
