"""Bills as rows of content: items by line, the quote beside it, the parts of the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from textual.content import Content

from data import money
from data.errors import Misused
from screens import words

if TYPE_CHECKING:
    from data.billing.views import BillView, Eligibility, Explained, LineEligibility, PartView

AMOUNT = 12  # cells of an amount
LABEL = 17
ANSWERS = {True: ("✓", "$text-success"), False: ("×", "$text-error"), None: ("?", "$text-warning")}


def title(bill: BillView) -> Content:
    """Whose bill, of which day."""
    how = "estimate of the bill of" if bill.estimated else "bill of"
    autopay = "autopay on" if bill.autopay else "autopay off"
    return Content.assemble(bill.account, f"  {how} {words.day(bill.bill_on)}  ", (autopay, "$muted"))


def items(bill: BillView, width: int) -> Iterator[Content]:
    """Every item under its line, and the sum."""
    lines = dict.fromkeys(item.line for item in bill.items)
    for line in sorted(lines, key=lambda line: not line):
        yield Content.styled(line or "The account", "$muted")
        for item in (one for one in bill.items if one.line == line):
            yield amount_row(f"  {item.text}", item.amount, width)
    yield amount_row("Together", bill.total, width).stylize("bold")


def amount_row(text: str, amount: Decimal, width: int) -> Content:
    """A text, and its amount at the right end."""
    room = max(8, width - AMOUNT)
    return Content(f"{words.fit(text, room)}{money.show(amount):>{AMOUNT}}")


def cause(found: Explained, width: int) -> Content:
    """What was billed and quoted, and how far they are apart."""
    more = "more than quoted" if found.difference >= 0 else "less than quoted"
    return Content("\n").join(
        [
            amount_row("Billed", found.bill.total, width),
            amount_row("Quoted", found.quoted, width),
            amount_row(f"{more.capitalize()}, of which", abs(found.difference), width).stylize("bold"),
        ]
    )


def part_row(part: PartView, width: int) -> Content:
    """A part of the difference: amount, what it is, and which line."""
    where = f" · {part.line}" if part.line else ""
    key = "  ↵ opens it" if part.ost else ""
    text = words.tucked(f"{part.text}{where}{key}", AMOUNT, width)
    style = "bold" if part.ost else ""
    return Content.assemble((f"{money.show(part.amount):>{AMOUNT - 2}}  ", style), text)


def quoted(text: str, numbers: Sequence[str]) -> tuple[Decimal | None, dict[str, Decimal]]:
    """What stands in the box: the whole quote, or quotes for lines (0143=85). Raises Misused."""
    whole, lines = None, {}
    for part in text.replace(",", "").split():
        end, mark, amount = part.partition("=")
        if not mark:
            whole = money.parse(part)
            continue
        digits = "".join(filter(str.isdigit, end))
        fitting = [one for one in numbers if digits and one.replace("-", "").endswith(digits)]
        if len(fitting) != 1:
            raise Misused(
                f"{end} is the end of {len(fitting)} numbers of this bill.", "Write one number's last digits."
            )
        lines[fitting[0]] = money.parse(amount)
    return whole, lines


def glance(found: Eligibility, width: int) -> Content:
    """What holds for the whole account."""
    facts = (
        ("Loyalty", "in the loyalty program" if found.loyalty else "not in the loyalty program"),
        ("Account", "current" if found.current else "past due"),
        ("Autopay", "on" if found.autopay else "off"),
        ("Set-up fee", found.setup_fee),
    )
    return Content("\n").join([words.fact(label, text, LABEL, width) for label, text in facts])


def line_row(line: LineEligibility, width: int) -> Content:
    """A line and what it may have: early upgrade, return by label."""
    rows = [Content.assemble((line.line, "bold"), "  ", words.plain(line.device or "no device is paid off on it"))]
    if line.early_upgrade:
        rows.append(_answer("Early upgrade", line.early_upgrade.allowed, line.early_upgrade.in_words, width))
    if line.return_by_label:
        rows.append(_answer("Return by label", line.return_by_label.allowed, line.return_by_label.in_words, width))
    if line.label:
        rows.append(Content.assemble("  · ", (f"{'Label':<{LABEL}}", "$muted"), f"{line.label.id}, {line.label.state}"))
    return Content("\n").join(rows)


def _answer(label: str, allowed: bool | None, text: str, width: int) -> Content:
    sign, style = ANSWERS[allowed]
    told = words.tucked(text, LABEL + 4, width)
    return Content.assemble("  ", (sign, style), " ", (f"{label:<{LABEL}}", "$muted"), told)
