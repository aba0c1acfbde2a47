"""What remains of an allowance: a bar and the figures, readable without color."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from data.lines.views import BalanceView

CELLS = 8
GAP = "   "
LOW = 0.15  # the part of an allowance below which a bar warns
MB_IN_GB = 1024


def balances_row(balances: Iterable[BalanceView], width: int) -> Content:
    """The balances of a line side by side, indented; what does not fit in `width` cells goes whole to the next row."""
    rows: list[Content] = []
    for part in (balance(view) for view in balances):
        if rows and rows[-1].cell_length + len(GAP) + part.cell_length <= width:
            rows[-1] = Content.assemble(rows[-1], GAP, part)
        else:
            rows.append(Content.assemble("  ", part))
    return Content("\n").join(rows)


def balance(view: BalanceView) -> Content:
    """One balance: "min ██████░░ 712 of 1,000", or "texts unlimited"."""
    return Content.assemble(f"{_name(view)} ", _remains(view))


def bar_row(view: BalanceView) -> Content:
    """One balance on a line of its own, aligned with the others."""
    return Content.assemble((f"{_name(view):<15}", "$muted"), _remains(view))


def _name(view: BalanceView) -> str:
    return "data" if view.unit == "MB" else view.unit


def _remains(view: BalanceView) -> Content:
    if view.allowance is None or view.remaining is None:
        return Content("unlimited")
    part = min(1.0, view.remaining / view.allowance) if view.allowance > 0 else 0.0
    style = "$text-warning" if part < LOW else ""
    sign = "▲ " if part < LOW else ""
    return Content.assemble((bar(part), style or "$primary"), (f" {sign}{amounts(view)}", style))


def bar(part: float) -> str:
    """`part` (0 to 1) of a bar; what remains is never shown as nothing, nor nothing as something."""
    filled = 0 if part <= 0 else max(1, round(part * CELLS))
    return "█" * filled + "░" * (CELLS - filled)


def amounts(view: BalanceView) -> str:
    """ "712 of 1,000", or for data "0.6 of 5 GB" """
    remaining, allowance = view.remaining or 0, view.allowance or 0
    if view.unit != "MB":
        return f"{remaining:,} of {allowance:,}"
    if remaining < MB_IN_GB or allowance % MB_IN_GB:
        return f"{remaining:,} of {allowance:,} MB"
    tenths = remaining * 10 // MB_IN_GB  # rounded down: nobody is promised what is not there
    return f"{tenths / 10:.1f} of {allowance // MB_IN_GB} GB"
