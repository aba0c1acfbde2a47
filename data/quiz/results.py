"""What came of games and practice: by agent, deck, category and clue, over time; who may see whose."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlmodel import col, select

from data.agents.finding import agent_row
from data.agents.rules import Permission
from data.agents.tables import Agent
from data.desk import Desk, action, permit
from data.errors import NotFound, Refused
from data.quiz.clues import take_alternative
from data.quiz.grading import Verdict
from data.quiz.keeping import clue_row, deck_row
from data.quiz.rules import GameKind
from data.quiz.tables import Answer, Deck, DeckClue
from data.text import cell

WEEKS = 8
DAYS = 90  # how far back results go where nobody says otherwise


class By(StrEnum):
    """What results are gathered by."""

    AGENT = "agent"
    DECK = "deck"
    CATEGORY = "category"
    CLUE = "clue"


@dataclass(frozen=True)
class AnswerView:
    """One judged answer. `agent`: the sign-in name, or the team's; `clue`: what was asked."""

    id: int
    at: datetime
    agent: str
    deck: str
    category: str
    value: int
    clue_id: int
    clue: str
    kind: GameKind
    text: str
    verdict: Verdict
    seconds: int | None


@dataclass(frozen=True)
class ResultRow:
    """How some answers went. `share`: of right ones, 0 to 1; `seconds`: the mean of those that were timed."""

    name: str
    answers: int
    right: int
    partly: int
    share: float
    seconds: float | None


@dataclass(frozen=True)
class Week:
    """A week from its Monday on: how many answers, and the share of right ones (None: no answer)."""

    monday: date
    answers: int
    share: float | None


@dataclass(frozen=True)
class Results:
    """The answers that were asked for, the latest first."""

    answers: tuple[AnswerView, ...]
    today: date

    def by(self, what: By) -> tuple[ResultRow, ...]:
        """Gathered by agent, deck, category or clue: the weakest first."""
        found: dict[str, list[AnswerView]] = defaultdict(list)
        for one in self.answers:
            found[_name(one, what)].append(one)
        rows = [result_row(name, answers) for name, answers in found.items()]
        return tuple(sorted(rows, key=lambda row: (row.share, -row.answers, row.name)))

    @property
    def whole(self) -> ResultRow:
        """All of them together."""
        return result_row("all", self.answers)

    def weeks(self, count: int = WEEKS) -> tuple[Week, ...]:
        """The last weeks, this one last."""
        this = self.today - timedelta(days=self.today.weekday())
        found: dict[date, list[AnswerView]] = defaultdict(list)
        for one in self.answers:
            day = one.at.date()
            found[day - timedelta(days=day.weekday())].append(one)
        mondays = [this - timedelta(weeks=back) for back in reversed(range(count))]
        return tuple(
            Week(monday, len(found[monday]), result_row("", found[monday]).share if found[monday] else None)
            for monday in mondays
        )


def _name(one: AnswerView, what: By) -> str:
    return {
        By.AGENT: one.agent,
        By.DECK: one.deck,
        By.CATEGORY: f"{one.deck} · {one.category}",
        By.CLUE: f"{one.category} {one.value}: {one.clue}",
    }[what]


def result_row(name: str, answers: Sequence[AnswerView]) -> ResultRow:
    """What those answers come to."""
    right = sum(one.verdict is Verdict.RIGHT for one in answers)
    partly = sum(one.verdict is Verdict.PARTLY for one in answers)
    timed = [one.seconds for one in answers if one.seconds is not None]
    share = right / len(answers) if answers else 0.0
    return ResultRow(name, len(answers), right, partly, share, sum(timed) / len(timed) if timed else None)


def results(desk: Desk, *, agent: str = "", deck: str = "", mine: bool = False, days: int = DAYS) -> Results:
    """The answers of the last `days`: mine, or for a trainer everybody's, or those of an `agent`; of a `deck`.

    Raises Refused where this agent may not read somebody else's, NotFound where the deck is not there.
    """
    if agent not in ("", desk.agent.name):
        permit(desk, Permission.RUN_QUIZ)
    if mine or not desk.may(Permission.RUN_QUIZ):
        agent = desk.agent.name
    first = datetime.combine(desk.today() - timedelta(days=max(0, days - 1)), time(), desk.agent.zone).astimezone(UTC)
    query = (
        select(Answer, DeckClue, Deck.name, Agent.name)
        .join(DeckClue, col(DeckClue.id) == col(Answer.clue_id))
        .join(Deck, col(Deck.id) == col(DeckClue.deck_id))
        .join(Agent, col(Agent.id) == col(Answer.agent_id), isouter=True)
        .where(Answer.at >= first)
        .order_by(col(Answer.at).desc(), col(Answer.id).desc())
    )
    with desk.reading() as session:
        if agent:
            query = query.where(Answer.agent_id == agent_row(session, agent).id)
        if deck:
            query = query.where(Deck.id == deck_row(session, deck).id)
        rows = session.exec(query).all()
        return Results(tuple(_view(desk, *row) for row in rows), desk.today())


def _view(desk: Desk, answer: Answer, clue: DeckClue, deck: str, agent: str | None) -> AnswerView:
    return AnswerView(
        id=answer.id or 0,
        at=answer.at.astimezone(desk.agent.zone),
        agent=agent or answer.team,
        deck=deck,
        category=clue.category,
        value=clue.value,
        clue_id=answer.clue_id,
        clue=clue.text,
        kind=GameKind(answer.kind),
        text=answer.text,
        verdict=Verdict(answer.verdict),
        seconds=answer.seconds,
    )


@action("quiz.overrule", needs=Permission.BUILD_DECKS)
def overrule(desk: Desk, answer_id: int) -> None:
    """Takes an answer that was typed in solo or practice as right after all, now and from now on.

    Raises NotFound; Refused where nothing was typed, or it was right.
    """
    row = desk.session.get(Answer, answer_id)
    if row is None:
        raise NotFound(f"There is no answer {answer_id}.", "Read the results again.")
    if row.verdict == Verdict.RIGHT or not row.text:
        raise Refused("There is nothing to overrule.", "It counts as right, or nothing was typed.")
    row.verdict = Verdict.RIGHT
    desk.session.add(row)
    take_alternative(desk, clue_row(desk.session, row.clue_id), row.text)
    desk.event.tell(answer=answer_id, clue=row.clue_id)


COLUMNS = ("at", "agent", "deck", "category", "value", "clue", "kind", "text", "verdict", "seconds")


def as_csv(answers: Iterable[AnswerView]) -> str:
    """The answers for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in answers:
        writer.writerow([cell(getattr(one, column)) for column in COLUMNS])
    return out.getvalue()
