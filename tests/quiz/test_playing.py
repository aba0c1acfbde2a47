"""What may happen in a class game, and what it does to the scores: by hand, and whatever is pressed."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from data.quiz.play import Event, EventKind, Game, Stage
from data.quiz.playing import LAWFUL, refusal, replay
from screens.widgets.scores import sign_of
from tests.conftest import NOW

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


NEEDS = {K.PICKED: {"clue"}, K.FINAL: {"clue"}, K.BUZZED: {"team"}, K.JUDGED: {"right"}, K.WAGERED: {"amount"}}


details = st.one_of(
    st.builds(lambda clue: {"clue": clue}, st.integers(0, 4)),
    st.builds(lambda team, right: {"team": team, "right": right}, st.integers(0, 2), st.booleans()),
    st.builds(lambda team, amount: {"team": team, "amount": amount}, st.integers(0, 1), st.integers(-1, 400)),
)


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
