"""Rows that can't be used, as a file to mend and import again: their own columns untouched, ours before them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from data.errors import Misused
from data.imports.mapping import MARKS
from data.imports.reading import Table
from data.imports.rows import Rejected


class RejectsFile:
    """Writes rejected rows to `path`, which appears with the first of them. One that was there is kept as .old."""

    def __init__(self, path: Path, table: Table) -> None:
        self.path = path
        self.count = 0
        self._table = table
        self._file: TextIO | None = None
        self._writer: Any = None

    def write(self, rejected: Iterable[Rejected]) -> None:
        """Adds rows. Raises Misused where the file can't be written."""
        try:
            for one in rejected:
                writer = self._writer or self._begin()
                own = one.row[len(MARKS) :] if self._table.header[: len(MARKS)] == MARKS else one.row
                writer.writerow([one.line, f"The row {one.why}.", *own])
                self.count += 1
            if self._file:
                self._file.flush()
        except OSError as error:
            raise Misused(
                f"The rejected rows can't be written to {self.path}: {error.strerror}.",
                "Name another place with --rejects.",
            ) from None

    def __enter__(self) -> RejectsFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def _begin(self) -> Any:
        if self.path.exists():
            self.path.replace(self.path.with_name(self.path.name + ".old"))
        mark = self._table.survey.encoding in ("utf-8-sig", "utf-16", "utf-32")  # Excel wrote it and will read it
        self._file = self.path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="", errors="replace")
        self._writer = csv.writer(self._file, delimiter=self._table.dialect.delimiter)
        header = self._table.header
        self._writer.writerow([*MARKS, *(header[len(MARKS) :] if header[: len(MARKS)] == MARKS else header)])
        return self._writer


def rejects_path(file: Path) -> Path:
    """Where the rejected rows of `file` go: FILE.rejects.csv beside it."""
    return file.with_name(file.name + ".rejects.csv")
