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
    """Writes rejected rows to `path`, which appears with the first of them. One that was there is kept as .old.

    Raises Misused where no such file can be there.
    """

    def __init__(self, path: Path, table: Table) -> None:
        try:
            if why := _cannot_be(path, table.path):
                raise _unwritten(path, why)
        except OSError as error:
            raise _unwritten(path, f"{error.strerror}") from None
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
            raise _unwritten(self.path, f"{error.strerror}") from None

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


def _cannot_be(path: Path, source: Path) -> str:
    """Why the rows of `source` that are rejected can't go to `path`; "" where they can."""
    if path.is_dir():
        return "it is a folder"
    if not path.parent.is_dir():
        return "there is no such folder"
    return "it is the file that they are in" if path.exists() and path.samefile(source) else ""


def _unwritten(path: Path, why: str) -> Misused:
    return Misused(f"The rejected rows can't be written to {path}: {why}.", "Name another place with --rejects.")


def rejects_path(file: Path) -> Path:
    """Where the rejected rows of `file` go: FILE.rejects.csv beside it."""
    return file.with_name(file.name + ".rejects.csv")
