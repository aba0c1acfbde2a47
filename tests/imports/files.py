"""Files as other systems write them, and an import of one in a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.desk import Desk
from data.imports.mapping import Plan
from data.imports.proposing import propose
from data.imports.reading import Table, open_table
from data.imports.running import Report, import_customers

PEOPLE = """\
first_name,last_name,company_name,address,city,county,state,zip,phone1,phone2,email,web
James,Butterworth,"Benson, John B Jr",6649 N Blue Elm St,New Orleans,Orleans,LA,70116,504-555-0127,504-555-0128,jb@example.com,http://www.benson.example
Josefina,Darakjian,"Chaney, Jeffrey A Esq",4 B Blue Ridge Blvd,Brighton,Livingston,MI,48116,810-555-0188,810-555-0140,jd@example.org,http://www.chaney.example
Art,Venerable,Feltz Printing Service,8 W Cerritos Ave #54,Bridgeport,Gloucester,NJ,8014,856-555-0149,856-555-0130,art@example.org,http://www.feltz.example
"""


def table_of(folder: Path, content: str | bytes, name: str = "people.csv", **given: Any) -> Table:
    """`content` as a file, opened."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_table(path, **given)


def plan_of(table: Table) -> Plan:
    """What is proposed for a file."""
    return propose(table.header, table.sample, named=table.named)


def mapped(table: Table) -> dict[str, str]:
    """What is proposed for a file: field → its column's heading."""
    return {field.value: table.header[index] for field, index in plan_of(table).columns.items()}


def import_file(desk: Desk, folder: Path, content: str | bytes, name: str = "people.csv", **given: Any) -> Report:
    """Imports `content` as it is proposed."""
    table = table_of(folder, content, name)
    return import_customers(desk, table, plan_of(table), **given)


def rows(desk: Desk, select: str) -> list[tuple[Any, ...]]:
    """What the store holds."""
    with desk.store.raw() as connection:
        return list(connection.execute(select))


def counts(report: Report) -> tuple[int, int, int, int, int]:
    """read, added, updated, unchanged, rejected"""
    return report.read, report.added, report.updated, report.unchanged, report.rejected
