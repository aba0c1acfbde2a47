"""How remarks, and what is objected to in one, read on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from screens import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

    from data.cases.remarking import RemarkView
    from data.cases.remarks import Objection


def objection_rows(text: str, found: tuple[Objection, ...], width: int) -> Iterator[Content]:
    """What is objected to, in sentences, each with the words it is about."""
    for one in found:
        part = " ".join(text[one.start : one.end].split())
        about = f" “{part[:40]}{'…' * (len(part) > 40)}”" if part and one.may_be_overruled else ""
        yield Content.styled(words.hang(f"{one.worry}{about}", width, "! "), "$text-error")


def remark_row(remark: RemarkView, zone: ZoneInfo, today: date, width: int) -> Content:
    """When, by whom, what; and why an objection was overruled."""
    head = words.muted(f"{words.moment(remark.at, zone, today):<8}{remark.agent}")
    row = Content.assemble(head, "\n", words.hang(remark.text, width))
    if remark.overruled:
        row = Content.assemble(row, "\n", (words.hang(f"Kept although: {remark.why}", width), "$text-warning"))
    return row
