"""Cases as CSV: they read back as what they were, and no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cases.actions import log_icci, reassign
from data.cases.exporting import as_csv, cell, facts
from data.cases.filters import list_cases
from data.desk import Desk


def test_an_export_reads_back_as_what_it_was(desk: Desk, many: None) -> None:
    log_icci(desk, "01000001", "Wait, he said", "Call")
    reassign(desk, "01000003", "agent07")
    rows = list_cases(desk)
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [one["number"] for one in read] == [row.number for row in rows]
    last = read[-1]
    assert (last["icci"], last["next_step"], last["mdn"], last["name"]) == (
        "Wait, he said",
        "Call",
        "",
        "Maria Alvarez",
    )
    assert last["due_at"] == "2026-11-22T14:00:00+00:00"
    assert json.loads(json.dumps([facts(row) for row in rows]))[0]["status"] == "Closed"


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("\t=1+1", "' =1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1 212-555-0143", "+1 212-555-0143"),
        ("-12.50", "-12.50"),
        ("-cmd|x", "'-cmd|x"),
        ("+A1", "'+A1"),
        (None, ""),
        ("plain", "plain"),
    ],
)
def test_no_cell_is_taken_for_a_formula(value: str | None, safe: str) -> None:
    assert cell(value) == safe


@given(st.text(max_size=40))
def test_no_text_becomes_a_formula(text: str) -> None:
    shown = cell(text)
    assert not shown.lstrip().startswith(("=", "@"))
    assert shown.isprintable()
