"""What waits, as rows of content."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from data.cases.pending import LoadView, PendingItem, Urgency
from data.text import counted
from screens import words

TALL = 2  # lines of an item
BEFORE = 42  # cells before an item's text
SIGNS = {
    Urgency.OVERDUE: ("!", "$text-error"),
    Urgency.DUE_TODAY: ("▲", "$text-warning"),
    Urgency.ON_ME: ("·", ""),
    Urgency.ON_OTHERS: ("·", "$muted"),
}


def key(item: PendingItem) -> str:
    """The item's key in a list."""
    return f"{item.kind}-{item.id}"


def item_row(
    item: PendingItem, zone: ZoneInfo, now: datetime, width: int, *, whose: bool = False, chosen: bool = False
) -> Content:
    """In two lines of `width` cells: urgency and what; then `whose`, where it stands, for how long."""
    sign, style = SIGNS[item.urgency]
    due = f"due {words.moment(item.due_at, zone, now.astimezone(zone).date())}" if item.due_at else item.urgency.lower()
    customer = f"{item.name} {item.account or ''}".strip()
    waits = f"waits on {item.waiting_on}" if item.waiting_on != "me" else ""
    parts = ((item.owner or "nobody") * whose, customer, item.status, waits)
    behind = " · ".join(filter(None, parts))
    mark = ("● ", "$accent") if chosen else "  "
    return Content.assemble(
        mark,
        (f"{sign} {due:<17}", style),
        f" {item.kind:<9} {item.case:<9} ",
        words.fit(item.text, max(0, width - BEFORE)).rstrip(),
        "\n",
        (f"{'':4}{age(item.age_days):<18}{words.fit(behind, max(0, width - 22))}".rstrip(), "$muted"),
    )


def age(days: int) -> str:
    """How long something has waited: "new today", "1 day old", "12 days old"."""
    return f"{counted(days, 'day')} old" if days else "new today"


def load_row(load: LoadView) -> str:
    """How much an agent has, for a menu."""
    waits = f"{load.cases:>5,} cases {load.tasks:>5,} tasks {load.overdue:>5,} overdue {load.due_today:>4,} today"
    return f"{words.fit(load.agent, 14)}{waits}"
