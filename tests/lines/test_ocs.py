"""View OCS CSR: offline from the store, live from a charging system, and never what is somebody else's."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from data.connections import Connections
from data.desk import Desk
from data.errors import Refused
from data.lines.ocs import view_csr
from data.lines.ocs_http import HttpOcs
from data.lines.rules import LineStatus, Usage
from data.lines.tables import Line
from tests.builders import add_customer, line_of, put_on_line
from tests.conftest import NOW
from tests.lines.charging_system import MDN, MONEY, TEXTS, VOICE, Answer, ChargingSystem, ask, refusal


def test_offline_the_store_answers(desk: Desk, line: int) -> None:
    csr = view_csr(desk, line)
    assert (csr.line_status, csr.live, csr.as_of) == ("active", False, NOW)
    assert [(each.name, each.remaining, each.unit) for each in csr.balances] == [
        ("Minutes", Decimal(712), "min"),
        ("Text messages", None, "texts"),
    ]
    assert csr.balances[0].ends_at == datetime(2026, 12, 1, 5, 0, tzinfo=UTC)  # midnight in New York


def test_a_carrier_that_is_not_on_the_ocs_is_not_asked(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    with pytest.raises(Refused, match="Carrier of 2125550187 is not on the charging system"):
        view_csr(desk, line_of(desk, "2125550187"), HttpOcs(ocs.url))
    assert ocs.asked == []


def test_a_number_that_went_to_somebody_else_never_shows_their_balances(desk: Desk, line: int) -> None:
    with desk.store.writing() as session:
        session.get_one(Line, line).status = LineStatus.DISCONNECTED
        carrier_id = session.get_one(Line, line).carrier_id
    add_customer(desk, "SV000002", mdns=(MDN,))
    with desk.store.writing() as session:
        session.get_one(Line, line_of(desk, MDN)).carrier_id = carrier_id
    with pytest.raises(Refused, match="212-555-0143 is no longer in service on this account"):
        view_csr(desk, line)
    put_on_line(desk, "SV000002")
    assert view_csr(desk, line_of(desk, MDN)).balances == ()


def test_a_line_without_a_number_is_told_so(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    with desk.store.writing() as session:
        session.get_one(Line, line).mdn = None
    with pytest.raises(Refused, match="no number yet"):
        view_csr(desk, line, HttpOcs(ocs.url))
    assert ocs.asked == []


@pytest.mark.parametrize("module", ["ocs", "ocs_http", "tmf654"])
def test_each_of_its_modules_can_be_imported_first(module: str) -> None:
    subprocess.run([sys.executable, "-c", f"from data.lines.{module} import *"], check=True)


def test_a_desk_that_is_connected_asks_the_real_one(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    ocs.answers = [Answer(body=[VOICE])]
    connections = Connections.from_environment({"CARELINE_OCS_URL": ocs.url, "CARELINE_OCS_TOKEN": "s3cret"})
    assert view_csr(replace(desk, connections=connections), line).live
    assert "s3cret" not in repr(connections)
    path, headers = ocs.asked[0]
    assert urlsplit(path).path == "/tmf-api/prepayBalanceManagement/v4/bucket"
    assert parse_qs(urlsplit(path).query)["logicalResource.id"] == [f"1{MDN}"]
    assert headers["authorization"] == "Bearer s3cret"


def test_every_balance_comes_in_the_units_that_agents_speak(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    csr = ask(desk, ocs, Answer(body=[VOICE, TEXTS, MONEY]))
    assert (csr.line_status, csr.live) == ("active", True)
    voice, texts, money = csr.balances
    assert (voice.name, voice.remaining, voice.unit, voice.reserved) == ("Anytime minutes", 712, "min", 1)
    assert voice.ends_at == datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
    assert (texts.usage, texts.remaining, texts.name) == (Usage.TEXT, None, "Text")
    assert (money.remaining, money.unit, money.usage) == (Decimal("0.1"), "USD", Usage.MONEY)


def test_another_customers_balances_never_show(desk: Desk, line: int, ocs: ChargingSystem) -> None:
    other = VOICE | {"name": "Not ours", "logicalResource": [{"id": "12125550187"}]}
    csr = ask(desk, ocs, Answer(body=[other, VOICE]))
    assert [each.name for each in csr.balances] == ["Anytime minutes"]
    assert "does not know 212-555-0143" in refusal(desk, ocs, Answer(body=[other]))
