"""What was read of a file is kept, whatever stops an import, and found by search at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.desk import Desk, open_desk
from data.errors import Misused
from data.imports import producing, reading, running
from data.imports.reasons import Rejection
from data.imports.running import Report, import_customers
from data.search import search
from data.search.sqlite.index import later
from data.store import Store
from tests.imports.files import PEOPLE, counts, import_file, plan_of, rows, table_of


def many(count: int) -> str:
    """A file of so many customers, every tenth of whom can't be used."""
    lines = [f"{'' if number % 10 == 9 else 'Ana'},Li{number},212-555-{number:04d}" for number in range(count)]
    return "first,last,phone\n" + "\n".join(
        line.replace(f",Li{n},", ",,") if n % 10 == 9 else line for n, line in enumerate(lines)
    )


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH", 20)


def test_what_was_read_when_it_is_stopped_is_kept(admin: Desk, tmp_path: Path, small_batches: None) -> None:
    table = table_of(tmp_path, many(100))
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(rows(admin, "SELECT count(*) FROM customer")[0][0])
        return len(asked) == 2

    report = import_customers(admin, table, plan_of(table), stopped=stopped)
    assert report.stopped
    assert asked == [18, 36]
    assert counts(report) == (40, 36, 0, 0, 4)
    assert counts(import_customers(admin, table, plan_of(table))) == (100, 54, 0, 36, 10)


def test_an_error_between_batches_leaves_the_earlier_ones(
    admin: Desk, tmp_path: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = table_of(tmp_path, many(100))
    report = Report()
    real, calls = running.import_batch, []

    def failing(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 3:
            raise Misused("The disk is full.")
        return real(*given)

    monkeypatch.setattr(running, "import_batch", failing)
    with pytest.raises(Misused):
        import_customers(admin, table, plan_of(table), report=report)
    assert counts(report) == (40, 36, 0, 0, 4)
    assert rows(admin, "SELECT count(*) FROM customer") == [(36,)]


def test_a_large_file_is_found_by_search_at_the_end(
    admin: Desk, tmp_path: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MANY", 50)
    monkeypatch.setattr(later, "IN_PASSING", 0)
    shown: list[tuple[str, int, int]] = []
    import_file(admin, tmp_path, many(100), progress=lambda *told: shown.append(told))
    assert shown[0] == ("Importing people.csv", 20, 100)
    assert shown[-1][0] == running.FINDABLE
    assert search(admin, "Li57").hits[0].mdn == "2125550057"
    with admin.store.raw() as connection:
        assert admin.search_engine.differences(connection) == 0


def test_an_import_that_was_killed_is_caught_up_by_the_next(
    admin: Desk, tmp_path: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MANY", 50)
    monkeypatch.setattr(later, "IN_PASSING", 0)
    with monkeypatch.context() as killed:
        killed.setattr(running, "_catch_up", lambda desk, progress: None)
        import_file(admin, tmp_path, many(100))
    assert search(admin, "2125550057").total == 0
    assert counts(import_file(admin, tmp_path, many(100))) == (100, 0, 0, 90, 10)
    assert search(admin, "2125550057").hits[0].name == "Ana Li57"


def test_a_second_process_reads_the_same(
    store: Store, admin: Desk, tmp_path: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(producing, "WORTHWHILE", 50)
    monkeypatch.setattr(producing, "_processors", lambda: 2)
    report = import_file(admin, tmp_path, many(130), share=True)
    assert counts(report) == (130, 117, 0, 0, 13)
    assert rows(admin, "SELECT last_name FROM customer ORDER BY id LIMIT 1 OFFSET 100") == [("Li111",)]
    assert counts(import_file(admin, tmp_path, many(130))) == (130, 0, 0, 117, 13)


def test_a_row_is_kept_whatever_stands_in_a_column_that_is_not_imported(admin: Desk, tmp_path: Path) -> None:
    picture = "x" * 200_000
    text = f"name,phone,photo\nAna Li,212-555-0143,{picture}\n{picture},212-555-0144,\n"
    report = import_file(admin, tmp_path, text)
    assert counts(report) == (2, 1, 0, 0, 1)
    assert report.rejections == {Rejection.TOO_LONG: 1}


def test_another_agent_sees_what_was_imported(store: Store, admin: Desk, tmp_path: Path) -> None:
    import_file(open_desk(store, "lead03"), tmp_path, PEOPLE)
    assert search(admin, "venerable").hits[0].name == "Art Venerable"
