"""The rules of verification, by table at each boundary and by property."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.operators.rules import BULK_LOOK_RULE, wrong_custom_rule
from data.search.covering import only_typed
from data.search.results import Why
from data.verification.notices import Change, changes_in
from data.verification.rules import (
    FIELDS,
    LEVELS,
    MASK,
    ORDER,
    Field,
    Level,
    Method,
    before,
    best,
    fits_rq,
    level_of,
    named,
    opened,
    reason,
    without_numbers,
)

METHODS = st.sampled_from(list(Method))


@pytest.mark.parametrize(
    ("method", "level"),
    [
        (Method.RQ, Level.NONE),
        (Method.LINK, Level.CONFIRMED),
        (Method.TEMPORARY_PIN, Level.CONFIRMED),
        (Method.PIN, Level.PROVEN),
        (Method.CALL_BACK, Level.PROVEN),
    ],
)
def test_what_each_method_comes_to(method: Method, level: Level) -> None:
    assert LEVELS[method] is level
    assert level_of([method]) is level


def test_call_detail_and_the_birth_date_ask_for_the_most() -> None:
    confirmed = {Field.STREET, Field.CONTACTS, Field.DEVICE, Field.PLAN, Field.BALANCES, Field.BILLS}
    assert opened(Level.NONE) == frozenset()
    assert opened(Level.CONFIRMED) == confirmed
    assert opened(Level.PROVEN) == confirmed | {Field.BIRTH_DATE, Field.CALL_DETAIL} == frozenset(FIELDS)


def test_a_higher_level_opens_all_that_a_lower_one_does() -> None:
    assert all(opened(lower) < opened(higher) for lower, higher in pairwise(Level))


@given(st.lists(METHODS))
def test_methods_come_to_the_best_of_them_in_whatever_order(passed: list[Method]) -> None:
    assert level_of(passed) is level_of(passed[::-1])
    assert level_of(passed) == max((LEVELS[method] for method in passed), default=Level.NONE)
    shown = best(passed)
    assert (shown is None) == (not passed)
    assert shown is None or LEVELS[shown] is level_of(passed)


@pytest.mark.parametrize(
    ("method", "offered", "settled", "first"),
    [
        (Method.LINK, ORDER, (), None),
        (Method.TEMPORARY_PIN, ORDER, (), Method.LINK),
        (Method.TEMPORARY_PIN, ORDER, (Method.LINK,), None),
        (Method.TEMPORARY_PIN, ORDER[1:], (), None),
        (Method.PIN, ORDER, (), Method.LINK),
        (Method.PIN, ORDER, (Method.LINK,), Method.TEMPORARY_PIN),
        (Method.PIN, ORDER, (Method.TEMPORARY_PIN,), Method.LINK),
        (Method.PIN, ORDER, ORDER[:2], None),
        (Method.PIN, (Method.PIN,), (), None),
        (Method.CALL_BACK, ORDER, (), None),
        (Method.RQ, ORDER, (), None),
    ],
)
def test_whose_turn_it_is(
    method: Method, offered: tuple[Method, ...], settled: tuple[Method, ...], first: Method | None
) -> None:
    assert before(method, offered, settled) is first


@given(METHODS, st.sets(METHODS), st.sets(METHODS))
def test_what_comes_first_can_be_tried_and_was_not(method: Method, offered: set[Method], settled: set[Method]) -> None:
    first = before(method, offered, settled)
    assert first is None or (first in offered and first not in settled and ORDER.index(first) < ORDER.index(method))


@pytest.mark.parametrize(
    ("judged", "passed"),
    [((), False), ((True, True), False), ((True, True, True), True), ((True, True, True, False), False)],
)
def test_when_rq_is_passed(judged: tuple[bool, ...], passed: bool) -> None:
    assert fits_rq(judged) is passed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Samsung Galaxy A15, IMEI 490154203237518", f"Samsung Galaxy A15, IMEI {MASK}"),
        ("iPhone 12, MEID A0000000002329", f"iPhone 12, MEID {MASK}"),
        ("Maria Alvarez, 212-555-0143", f"Maria Alvarez, {MASK}"),
        ("call (212) 555 0143 after 5", f"call {MASK} after 5"),
        ("write to maria@example.com", f"write to {MASK}"),
        ("Galaxy S21 5G 128 GB", "Galaxy S21 5G 128 GB"),
        ("call after 5", "call after 5"),
    ],
)
def test_numbers_and_addresses_in_a_text_are_masked(text: str, shown: str) -> None:
    assert without_numbers(text) == shown


@given(st.text(), st.integers(10**9, 10**10 - 1))
def test_no_telephone_is_left_in_a_text(text: str, number: int) -> None:
    assert str(number) not in without_numbers(f"{text} {number}")


@pytest.mark.parametrize(
    ("why", "shown"),
    [
        (Why("IMEI ending 7518", "490154203237518", "7518", "detail"), f"{MASK}7518"),
        (Why("IMEI beginning 4901", "490154203237518", "4901", "detail"), f"4901{MASK}"),
        (Why("IMEI", "490154203237518", "490154203237518", "detail"), "490154203237518"),
        (Why("e-mail", "maria@example.com", "maria@", "detail"), f"maria@{MASK}"),
        (Why("e-mail, nearly", "maria@example.com", "", "detail"), MASK),
        (Why("MDN, one digit different", "9145550199", "", "mdn"), MASK),
    ],
)
def test_a_hit_shows_the_part_that_was_typed(why: Why, shown: str) -> None:
    assert only_typed(why) == shown


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (("last_name", "phones", "birth_date"), ()),
        (("emails",), (Change.EMAIL,)),
        (("street2",), (Change.ADDRESS,)),
        (("zip", "emails"), (Change.EMAIL, Change.ADDRESS)),
    ],
)
def test_what_the_previous_contact_is_told_of(fields: tuple[str, ...], told: tuple[Change, ...]) -> None:
    assert changes_in(fields) == told


@pytest.mark.parametrize(
    ("text", "said"),
    [("", ""), (" .;- ", ""), ("12", ""), ("x", ""), ("a b 1c_", ""), ("é2", ""), ("ID", "ID"), ("Übel", "Übel"),
     (" a letter  came ", "a letter came")],
)  # fmt: skip
def test_a_reason_has_words(text: str, said: str) -> None:
    assert reason(text) == said


@pytest.mark.parametrize(
    ("text", "field"),
    [("birth-date", Field.BIRTH_DATE), ("Device numbers", Field.DEVICE), ("device", Field.DEVICE), ("shoe", None)],
)
def test_a_field_is_named_by_its_name_or_its_words(text: str, field: Field | None) -> None:
    assert named(text, Field) is field


@pytest.mark.parametrize("text", ["call-back", "call back", "CALL_BACK"])
def test_a_method_is_named_likewise(text: str) -> None:
    assert named(text, Method) is Method.CALL_BACK


@pytest.mark.parametrize(("value", "right"), [("0", True), ("20", True), ("999", True), ("1000", False), ("-1", False)])
def test_how_many_accounts_the_custom_rule_may_name(value: str, right: bool) -> None:
    assert (wrong_custom_rule(BULK_LOOK_RULE, value) is None) is right
