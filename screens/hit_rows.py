"""One hit as a line: who it is, why it was found, and the parts that matched marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from data.text import harmless
from data.verification.rules import MASK
from screens.words import fit, phone

if TYPE_CHECKING:
    from data.search import Hit, Mark

MDN_WIDTH = 12  # 212-555-0143: a number is shown whole or not at all
ACCOUNT_WIDTH = 12
STATUS_WIDTH = 9
NAME_WIDTH = 36  # what is left is better spent on why it matched
WIDE, WIDE_REASON, NARROW_REASON = 100, 34, 22
MDN_DASHES = (3, 6)  # the digits before which a grouped number has a dash
TELL_THEMSELVES = ("company", "e-mail")  # one sees what they are


class Look(NamedTuple):
    """The styles of a line: as it is, where it matched, and why."""

    row: Style
    mark: Style
    why: Style


def hit_line(hit: Hit, width: int, look: Look) -> list[Segment]:
    """One hit as a line of `width` cells. The name gives way first; a number is never cut."""
    fixed = MDN_WIDTH + ACCOUNT_WIDTH + STATUS_WIDTH + 5
    reason_width = max(WIDE_REASON if width >= WIDE else NARROW_REASON, width - fixed - NAME_WIDTH)
    marks = hit.marks
    told, detail = reason(hit, reason_width, wide=width >= WIDE)
    why = [
        Segment(told, look.why),
        *marked("detail", fit(detail, reason_width - cell_len(told)).rstrip(), marks, look.why, look.mark),
    ]
    room = reason_width - sum(segment.cell_length for segment in why)
    return [
        Segment(" ", look.row),
        *marked("name", fit(hit.name, max(12, width - fixed - reason_width)), marks, look.row, look.mark),
        Segment(" ", look.row),
        *marked("mdn", f"{phone(hit.mdn) if hit.mdn else '':<{MDN_WIDTH}}", in_groups(marks), look.row, look.mark),
        Segment(" ", look.row),
        *marked("account", f"{harmless(hit.account):<{ACCOUNT_WIDTH}}", marks, look.row, look.mark),
        Segment(f" {hit.status:<{STATUS_WIDTH}} ", look.row),
        *why,
        *where(hit.city, marks, room, look),
    ]


def reason(hit: Hit, room: int, *, wide: bool) -> tuple[str, str]:
    """Why it matched, in words, and the detail that did, where it says more than the words; what fits."""
    told = hit.matched if wide else shortly(hit)
    if hit.detail.strip(MASK) in told:
        return fit(told, room).rstrip(), ""
    tells_itself = any(why.how.startswith(TELL_THEMSELVES) for why in hit.why)
    if tells_itself and cell_len(f"{told}: {hit.detail}") > room:
        return "", hit.detail
    return fit(f"{told}:", room - 1).rstrip() + " ", hit.detail


def shortly(hit: Hit) -> str:
    """Why it matched, without the words of the name that are as they were typed."""
    return ", ".join(dict.fromkeys(why.how for why in hit.why if why.how != "name")) or hit.matched


def where(city: str, marks: Iterable[Mark], room: int, look: Look) -> Iterator[Segment]:
    """The city, which tells customers of one name apart, if `room` cells hold the whole of it."""
    city = harmless(city)
    if city and cell_len(f" · {city}") <= room:
        yield Segment(" · ", look.why)
        yield from marked("city", city, marks, look.why, look.mark)


def in_groups(marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks of a telephone number's ten digits, where these stand when the number is grouped."""
    for mark in marks:
        if mark.field == "mdn":
            start = mark.start + sum(mark.start >= dash for dash in MDN_DASHES)
            yield mark._replace(start=start, end=mark.end + sum(mark.end > dash for dash in MDN_DASHES))


def marked(field: str, shown: str, marks: Iterable[Mark], plain: Style, mark_style: Style) -> Iterator[Segment]:
    """A hit's field as it is `shown`, its parts that matched marked."""
    at = 0
    for mark in marks:
        if mark.field == field and mark.start >= at:
            yield Segment(shown[at : mark.start], plain)
            yield Segment(shown[mark.start : mark.end], mark_style)
            at = mark.end
    yield Segment(shown[at:], plain)
