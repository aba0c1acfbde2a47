"""The teams of a class game with their scores, large enough for a room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from screens.widgets.big import enlarged
from screens.words import fit

if TYPE_CHECKING:
    from data.quiz.play import Game, Team

BIG = 4  # rows of a large score


class Scores(Widget):
    """Every team: its key, its name, its score; a sign says whose turn it is."""

    game: Game | None = None

    def show(self, game: Game) -> None:
        """Shows the scores as `game` has them."""
        self.game = game
        self.refresh()

    def render(self) -> Content:
        if self.game is None or not self.game.teams:
            return Content("")
        wide = self.size.width // len(self.game.teams)
        parts = [self._team(place, team, wide - 1) for place, team in enumerate(self.game.teams)]
        return Content("\n").join([Content(" ").join(list(row)) for row in zip(*parts, strict=True)])

    def _team(self, place: int, team: Team, wide: int) -> Sequence[Content]:
        assert self.game is not None
        sign = sign_of(self.game, place)
        style = "bold $background on $primary" if sign == "▶" else "bold"
        head = Content.styled(fit(f"{sign} {place + 1} {team.name}", wide), style)
        large = self.size.height > BIG
        lines = enlarged(f"{team.score}", wide, BIG).split("\n") if large else [f"{team.score:,}".center(wide)]
        lines = [*lines, *[""] * (BIG - len(lines))] if large else lines
        color = "$text-error" if team.score < 0 else "$text-success" if team.score > 0 else ""
        return [head, *(Content.styled(fit(line, wide), f"bold {color}".strip()) for line in lines)]


def sign_of(game: Game, place: int) -> str:
    """▶ who answers, ▸ who chooses, × who had it wrong; ✓ who had it right, in the final, where all are judged."""
    if game.team == place:
        return "▶"
    if place in game.tried and game.clue is not None:
        last = next(one for one in reversed(game.judged) if one.team == place)
        return "✓" if last.right else "×"
    return "▸" if game.chooses == place and game.clue is None else " "
