"""The days that people mean here: one before or after them is a slip of the finger."""

from datetime import date

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def is_meant(day: date) -> bool:
    """Whether somebody may mean that day."""
    return EARLIEST <= day <= LATEST
