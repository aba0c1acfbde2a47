"""A class game: what may happen when, what it does to the scores, and that nothing played is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.desk import Desk, open_desk
from data.errors import Invalid, Refused
from data.quiz.actions import accept_answer
from data.quiz.games import ClassGame, begin_class, class_game, happen, unfinished
from data.quiz.play import Event, EventKind, Game, Stage
from data.quiz.playing import LAWFUL, refusal, replay
from data.quiz.queries import deck
from data.quiz.results import By, results
from data.quiz.rules import GameKind
from data.quiz.views import DeckView
from data.store import open_store
from screens.widgets.scores import sign_of
from tests.conftest import NOW
from tests.quiz.conftest import Clock, ClueId

K, S = EventKind, Stage
BEGUN = Event(K.BEGUN, NOW, {"teams": ["Reds", "Blues"], "clues": [[1, 100], [2, 200], [3, 300]], "doubles": [3]}, 1)


def play(*steps: tuple[EventKind, dict[str, object]] | EventKind, begun: Event = BEGUN) -> Game:
    """The game after those steps, each of them lawful."""
    events = [begun]
    for number, step in enumerate(steps, start=2):
        kind, detail = step if isinstance(step, tuple) else (step, {})
        assert refusal(replay(events), kind, detail) == "", (step, replay(events).stage)
        events.append(Event(kind, NOW, detail, number))
    return replay(events)


def pick(clue: int) -> tuple[EventKind, dict[str, object]]:
    return K.PICKED, {"clue": clue}


def buzz(team: int) -> tuple[EventKind, dict[str, object]]:
    return K.BUZZED, {"team": team}


def judged(team: int, right: bool) -> tuple[EventKind, dict[str, object]]:
    return K.JUDGED, {"team": team, "right": right}


def wager(team: int, amount: int) -> tuple[EventKind, dict[str, object]]:
    return K.WAGERED, {"team": team, "amount": amount}


def scores(game: Game) -> list[int]:
    return [team.score for team in game.teams]


def test_right_is_worth_the_clue_and_the_next_choice() -> None:
    game = play(pick(1), buzz(1), judged(1, True))
    assert (scores(game), game.chooses, game.stage) == ([0, 100], 1, S.SHOWN)


def test_wrong_costs_it_and_the_others_may_steal() -> None:
    game = play(pick(2), buzz(0), judged(0, False))
    assert (scores(game), game.stage) == ([-200, 0], S.CLUE)
    assert refusal(game, *buzz(0)) == "Reds has tried."
    stolen = play(pick(2), buzz(0), judged(0, False), buzz(1), judged(1, True))
    assert (scores(stolen), stolen.stage) == ([-200, 200], S.SHOWN)
    nobody = play(pick(2), buzz(0), judged(0, False), buzz(1), judged(1, False))
    assert (scores(nobody), nobody.stage) == ([-200, -200], S.SHOWN)


def test_a_daily_double_is_for_who_chose_it_and_for_what_they_wager() -> None:
    game = play(pick(3))
    assert (game.stage, game.team, game.is_double) == (S.WAGER, 0, True)
    assert refusal(game, *wager(0, 301)) == "Reds may wager 1 to 300."
    assert refusal(game, *wager(1, 10)) and refusal(game, *wager(0, 0))
    assert scores(play(pick(3), wager(0, 250), judged(0, True))) == [250, 0]
    lost = play(pick(3), wager(0, 250), judged(0, False))
    assert (scores(lost), lost.stage) == ([-250, 0], S.SHOWN)


def test_the_final_is_for_who_has_points() -> None:
    begun = (pick(1), buzz(1), judged(1, True), K.CLOSED, (K.FINAL, {"clue": 2}))
    game = play(*begun)
    assert (game.stage, game.finalists) == (S.FINAL_WAGER, (1,))
    assert refusal(game, *wager(0, 1)) and refusal(game, *wager(1, 101))
    over = play(*begun, wager(1, 100), judged(1, True), K.CLOSED)
    assert (scores(over), over.stage, over.winners) == ([0, 200], S.OVER, ("Blues",))
    assert refusal(play(), K.FINAL, {"clue": 1}) == "No team has points to wager; end the game."


def test_the_final_may_be_judged_once_its_answer_is_shown() -> None:
    reds, blues = (pick(1), buzz(0), judged(0, True), K.CLOSED), (pick(2), buzz(1), judged(1, True), K.CLOSED)
    shown = (*reds, *blues, (K.FINAL, {"clue": 3}), wager(0, 100), wager(1, 50), K.SHOWN)
    assert play(*shown).unjudged == (0, 1)
    assert refusal(play(*shown), *judged(2, True)) == "That team was judged, or has no wager."
    one = play(*shown, judged(0, False))
    assert (scores(one), one.stage, one.unjudged) == ([0, 200], S.SHOWN, (1,))
    assert refusal(one, *judged(0, True)) and not refusal(one, *judged(1, True))
    both = play(*shown, judged(0, False), judged(1, True))
    assert [sign_of(both, team) for team in (0, 1)] == ["×", "✓"]
    over = play(*shown, judged(0, False), K.CLOSED)
    assert (over.stage, over.unjudged) == (S.OVER, ())
    assert refusal(over, *judged(1, True)) and refusal(play(*reds), *judged(0, True))


def test_undo_takes_back_the_last_step_and_overrule_turns_the_last_judgement_round() -> None:
    wrong = (pick(2), buzz(0), judged(0, False), buzz(1))
    assert scores(play(*wrong, K.UNDONE, K.UNDONE)) == [0, 0]
    turned = play(*wrong, K.OVERRULED)
    assert (scores(turned), turned.stage, turned.chooses) == ([200, 0], S.SHOWN, 0)
    assert scores(play(*wrong, K.OVERRULED, K.OVERRULED)) == [-200, 0]
    assert play(*wrong, K.OVERRULED, K.UNDONE) == play(*wrong)
    later = (*wrong, judged(1, True), K.CLOSED, pick(1), buzz(1))
    assert play(*later, K.OVERRULED).clue == 2
    assert play(*later, K.OVERRULED, K.UNDONE) == play(*later)
    assert refusal(play(pick(1)), K.OVERRULED, {}) == "Nothing has been judged yet."


def test_a_skipped_clue_and_one_that_is_shown_cost_nothing() -> None:
    assert scores(play(pick(1), buzz(0), K.SKIPPED)) == [0, 0]
    game = play(pick(1), K.SHOWN, K.CLOSED)
    assert (scores(game), game.left) == ([0, 0], (2, 3))
    assert refusal(game, *pick(1)) == "That clue was played."


def test_who_buzzed_may_still_be_judged_once_the_answer_is_shown_and_nobody_else() -> None:
    shown = (pick(1), buzz(0), K.SHOWN)
    assert play(*shown).unjudged == (0,)
    assert refusal(play(*shown), *judged(1, True)) == "It is not that team's turn."
    right, wrong = play(*shown, judged(0, True)), play(*shown, judged(0, False))
    assert (scores(right), right.stage, right.unjudged) == ([100, 0], S.SHOWN, ())
    assert (scores(wrong), wrong.stage, wrong.unjudged) == ([-100, 0], S.SHOWN, ())
    assert play(*shown, K.UNDONE) == play(pick(1), buzz(0))
    assert (scores(play(*shown, K.CLOSED)), play(*shown, K.CLOSED).unjudged) == ([0, 0], ())
    assert play(pick(1), K.SHOWN).unjudged == ()


def test_the_clock_runs_stands_still_in_a_pause_and_begins_anew_after_a_crash() -> None:
    second = timedelta(seconds=1)
    events = [BEGUN, Event(K.PICKED, NOW, {"clue": 1}, 2)]
    assert replay(events).remaining(NOW + 5 * second) == 15
    events.append(Event(K.PAUSED, NOW + 5 * second, {}, 3))
    assert replay(events).remaining(NOW + 500 * second) == 15
    assert refusal(replay(events), *buzz(0)) == "The game is paused."
    events.append(Event(K.RESUMED, NOW + 500 * second, {}, 4))
    assert replay(events).remaining(NOW + 501 * second) == 14
    events.append(Event(K.RESUMED, NOW + 900 * second, {}, 5))
    assert replay(events).remaining(NOW + 900 * second) == 20
    assert replay(events).remaining(NOW + 999 * second) == 0


details = st.one_of(
    st.builds(lambda clue: {"clue": clue}, st.integers(0, 4)),
    st.builds(lambda team, right: {"team": team, "right": right}, st.integers(0, 2), st.booleans()),
    st.builds(lambda team, amount: {"team": team, "amount": amount}, st.integers(0, 1), st.integers(-1, 400)),
)
NEEDS = {K.PICKED: {"clue"}, K.FINAL: {"clue"}, K.BUZZED: {"team"}, K.JUDGED: {"right"}, K.WAGERED: {"amount"}}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(EventKind)[1:-1]), details), max_size=30))
def test_whatever_is_pressed_the_game_stays_sound(steps: list[tuple[EventKind, dict[str, object]]]) -> None:
    events = [BEGUN]
    for number, (kind, detail) in enumerate(steps, start=2):
        if NEEDS.get(kind, set()) <= set(detail) and refusal(replay(events), kind, detail) == "":
            events.append(Event(kind, NOW, detail, number))
    game = replay(events)
    assert len(set(game.played)) == len(game.played)
    assert set(game.played) | set(game.left) == {1, 2, 3}
    moved = [0, 0]
    for one in game.judged:
        moved[one.team] += one.amount if one.right else -one.amount
    assert scores(game) == moved
    assert game.stage in LAWFUL


def step(desk: Desk, game: ClassGame, kind: EventKind, **detail: object) -> ClassGame:
    return happen(desk, game.id, kind, **detail)


def test_a_game_is_written_as_it_is_played(trainer: Desk, clue: ClueId, sailing: DeckView, agent: Desk) -> None:
    game = begin_class(trainer, "Sailing", ["agent07", "Blues"])
    plain = next(one for one in (clue("port"), clue("pier")) if one not in game.game.doubles)
    step(trainer, game, K.PICKED, clue=plain)
    step(trainer, game, K.BUZZED, team=0)
    with pytest.raises(Refused, match="not that team's turn"):
        step(trainer, game, K.JUDGED, team=1, right=True)
    step(trainer, game, K.JUDGED, team=0, right=False, text="larboard")
    assert [team.score for team in class_game(trainer, game.id).game.teams] == [-100, 0]
    step(trainer, game, K.OVERRULED)
    again = class_game(trainer, game.id)
    assert [team.score for team in again.game.teams] == [100, 0]
    assert "larboard" in next(v for v in deck(trainer, "Sailing").clues if v.id == plain).clue.alternatives
    [row] = results(trainer).by(By.AGENT)
    assert (row.name, row.answers, row.right) == ("agent07", 1, 1)
    assert results(agent).whole.answers == 1
    step(trainer, game, K.UNDONE)
    assert "larboard" not in next(v for v in deck(trainer, "Sailing").clues if v.id == plain).clue.alternatives
    assert (results(trainer).whole.answers, results(trainer).whole.right) == (1, 0)
    step(trainer, game, K.UNDONE)
    assert results(trainer).whole.answers == 0


def test_taking_an_overruling_back_leaves_what_the_deck_took_as_right_before(
    trainer: Desk, clue: ClueId, sailing: DeckView
) -> None:
    game = begin_class(trainer, "Sailing", ["Reds", "Blues"])
    plain = next(one for one in (clue("port"), clue("pier")) if one not in game.game.doubles)
    step(trainer, game, K.PICKED, clue=plain)
    step(trainer, game, K.BUZZED, team=0)
    step(trainer, game, K.JUDGED, team=0, right=False, text="larboard")
    accept_answer(trainer, plain, "larboard")
    for kind in (K.OVERRULED, K.UNDONE, K.OVERRULED, K.OVERRULED):
        step(trainer, game, kind)
        assert "larboard" in next(v for v in deck(trainer, "Sailing").clues if v.id == plain).clue.alternatives


def test_a_game_needs_a_trainer_teams_and_a_deck(trainer: Desk, agent: Desk, sailing: DeckView) -> None:
    with pytest.raises(Refused, match="run quiz games"):
        begin_class(agent, "Sailing", ["a"])
    for teams in ([], ["x"] * 0, [f"team {n}" for n in range(7)]):
        with pytest.raises(Invalid, match="1 to 6 teams"):
            begin_class(trainer, "Sailing", teams)
    game = begin_class(trainer, "Sailing", ["a", " a ", "b"])
    assert [team.name for team in game.game.teams] == ["a", "b"]
    step(trainer, game, K.ENDED)
    assert class_game(trainer, game.id).ended and unfinished(trainer, GameKind.CLASS) == ()


CHILD = """
import sys
from data.desk import open_desk
from data.quiz.games import begin_class, happen
from data.quiz.play import EventKind as K
desk = open_desk(sys.argv[1], "trainer05")
game = begin_class(desk, "Sailing", ["Reds", "Blues"])
while game.game.left:
    clue = game.game.left[0]
    game = happen(desk, game.id, K.PICKED, clue=clue)
    if game.game.is_double:
        game = happen(desk, game.id, K.WAGERED, team=game.game.chooses, amount=50)
    else:
        game = happen(desk, game.id, K.BUZZED, team=1)
    game = happen(desk, game.id, K.JUDGED, team=game.game.team, right=True)
    print(game.id, *(team.score for team in game.game.teams), len(game.game.played), flush=True)
    if sys.stdin.readline() == "":
        break
    game = happen(desk, game.id, K.CLOSED)
"""


def test_a_killed_game_goes_on_where_it_was(trainer: Desk, sailing: DeckView) -> None:
    path = trainer.store.path
    trainer.store.close()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": "."},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin and child.stdout
    for _ in range(3):
        told = child.stdout.readline().split()
        child.stdin.write("\n")
        child.stdin.flush()
    told = child.stdout.readline().split()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    number, reds, blues, played = map(int, told)
    store = open_store(path)
    desk = open_desk(store, "trainer05", clock=lambda: NOW)
    [row] = unfinished(desk, GameKind.CLASS)
    game = class_game(desk, number).game
    assert (row.id, row.deck) == (number, "Sailing")
    assert ([team.score for team in game.teams], len(game.played)) == ([reds, blues], played)
    assert game.stage is S.SHOWN
    on = happen(desk, number, K.CLOSED)
    assert (on.game.stage, len(on.game.left)) == (S.BOARD, 6 - played)
    store.close()


def test_the_clock_of_the_desk_is_used(trainer: Desk, sailing: DeckView, clock: Clock, clue: ClueId) -> None:
    game = begin_class(trainer, "Sailing", ["a"])
    cheap = clue("port")
    at = step(trainer, game, K.PICKED, clue=cheap).game
    clock.go_on(seconds=7)
    assert at.remaining(trainer.now()) == 13
