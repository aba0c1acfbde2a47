"""How facts read on screen: one form for dates, numbers and names everywhere; never as markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from textwrap import wrap
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content

from data.money import show
from data.text import harmless

LABEL = 10  # cells of a fact's label
LONG_LABEL = 15  # where the facts have longer names
SIGNS = {"active": "✓", "verified": "✓", "suspended": "▲", "pending": "·", "closed": "×", "disconnected": "×"}


def plain(text: str) -> Content:
    """Text of people or files, as it is: no markup, nothing that a terminal would obey."""
    return Content(harmless(text))


def signed(state: str, sign: str, style: str) -> Content:
    """A state behind its sign, both in its color."""
    return Content.styled(f"{sign} {state}", style)


def lines(text: str) -> Content:
    """Text of people or files in several lines, each of them harmless."""
    return Content("\n").join(plain(line) for line in text.splitlines())


def fillable(values: Mapping[str, str]) -> dict[str, str]:
    """What fields begin with, as a person may have typed it: harmless, on one line, nothing around it."""
    return {name: harmless(text).strip() for name, text in values.items()}


def muted(text: str) -> Content:
    """Text that steps back."""
    return Content.styled(harmless(text), "$muted")


def day(when: date) -> str:
    """A date: 11-22-2026, as agents of this trade write it."""
    return f"{when:%m-%d-%Y}"


def moment(when: datetime, zone: ZoneInfo, today: date) -> str:
    """A time in the agent's zone: "10:02" today, "11-20" this year, "11-20-2025" before."""
    local = when.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == today else short_day(local.date(), today)


def short_day(when: date, today: date) -> str:
    """A day in a column of times: "11-20" this year, "11-20-2025" in another."""
    return f"{when:%m-%d}" if when.year == today.year else day(when)


def state(word: str) -> Content:
    """A state: its sign and its word, so that color is never needed."""
    style = {"✓": "$text-success", "▲": "$text-warning", "×": "$text-error"}.get(SIGNS.get(word, ""), "")
    return Content.styled(f"{SIGNS.get(word, '·')} {word}", style)


def money(amount: Decimal) -> str:
    """An amount with its sign and currency: "$24.99"."""
    return show(amount)


def fact(label: str, value: str, width: int = LABEL, room: int = 0) -> Content:
    """A label in `width` cells and its value, aligned with the others; with `room` wrapped within so many cells."""
    lines = wrapped(value, room - width) if room > width else [harmless(value)]
    return Content.assemble((f"{label:<{width - 1}} ", "$muted"), f"\n{'':{width}}".join(lines))


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, of which a sign of a wide script takes two."""
    shown = harmless(text)
    if _narrow(shown):
        return wrap(shown, max(1, width))
    return [line.plain.rstrip() for line in Content(shown).wrap(max(2, width))]


def _narrow(text: str) -> bool:
    """Whether every sign takes one cell."""
    return text.isascii() or cell_len(text) == len(text)


def hang(text: str, width: int, indent: str = "  ", after: str = "  ") -> str:
    """`text` wrapped at `width` cells: the first line behind `indent`, those after it behind `after`."""
    shown = harmless(text)
    if _narrow(shown):
        return "\n".join(wrap(shown, max(1, width), initial_indent=indent, subsequent_indent=after))
    return indent + f"\n{after}".join(wrapped(shown, width - max(len(indent), len(after))))


def tucked(text: str, indent: int, width: int) -> str:
    """`text` to stand behind `indent` cells of something else, wrapped at `width`: its other lines begin as far in."""
    return hang(text, max(width, indent + 16), " " * indent, " " * indent)[indent:]


def phone(mdn: str | None) -> str:
    """An MDN grouped (212-555-0143); anything else as given."""
    from data.identifiers import show_mdn

    return show_mdn(mdn) if mdn else "no number"


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells, shortened with an ellipsis."""
    shown = harmless(text)
    if shown.isascii() and len(shown) <= width:
        return shown.ljust(width)
    cell = Content(shown).truncate(width, ellipsis=True)
    return cell.plain + " " * max(0, width - cell.cell_length)


def ended(sentence: str) -> str:
    """`sentence` with a full stop, unless it is a question."""
    return sentence if sentence.endswith("?") else f"{sentence}."
