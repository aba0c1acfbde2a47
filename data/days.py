"""Days and minutes as people mean them: which days nobody means, and by which minute something is over."""

from datetime import date, datetime, timedelta

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)  # one before or after is a slip of the finger


def is_meant(day: date) -> bool:
    """Whether somebody may mean that day."""
    return EARLIEST <= day <= LATEST


def over_by(moment: datetime) -> datetime:
    """The whole minute by which what lasts until `moment` is over."""
    minute = moment.replace(second=0, microsecond=0)
    return minute if minute == moment else minute + timedelta(minutes=1)
