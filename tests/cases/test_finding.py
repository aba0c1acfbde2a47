"""Search knows case numbers; a hit list shows what to say if the customer calls in."""

from __future__ import annotations

import json

import pytest

from console.command_line import run
from data.cases.actions import log_icci, open_case
from data.cases.queries import icci_of
from data.desk import Desk
from data.search import search


@pytest.mark.parametrize("text", ["01000001", "case 01000001", "Case #01000001", "case: 1000001"])
def test_the_box_finds_a_case_by_its_number(desk: Desk, opened: str, text: str) -> None:
    log_icci(desk, opened, "Waiting for the carrier", "Call back after 3 pm")
    [hit] = search(desk, text).cases
    assert (hit.number, hit.subject, hit.status) == (opened, "Promised $400, not applied", "Open")
    assert (hit.account, hit.name) == ("SV000001", "Maria Alvarez")
    assert (hit.icci, hit.next_step) == ("Waiting for the carrier", "Call back after 3 pm")


@pytest.mark.parametrize("text", ["", "maria", "2125550143", "1000001", "01000002", "case", "case 123456789"])
def test_other_texts_find_none(desk: Desk, opened: str, text: str) -> None:
    assert search(desk, text).cases == ()


def test_a_case_is_no_customer_and_is_not_counted(desk: Desk, opened: str) -> None:
    assert search(desk, opened).total == 0


def test_an_orphan_is_found_too(desk: Desk) -> None:
    made = open_case(desk, "Nobody's")
    [hit] = search(desk, made.number).cases
    assert (hit.account, hit.name, hit.icci) == ("", "Orphan Account", "")


def test_a_hit_list_gets_the_newest_icci_of_cases_under_way(desk: Desk, closed: str) -> None:
    log_icci(desk, closed, "Old")
    assert icci_of(desk, ["SV000001"]) == {}
    open_one = open_case(desk, "Another", account="SV000001").number
    log_icci(desk, open_one, "First")
    view = log_icci(desk, open_one, "Second", "Ask for the receipt")
    assert icci_of(desk, ["SV000001", "SV000009"]) == {"SV000001": view.icci[0]}
    assert icci_of(desk, []) == {}


def test_the_command_line_says_it_too(desk: Desk, opened: str, capsys: pytest.CaptureFixture[str]) -> None:
    log_icci(desk, opened, "Waiting for the carrier", "Call back after 3 pm")
    store = ["--store", str(desk.store.path), "--agent", "agent07"]
    told = "Waiting for the carrier → Call back after 3 pm"
    for words in (["search", "alvarez"], ["search", opened]):
        assert run([*store, *words]) == 0
        assert told in capsys.readouterr().out
    assert run([*store, "search", "alvarez", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hits"][0]["icci"] == told
    assert run([*store, "search", opened, "--json"]) == 0
    [hit] = json.loads(capsys.readouterr().out)["cases"]
    assert (hit["number"], hit["icci"]) == (opened, "Waiting for the carrier")
