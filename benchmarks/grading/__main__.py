"""How well typed answers are graded: `python -m benchmarks.grading` prints a table, `--misses` what went wrong.

The answers were judged by hand, for decks that come with Careline: the first table's before the grader was written, the
other two (later/, last/) when it stood and before it was shown them; what was general in its mistakes was then mended.
The exit code speaks of the first table.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from data.quiz.builtin import builtin_decks
from data.quiz.grading import grade
from data.quiz.rules import Clue

HERE = Path(__file__).parent
KINDS = {
    "right": "right",
    "words": "right, in other words",
    "partly": "partly right",
    "close": "wrong, but close",
    "reversed": "reversed order",
    "figure": "wrong figure",
}
RIGHT = ("right", "words")
ALIKE = 90  # the token-set ratio that is taken for the same, by the grader that is compared with


@dataclass(frozen=True)
class Judged:
    """One answer as typed, and how a person judged it."""

    clue: Clue
    kind: str
    typed: str


def judged_answers(folder: Path = HERE) -> Iterator[Judged]:
    """Every judged answer of a folder, deck by deck."""
    for slug, deck in builtin_decks().items():
        clue: Clue | None = None
        for line in (folder / f"{slug}.txt").read_text("utf-8").splitlines():
            kind, _, typed = line.partition(": ")
            if kind in KINDS:
                assert clue is not None
                yield Judged(clue, kind, typed)
            elif line[:1].isdigit():
                category, row = map(int, line.split("."))
                clue = deck.clues[(category - 1) * 5 + row - 1]


def measured(answers: list[Judged], words: list[str]) -> bool:
    """Prints a table of how they were graded; returns whether the goals were reached."""
    met, accepted, alike = Counter[str](), Counter[str](), Counter[str]()
    misses = list[str]()
    began = time.perf_counter()
    for one in answers:
        judgement = grade(one.clue, one.typed)
        met[one.kind] += 1
        accepted[one.kind] += judgement.right
        if judgement.right != (one.kind in RIGHT):
            misses.append(f"{one.kind}: {one.typed!r} for {one.clue.answer!r}: {judgement.told}\n")
    took = (time.perf_counter() - began) / len(answers)
    for one in answers:
        alike[one.kind] += fuzz.token_set_ratio(one.typed.lower(), one.clue.answer.lower()) >= ALIKE
    sys.stdout.write(f"| judged | answers | accepted | by a token-set ratio of {ALIKE} |\n|---|---|---|---|\n")
    for kind, name in KINDS.items():
        if met[kind]:
            sys.stdout.write(f"| {name} | {met[kind]} | {accepted[kind]} | {alike[kind]} |\n")
    right = sum(accepted[kind] for kind in RIGHT) / sum(met[kind] for kind in RIGHT)
    wrong = sum(accepted[kind] for kind in KINDS if kind not in RIGHT)
    sys.stdout.write(
        f"\n{right:.1%} of the right ones accepted, {wrong} wrong ones; {took * 1e3:.2f} ms an answer.\n\n"
    )
    sys.stdout.writelines(misses * ("--misses" in words))
    return right >= 0.95 and not wrong


def main(words: list[str]) -> int:
    """Prints the tables; returns the exit code: 1 where a goal is missed in the first."""
    answers = list(judged_answers())
    grade(answers[0].clue, "nothing")  # loads the word list
    reached = [measured(list(judged_answers(HERE / folder)), words) for folder in (".", "later", "last")]
    return 0 if reached[0] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
