"""The rules of a class game: which events each stage allows, and what each event makes of the game. Pure.

A game is its log of events, which is only ever added to, so that nothing played is lost; `replay` makes the game of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from data.quiz.play import Event, EventKind, Game, Judged, Stage, Team

K, S = EventKind, Stage
ALWAYS = {K.UNDONE, K.OVERRULED, K.PAUSED, K.RESUMED, K.ENDED}
LAWFUL: dict[Stage, set[EventKind]] = {
    S.BOARD: {K.PICKED, K.FINAL},
    S.WAGER: {K.WAGERED, K.SKIPPED},
    S.CLUE: {K.BUZZED, K.SHOWN, K.SKIPPED},
    S.ANSWER: {K.JUDGED, K.SHOWN, K.SKIPPED},
    S.SHOWN: {K.CLOSED, K.PICKED, K.FINAL},
    S.FINAL_WAGER: {K.WAGERED},
    S.FINAL: {K.JUDGED, K.SHOWN},
    S.OVER: set(),
}
"""What may happen at each stage, besides what always may."""
LASTING = {K.BEGUN, K.PAUSED, K.RESUMED}
"""What an undo passes over."""


def standing(events: Sequence[Event]) -> list[Event]:
    """The events that still hold: without those undone, and with the judgements that were overruled turned round."""
    kept: list[Event] = []
    for event in _not_undone(events):
        if event.kind is K.OVERRULED:
            last = next((n for n in reversed(range(len(kept))) if kept[n].kind is K.JUDGED), None)
            if last is not None:
                turned = {**kept[last].detail, "right": not kept[last].detail["right"]}
                kept[last:] = [replace(kept[last], detail=turned)]
        else:
            kept.append(event)
    return kept


def _not_undone(events: Sequence[Event]) -> list[Event]:
    """The events without those undone: what an overruling had set aside holds again once that is undone."""
    kept: list[Event] = []
    for event in events:
        if event.kind is not K.UNDONE:
            kept.append(event)
        elif (last := next((n for n in reversed(range(len(kept))) if kept[n].kind not in LASTING), None)) is not None:
            del kept[last]
    return kept


def replay(events: Sequence[Event]) -> Game:
    """The game that `events` make."""
    game = Game()
    for event in standing(events):
        game = HANDLERS[event.kind](game, event)
    return game


def refusal(game: Game, kind: EventKind, detail: Mapping[str, Any]) -> str:
    """Why that can't happen now, in a sentence; "" where it can."""
    if kind is K.OVERRULED:
        return "" if game.judged else "Nothing has been judged yet."
    if kind in ALWAYS:
        return "The game is over." if game.stage is S.OVER and kind is not K.UNDONE else ""
    if kind not in LAWFUL[game.stage] and not (kind is K.JUDGED and game.unjudged):
        return f"That does not fit now: {game.stage}."
    if game.paused_at is not None:
        return "The game is paused."
    return CHECKS[kind](game, detail) if kind in CHECKS else ""


def _wrong_pick(game: Game, detail: Mapping[str, Any]) -> str:
    if detail["clue"] not in game.clues:
        return "That clue is not on the board."
    return "That clue was played." if detail["clue"] in game.played else ""


def _wrong_buzz(game: Game, detail: Mapping[str, Any]) -> str:
    team = detail["team"]
    if not 0 <= team < len(game.teams):
        return "There is no such team."
    return f"{game.teams[team].name} has tried." if team in game.tried else ""


def _wrong_wager(game: Game, detail: Mapping[str, Any]) -> str:
    team, amount = detail["team"], detail["amount"]
    if (game.final and team not in game.finalists) or (not game.final and team != game.chooses):
        return "It is not that team's turn to wager."
    most, least = game.most_to_wager(team), 0 if game.final else 1
    return "" if least <= amount <= most else f"{game.teams[team].name} may wager {least:,} to {most:,}."


def _wrong_judgement(game: Game, detail: Mapping[str, Any]) -> str:
    team = detail["team"]
    if game.final:
        return "" if team in game.unjudged else "That team was judged, or has no wager."
    return "" if team in game.unjudged else "It is not that team's turn."


def _wrong_final(game: Game, detail: Mapping[str, Any]) -> str:
    return "" if game.finalists else "No team has points to wager; end the game."


CHECKS: dict[EventKind, Callable[[Game, Mapping[str, Any]], str]] = {
    K.PICKED: _wrong_pick,
    K.BUZZED: _wrong_buzz,
    K.WAGERED: _wrong_wager,
    K.JUDGED: _wrong_judgement,
    K.FINAL: _wrong_final,
}


def _begin(game: Game, event: Event) -> Game:
    clues = dict(event.detail["clues"])
    teams = tuple(Team(name) for name in event.detail["teams"])
    return Game(teams=teams, clues=clues, doubles=frozenset(event.detail.get("doubles", ())))


def _pick(game: Game, event: Event) -> Game:
    clue = event.detail["clue"]
    stage = S.WAGER if clue in game.doubles else S.CLUE
    return replace(
        game,
        stage=stage,
        clue=clue,
        played=(*game.played, clue),
        team=game.chooses if stage is S.WAGER else None,
        tried=frozenset(),
        wagers={},
        since=event.at,
    )


def _wager(game: Game, event: Event) -> Game:
    wagers = {**game.wagers, event.detail["team"]: event.detail["amount"]}
    if not game.final:
        return replace(game, wagers=wagers, stage=S.ANSWER, since=event.at)
    stage = S.FINAL if set(game.finalists) <= set(wagers) else game.stage
    return replace(game, wagers=wagers, stage=stage, since=event.at)


def _buzz(game: Game, event: Event) -> Game:
    return replace(game, stage=S.ANSWER, team=event.detail["team"], since=event.at)


def _judge(game: Game, event: Event) -> Game:
    team, right = event.detail["team"], event.detail["right"]
    assert game.clue is not None
    amount = game.wagers.get(team, game.clues.get(game.clue, 0))
    was = game.teams[team]
    now = replace(
        was,
        score=was.score + (amount if right else -amount),
        right=was.right + right,
        wrong=was.wrong + (not right),
    )
    judged = Judged(event.id, event.at, team, game.clue, right, event.detail.get("text", ""), amount)
    tried = game.tried | {team}
    teams = (*game.teams[:team], now, *game.teams[team + 1 :])
    game = replace(game, teams=teams, judged=(*game.judged, judged), tried=tried, since=event.at)
    if game.final:
        return replace(game, stage=game.stage if set(game.wagers) - tried else S.SHOWN)
    if right:
        return replace(game, stage=S.SHOWN, chooses=team)
    others_may = not game.is_double and len(tried) < len(game.teams) and game.stage is not S.SHOWN
    return replace(game, stage=S.CLUE if others_may else S.SHOWN, team=None)


def _show(game: Game, event: Event) -> Game:
    """Shows the answer; who had buzzed may still be judged."""
    return replace(game, stage=S.SHOWN)


def _close(game: Game, event: Event) -> Game:
    stage = S.OVER if game.final else S.BOARD
    return replace(game, stage=stage, clue=None if not game.final else game.clue, team=None, since=None)


def _skip(game: Game, event: Event) -> Game:
    return replace(game, stage=S.BOARD, clue=None, team=None, since=None)


def _final(game: Game, event: Event) -> Game:
    clue = event.detail["clue"]
    return replace(
        game, stage=S.FINAL_WAGER, final=True, clue=clue, team=None, tried=frozenset(), wagers={}, since=event.at
    )


def _end(game: Game, event: Event) -> Game:
    return replace(game, stage=S.OVER, team=None, since=None)


def _pause(game: Game, event: Event) -> Game:
    return replace(game, paused_at=game.paused_at or event.at)


def _resume(game: Game, event: Event) -> Game:
    """Goes on after a pause where the clock stood; after a crash the clock begins anew."""
    stood = event.at - game.paused_at if game.paused_at and game.since else None
    since = game.since + stood if game.since and stood is not None else event.at if game.since else None
    return replace(game, paused_at=None, since=since)


HANDLERS: dict[EventKind, Callable[[Game, Event], Game]] = {
    K.BEGUN: _begin,
    K.PICKED: _pick,
    K.WAGERED: _wager,
    K.BUZZED: _buzz,
    K.JUDGED: _judge,
    K.SHOWN: _show,
    K.CLOSED: _close,
    K.SKIPPED: _skip,
    K.FINAL: _final,
    K.ENDED: _end,
    K.PAUSED: _pause,
    K.RESUMED: _resume,
}


def final_clue(game: Game) -> int | None:
    """The clue of the final round: the dearest that nobody picked, or else that nobody had right."""
    answered = {judged.clue for judged in game.judged if judged.right}
    for some in (game.left, [clue for clue in game.clues if clue not in answered], list(game.clues)):
        if some:
            return max(some, key=lambda clue: (game.clues[clue], clue))
    return None
