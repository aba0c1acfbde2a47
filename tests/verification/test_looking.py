"""Who opens many accounts without a call within an hour is told to the lead, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.command_line import run
from data.cases.dashboard import pending
from data.cases.pending import ItemKind
from data.customers.actions import open_account
from data.desk import Desk
from data.errors import Refused
from data.operators.actions import set_rule
from data.operators.rules import BULK_LOOK_RULE
from data.verification.actions import begin_call, end_call, see_bulk_look
from data.verification.queries import bulk_looks
from tests.builders import add_customer
from tests.conftest import NOW


@pytest.fixture
def accounts(desk: Desk, admin: Desk) -> list[str]:
    """Five accounts; more than three opened without a call within an hour are too many."""
    set_rule(admin, BULK_LOOK_RULE, "3")
    numbers = [f"SV{number:06}" for number in range(1, 6)]
    for number in numbers:
        add_customer(desk, number, first_name="Ann", last_name="Walker")
    return numbers


def looked(desk: Desk, numbers: list[str], *, minutes: int = 0) -> None:
    then = replace(desk, clock=lambda: NOW + timedelta(minutes=minutes))
    for number in numbers:
        open_account(then, number)


def test_the_number_itself_is_allowed(desk: Desk, lead: Desk, accounts: list[str]) -> None:
    looked(desk, accounts[:3] * 3)
    assert bulk_looks(lead) == ()


def test_one_more_is_told_to_the_lead_once_until_it_is_seen(desk: Desk, lead: Desk, accounts: list[str]) -> None:
    looked(desk, accounts)
    (notice,) = bulk_looks(lead)
    assert (notice.agent, notice.accounts, notice.seen_by) == ("agent07", 5, "")
    (item,) = [item for item in pending(lead).items if item.kind is ItemKind.LOOK]
    assert item.text == "agent07 opened 5 accounts without a call within an hour"
    assert not [item for item in pending(desk).items if item.kind is ItemKind.LOOK]
    see_bulk_look(lead, notice.id)
    assert (bulk_looks(lead), len(pending(lead))) == ((), 0)
    assert bulk_looks(lead, seen=True)[0].seen_by == "lead03"


def test_an_hour_is_an_hour(desk: Desk, lead: Desk, accounts: list[str]) -> None:
    looked(desk, accounts[:2])
    looked(desk, accounts[2:4], minutes=60)
    assert bulk_looks(lead) == ()
    looked(desk, accounts[4:] + accounts[:1], minutes=60)
    assert bulk_looks(lead)[0].accounts == 4


def test_what_is_opened_on_a_call_is_no_looking(desk: Desk, lead: Desk, accounts: list[str]) -> None:
    looked(desk, accounts[:3])
    begin_call(desk)
    looked(desk, accounts)
    end_call(desk)
    assert bulk_looks(lead) == ()


def test_only_who_leads_sees_who_looked(desk: Desk, accounts: list[str]) -> None:
    with pytest.raises(Refused, match="may not see and share out"):
        bulk_looks(desk)


def test_the_command_line_looks_count_too(
    desk: Desk, lead: Desk, accounts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for number in accounts:
        assert run(["--store", str(desk.store.path), "--agent", "agent07", "account", number]) == 0
    assert bulk_looks(lead)[0].accounts == 5
    capsys.readouterr()
    assert run(["--store", str(desk.store.path), "--agent", "lead03", "call", "looks"]) == 0
    assert "agent07: 5 accounts without a call" in capsys.readouterr().out
    assert run(["--store", str(desk.store.path), "--agent", "lead03", "call", "seen", "1"]) == 0
