"""Markets: which one a customer is in, what it allows, and who may change it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import select

from console.command_line import run
from data.desk import Desk
from data.errors import Invalid, Misused, NotFound, Refused
from data.operators.catalog import default_catalog, parse_catalog
from data.operators.markets import market, market_of_state, markets, set_market
from data.operators.tables import Market


def test_a_new_store_has_the_markets_of_its_catalog(desk: Desk) -> None:
    assert {view.name for view in markets(desk)} == {offer.name for offer in default_catalog().markets}
    assert {view.allows_ocr for view in markets(desk)} == {True, False}


def test_a_customer_is_in_the_market_that_covers_their_state(desk: Desk) -> None:
    with desk.reading() as session:
        assert market_of_state(session, "TX") == market(session, "gulf")
        assert market_of_state(session, "") is None
        assert [market_of_state(session, odd) for odd in ("ZZ", "N", "_", "%", "X T")] == [None] * 5
        with pytest.raises(NotFound, match="Great Lakes"):
            market(session, "Atlantis")


def test_an_administrator_changes_a_market_and_adds_one(admin: Desk) -> None:
    changed = set_market(admin, "gulf", allows_ocr=True)
    assert (changed.name, changed.states, changed.allows_ocr) == ("Gulf", "AR LA OK TX", True)
    set_market(admin, "Gulf", states="AR, la OK")
    added = set_market(admin, "Lone Star", states="tx", email="tx@carrier.example")
    assert (added.states, added.allows_ocr) == ("TX", False)
    with admin.reading() as session:
        assert market_of_state(session, "TX") == added


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("states", {"states": "Texas"}),
        ("states", {"states": "AR ZZ"}),
        ("states", {"states": "NY"}),
        ("email", {"email": "someone"}),
        ("email", {"email": "a@b.example\nBcc: c@d.example"}),
    ],
)
def test_what_a_market_may_not_be(admin: Desk, field: str, change: dict[str, Any]) -> None:
    before = markets(admin)
    with pytest.raises(Invalid) as refused:
        set_market(admin, "Gulf", **change)
    assert list(refused.value.fields) == [field]
    assert markets(admin) == before


def test_a_catalog_with_a_state_that_is_none_is_not_taken() -> None:
    with pytest.raises(Misused, match="“ZZ” is not a state"):
        parse_catalog('[[market]]\nname = "A"\nstates = "NY ZZ"\n')


def test_a_market_that_has_such_a_state_from_before_can_still_be_changed(admin: Desk) -> None:
    with admin.store.writing() as session:
        session.exec(select(Market).where(Market.name == "Gulf")).one().states = "AR ZZ"
    assert set_market(admin, "Gulf", email="gulf@carrier.example").states == "AR ZZ"


def test_only_an_administrator_may(desk: Desk) -> None:
    with pytest.raises(Refused, match="administrator"):
        set_market(desk, "Gulf", allows_ocr=True)


def test_a_catalog_with_a_state_in_two_markets_is_not_taken() -> None:
    with pytest.raises(Misused, match="NY is in more than one market"):
        parse_catalog('[[market]]\nname = "A"\nstates = "NY NJ"\n[[market]]\nname = "B"\nstates = "NY"\n')


def test_from_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--store", str(desk.store.path), "--agent", "admin01", "market"]
    assert run([*words, "set", "Gulf", "--ocr", "--email", "gulf@carrier.example"]) == 0
    capsys.readouterr()
    assert run([*words, "list", "--json"]) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["Gulf"]["allows_ocr"]
    assert told["Gulf"]["email"] == "gulf@carrier.example"
    assert run([*words, "list"]) == 0
    assert "Gulf: AR LA OK TX\n  allows On Call Resolutions · gulf@carrier.example\n" in capsys.readouterr().out
