"""Reading a line: plan, carrier, features, handset in every form, and what remains of this period only."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from data.customers.queries import account
from data.desk import Desk
from data.errors import NotFound
from data.lines.queries import find_line
from data.lines.rules import LineStatus
from data.lines.tables import Balance, Device, Line
from tests.builders import add_customer, add_service, line_of, put_on_line


@pytest.fixture
def mdn(desk: Desk) -> str:
    handset = {"meid": "A0000000002329", "iccid": "89014103211118510720", "make": "Samsung", "model": "Galaxy A15"}
    add_customer(desk, mdns=("2125550143", "2125550187"), device=handset)
    put_on_line(desk, "SV000001")
    return "2125550143"


def test_a_line_has_its_plan_carrier_and_features(desk: Desk, mdn: str) -> None:
    add_service(desk, mdn, ocs=True, features=("Extra mail", "Extra data"))
    line = find_line(desk, line_of(desk, mdn))
    assert line.plan is not None and line.carrier is not None
    assert (line.plan.name, line.plan.monthly) == ("Plan of 2125550143", Decimal("18.00"))
    assert (line.plan.voice_minutes, line.plan.text_messages, line.plan.data_mb) == (1000, None, 0)
    assert (line.carrier.name, line.carrier.ocs_enabled) == ("Carrier of 2125550143", True)
    assert [(feature.name, feature.monthly) for feature in line.features] == [
        ("Extra data", Decimal("2.99")),
        ("Extra mail", Decimal("2.99")),
    ]


def test_a_line_without_service_is_shown_as_such(desk: Desk, mdn: str) -> None:
    bare = find_line(desk, line_of(desk, "2125550187"))
    assert (bare.plan, bare.carrier, bare.device, bare.features, bare.balances) == (None, None, None, (), ())


def test_a_handset_is_shown_in_every_form_it_may_be_read_out_in(desk: Desk, mdn: str) -> None:
    device = find_line(desk, line_of(desk, mdn)).device
    assert device is not None
    assert device.name == "Samsung Galaxy A15"
    shown = {text for _, text in device.forms}
    assert {"A0000000002329", "268435456000009001", "8051F1AB", "12805370283"} <= shown
    assert any(text.replace(" ", "") == "89014103211118510720" for text in shown)


def test_the_newest_handset_of_a_line_is_the_one_in_it(desk: Desk, mdn: str) -> None:
    with desk.store.writing() as session:
        line_id = session.exec(select(Line.id).where(Line.mdn == mdn)).one()
        session.add(Device(line_id=line_id, make="Apple", model="iPhone 12"))
    device = find_line(desk, line_of(desk, mdn)).device
    assert device is not None and device.name == "Apple iPhone 12"


def test_balances_are_those_of_the_period_that_runs_today(desk: Desk, mdn: str) -> None:
    add_service(desk, mdn, data=(5120, 614), voice=(1000, 0), text=(None, None))
    shown = [
        (b.kind, b.unit, b.allowance, b.remaining, b.period_end) for b in find_line(desk, line_of(desk, mdn)).balances
    ]
    last = date(2026, 11, 30)
    assert shown == [
        ("voice", "min", 1000, 0, last),
        ("text", "texts", None, None, last),
        ("data", "MB", 5120, 614, last),
    ]


@pytest.mark.parametrize(("starts", "ends", "shown"), [(0, 0, 1), (-1, 0, 1), (0, 1, 1), (-2, -1, 0), (1, 2, 0)])
def test_a_period_counts_from_its_first_day_to_its_last(
    desk: Desk, mdn: str, starts: int, ends: int, shown: int
) -> None:
    add_service(desk, mdn, data=(5120, 614))
    with desk.store.writing() as session:
        row = session.exec(select(Balance)).one()
        row.period_start, row.period_end = (desk.today() + timedelta(days) for days in (starts, ends))
    assert len(find_line(desk, line_of(desk, mdn)).balances) == shown


def test_lines_of_one_account_do_not_mix(desk: Desk, mdn: str) -> None:
    add_service(desk, mdn, features=("Extra mail",), data=(100, 1))
    add_service(desk, "2125550187", features=("Extra data",), data=(200, 2))
    first, second = account(desk, "SV000001").lines
    assert [feature.name for line in (first, second) for feature in line.features] == ["Extra mail", "Extra data"]
    assert [balance.remaining for line in (first, second) for balance in line.balances] == [1, 2]
    assert first.device is not None and second.device is None


def test_a_number_that_went_to_somebody_else_leaves_the_line_it_was(desk: Desk, mdn: str) -> None:
    before = line_of(desk, mdn)
    with desk.store.writing() as session:
        session.get_one(Line, before).status = LineStatus.DISCONNECTED
    add_customer(desk, "SV000002", mdns=(mdn,))
    assert find_line(desk, before).status is LineStatus.DISCONNECTED
    assert find_line(desk, line_of(desk, mdn)).status is LineStatus.ACTIVE


def test_a_line_that_is_not_there_is_told_so(desk: Desk) -> None:
    with pytest.raises(NotFound, match="not here any more"):
        find_line(desk, 99)
