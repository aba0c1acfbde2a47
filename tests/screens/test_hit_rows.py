"""A hit as a line: what is told of it at each width, and what is marked in it."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style

from data.search import Hit, Why
from data.verification.rules import MASK
from screens.hit_rows import Look, hit_line

MARK = Style(underline=True)
LOOK = Look(Style(), MARK, Style(italic=True))
NAME = Why("name", "smith", "smi")
COMPANY = Why("company", "bayou", "bay", "detail")


def hit(*why: Why, detail: str = "", mdn: str = "2125550143") -> Hit:
    return Hit(1, "SV000002", "John Smith", mdn, "active", "Albany", 1.0, detail, why)


def text(line: list[Segment]) -> str:
    return "".join(segment.text for segment in line)


@pytest.mark.parametrize(
    ("found", "marked"),
    [
        (hit(NAME), ["Smi"]),
        (hit(Why("MDN ending 0143", "2125550143", "0143", "mdn")), ["0143"]),
        (hit(Why("MDN", "2125550143", "25550", "mdn")), ["2-555-0"]),
        (hit(Why("MDN", "2125550143", "212", "mdn")), ["212"]),
        (hit(Why("account", "SV000002", "0002", "account")), ["0002"]),
        (hit(Why("city", "albany", "alb", "city")), ["Alb"]),
        (hit(COMPANY, NAME, detail="Bayou Plumbing of America"), ["Smi", "Bay"]),
    ],
)
def test_what_matched_is_marked_where_it_stands(found: Hit, marked: list[str]) -> None:
    assert [segment.text for segment in hit_line(found, 120, LOOK) if segment.style == MARK and segment.text] == marked


@pytest.mark.parametrize(
    ("found", "narrow", "wide"),
    [
        (hit(COMPANY, detail="Bayou Ltd"), "company: Bayou Ltd", "company: Bayou Ltd · Albany"),
        (hit(COMPANY, detail="Bayou Plumbing of Ohio"), "Bayou Plumbing of Ohio", "company: Bayou Plumbing of Ohio"),
        (
            hit(Why("IMEI ending 490755", f"{MASK}490755", "490755", "detail"), detail=f"{MASK}490755"),
            "IMEI ending 490755",
            "IMEI ending 490755 · Albany",
        ),
        (hit(Why("ICCID", "8901555", "8901555", "detail"), detail="8901555"), "ICCID: 8901555", "ICCID: 8901555"),
    ],
)
def test_a_detail_is_told_where_it_says_more_than_the_words(found: Hit, narrow: str, wide: str) -> None:
    assert text(hit_line(found, 80, LOOK)).endswith(f"active    {narrow}")
    assert f"active    {wide}" in text(hit_line(found, 120, LOOK))


@pytest.mark.parametrize("width", [80, 99, 100, 120, 200])
def test_a_line_keeps_to_its_width_and_cuts_no_number(width: int) -> None:
    shown = text(hit_line(hit(NAME, COMPANY, detail="Bayou Plumbing " * 20), width, LOOK))
    assert len(shown) <= width
    assert "212-555-0143 SV000002 " in shown
