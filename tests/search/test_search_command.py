"""`careline search`: the same hits, as lines for a person and as one document for a program."""

from __future__ import annotations

import json

import pytest

from console.command_line import run
from data.desk import Desk
from tests.builders import add_customer


@pytest.fixture
def store(desk: Desk) -> str:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    add_customer(desk, "SV000002", first_name="Mario", last_name="Alvarado", phones=["6465550199"])
    return str(desk.store.path)


def test_a_program_gets_one_document(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", store, "search", "0143", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["recognised"], document["total"]) == ("mdn", 1)
    (hit,) = document["hits"]
    assert hit["account"] == "SV000001"
    assert hit["name"] == "Maria Alvarez"
    assert hit["mdn"] == "2125550143"
    assert hit["matched"] == "MDN ending 0143"
    assert 0 < hit["score"] <= 1


def test_a_person_gets_lines(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", store, "search", "alva", "mari", "--limit", "1"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "2 found, the first 1:"
    assert "Alva" in second


def test_nobody_is_said_and_told_by_the_exit_code(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", store, "search", "qqqqqq"]) == 1
    assert capsys.readouterr().out == "Nobody matches.\n"


def test_what_is_near_is_not_called_a_match(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["--store", store, "search", "alvarez", "xqxqxq"])
    assert capsys.readouterr().out.startswith("Nobody matches; these come nearest:")
