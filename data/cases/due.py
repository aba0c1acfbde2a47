"""Due times as a person types them. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

from data.days import is_meant

DAY_ENDS = "23:59"  # a day alone means its last minute
HINT = "12-03-2026 15:00, tomorrow, in 3 days"
_IN = re.compile(r"(?:in )?(\d{1,3}) ?d(?:ays?)?")
_TIME = re.compile(r"(?:^|[ t])([01]?\d|2[0-3]):([0-5]\d)$")
_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_due(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The time that `text` names in `zone`, aware; None for an empty text. `now`: aware.

    A day (MM-DD-YYYY, MM-DD of this year or, where that is over, the next; today, tomorrow, in 3 days), a time
    (15:00), or both. Raises ValueError with a sentence for anything else.
    """
    said = " ".join(text.lower().split())
    if not said:
        return None
    time = _TIME.search(said)
    day = _day(said[: time.start()] if time else said, now.astimezone(zone).date())
    if day is None or not is_meant(day):
        raise ValueError(f"“{text.strip()[:30]}” is no due time. Write it so: {HINT}.")
    hour, minute = time.groups() if time else DAY_ENDS.split(":")
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=zone)


def due_text(due_at: datetime | None, zone: tzinfo) -> str:
    """A due time as a form holds it: "12-03-2026 15:00", "" for none."""
    return f"{due_at.astimezone(zone):%m-%d-%Y %H:%M}" if due_at else ""


def _day(said: str, today: date) -> date | None:
    if said in ("", "today"):
        return today
    if said == "tomorrow":
        return today + timedelta(days=1)
    if later := _IN.fullmatch(said):
        return today + timedelta(days=int(later[1]))
    try:
        if iso := _ISO.fullmatch(said):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if written := _DAY.fullmatch(said):
            month, day = int(written[1]), int(written[2])
            if written[3]:
                return date(int(written[3]), month, day)
            this_year = date(today.year, month, day)
            return this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
    return None
