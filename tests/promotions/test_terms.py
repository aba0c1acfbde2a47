"""What a promotion may say, how its revisions follow one another, and how files write it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.demo.promotions import catalogue
from data.desk import Desk
from data.errors import Invalid, Misused, Refused
from data.promotions.actions import end_promotion, import_promotions, save_promotion
from data.promotions.files import read_file, read_toml, write_csv, write_toml
from data.promotions.queries import promotion, promotions
from data.promotions.reading import read_terms
from data.promotions.records import cells_of
from data.promotions.rules import Gives, Overlap, Terms, place, wrong_terms

TODAY = date(2026, 11, 22)
GOOD = Terms(ost="9001", name="Test", gives=Gives.MONTHLY, cents=360_00, months=36, valid_from=TODAY)
PLAIN = {"ost": "9001", "name": "Test", "gives": "monthly credits", "amount": "360.00", "months": 36}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None),
        ({"ost": ""}, "ost"),
        ({"name": ""}, "name"),
        ({"cents": 0}, "amount"),
        ({"cents": 500_001}, "amount"),
        ({"cents": 500_000}, None),
        ({"months": 1}, "months"),
        ({"months": 61}, "months"),
        ({"valid_to": TODAY - timedelta(1)}, "valid_to"),
        ({"valid_to": TODAY}, None),
        ({"valid_from": date(1999, 12, 31)}, "valid_from"),
        ({"kinds": ()}, "kinds"),
        ({"begins": (2, 1)}, "begins"),
        ({"tenure_days": 60}, "trade_ins"),
        ({"percent": 10}, "percent"),
        ({"gives": Gives.ONE_TIME}, "months"),
        ({"gives": Gives.ONE_TIME, "months": 1}, None),
        ({"gives": Gives.PERCENT, "cents": 0, "percent": 101}, "percent"),
        ({"gives": Gives.PERCENT, "cents": 0, "percent": 100}, None),
        ({"gives": Gives.FREE_LINE}, "amount"),
        ({"gives": Gives.FREE_LINE, "cents": 0}, None),
    ],
)
def test_what_can_not_be_is_told_by_field(change: dict[str, object], field: str | None) -> None:
    assert set(wrong_terms(replace(GOOD, **change))) == ({field} if field else set())  # type: ignore[arg-type]


def test_a_revision_takes_over_from_today_on_and_never_before() -> None:
    running = replace(GOOD, valid_from=TODAY - timedelta(90), valid_to=None)
    taking_over = replace(GOOD, cents=720_00)
    assert place(taking_over, [running], TODAY).cut == running
    assert place(replace(taking_over, valid_from=TODAY + timedelta(5)), [running], TODAY).cut == running
    with pytest.raises(Overlap, match="days that have passed"):
        place(replace(taking_over, valid_from=TODAY - timedelta(1)), [running], TODAY)
    assert place(running, [running], TODAY).same
    begins_later = replace(GOOD, valid_from=TODAY + timedelta(9))
    assert place(replace(begins_later, cents=100_00), [begins_later], TODAY).replaces == begins_later
    ended = replace(GOOD, valid_from=TODAY - timedelta(90), valid_to=TODAY - timedelta(60))
    fills_a_gap = replace(GOOD, valid_from=TODAY - timedelta(50), valid_to=TODAY - timedelta(40))
    assert place(fills_a_gap, [ended], TODAY).cut is None


@given(st.lists(st.tuples(st.integers(-60, 60), st.one_of(st.none(), st.integers(0, 40))), max_size=8))
def test_whatever_is_put_the_past_stays_and_nothing_overlaps(spans: list[tuple[int, int | None]]) -> None:
    standing: list[Terms] = []

    def told_on(day: date) -> list[int]:
        return [one.cents for one in standing if one.holds_on(day)]

    for number, (first, length) in enumerate(spans):
        begins = TODAY + timedelta(first)
        last = None if length is None else begins + timedelta(length)
        new = replace(GOOD, valid_from=begins, valid_to=last, cents=100_00 + number)
        past = {day: told_on(day) for day in (TODAY - timedelta(ago) for ago in range(1, 70))}
        try:
            where = place(new, standing, TODAY)
        except Overlap:
            continue
        gone = [one for one in (where.cut, where.replaces) if one]
        cut = [replace(where.cut, valid_to=begins - timedelta(1))] if where.cut else []
        standing = [one for one in standing if one not in gone] + cut + [new]
        assert all(told_on(day) == was for day, was in past.items() if was)
        assert all(len(told_on(TODAY + timedelta(day))) <= 1 for day in range(-70, 110))


def test_the_catalogue_goes_through_both_files_and_back(tmp_path: Path) -> None:
    for name, text in (("all.toml", write_toml(catalogue())), ("all.csv", write_csv(catalogue()))):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert tuple(read_terms(entry.plain) for entry in read_file(path)) == catalogue()


@pytest.mark.parametrize("terms", catalogue()[::9], ids=lambda terms: terms.ost)
def test_what_a_form_shows_is_what_it_saves(terms: Terms) -> None:
    assert read_terms(cells_of(terms)) == terms


def test_the_demo_ships_three_years_of_promotions_that_are_easily_mixed_up() -> None:
    numbers = {terms.ost for terms in catalogue()}
    assert len(numbers) >= 60
    assert len(catalogue()) > len(numbers), "revisions"
    days = [terms.valid_from for terms in catalogue()]
    assert max(days) - min(days) > timedelta(2.7 * 365)
    on_may_first = [terms for terms in catalogue() if terms.holds_on(date(2026, 5, 1))]
    assert len(on_may_first) > 20, "overlaps"
    for terms in catalogue():
        assert not wrong_terms(terms)


def test_importing_twice_adds_nothing_and_what_is_wrong_is_rejected_with_its_reason(lead: Desk) -> None:
    before = promotions(lead)
    assert import_promotions(lead, read_toml(write_toml(catalogue()))).new == 0
    text = """
[[promotion]]
ost = "9100"
name = "A good one"
gives = "one-time credit"
amount = "100.00"
valid_from = 2026-12-01

[[promotion]]
ost = "9101"
name = "A float"
gives = "one-time credit"
amount = 99.99
valid_from = 2026-12-01

[[promotion]]
ost = "5001"
name = "Changes what was told"
gives = "one-time credit"
amount = "1.00"
valid_from = 2026-05-01
"""
    done = import_promotions(lead, read_toml(text))
    assert (done.new, done.same) == (1, 0)
    assert [(one.where, one.ost) for one in done.rejects] == [("promotion 2", "9101"), ("promotion 3", "5001")]
    assert "decimal in quotes" in done.rejects[0].why
    assert "days that have passed" in done.rejects[1].why
    assert len(promotions(lead)) == len(before) + 1


def test_a_lead_writes_a_revision_and_yesterday_stays(lead: Desk) -> None:
    save_promotion(lead, {**PLAIN, "ost": "5001", "gives": "one-time credit", "months": 1, "valid_from": TODAY})
    first, second = promotion(lead, "5001")
    assert first.terms.valid_to == TODAY - timedelta(1)
    assert first.terms.cents == 400_00
    assert (second.terms.valid_from, second.terms.cents, second.made_by) == (TODAY, 360_00, "lead03")


def test_an_agent_does_not_change_the_catalogue(demo: Desk) -> None:
    with pytest.raises(Refused, match="may not change the promotions catalogue"):
        save_promotion(demo, {**PLAIN, "valid_from": TODAY})


def test_what_is_wrong_in_a_form_is_told_by_field(lead: Desk) -> None:
    with pytest.raises(Invalid) as wrong:
        save_promotion(lead, {**PLAIN, "amount": "12.345", "valid_from": "soon", "loyalty": "maybe"})
    assert set(wrong.value.fields) == {"amount", "valid_from", "loyalty"}


def test_a_promotion_ends_today_or_later(lead: Desk) -> None:
    with pytest.raises(Misused, match="between 2000 and 2099"):
        end_promotion(lead, "5001", date(2100, 1, 1))
    assert end_promotion(lead, "5001", TODAY).terms.valid_to == TODAY
    with pytest.raises(Refused, match="keep their terms"):
        end_promotion(lead, "5002", TODAY - timedelta(2))
