"""The demo operator's quizzes: Careline's own decks, some weeks of answers, and one deck that is to be played."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from data.demo.history import AGENTS, SITTER
from data.demo.rows import Rows
from data.quiz.builtin import builtin_decks
from data.quiz.formats import write_deck
from data.quiz.grading import Verdict
from data.quiz.rules import LISTS, Clue, GameKind
from data.quiz.tables import Answer, Assignment, Deck, DeckClue, DeckVersion

IDS = {name: number for number, (name, *_) in enumerate(AGENTS, start=1)}
TRAINER = "trainer05"
PLAYERS = {SITTER: 0.8, "agent02": 0.7, "agent04": 0.9, "agent09": 0.55, "agent11": 0.75}  # how often each is right
WEEKS, EACH = 6, 3  # weeks of practice, answers of each player a week
HARDER = 0.08  # less often right for each row further down
DUE_IN = timedelta(days=4)


@dataclass
class Quizzes:
    """Makes the decks and the answers of a demo store."""

    rows: Rows
    rng: random.Random
    now: datetime
    zone: ZoneInfo

    def make(self) -> None:
        """Makes the decks, what was answered, and the assignment."""
        made_at = self.now - timedelta(weeks=WEEKS + 1)
        clues: list[tuple[int, Clue]] = []
        for slug, deck in builtin_decks().items():
            trainer = IDS[TRAINER]
            number = self.rows.add(
                Deck, name=deck.name, about=deck.about, builtin=slug, made_by_id=trainer, made_at=made_at
            )
            self.rows.add(
                DeckVersion,
                deck_id=number,
                number=1,
                made_by_id=trainer,
                made_at=made_at,
                why="came with Careline",
                content=write_deck(deck, "toml"),
            )
            for place, clue in enumerate(deck.clues):
                clues.append((self._add_clue(number, place, clue), clue))
        self._answer(clues)
        self._assign(number)

    def _add_clue(self, deck: int, place: int, clue: Clue) -> int:
        facts = {
            name: json.dumps(value, ensure_ascii=False) if name in LISTS else value
            for name, value in vars(clue).items()
        }
        return self.rows.add(DeckClue, deck_id=deck, place=place, **facts)

    def _answer(self, clues: list[tuple[int, Clue]]) -> None:
        for back in range(WEEKS * 7, 0, -7):
            for name, skill in PLAYERS.items():
                for number, clue in self.rng.sample(clues, EACH):
                    right = self.rng.random() < skill - HARDER * (clue.value // 100 - 1)
                    verdict = Verdict.RIGHT if right else self.rng.choice((Verdict.PARTLY, Verdict.WRONG))
                    self.rows.add(
                        Answer,
                        clue_id=number,
                        agent_id=IDS[name],
                        kind=GameKind.PRACTICE,
                        at=self.now - timedelta(days=back, minutes=self.rng.randrange(600)),
                        text=clue.answer if right else "",
                        verdict=verdict,
                        seconds=self.rng.randrange(4, 30),
                    )

    def _assign(self, deck: int) -> None:
        due_on = (self.now + DUE_IN).astimezone(self.zone).date()
        self.rows.add(
            Assignment,
            deck_id=deck,
            agent_id=IDS[SITTER],
            assigned_by_id=IDS[TRAINER],
            assigned_at=self.now - timedelta(days=2),
            due_on=due_on,
            due_at=datetime.combine(due_on, time(23, 59, 59), self.zone).astimezone(UTC),
        )
