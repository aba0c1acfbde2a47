"""What is written down comes back the same, and no file, whatever it holds, makes an importer fail."""

from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.errors import Misused
from data.quiz.formats import FORMATS, Format, read_deck, recognised, write_deck
from data.quiz.rules import Clue, DeckText, FlagKind
from tests.quiz.decks import PAGE, boards, decks

BY_NAME = {one.NAME: one for one in FORMATS}
HOLD_ALL = ("toml", "csv", "gift", "anki")
few = settings(max_examples=25, deadline=None)


def same(read: DeckText, meant: DeckText) -> None:
    assert [dataclasses.asdict(clue) for clue in read.clues] == [dataclasses.asdict(clue) for clue in meant.clues]


@pytest.mark.parametrize("name", HOLD_ALL)
@few
@given(deck=decks())
def test_a_deck_comes_back_whole(name: str, deck: DeckText) -> None:
    same(read_deck(write_deck(deck, name), format_name=name), deck)


@pytest.mark.parametrize("name", HOLD_ALL)
def test_signs_that_a_format_uses_itself_come_back(name: str) -> None:
    hard = 'a|b \\ "c", {d} ~e =f #g :h: ::i:: // j $CATEGORY: k\tl; ANSWER: A'
    clue = Clue(category=hard, value=7, text=hard, answer=f"{hard}\n- second\nthird", alternatives=(hard, "\\"))
    deck = read_deck(write_deck(DeckText("x", (clue,)), "toml"))
    same(read_deck(write_deck(deck, name)), deck)


@pytest.mark.parametrize("name", ["page", "aiken"])
@few
@given(deck=boards())
def test_a_board_comes_back_as_far_as_the_format_goes(name: str, deck: DeckText) -> None:
    same(read_deck(write_deck(deck, name), format_name=name), BY_NAME[name].carries(deck))


def test_what_the_simple_formats_leave_out_is_known() -> None:
    clue = Clue(category="Ships", value=1, text="60 is\nwhat?", answer="sixty\n60", key_terms=("sixty",), article="a")
    page, aiken = (BY_NAME[name].carries(DeckText("x", (clue,))).clues[0] for name in ("page", "aiken"))
    assert page == Clue(category="Ships", value=1, text="60 is what?", answer="sixty\n- 60")
    assert aiken == Clue(category="Ships", value=1, text="60 is what?", answer="sixty 60")


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.NAME)
@given(deck=boards())
@settings(max_examples=6, deadline=None)
def test_a_file_is_recognised_by_what_it_says(one: Format, deck: DeckText) -> None:
    assert recognised(one.write(deck)) is one


FRAGMENTS = [
    *('"', "'", "\\", "{", "}", "=", "~", "#", "::", "$CATEGORY:", "//", "\t", ",", ";", "\n", "\n\n", " ", "?", "\0"),
    *("ANSWER: A", "A. b", "1", "100", "What is ", "[[clue]]", "value = ", "#separator:", "#columns:", "- ", "[a: 1]"),
]


@pytest.mark.parametrize("name", [*BY_NAME, ""])
@settings(max_examples=40, deadline=None)
@given(text=st.one_of(st.text(max_size=80), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)))
@example(text="")
@example(text="#separator:\n#columns:a\n")
def test_no_text_makes_an_importer_fail(name: str, text: str) -> None:
    deck = read_deck(text, "some deck", name)
    assert all(clue.category and isinstance(clue.value, int) for clue in deck.clues)


def test_a_printed_page_is_read_whole_and_what_looks_wrong_is_flagged() -> None:
    deck = read_deck(PAGE, "Sailing")
    assert (deck.name, deck.categories, deck.values) == ("Sailing", ("Ships", "Harbors", "Winds"), (1, 2))
    answers = [clue.answer for clue in deck.clues]
    assert answers == [
        "port",
        "a breakwater",
        "cast off, back out, then set the sails",
        "a halyard",
        "the harbor master, and it is paid by the day",
        "gale ----",
    ]
    assert [flag.kind for flag in deck.flags] == [FlagKind.GLUED, FlagKind.BLANK, FlagKind.COUNT]
    assert "an anchor" in deck.clues[2].flags[0]
    assert not deck.clues[4].flags


LAYOUTS = {
    "as it is": lambda page: page,
    "hundreds": lambda page: page.replace("\n1\n", "\n100\n").replace("\n2\n", "\n$200\n"),
    "without scores": lambda page: page.replace("\n1\n", "\n").replace("\n2\n", "\n"),
    "indented": lambda page: "\n".join(f"   {line}" if line else "\t" for line in page.split("\n")),
    "more blank lines": lambda page: page.replace("\n", "\n\n"),
    "a name on top": lambda page: f"Sailing\n{page}",
    "windows": lambda page: page.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_may_be_laid_out_otherwise(layout: str) -> None:
    deck, meant = read_deck(LAYOUTS[layout](PAGE)), read_deck(PAGE)
    rows = [(clue.category, clue.text, clue.answer) for clue in deck.clues]
    assert rows == [(clue.category, clue.text, clue.answer) for clue in meant.clues]


def test_an_answer_may_have_paragraphs_and_bullets_and_be_a_number() -> None:
    first = "One\nTwo\n\n1\n\nName both.\n\nWhat are\n\n- this\n\n- that\n\n1\n\nHow many?\n\n60\n"
    deck = read_deck(f"{first}\n2\n\nClue\n\nA\nB\n\n2\nC\nD")
    assert [clue.answer for clue in deck.clues] == ["- this\n- that", "60", "A\nB", "D"]
    assert deck.flags == ()


def test_clues_that_fill_no_grid_are_kept_and_told() -> None:
    deck = read_deck("One\nTwo\n\n1\nA\nWhat is a?\n1\nB\nWhat is b?\n1\nC\nWhat is c?\n2\nD\nWhat is d?")
    assert [clue.category for clue in deck.clues] == ["One", "Two", "More", "One"]
    assert [flag.kind for flag in deck.flags] == [FlagKind.COUNT]


def test_gift_of_others_is_read() -> None:
    deck = read_deck(
        "// a comment\n$CATEGORY: top/Harbors\n\n::200:: Who [pilots\\: the] ship? {=pilot =the pilot ~cook#no ####why}"
        "\n\nThe sea is {TRUE}\n\nDays in a week? {#7}\n\nSay how a {\n=bollard\n=post\n} is called.\n"
    )
    assert [(clue.category, clue.value, clue.answer) for clue in deck.clues] == [
        ("top/Harbors", 200, "pilot"),
        ("top/Harbors", 200, "True"),
        ("top/Harbors", 300, "7"),
        ("top/Harbors", 400, "bollard"),
    ]
    assert deck.clues[0].alternatives == ("the pilot",)
    assert (deck.clues[0].choices, deck.clues[0].explanation) == (("cook",), "why")
    assert deck.clues[3].text == "Say how a _____ is called."


def test_aiken_and_anki_of_others_are_read() -> None:
    aiken = read_deck("Which side is left?\nA. port\nB) starboard\nANSWER: A\n")
    assert (aiken.clues[0].answer, aiken.clues[0].choices) == ("port", ("starboard",))
    anki = read_deck("#separator:tab\n#html:true\n<b>Left</b> side?\tport<br>side &amp; so\n")
    assert (anki.clues[0].text, anki.clues[0].answer) == ("Left side?", "port\nside & so")
    assert [clue.answer for clue in read_deck("left\tport\nright\tstarboard").clues] == ["port", "starboard"]


def test_csv_is_known_by_its_headings() -> None:
    deck = read_deck("Points;Topic;Question;Response;Wrong\n100;Ships;Left side?;What is port?;starboard | bow\n")
    assert deck.clues == (
        Clue(category="Ships", value=100, text="Left side?", answer="port", choices=("starboard", "bow")),
    )


def test_a_format_that_is_none_is_misuse() -> None:
    with pytest.raises(Misused, match="no format"):
        read_deck("x", format_name="odt")


@pytest.mark.parametrize("name", [*HOLD_ALL, "page"])
def test_what_was_flagged_stays_flagged(name: str) -> None:
    deck = read_deck(PAGE, "Sailing")
    again = read_deck(write_deck(deck, name), "Sailing", name)
    assert [clue.flags for clue in again.clues] == [clue.flags for clue in deck.clues]
    assert {flag.kind for flag in again.flags} >= {FlagKind.GLUED, FlagKind.BLANK}


@pytest.mark.parametrize("line", ["a line of a page", "Ships,200,Left side?,port", "[[[[", "{ {", r"\{", "} {=a"])
def test_a_long_file_is_read_in_one_look(line: str) -> None:
    began = time.process_time()
    deck = read_deck(f"{line}\n" * (60_000 // len(line)), "long")
    assert deck.name == "long"
    assert (
        time.process_time() - began < 5
    )  # seconds of the processor; looked through anew from each letter it is minutes
