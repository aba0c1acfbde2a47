"""How an agent, an access request and an invitation code read in a list."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from data.days import over_by
from screens import words

if TYPE_CHECKING:
    from data.agents.access import RequestView
    from data.agents.invitations import InvitationView
    from data.agents.staff import StaffView

BEFORE = 51  # cells before an agent's state


def agent_row(one: StaffView, zone: ZoneInfo, width: int) -> Content:
    """Name, what they are called, role, and whether they can get in, on one line of `width` cells."""
    sign, told, style = standing(one, zone)
    return Content.assemble(
        (words.fit(one.name, 12), "bold"),
        f" {words.fit(one.display_name, 22)} {one.role:<14} ",
        (words.fit(f"{sign} {told}", max(0, width - BEFORE)).rstrip(), style),
    )


def standing(one: StaffView, zone: ZoneInfo) -> tuple[str, str, str]:
    """Whether an agent can get in: a sign, words, and a style."""
    if not one.active:
        return "×", "locked", "$text-error"
    if one.shut_until:
        return "!", f"shut until {over_by(one.shut_until).astimezone(zone):%H:%M}: wrong passphrases", "$text-warning"
    told = {"own": "signs in", "temporary": "temporary passphrase", "none": "no passphrase"}[one.passphrase]
    also = f", may also {' and '.join(one.granted)}" if one.granted else ""
    return ("✓" if one.passphrase == "own" else "·"), told + also, ""


def request_row(one: RequestView, zone: ZoneInfo, today: date, width: int) -> Content:
    """In two lines: who asks for what, and why."""
    when = words.moment(one.asked_at, zone, today)
    return Content.assemble(
        (f"{when:>10}  ", "$muted"),
        words.fit(f"{one.agent} ({one.role}): {one.permission}", max(0, width - 12)).rstrip(),
        "\n",
        (words.fit(f"{'':12}{one.reason}", width).rstrip(), "$muted"),
    )


def invitation_row(one: InvitationView, zone: ZoneInfo) -> Content:
    """For what role, until when, how many joined."""
    joined = f"{one.used} of {one.uses} joined" if one.uses else f"{one.used} joined"
    return Content.assemble(
        f"{one.role:<14} until {_day(one.expires_at, zone)} · {joined} · ", words.muted(f"made by {one.made_by}")
    )


def _day(when: datetime, zone: ZoneInfo) -> str:
    return words.day(when.astimezone(zone).date())
