"""What somebody writes is kept whole or turned down with how long it may be: its end is never cut in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.agents.access import approve_access, deny_access, request_access
from data.agents.own import change_profile
from data.agents.rules import Permission
from data.agents.staff import add_agent
from data.agents.tokens import make_token
from data.cases.actions import open_case
from data.cases.editing import edit_case
from data.cases.filters import CaseFilter, save_filter
from data.cases.rules import CaseEdit
from data.customers.actions import edit_customer
from data.customers.rules import CustomerEdit
from data.desk import Desk, open_desk
from data.errors import Invalid
from data.knowledge.actions import flag_article, settle_flag, take_articles
from data.knowledge.folders import shipped_articles
from data.operators.markets import markets, set_market
from data.quiz.actions import accept_answer, add_clue, edit_clue, keep_deck
from data.quiz.rules import MOST_CLUES, Clue, DeckText, FlagKind, tidy
from data.states import STATES
from data.verification.actions import reveal
from data.verification.rules import Field, Method
from data.verification.verifying import pass_over
from tests.builders import add_customer, put_on_line

LONG = "word " * 1_000
CLUE = Clue(category="Ships", value=100, text="Left side?", answer="port")
EDITED = CustomerEdit(city="Yonkers")


@pytest.fixture(scope="module")
def desk(empty_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An administrator's desk at a store with one of everything that somebody writes about."""
    path = Path(shutil.copy(empty_store_file, tmp_path_factory.mktemp("whole") / "whole.store"))
    made = open_desk(path, "admin01")
    add_customer(made, "SV000001", mdns=["2125550143"])
    put_on_line(made, "SV000001", None)
    open_case(made, "The bill is wrong", account="SV000001")
    take_articles(made, shipped_articles()[:1])
    flag_article(made, shipped_articles()[0][0], "This is out of date.")
    keep_deck(made, DeckText("Sailing", (CLUE,)))
    request_access(open_desk(made.store, "agent07"), Permission.READ_AUDIT, "for a complaint")
    yield made
    made.store.close()


WRITTEN: dict[str, Callable[[Desk], object]] = {
    "a sign-in name": lambda desk: add_agent(desk, LONG),
    "an agent's name": lambda desk: add_agent(desk, "agent08", display_name=LONG),
    "one's own name": lambda desk: change_profile(desk, display_name=LONG),
    "a token's name": lambda desk: make_token(desk, LONG),
    "a Market's name": lambda desk: set_market(desk, LONG),
    "a Market's address": lambda desk: set_market(desk, "Gulf", email=LONG),
    "reason of a request": lambda desk: request_access(open_desk(desk.store, "trainer05"), Permission.READ_AUDIT, LONG),
    "answer to a request": lambda desk: approve_access(desk, 1, LONG),
    "why not": lambda desk: deny_access(desk, 1, LONG),
    "text of a flag": lambda desk: flag_article(desk, shipped_articles()[0][0], LONG),
    "answer to a flag": lambda desk: settle_flag(desk, 1, LONG),
    "why one looks": lambda desk: reveal(desk, "SV000001", Field.STREET, LONG),
    "why one edits": lambda desk: edit_customer(desk, "SV000001", 1, EDITED, LONG),
    "why one passes over": lambda desk: pass_over(desk, "SV000001", Method.LINK, LONG),
    "contact of a new case": lambda desk: open_case(desk, "Another", contact=LONG),
    "handset of a case": lambda desk: edit_case(desk, "01000001", 1, CaseEdit(device=LONG)),
    "a filter's name": lambda desk: save_filter(desk, LONG, CaseFilter()),
    "a clue": lambda desk: add_clue(desk, "Sailing", replace(CLUE, text=LONG)),
    "its explanation": lambda desk: edit_clue(desk, 1, replace(CLUE, explanation=LONG)),
    "its category": lambda desk: edit_clue(desk, 1, replace(CLUE, category=LONG)),
    "a wrong choice": lambda desk: edit_clue(desk, 1, replace(CLUE, choices=("bow", LONG))),
    "an answer that is right, too": lambda desk: accept_answer(desk, 1, LONG),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_what_is_too_long_is_turned_down(desk: Desk, what: str) -> None:
    with pytest.raises(Invalid, match=r"That has 4,999 characters; [\d,]+ are kept\. Shorten it; nothing was saved\."):
        WRITTEN[what](desk)


def test_a_market_may_cover_as_many_states_as_there_are(desk: Desk) -> None:
    for one in markets(desk):
        set_market(desk, one.name, states="")
    states = sorted(STATES)
    assert set_market(desk, "Everywhere", states=", ".join(states)).states.split() == states


def test_what_is_cut_from_a_deck_s_file_is_flagged() -> None:
    clues = [replace(CLUE, value=number) for number in range(MOST_CLUES + 1)]
    deck = tidy(DeckText("Sailing", (replace(CLUE, answer=LONG), *clues)))
    assert [(flag.kind, flag.told) for flag in deck.flags] == [
        (FlagKind.CUT, "A deck holds 2,000 clues: the first 2,000 of 2,002 are kept."),
        (FlagKind.CUT, "Its answer has 5,000 characters; 2,000 are kept."),
    ]
    assert tidy(replace(deck, flags=())).flags == ()
