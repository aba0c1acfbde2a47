"""GIFT, Moodle's text: `$CATEGORY:`, then `::title:: clue {=answer ~wrong ####explanation}`.

Careline's own fields stand in comments before a question, which others pass over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from data.quiz.formats import rows
from data.quiz.reading import grid_flags, read_answers
from data.quiz.rules import STEP, Clue, DeckText

NAME, SUFFIX = "gift", ".gift"
OWN = ("alternatives", "key_terms", "figures", "choices", "flags")
COMMENT = "// careline "
SPECIAL = re.compile(r"([\\~=#{}:])")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
CATEGORY = re.compile(r"^\s*\$CATEGORY:(.*)$", re.IGNORECASE)
TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::(.*)", re.DOTALL)
MARKUP = re.compile(r"^\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
BRACES = re.compile(r"\\.|[{}]", re.DOTALL)  # those with a \ before them are letters of the text
PART = re.compile(r"(?<!\\)((?:\\\\)*)([=~]|####|#)")
WEIGHT = re.compile(r"^\s*%-?\d+(?:\.\d+)?%")
BOOLEAN = {"T": "True", "TRUE": "True", "F": "False", "FALSE": "False"}


def looks_like(text: str) -> bool:
    lines = [line for line in text.split("\n") if not line.startswith("//")]
    if any(CATEGORY.match(line) for line in lines):
        return True
    body = "\n".join(lines)
    return any(re.match(r"\s*(?:[=~#]|T|F|$)", answers) for _, answers, _ in _braces(body))


def carries(deck: DeckText) -> DeckText:
    return DeckText("", deck.clues)


def write(deck: DeckText) -> str:
    return "\n".join(_lines(deck))


def _lines(deck: DeckText) -> Iterator[str]:
    category = None
    for clue in deck.clues:
        if clue.category != category:
            category = clue.category
            yield from (f"$CATEGORY: {_escaped(category)}", "")
        own = dict(zip(rows.COLUMNS, rows.cells(clue), strict=True))
        for field in ("ordered", "article", *OWN):
            if own[field]:
                yield f"{COMMENT}{field}: {own[field]}"
        right = f"={_escaped(clue.answer)}"
        also = "".join(f" ={_escaped(one)}" for one in clue.alternatives)
        wrong = "".join(f" ~{_escaped(one)}" for one in clue.choices)
        why = f" ####{_escaped(clue.explanation)}" if clue.explanation else ""
        yield from (f"::{clue.value}:: {_escaped(clue.text)} {{{right}{also}{wrong}{why}}}", "")


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _plain(text: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text.strip()).strip()


def read(text: str) -> DeckText:
    clues, flags = read_answers(_clues(text))
    return DeckText("", clues, flags=(*flags, *grid_flags(clues)))


def _clues(text: str) -> list[Clue]:
    made: list[Clue] = []
    met: Counter[str] = Counter()
    category, own, block = "", dict[str, str](), list[str]()
    still_open = 0  # braces of the block
    for line in [*text.split("\n"), ""]:
        found = CATEGORY.match(line)
        if line.startswith("//"):
            name, _, value = line.removeprefix(COMMENT).partition(":")
            if line.startswith(COMMENT):
                own[name.strip()] = value.strip()
        elif found or (not line.strip() and still_open <= 0):
            made += _question("\n".join(block), category, own, met)
            block, own, still_open = [], own if found or not block else {}, 0
            category = _plain(found[1]) if found else category
        else:
            block.append(line)
            still_open += sum({"{": 1, "}": -1}.get(sign, 0) for sign in BRACES.findall(line))
    return made + _question("\n".join(block), category, own, met)


def _braces(text: str) -> Iterator[tuple[str, str, str]]:
    """What stands in each pair of braces, between what stands before and behind it; in one look through the text."""
    signs = [sign for sign in BRACES.finditer(text) if sign[0] in "{}"]
    places = [0, *(sign.start() for sign in signs), len(text)]
    for nth, (opening, closing) in enumerate(pairwise(signs), start=1):
        if opening[0] == "{" and closing[0] == "}":
            before = text[places[nth - 1] + (nth > 1) : opening.start()]
            yield before, text[opening.end() : closing.start()], text[closing.end() : places[nth + 2]]


def _question(block: str, category: str, own: dict[str, str], met: Counter[str]) -> list[Clue]:
    """The clue in a block of lines, if there is one. `met`: how many clues each category has, which it adds to."""
    if not block.strip():
        return []
    titled = TITLE.match(block)
    title, rest = (_plain(titled[1]), titled[2]) if titled else ("", block)
    rest = MARKUP.sub("", rest)
    head, body, tail = next(_braces(rest), (rest, "", ""))
    met[category] += 1
    value = rows.number(title)
    if value is None:
        value = STEP * met[category]
    gap = " _____ " if tail.strip() else ""
    right, wrong, why = _answers(body)
    mine = {field: rows.listed(own.get(field, "")) for field in OWN}
    mine["alternatives"] = mine["alternatives"] or tuple(right[1:])
    mine["choices"] = mine["choices"] or tuple(wrong)
    return [
        Clue(
            category=category,
            value=value,
            text=f"{_plain(head)}{gap}{_plain(tail)}".strip(),
            answer=right[0] if right else "",
            ordered=own.get("ordered") == "yes",
            explanation=why,
            article=own.get("article", ""),
            **mine,
        )
    ]


def _answers(body: str) -> tuple[list[str], list[str], str]:
    """The right answers, the wrong ones and the explanation within a question's braces."""
    if body.strip().upper() in BOOLEAN:
        return [BOOLEAN[body.strip().upper()]], [], ""
    if body.lstrip().startswith("#") and not body.lstrip().startswith("####"):
        body = f"={body.lstrip()[1:].lstrip('=')}"
    pieces = PART.split(body)
    right, wrong, why = list[str](), list[str](), ""
    for slashes, sign, piece in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        said = _plain(slashes + WEIGHT.sub("", piece))
        if sign == "####":
            why = said
        elif sign == "=" or (sign == "~" and "%100%" in piece.replace(" ", "")):
            right.append(said)
        elif sign == "~":
            wrong.append(said)
    return right, wrong, why
