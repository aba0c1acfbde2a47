"""Decks in the store: kept, edited, brought back, put away, assigned; who may."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from console.command_line import run
from data.cases.dashboard import pending
from data.cases.pending import ItemKind, Urgency
from data.demo import make_demo
from data.desk import Desk, open_desk
from data.errors import Invalid, NotFound, Refused
from data.quiz.actions import (
    ClueOvertaken,
    accept_answer,
    add_clue,
    archive_deck,
    assign,
    edit_clue,
    keep_builtin,
    keep_deck,
    remove_clue,
    restore_version,
)
from data.quiz.builtin import builtin_decks
from data.quiz.queries import assignments, deck, deck_version, decks
from data.quiz.results import results
from data.quiz.rules import Clue
from data.quiz.solo import answer_solo, begin_solo
from data.quiz.views import DeckView
from tests.conftest import NOW
from tests.quiz.conftest import BOARD, Clock, ClueId
from tests.quiz.decks import PAGE


def test_a_deck_is_kept_as_it_is(agent: Desk, sailing: DeckView) -> None:
    [row] = decks(agent)
    assert (row.name, row.categories, row.clues, row.version) == ("Sailing", 3, 6, 1)
    assert tuple(view.clue for view in deck(agent, "sail").clues) == BOARD.clues
    assert deck(agent, str(row.id)).id == sailing.id


def test_only_who_builds_decks_keeps_one(agent: Desk) -> None:
    with pytest.raises(Refused, match="build quiz decks"):
        keep_deck(agent, BOARD)


def test_an_import_of_the_same_name_is_a_new_version_and_clues_keep_their_results(
    trainer: Desk, sailing: DeckView, clue: ClueId
) -> None:
    changed = replace(BOARD.clues[0], answer="larboard")
    again = keep_deck(trainer, replace(BOARD, clues=(changed, *BOARD.clues[2:])))
    assert (again.version, len(again.clues), again.clues[0].id) == (2, 5, clue("port"))
    assert keep_deck(trainer, replace(BOARD, clues=(changed, *BOARD.clues[2:]))).version == 2
    assert deck_version(trainer, "Sailing", 1).clues == BOARD.clues
    back = restore_version(trainer, "Sailing", 1)
    assert (back.version, tuple(view.clue for view in back.clues)) == (3, BOARD.clues)
    with pytest.raises(NotFound, match="no version 9"):
        restore_version(trainer, "Sailing", 9)


def test_clues_are_edited_added_and_removed(trainer: Desk, sailing: DeckView, clue: ClueId) -> None:
    edited = edit_clue(trainer, clue("port"), replace(BOARD.clues[0], key_terms=("port|left",), article="sides"))
    assert edited.clues[0].clue.key_terms == ("port|left",)
    with pytest.raises(Invalid, match="Write its answer"):
        edit_clue(trainer, clue("port"), replace(BOARD.clues[0], answer=" "))
    new = Clue(category="Ships", value=300, text="Behind?", answer="astern")
    assert add_clue(trainer, "Sailing", new).clues[-1].clue == new
    assert len(remove_clue(trainer, clue("pier")).clues) == 6
    assert deck(trainer, "Sailing").version == 4
    assert [one.why for one in deck(trainer, "Sailing").versions][:2] == ["Harbors 100 removed", "Ships 300 added"]


def test_a_clue_that_somebody_changed_meanwhile_is_not_overwritten_unseen(
    trainer: Desk, sailing: DeckView, clue: ClueId
) -> None:
    seen = BOARD.clues[0]
    theirs = replace(seen, explanation="Left, looking forward.")
    edit_clue(trainer, clue("port"), theirs, before=seen)
    with pytest.raises(ClueOvertaken, match="changed this clue while you were editing") as told:
        edit_clue(trainer, clue("port"), replace(seen, article="sides"), before=seen)
    assert (told.value.clue, deck(trainer, "Sailing").clues[0].clue) == (theirs, theirs)
    mine = replace(seen, article="sides")
    assert edit_clue(trainer, clue("port"), mine, before=told.value.clue).clues[0].clue == mine


def test_an_alternative_is_learned_once(trainer: Desk, sailing: DeckView, clue: ClueId) -> None:
    for text in ("Larboard", "larboard"):
        accept_answer(trainer, clue("port"), text)
    found = deck(trainer, "Sailing")
    assert (found.clues[0].clue.alternatives, found.version) == (("Larboard",), 2)


def test_an_archived_deck_is_not_played_and_comes_back(trainer: Desk, agent: Desk, sailing: DeckView) -> None:
    archive_deck(trainer, "Sailing")
    assert decks(agent) == () and decks(agent, archived=True)[0].archived
    with pytest.raises(Refused, match="archived"):
        begin_solo(agent, "Sailing")
    archive_deck(trainer, "Sailing", back=True)
    assert begin_solo(agent, "Sailing").next is not None


def test_the_decks_of_our_own_are_full_boards_that_say_where_each_answer_comes_from(trainer: Desk) -> None:
    kept = keep_builtin(trainer)
    assert [one.name for one in kept] == [one.name for one in builtin_decks().values()]
    for one in kept:
        assert (len(one.categories), len(one.clues)) == (5, 25)
        assert {(view.clue.category, view.clue.value) for view in one.clues} == {
            (category, value) for category in one.categories for value in (100, 200, 300, 400, 500)
        }
        assert all(view.clue.article and view.clue.explanation for view in one.clues)
    assert [one.version for one in keep_builtin(trainer)] == [1, 1, 1]


def test_a_newer_deck_of_ours_comes_in_unless_somebody_changed_it(
    trainer: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep_builtin(trainer)
    accept_answer(trainer, kept[0].clues[0].id, "by their name")
    newer = {slug: replace(deck, clues=deck.clues[:-1]) for slug, deck in builtin_decks().items()}
    monkeypatch.setattr("data.quiz.actions.builtin_decks", lambda: newer)
    for _ in range(2):
        assert [(one.version, len(one.clues)) for one in keep_builtin(trainer)] == [(2, 25), (2, 24), (2, 24)]


def test_a_deck_to_play_waits_on_the_dashboard_until_it_is_played(
    trainer: Desk, agent: Desk, sailing: DeckView, clock: Clock
) -> None:
    [given] = assign(trainer, "Sailing", ["agent07"], date(2026, 11, 23))
    assert (given.agent, given.assigned_by, given.done_at) == ("agent07", "trainer05", None)
    [item] = [one for one in pending(agent).items if one.kind is ItemKind.QUIZ]
    assert (item.urgency, item.text) == (Urgency.ON_ME, "Play the quiz deck Sailing")
    clock.go_on(days=2)
    [item] = [one for one in pending(agent).items if one.kind is ItemKind.QUIZ]
    assert item.urgency is Urgency.OVERDUE
    game = begin_solo(agent, "Sailing")
    while game.next is not None:
        game, _ = answer_solo(agent, game.id, game.next.id, game.next.clue.answer, 5)
    assert not [one for one in pending(agent).items if one.kind is ItemKind.QUIZ]
    assert assignments(agent) == () and assignments(agent, done=True)[0].done_at == clock.now


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2100, 1, 1)])
def test_a_day_that_is_over_or_that_nobody_means_is_none_to_play_by(
    trainer: Desk, sailing: DeckView, day: date
) -> None:
    with pytest.raises(Refused):
        assign(trainer, "Sailing", [], day)


def test_who_is_assigned_what(trainer: Desk, agent: Desk, sailing: DeckView) -> None:
    assert {one.agent for one in assign(trainer, "Sailing", [], date(2026, 11, 24))} == {"agent07", "lead03"}
    assert [one.agent for one in assign(trainer, "Sailing", ["Agent07", "agent07"], date(2026, 11, 30))] == ["agent07"]
    assert [one.due_on for one in assignments(agent)] == [date(2026, 11, 30)]
    with pytest.raises(NotFound, match="nobody1"):
        assign(trainer, "Sailing", ["nobody1"], date(2026, 11, 24))
    with pytest.raises(Refused, match="is over"):
        assign(trainer, "Sailing", [], date(2026, 11, 21))
    with pytest.raises(Refused):
        assignments(agent, everybodys=True)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(list(words)) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_a_deck_by_command(trainer: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ("--store", str(trainer.store.path), "--agent", "trainer05", "quiz")
    file = tmp_path / "sailing.txt"
    file.write_text(PAGE, "utf-8")
    read = json.loads(told(capsys, *store, "import", str(file), "--json"))
    assert (read["deck"], read["categories"], read["clues"]) == ("sailing", ["Ships", "Harbors", "Winds"], 6)
    assert [flag["kind"] for flag in read["flags"]] == ["glued", "blank", "count"]
    for name in ("toml", "csv", "gift", "anki", "aiken", "page"):
        text = told(capsys, *store, "export", "sailing", "--format", name)
        again = tmp_path / f"again-{name}.txt"
        again.write_text(text, "utf-8")
        assert json.loads(told(capsys, *store, "import", str(again), "--json"))["clues"] == 6
    assert len(json.loads(told(capsys, *store, "list", "--json"))) == 6
    assert "a breakwater" in told(capsys, *store, "show", "sailing")
    told(capsys, *store, "archive", "again-gift")
    assert "again-gift" not in told(capsys, *store, "list") and "again-gift" in told(capsys, *store, "list", "--all")
    assert "agent07 plays sailing" in told(capsys, *store, "assign", "sailing", "--by", "12-01-2099", "--to", "agent07")


def test_careline_s_own_decks_by_command(trainer: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    store = ("--store", str(trainer.store.path), "--agent", "trainer05", "quiz")
    assert len(json.loads(told(capsys, *store, "import", "--builtin", "--json"))) == 3
    assert "Lifeline and CPNI" in told(capsys, *store, "list")


def test_what_can_t_be_imported_is_told(trainer: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(trainer.store.path), "--agent", "trainer05", "quiz"]
    assert run([*store, "import", str(tmp_path / "none.txt")]) == 1
    (tmp_path / "empty.txt").write_text("")
    assert run([*store, "import", str(tmp_path / "empty.txt")]) == 2
    assert "needs a clue" in capsys.readouterr().err
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    assert run([*store, "import", str(tmp_path / "binary.txt")]) == 2
    assert "Name a deck's file" in capsys.readouterr().err
    assert run([*store, "import"]) == 2


def test_the_demo_has_our_decks_results_and_something_to_play(tmp_path: Path) -> None:
    store = make_demo(tmp_path / "demo.store", customers=3, now=NOW)
    desk = open_desk(store, "agent07", clock=lambda: NOW)
    assert [row.clues for row in decks(desk)] == [25, 25, 25]
    assert [one.deck for one in assignments(desk)] == ["Lifeline and CPNI"]
    assert results(open_desk(store, "trainer05", clock=lambda: NOW)).whole.answers == 90
    store.close()


def test_every_answer_of_our_decks_has_its_article() -> None:
    articles = {file.name.removesuffix(".md") for file in (files("data.knowledge") / "articles").iterdir()}
    named = {clue.article for one in builtin_decks().values() for clue in one.clues}
    assert named <= articles
