"""What callers say, what it is taken for, and which promotion comes first."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.promotions.asking import questions
from console.command_line import run
from data.demo.promotions import catalogue
from data.desk import Desk
from data.errors import NotFound
from data.promotions.conditions import Condition, Facts, State, check, eligible, missing
from data.promotions.gifts import gift
from data.promotions.queries import find
from data.promotions.ranking import Catalogue
from data.promotions.recognising import recognise
from data.promotions.rules import Gives, Kind, Shape
from data.promotions.wording import chips
from tests.builders import put_on_line
from tests.promotions.conftest import CAFE, JOHN

TODAY = date(2026, 11, 22)
KNOWN = Catalogue(catalogue())
SAID = "may 1st s25 ultra, traded s21 good, $1000, unlimited ultimate, upgrade, not loyalty"


def understood(text: str) -> dict[str, Any]:
    return recognise(text, KNOWN.names, TODAY).facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            SAID,
            {
                "on": date(2026, 5, 1), "device": "Galaxy S25 Ultra", "trade_in": "Galaxy S21", "traded": True,
                "shape": Shape.GOOD, "amount": 1000_00, "plan": "Unlimited Ultimate", "kind": Kind.UPGRADE,
                "loyalty": False,
            },
        ),
        ("expected $400", {"amount": 400_00}),
        ("$1,000.50 off", {"amount": 1000_50}),
        ("1k", {"amount": 1000_00}),
        ("800 dollars", {"amount": 800_00}),
        ("27.77 a month for 36 months", {"monthly": 27_77, "months": 36}),
        ("$10/mo x 24", {"monthly": 10_00, "months": 24}),
        ("25% off", {"percent": 25}),
        ("OST 5012", {"ost": "5012"}),
        ("5/1/25", {"on": date(2025, 5, 1)}),
        ("2025-05-01", {"on": date(2025, 5, 1)}),
        ("dec 24", {"on": date(2025, 12, 24)}),
        ("feb 29", {"on": date(2024, 2, 29)}),
        ("11/22", {"on": TODAY}),
        ("11/23", {"on": date(2025, 11, 23)}),
        ("in march", {"on": date(2026, 3, 15), "slack": 16}),
        ("yesterday", {"on": date(2026, 11, 21)}),
        ("samsung galaxy s25ultra", {"device": "Galaxy S25 Ultra"}),
        ("galxy s25 ulrta", {"device": "Galaxy S25 Ultra"}),
        ("s25+", {"device": "Galaxy S25+"}),
        ("16 pro max", {"device": "iPhone 16 Pro Max"}),
        ("traded iphone 12 for a 16 pro", {"trade_in": "iPhone 12", "traded": True, "device": "iPhone 16 Pro"}),
        ("s21 trade in towards s25", {"trade_in": "Galaxy S21", "traded": True, "device": "Galaxy S25"}),
        ("no trade in", {"traded": False}),
        ("cracked screen", {"shape": Shape.CRACKED}),
        ("won't turn on", {"shape": Shape.NO_POWER}),
        ("ported my number", {"kind": Kind.PORT_IN}),
        ("added a line", {"kind": Kind.NEW_LINE}),
        ("upgarded", {"kind": Kind.UPGRADE}),
        ("loyalty customer", {"loyalty": True}),
        ("unlimitd plus plan", {"plan": "Unlimited Plus"}),
        ("line for free", {"gives": Gives.FREE_LINE}),
        ("had it for 2 years", {"tenure_days": 730}),
        ("not past due", {"current": True}),
        ("account past due", {"current": False}),
        ("s22", {"device": "Galaxy S22"}),
        ("hello there [/] %s \x1b[2J", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_what_is_said_is_taken_for(text: str, facts: dict[str, Any]) -> None:
    assert understood(text) == facts


def test_the_promotion_of_the_question_comes_first(demo: Desk) -> None:
    best = find(demo, SAID).matches[0]
    assert best.terms.ost == "5012"
    assert best.gift.words == "$27.77 a month for 36 months, $1,000.00 in all"
    states = {one.name: one.state for one in best.conditions}
    assert states["plan"] is State.MET
    assert states["tenure"] is State.UNKNOWN
    assert best.eligible is None


def test_the_near_miss_says_what_was_missing(demo: Desk) -> None:
    found = find(demo, SAID.replace("ultimate", "welcome"), {"current": True})
    assert "5012" in [match.terms.ost for match in found.matches[:3]]
    wanted = next(match for match in found.matches if match.terms.ost == "5012")
    assert missing(wanted.conditions) == "The plan would have to be Unlimited Ultimate."
    assert wanted.eligible is False


def test_an_ost_number_that_nobody_has_is_told_as_such(demo: Desk) -> None:
    assert [chip.text for chip in chips(find(demo, "ost 99999"))] == ["no OST 99999 in the catalogue"]
    assert [chip.text for chip in chips(find(demo, "ost 5012"))] == ["OST 5012"]


@pytest.mark.parametrize("word", ["tradein", "exchanged", "swapped"])
def test_a_word_that_says_what_was_traded_is_no_part_of_a_name(word: str) -> None:
    read = recognise(f"s25 ultra {word} iphone 12", KNOWN.names, TODAY)
    assert (read.facts["trade_in"], read.words) == ("iPhone 12", ())


def test_an_account_fills_in_what_it_says_and_can_be_overridden(demo: Desk) -> None:
    found = find(demo, "expected $400", account=JOHN)
    assert (found.line, found.facts.device, found.facts.loyalty) == ("5185550187", "Galaxy S24 FE", False)
    assert (found.matches[0].terms.ost, found.matches[0].eligible) == ("5020", True)
    assert set(found.said) == {"amount"}
    other = find(demo, "expected $400", {"loyalty": True}, account=JOHN, line="518-555-0187")
    assert other.matches[0].terms.ost == "5021"
    with pytest.raises(NotFound):
        find(demo, account=JOHN, line="212-555-0199")


def test_what_is_masked_is_not_filled_in(demo: Desk) -> None:
    put_on_line(demo, CAFE)
    found = find(demo, "expected $400", account=JOHN)
    assert found.masked
    assert found.facts.device is None


def test_near_twins_are_told_apart_by_one_word(demo: Desk) -> None:
    for plan, ost in (("ultimate", "5012"), ("plus", "5013"), ("welcome", "5014")):
        text = f"may 1st s25, traded s22 good, unlimited {plan}, upgrade, not loyalty"
        assert find(demo, text).matches[0].terms.ost == ost
    launch = "upgraded may 2 2025 s25 ultra, traded s21, ultimate, $1000"
    assert find(demo, launch).matches[0].terms.ost == "4471"


def test_a_revision_answers_for_its_own_days(demo: Desk) -> None:
    for day, dollars in ((date(2025, 4, 30), 600), (date(2025, 5, 1), 1000)):
        match = find(demo, given={"ost": "4471", "on": day, "trade_in": "Galaxy S21", "shape": Shape.GOOD}).matches[0]
        assert match.gift.cents == dollars * 100


def test_most_questions_of_a_seeded_generator_are_answered(demo: Desk) -> None:
    asked = questions(catalogue(), TODAY, 120, seed=20)
    first = sum(find(demo, one.text, limit=3).matches[0].terms.ost == one.ost for one in asked)
    assert first >= 0.95 * len(asked)


def test_conditions_at_their_boundaries() -> None:
    terms = next(one for one in catalogue() if one.ost == "5012")
    whole = Facts(
        on=terms.valid_from, device="S25 Ultra", traded=True, trade_in="s22", shape=Shape.GOOD, kind=Kind.UPGRADE,
        plan="Unlimited Ultimate", loyalty=False, current=True, tenure_days=60, arrival_days=30, arrived=True,
        others=(),
    )  # fmt: skip

    def told(name: str, change: dict[str, Any]) -> Condition:
        return next(one for one in check(terms, replace(whole, **change)) if one.name == name)

    def state(name: str, **change: Any) -> str:
        return str(told(name, change).state)

    def why(name: str, **change: Any) -> str:
        return told(name, change).why

    assert eligible(check(terms, whole)) is True
    assert gift(terms, whole).cents == 1000_00
    assert state("tenure", tenure_days=59) == "not met"
    assert state("arrival", arrival_days=31) == "not met"
    assert state("arrival", arrival_days=30, arrived=False) == "unknown"
    assert state("arrival", arrival_days=31, arrived=False) == "not met"
    assert why("tenure", tenure_days=1) == "1 day; needs 60 days in use here"
    assert why("arrival", arrival_days=1) == "arrived after 1 day"
    assert why("arrival", arrival_days=29, arrived=False) == "not here yet; must arrive within 30 days: 1 day left"
    assert why("arrival", arrival_days=30, arrived=False).endswith("30 days: today is the last day")
    assert state("date", on=terms.valid_to) == "met"
    assert state("date", on=date(2026, 6, 16)) == "not met"
    assert state("condition", shape=Shape.WATER) == "not met"
    assert state("account", current=False) == "not met"
    assert state("loyalty", loyalty=None) == "unknown"
    assert state("trade-in", traded=False, trade_in=None) == "not met"
    assert state("stacking", others=("5003",)) == "not met"
    assert state("stacking", others=("5012",)) == "not met"


def test_the_command_prints_the_shape_that_scripts_rely_on(demo: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["promo", "find", "s25 ultra", "--on", "2026-05-01", "--trade-in", "s21", "--condition", "good",
             "--plan", "unlimited ultimate", "--upgrade", "--no-loyalty", "--amount", "1000", "--json"]  # fmt: skip
    assert run(["--store", str(demo.store.path), "--agent", "agent07", *words]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"understood", "matches"}
    assert told["understood"]["device"] == "Galaxy S25 Ultra"
    best = told["matches"][0]
    assert set(best) == {"ost", "name", "score", "eligible", "gives", "conditions"}
    assert (best["ost"], best["eligible"]) == ("5012", None)
    assert set(best["conditions"][0]) == {"name", "state", "why"}


@pytest.mark.parametrize("words", [["--condition", "rusty"], ["--on", "someday"], ["--line", "2125550100"]])
def test_an_option_that_can_not_be_is_misuse(demo: Desk, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", str(demo.store.path), "promo", "find", *words]) == 2
    assert capsys.readouterr().err


@settings(max_examples=150)
@given(st.text(max_size=90), st.text(max_size=30))
def test_nothing_that_is_said_stops_it(text: str, more: str) -> None:
    facts = recognise(f"{text} s21 {more} $", KNOWN.names, TODAY)
    assert len(KNOWN.rank(Facts(**facts.facts, words=facts.words), 3)) <= 3
