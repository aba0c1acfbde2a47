"""The caller, from any screen: verifying who it is, or showing one masked field without that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from data.verification.rules import REVEALED_FOR

if TYPE_CHECKING:
    from screens.workspace import Workspace


def verify(screen: Workspace) -> None:
    """Verifies the caller for the account that `screen` shows, or the one on the call; without either, by RQ.

    Where a call is just being begun, it waits for that.
    """
    from screens.rq import RqForm
    from screens.verify import Verify

    telephone = screen.app.telephone
    if screen.app.call is None and telephone and telephone.once_begun(partial(verify, screen)):
        return
    if screen.app.call is None:
        screen.say("! Nobody is on the line: F3 begins a call. V shows one masked field without a call, and asks why.")
    elif screen.account_number:
        screen.app.push_screen(Verify(screen.account_number))
    elif screen.app.call.account:
        screen.app.push_screen(Verify(screen.app.call.account))
    else:
        screen.app.push_screen(RqForm(), partial(_tell_rq, screen))


def _tell_rq(screen: Workspace, passed: bool | None) -> None:
    if passed is not None:
        fitted, not_fitted = "✓ Verified by RQ; no account is opened by it.", "! Not verified: an answer did not fit."
        screen.say(fitted if passed else not_fitted)
        if screen.app.telephone:
            screen.app.telephone.look()


def reveal(screen: Workspace) -> None:
    """Asks which masked field to show, and why."""
    from screens.reveal import reveal_form

    def tell(field: str | None) -> None:
        if field and screen.app.telephone:
            screen.app.telephone.revealed = True
            screen.action_reload()
            ends = "the call ends"
            if screen.app.call is None:
                screen.app.set_timer(REVEALED_FOR.total_seconds(), screen.app.watch_call)
                ends = f"{REVEALED_FOR.total_seconds() / 60:.0f} minutes are over"
            screen.say(f"✓ Shown: {field}, until {ends} or you leave the account. Your reason is kept.")

    if screen.masked:
        screen.app.push_screen(reveal_form(screen.account_number, screen.masked), tell)
    else:
        screen.say("Nothing is masked here.")
