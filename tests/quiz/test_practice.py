"""By oneself: a deck against the clock, practice that comes again in time, and what the results say of both."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from console.command_line import run
from data.desk import Desk
from data.errors import NotFound, Refused
from data.quiz.actions import keep_builtin
from data.quiz.grading import Verdict
from data.quiz.practice import NEW_A_DAY, due, practise, streak, to_practise
from data.quiz.queries import deck
from data.quiz.results import By, as_csv, overrule, results
from data.quiz.solo import SECONDS_EACH, answer_solo, begin_solo, end_solo
from data.quiz.views import DeckView
from tests.conftest import NOW
from tests.quiz.conftest import Clock, ClueId


def test_a_whole_deck_by_oneself(agent: Desk, sailing: DeckView) -> None:
    game = begin_solo(agent, "Sailing")
    assert [view.clue.value for view in game.clues] == [100, 100, 100, 200, 200, 200]
    assert game.next is not None
    game, judgement = answer_solo(agent, game.id, game.next.id, "what is port?", 4)
    assert (judgement.right, game.points, game.seconds) == (True, 100, 4)
    with pytest.raises(Refused, match="was answered"):
        answer_solo(agent, game.id, game.clues[0].id, "port", 1)
    again = begin_solo(agent, "Sailing")
    assert (again.id, again.answered) == (game.id, game.answered)
    while again.next is not None:
        again, _ = answer_solo(agent, again.id, again.next.id, "no idea", 2)
    assert (again.ended, again.right, again.most_points) == (True, 1, 900)
    assert begin_solo(agent, "Sailing").id != game.id


def test_the_game_ends_with_its_time(agent: Desk, sailing: DeckView, trainer: Desk) -> None:
    game = begin_solo(agent, "Sailing")
    game, _ = answer_solo(agent, game.id, game.clues[0].id, "port", SECONDS_EACH * 6)
    assert game.ended and game.next is None
    other = begin_solo(agent, "Sailing")
    with pytest.raises(NotFound):
        end_solo(trainer, other.id)
    assert end_solo(agent, other.id).ended


def test_what_was_wrong_comes_again_soon_and_what_was_right_later(agent: Desk, sailing: DeckView, clock: Clock) -> None:
    assert (due(agent).due, due(agent).new) == (0, 6)
    first, second, *_ = to_practise(agent)
    right, wrong = practise(agent, first.id, "port", 3), practise(agent, second.id, "no idea")
    assert right.judgement.verdict is Verdict.RIGHT and wrong.judgement.verdict is Verdict.WRONG
    assert NOW < wrong.due_at < right.due_at
    clock.go_on(minutes=2)
    assert next(view.id for view in to_practise(agent)) == second.id
    for _ in range(3):
        clock.go_on(minutes=30)
        right = practise(agent, first.id, "port")
    assert right.due_at > clock.now + timedelta(days=1)
    assert next(count for _, count in due(agent).forecast) == 1


def test_new_clues_come_a_few_a_day_and_days_in_a_row_are_counted(agent: Desk, trainer: Desk, clock: Clock) -> None:
    keep_builtin(trainer)
    assert due(agent).new == NEW_A_DAY
    for view in to_practise(agent):
        practise(agent, view.id, view.clue.answer)
    assert (due(agent).new, due(agent).streak, due(agent).known) == (0, 1, NEW_A_DAY)
    assert due(agent).next_at is not None and to_practise(agent) == ()
    clock.go_on(days=1)
    assert (due(agent).new, due(agent).streak, due(agent).due) == (NEW_A_DAY, 1, NEW_A_DAY)
    assert len(to_practise(agent, "Lifeline", most=5)) == 5
    practise(agent, to_practise(agent)[0].id, "x")
    assert due(agent).streak == 2
    clock.go_on(days=2)
    assert due(agent).streak == 0


@pytest.mark.parametrize(("days", "count"), [({0}, 1), ({1}, 1), ({0, 1, 2}, 3), ({1, 2}, 2), ({2, 3}, 0), (set(), 0)])
def test_a_streak_lasts_until_a_day_is_missed(days: set[int], count: int) -> None:
    today = date(2026, 11, 22)
    assert streak({today - timedelta(days=back) for back in days}, today) == count


def test_results_by_all_that_they_are_gathered_by(agent: Desk, trainer: Desk, sailing: DeckView, clock: Clock) -> None:
    game = begin_solo(agent, "Sailing")
    for typed in ("port", "no idea", "breeze"):
        assert game.next is not None
        game, _ = answer_solo(agent, game.id, game.next.id, typed, 6)
        clock.go_on(days=4)
    found = results(trainer)
    assert (found.whole.answers, found.whole.right, found.whole.seconds) == (3, 2, 6)
    assert [row.name for row in found.by(By.CATEGORY)] == ["Sailing · Harbors", "Sailing · Ships", "Sailing · Winds"]
    assert found.by(By.CLUE)[0].name == "Harbors 100: Harbors for 100?"
    assert [row.name for row in found.by(By.AGENT)] == ["agent07"] and found.by(By.DECK)[0].share == 2 / 3
    assert sum(week.answers for week in found.weeks()) == 3
    assert results(trainer, days=5).whole.answers == 1
    assert results(trainer, mine=True).whole.answers == 0
    with pytest.raises(Refused):
        results(agent, agent="trainer05")
    lines = as_csv(found.answers).splitlines()
    assert len(lines) == 4 and lines[1].endswith("solo,breeze,right,6")


def test_a_trainer_overrules_an_answer_and_it_counts_from_then_on(
    agent: Desk, trainer: Desk, sailing: DeckView, clue: ClueId
) -> None:
    practise(agent, clue("port"), "larboard")
    [answer] = results(trainer).answers
    with pytest.raises(Refused):
        overrule(agent, answer.id)
    overrule(trainer, answer.id)
    assert results(agent).whole.right == 1
    assert practise(agent, clue("port"), "larboard").judgement.right
    assert deck(agent, "Sailing").clues[0].clue.alternatives == ("larboard",)
    with pytest.raises(Refused, match="nothing to overrule"):
        overrule(trainer, answer.id)


def test_playing_and_practising_by_command(
    agent: Desk, sailing: DeckView, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def typing(text: str, *words: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        assert run(["--store", str(agent.store.path), "--agent", "agent07", "quiz", *words]) == 0
        return capsys.readouterr().out

    told = typing("port\n", "play", "Sailing")
    assert "✓ right." in told and "the same command goes on" in told
    told = typing("pier\nbreeze\nx\n\n60 miles\n", "play", "Sailing")
    assert "3 of 6 right, 300 of 900 points." in told and "60 knots" in told
    assert json.loads(typing("port\n", "practice", "Sailing", "--json"))["right"] == 1
    assert json.loads(typing("", "due", "--json"))["streak"] == 1
    assert "1 day in a row" in typing("", "due")
    assert json.loads(typing("", "results", "--json"))["all"]["answers"] == 7
    assert "all" in typing("", "results", "--by", "clue", "--csv", str(tmp_path / "answers.csv"))
    assert (tmp_path / "answers.csv").read_text().count("\n") == 8
    assert run(["--store", str(agent.store.path), "quiz", "results", "--by", "moon"]) == 2
