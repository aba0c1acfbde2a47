"""An article as a file: a heading between two lines of +++, in TOML, then the text in Markdown."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

from data.files import toml_in
from data.knowledge.rules import ArticleKind, Draft

FENCE = "+++"
KEYS = ("title", "kind", "effective", "until", "review", "topics")


class Unreadable(ValueError):
    """A file that is no article; its text says why, in words."""


def read(text: str) -> Draft:
    """The article that `text` holds. Raises Unreadable."""
    before, fence, rest = text.removeprefix("\ufeff").lstrip().partition(FENCE)
    heading, closed, body = rest.partition(f"\n{FENCE}")
    if before or not fence or not closed:
        raise Unreadable(f"it does not begin with a heading between two lines of {FENCE}")
    try:
        facts = toml_in(heading)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"its heading is not TOML: {error}") from None
    if unknown := sorted(set(facts) - set(KEYS)):
        raise Unreadable(f"its heading has {unknown[0]}, which no article has")
    return Draft(
        title=_text(facts, "title"),
        kind=_kind(_text(facts, "kind")),
        body=body.strip(),
        effective_from=_effective(facts),
        effective_to=_day(facts, "until"),
        review_on=_day(facts, "review"),
        topics=_topics(facts.get("topics", [])),
    )


def written(draft: Draft) -> str:
    """`draft` as a file; `read` gives it back."""
    return "\n".join([FENCE, *_heading(draft), FENCE, "", draft.body, ""])


def _heading(draft: Draft) -> Iterator[str]:
    yield f"title = {_quoted(draft.title)}"
    yield f"kind = {_quoted(draft.kind)}"
    for key, day in (("effective", draft.effective_from), ("until", draft.effective_to), ("review", draft.review_on)):
        if day:
            yield f"{key} = {day.isoformat()}"
    if draft.topics:
        yield f"topics = [{', '.join(map(_quoted, draft.topics))}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # a JSON string is a TOML one, but for DEL


def _text(facts: dict[str, Any], key: str) -> str:
    value = facts.get(key, "")
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"its heading has no {key}")
    return value


def _day(facts: dict[str, Any], key: str) -> date | None:
    value = facts.get(key)
    if value is not None and type(value) is not date:
        raise Unreadable(f"its {key} is not a day such as 2026-03-01")
    return value


def _effective(facts: dict[str, Any]) -> date:
    day = _day(facts, "effective")
    if day is None:
        raise Unreadable("its heading has no effective day")
    return day


def _kind(text: str) -> ArticleKind:
    try:
        return ArticleKind(text)
    except ValueError:
        raise Unreadable(f"its kind is {text}, not one of {', '.join(ArticleKind)}") from None


def _topics(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise Unreadable("its topics are not a list of names")
    return tuple(value)
