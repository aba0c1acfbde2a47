"""The ends of handsets' numbers as SQLite indexes them are those that are read out."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.desk import Desk
from data.identifiers import esn_decimal, luhn_digit, meid_decimal
from data.search import search
from data.search.sqlite.index.tables import IMEI_END, decimal_end, imei_ends
from tests.builders import add_customer


def computed(expression: str, column: str, value: str) -> int:
    with sqlite3.connect(":memory:") as connection:
        return int(connection.execute(f"SELECT {expression} FROM (SELECT ? AS {column})", (value,)).fetchone()[0])


@settings(max_examples=60)
@given(st.integers(0, 16**8 - 1), st.integers(0, 16**6 - 1))
def test_a_decimal_end_is_that_of_the_decimal_form(maker: int, serial: int) -> None:
    esn, meid = f"{maker % 256:02X}{serial:06X}", f"{maker:08X}{serial:06X}"
    assert computed(decimal_end("esn"), "esn", esn) == int(esn_decimal(esn)[-6:])
    assert computed(decimal_end("meid"), "meid", meid) == int(meid_decimal(meid)[-6:])


@settings(max_examples=30)
@given(st.integers(0, 10**14 - 1))
def test_an_imei_ends_with_its_check_digit_or_without(number: int) -> None:
    body = f"{number:014d}"
    imei = body + luhn_digit(body)
    ends = computed(IMEI_END, "imei", imei)
    assert ends in imei_ends(int(imei[-6:]))[0]
    assert ends in imei_ends(int(body[-6:]))[1]


def test_an_imei_that_ends_as_typed_comes_before_one_whose_check_digit_is_left_out(desk: Desk) -> None:
    for number, imei in enumerate(["490154203237518", "490154212375183"]):  # the second ends in 237518 but for the last
        add_customer(desk, f"SV{number}", last_name=f"Lee{number}", mdns=[f"212555010{number}"], device={"imei": imei})
    assert [hit.account for hit in search(desk, "237518")] == ["SV0", "SV1"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("237518", "handset"), ("0237518", "telephone"), ("7518", "telephone"), ("8237518", "handset")],
)
def test_six_digits_are_a_handsets_sooner_than_a_telephones(desk: Desk, typed: str, first: str) -> None:
    """Six are read out from a handset's box, four or seven of a telephone number."""
    add_customer(desk, "SV1", last_name="telephone", mdns=["2120237518"])
    add_customer(desk, "SV2", last_name="handset", mdns=["3125550101"], device={"imei": "490154208237518"})
    assert search(desk, typed).hits[0].name == first
