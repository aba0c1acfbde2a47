"""A list of cases, or of what waits, as CSV for a spreadsheet, or as plain values for JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from data.cases.pending import PendingItem
from data.cases.views import CaseRow
from data.text import cell

COLUMNS = (
    "number", "status", "priority", "category", "subject", "account", "name", "mdn",
    "owner", "due_at", "opened_at", "changed_at", "closed_at", "icci", "next_step",
)  # fmt: skip
PENDING_COLUMNS = (
    "urgency", "kind", "case", "text", "status", "priority", "waiting_on", "owner",
    "account", "name", "due_at", "since", "age_days",
)  # fmt: skip


def facts(row: CaseRow) -> dict[str, Any]:
    """A case as plain values: times in ISO form with their zone, "" or None where there is nothing."""
    times = {
        name: moment.isoformat() if (moment := getattr(row, name)) else None
        for name in ("due_at", "opened_at", "changed_at", "closed_at")
    }
    icci = row.icci
    told = {"icci": icci.text if icci else "", "next_step": icci.next_step if icci else ""}
    whole = {name: getattr(row, name, None) for name in COLUMNS} | times | told
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in whole.items()}


def pending_facts(item: PendingItem) -> dict[str, Any]:
    """Something that waits, as plain values."""
    times = {name: moment.isoformat() if (moment := getattr(item, name)) else None for name in ("due_at", "since")}
    whole = {name: getattr(item, name) for name in PENDING_COLUMNS} | times
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in whole.items()}


def pending_as_csv(items: Iterable[PendingItem]) -> str:
    """What waits, as CSV for a spreadsheet."""
    return _csv(PENDING_COLUMNS, (pending_facts(item) for item in items))


def pending_as_json(items: Iterable[PendingItem]) -> str:
    """What waits, as a JSON array."""
    return json.dumps([pending_facts(item) for item in items], ensure_ascii=False, indent=2) + "\n"


def as_csv(rows: Iterable[CaseRow]) -> str:
    """The cases as CSV for a spreadsheet."""
    return _csv(COLUMNS, (facts(row) for row in rows))


def _csv(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> str:
    """CSV with a heading, in lines that end as RFC 4180 has them. No cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row.values()])
    return out.getvalue()
