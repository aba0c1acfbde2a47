"""The day's backup, made in the console's background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import CarelineError

if TYPE_CHECKING:
    from textual.worker import Worker

    from data.desk import Desk


class CalledOff(Exception):
    """Whoever would wait for the backup leaves."""


def back_up(desk: Desk, worker: Worker[None]) -> str:
    """Makes today's backup where it is missing; returns what to say where it can't be made, else ""."""
    from data.backups.daily import back_up_daily

    def look_up(done: int, total: int) -> None:
        if worker.is_cancelled:
            raise CalledOff

    try:
        back_up_daily(desk.store.path, desk.now().date(), look_up)
    except CalledOff:
        return ""
    except CarelineError as error:
        return f"Today's backup was not made. {error}"
    except OSError as error:
        return f"Today's backup was not made: {error.strerror}."
    return ""
