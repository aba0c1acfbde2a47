"""Text of people and files: what is left of it where a terminal, a spreadsheet or the store would obey it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzz.hostile import FORMULAS, SORTS, hostile
from data.search.recognise import recognise
from data.text import cell, clean, clean_lines, counted, guarded, harmless, unguarded

ALL = sorted({text for sort in SORTS for text in sort})


@pytest.mark.parametrize("text", ALL, ids=ascii)
def test_nothing_is_left_that_a_terminal_would_obey(text: str) -> None:
    for told in (harmless(text), clean(text), clean_lines(text).replace("\n", ""), cell(text)):
        assert told.isprintable()
        told.encode("utf-8")


@given(st.text(max_size=60))
def test_whatever_comes_is_printable_after_cleaning(text: str) -> None:
    assert harmless(text).isprintable()
    assert clean(clean(text)) == clean(text)
    assert len(clean(text, 20)) <= 20


@pytest.mark.parametrize("between", ["", "\u200d", "\u202e"], ids=ascii)
def test_an_accent_joins_its_letter_whatever_stood_between_them(between: str) -> None:
    assert clean(f"Jose{between}\u0301") == "José"


@given(st.integers(0, 300))
def test_what_is_too_long_is_cut_and_harmful_texts_are_searched_for(seed: int) -> None:
    text = hostile(random.Random(seed))
    assert len(clean(text)) <= 200
    query = recognise(text)
    assert query.text.isprintable()


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["-5", "+1 (212) 555-0143", "-12.50", "a=b", "", "- ", "12-03-2026", "'tis", "O'Brien"]
)
def test_figures_and_words_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


@given(st.text(alphabet="'=+-@＝ a1\t", max_size=8))
def test_a_guarded_cell_is_read_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip().startswith(("=", "@", "＝"))


@pytest.mark.parametrize(
    ("count", "words", "told"),
    [
        (0, ("case",), "0 cases"),
        (1, ("case",), "1 case"),
        (1_234, ("case",), "1,234 cases"),
        (1, ("entry", "entries"), "1 entry"),
        (2, ("entry", "entries"), "2 entries"),
    ],
)
def test_what_is_counted_is_one_or_many(count: int, words: tuple[str, ...], told: str) -> None:
    assert counted(count, *words) == told
