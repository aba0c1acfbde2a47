"""`careline account`: the facts of the screen, for a person and for a program, and nothing private."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlmodel import select

from console.command_line import run
from console.commands.accounts import facts, lines
from data.customers.actions import edit_customer
from data.customers.queries import account
from data.customers.rules import CustomerEdit
from data.customers.tables import Account
from data.desk import Desk
from data.lifeline.tables import LifelineEnrolment
from data.operators.rules import OperatorKind
from data.operators.tables import Operator
from data.verification.rules import Method
from tests.builders import add_customer, add_service, put_on_line
from tests.lifeline.enrolments import add_subscriber


@pytest.fixture
def number(desk: Desk, maria: str) -> str:
    add_service(desk, "2125550143", ocs=True, features=("Extra mail",), voice=(1000, 712), text=(None, None))
    with desk.store.writing() as session:
        row = session.exec(select(Account)).one()
        row.company_name, row.agent_name = "Northline", "agent 12"
    edit_customer(desk, maria, 1, CustomerEdit(birth_date="05/02/1980", zip="10702", last4_ssn="4321"))
    return maria


def shown(desk: Desk, number: str) -> str:
    return "\n".join(lines(account(desk, number), desk.agent.zone))


def run_at(desk: Desk, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["--store", str(desk.store.path), "--agent", "agent07", "account", *words]) == 0
    return capsys.readouterr().out


def become(desk: Desk, kind: OperatorKind) -> None:
    with desk.store.writing() as session:
        session.exec(select(Operator)).one().kind = kind


def test_a_person_reads_what_matters_first(desk: Desk, number: str) -> None:
    told = shown(desk, number)
    assert told.index("▲ Customer Verification has failed or needs to be updated with NLAD") < told.index(
        "Maria Alvarez ·"
    )
    for fact in (
        "Maria Alvarez · SV000042 · active",
        "Northline · agent 12",
        "Yonkers, NY 10702",
        "maria@example.com",
        "212-555-0143 · active",
        "Carrier of 2125550143 (on the OCS)",
        "Extra mail",
        "712 of 1,000 min through 11-30-2026",
        "unlimited through 11-30-2026",
        "11-22-2026 10:00  Customer edited: birth date, ZIP, last four of the SSN · agent07",
        "01-02-2024        Account opened with us",
    ):
        assert fact in told


def test_what_is_far_off_has_not_the_sign_of_what_is_wrong(desk: Desk) -> None:
    add_subscriber(desk, expires_on=date(2027, 8, 13), last_used_on=date(2026, 11, 20))
    assert shown(desk, "SV000001").startswith("· This customer's Lifeline certification will expire on 08-13-2027.")
    with desk.store.writing() as session:
        session.exec(select(LifelineEnrolment)).one().expires_on = date(2027, 1, 10)
    assert shown(desk, "SV000001").startswith("▲ This customer's Lifeline certification")


def test_every_fact_stands_apart_from_its_label(desk: Desk) -> None:
    add_customer(desk, mdns=("2125550143",), device={"imei": "490154203237518"})
    put_on_line(desk, "SV000001")
    assert "IMEI 14 digits 49015420323751" in shown(desk, "SV000001")


def test_a_program_gets_the_same_facts(desk: Desk, number: str) -> None:
    told = facts(account(desk, number))
    assert (told["number"], told["status"], told["operator"]) == ("SV000042", "active", "reseller")
    assert told["customer"]["address"].zip == "10702"
    assert told["business"] == {"company": "Northline", "agent": "agent 12"}
    assert (told["lifeline"]["vendor"], told["lifeline"]["expires_on"]) == ("NLAD", date(2026, 12, 3))
    assert "submit" in [notice["remedy"] for notice in told["important"]]
    assert told["lines"][0].balances[0].remaining == 712
    assert told["timeline"][0]["agent"] == "agent07"


def test_json_is_plain(desk: Desk, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run_at(desk, capsys, "sv000042", "--json"))
    assert told["number"] == "SV000042"
    assert told["customer"]["address"]["zip"] == "10702"
    (line,) = told["lines"]
    assert (line["plan"]["monthly"], line["carrier"]["ocs_enabled"]) == ("18.00", True)
    assert told["lifeline"]["expires_on"] == "2026-12-03"


def test_nothing_private_is_told(desk: Desk, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    put_on_line(desk, number, Method.TEMPORARY_PIN)
    for told in (run_at(desk, capsys, number), run_at(desk, capsys, number, "--json")):
        assert "Maria" in told
        for private in ("1980", "05/02", "4321", "6789", "T-777", "birth_date", "last4", "tribal_id"):
            assert private not in told


def test_an_mvno_shows_no_lifeline_indicator_and_no_business_information(desk: Desk, number: str) -> None:
    become(desk, OperatorKind.MVNO)
    told = facts(account(desk, number))
    assert told["important"] and told["lines"]
    assert not {"lifeline", "business"} & told.keys()
    assert "Northline" not in shown(desk, number)


def test_hostile_names_reach_the_terminal_harmless(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    add_customer(desk, "SV000001", first_name="\x1b]0;owned\x07Eve\u202e", city="[bold]")
    told = run_at(desk, capsys, "SV000001")
    assert "Eve" in told and "[bold]" in told
    assert not {"\x1b", "\x07", "\u202e"} & set(told)


def test_an_account_that_is_not_there_ends_with_1(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", str(desk.store.path), "account", "SV999999"]) == 1
    assert "There is no account SV999999 here." in capsys.readouterr().err
    assert run(["--store", str(desk.store.path), "account"]) == 2
