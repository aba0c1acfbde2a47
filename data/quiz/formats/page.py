"""The printed page of a quiz site: the categories, then for each value a row of clues, each with its answer.

Scores may stand before each clue or not, 1 to 5 or 100 to 500; blank and indented lines mean nothing.
An answer begins with its question form ("What is …"), or else with the clue's second paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from data.quiz.formats import rows
from data.quiz.reading import GLUED, asks_for_order, glued_to, grid_flags, read_answer, read_answers
from data.quiz.rules import STEP, Clue, DeckText, Flag, FlagKind

NAME, SUFFIX = "page", ".txt"
ASKS = re.compile(
    r"\s*(?:what|who|where|when|which|how)(?:\s+(?:is|are|was|were|does|do|did)\b|['’]s\b)", re.IGNORECASE
)
BULLET = re.compile(r"\s*(?:[-*•·‣–]|\(?\d{1,2}[.)]|[a-z][.)])\s+")
FEWEST_SCORES = 2
MORE = "More"  # where clues go that stand behind the last category


@dataclass(frozen=True)
class Cell:
    """One clue with its answer, as found. `value`: None where the page gives no scores."""

    value: int | None
    text: str
    answer: str


def looks_like(text: str) -> bool:
    return True


def carries(deck: DeckText) -> DeckText:
    places = {category: place for place, category in enumerate(deck.categories)}
    clues = sorted(deck.clues, key=lambda clue: (clue.value, places[clue.category]))
    return DeckText("", tuple(map(_carried, clues)))


def _carried(clue: Clue) -> Clue:
    lines = [_guarded(line) for line in clue.answer.split("\n") if line.strip()]
    text = _guarded(" ".join(clue.text.split()))
    category, answer = _guarded(clue.category), "\n".join(lines)
    plain = Clue(category=category, value=clue.value, text=text, answer=answer, ordered=asks_for_order(text))
    return read_answer(replace(plain, answer=_asked(replace(plain, flags=clue.flags))))


def _asked(clue: Clue) -> str:
    """A clue's answer in question form, and what was glued to it."""
    return f"What is {clue.answer}?{glued_to(clue)}"


def _guarded(line: str) -> str:
    """A line that could be taken for a score, as one that can't."""
    return f"- {line.strip()}" if rows.number(line) is not None else line.strip()


def write(deck: DeckText) -> str:
    lines = [*map(_guarded, deck.categories), ""]
    for clue in carries(deck).clues:
        lines += [str(clue.value), "", clue.text, "", _asked(clue), ""]
    return "\n".join(lines)


def read(text: str) -> DeckText:
    lines = [line.strip() for line in text.replace("\xa0", " ").replace("\t", " ").split("\n")]
    head, cells = _scored(lines) if _has_scores(lines) else _unscored(lines)
    answers = sum(bool(cell.answer) + len(GLUED.findall(cell.answer)) for cell in cells)
    name, categories = _named(head, cells)
    clues, flags = read_answers(_placed(cells, categories))
    if not cells:
        flags.append(Flag(FlagKind.MISSING, "No clue was found."))
    return DeckText(name, clues, flags=(*flags, *grid_flags(clues, answers)))


def _has_scores(lines: Sequence[str]) -> bool:
    found = Counter(score for line in lines if (score := rows.number(line)) is not None)
    return sum(found.values()) >= FEWEST_SCORES


def _scored(lines: Sequence[str]) -> tuple[list[str], list[Cell]]:
    """What stands before the first score, and a cell from each score on."""
    starts = list(_starts(lines))
    head = [line for line in lines[: starts[0]] if line]
    cells = [
        _cell(rows.number(lines[start]), lines[start + 1 : end])
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    return head, cells


def _starts(lines: Sequence[str]) -> Iterator[int]:
    """The lines that are scores: a number right behind a clue is its answer."""
    behind = FEWEST_SCORES  # lines of text since the last score
    for place, line in enumerate(lines):
        if rows.number(line) is not None and (behind >= FEWEST_SCORES or not _answer_missing(lines, place)):
            yield place
            behind = 0
        else:
            behind += bool(line)


def _answer_missing(lines: Sequence[str], place: int) -> bool:
    """Whether the number at `place` can only be an answer: a clue stands before it, another score follows it."""
    following = next((lines[at] for at in range(place + 1, len(lines)) if lines[at]), "")
    before = next((lines[at] for at in range(place - 1, -1, -1) if lines[at]), "")
    return rows.number(following) is not None and bool(before) and rows.number(before) is None


def _cell(value: int | None, lines: Sequence[str]) -> Cell:
    said = [place for place, line in enumerate(lines) if line]
    if not said:
        return Cell(value, "", "")
    asks = next((place for place in said[1:] if ASKS.match(lines[place])), None)
    gap = next((place for place in range(said[0], said[-1]) if not lines[place]), None)
    if asks is None and gap is None and len(said) > 1:
        asks = said[1]
    cut = asks if asks is not None else gap if gap is not None else len(lines)
    text = " ".join(line for line in lines[:cut] if line)
    return Cell(value, text, "\n".join(line for line in lines[cut:] if line))


def _unscored(lines: Sequence[str]) -> tuple[list[str], list[Cell]]:
    """The same for a page without scores: each answer in question form ends a pair, or else two paragraphs make one."""
    asked = [place for place, line in enumerate(lines) if ASKS.match(line)]
    return _by_question_form(lines, asked) if asked else _by_paragraph(lines)


def _by_question_form(lines: Sequence[str], asked: Sequence[int]) -> tuple[list[str], list[Cell]]:
    """The paragraph before each answer is its clue; what follows an answer up to there is still answer."""
    starts = [_paragraph(lines, place) for place in asked]
    before_first = [line for line in lines[: asked[0]] if line]
    if not starts[0] or not any(lines[: starts[0]]):  # categories and first clue in one piece
        starts[0] = max(place for place in range(asked[0]) if lines[place]) if before_first else 0
    cells = []
    for place, start, end in zip(asked, starts, [*starts[1:], len(lines)], strict=True):
        text = " ".join(line for line in lines[start:place] if line)
        answer = "\n".join(line for line in lines[place : max(end, place + 1)] if line)
        cells.append(Cell(None, text, answer))
    return [line for line in lines[: starts[0]] if line], cells


def _paragraph(lines: Sequence[str], place: int) -> int:
    """Where the paragraph before the line at `place` begins."""
    start = place
    while start > 0 and not lines[start - 1]:
        start -= 1
    while start > 0 and lines[start - 1] and not ASKS.match(lines[start - 1]) and not BULLET.match(lines[start - 1]):
        start -= 1
    return start


def _by_paragraph(lines: Sequence[str]) -> tuple[list[str], list[Cell]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if not blocks:
        return [], []
    head, pairs = blocks[0], list[list[str]]()
    for block in blocks[1:]:
        if pairs and len(pairs) % 2 == 0 and all(BULLET.match(line) for line in block):
            pairs[-1] = pairs[-1] + block
        else:
            pairs.append(block)
    texts = ["\n".join(block) for block in pairs] + [""] * (len(pairs) % 2)
    return head, [Cell(None, " ".join(texts[n].split()), texts[n + 1]) for n in range(0, len(texts), 2)]


def _named(head: Sequence[str], cells: Sequence[Cell]) -> tuple[str, list[str]]:
    """The deck's name, where one stands above the categories, and the categories."""
    rows_of = Counter(cell.value for cell in cells if cell.value is not None)
    row = max(rows_of.values(), default=0)
    even = not row and len(head) > 2 and len(cells) % len(head) and not len(cells) % (len(head) - 1)
    if len(head) > 1 and (row == len(head) - 1 or even):
        return head[0], list(head[1:])
    return "", list(head)


def _placed(cells: Sequence[Cell], categories: Sequence[str]) -> Iterator[Clue]:
    """Each cell under its category: the n-th with a value belongs to the n-th category."""
    met: Counter[int] = Counter()
    for place, cell in enumerate(cells):
        value = cell.value if cell.value is not None else STEP * (1 + place // max(1, len(categories)))
        column = met[value]
        met[value] += 1
        category = categories[column] if column < len(categories) else MORE if categories else ""
        ordered = asks_for_order(cell.text)
        yield Clue(category=category, value=value, text=cell.text, answer=cell.answer, ordered=ordered)
