"""What can go wrong, in words a person can act on: a reason, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


class CarelineError(Exception):
    """Every error that Careline means. `reason`: one sentence on why; `remedy`: one sentence on what to do.

    `about`: the action that it stopped, as the audit calls it, "" for none: an article may explain it.
    """

    exit_code = 1
    about = ""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason} {remedy}".strip())
        self.reason = reason
        self.remedy = remedy


class Refused(CarelineError):
    """A rule, a permission or a fact says no. Nothing was changed."""


class NotPermitted(Refused):
    """The agent at this desk may not. `permission`: what is missing, to be asked for; "" where asking helps nothing."""

    def __init__(self, reason: str, remedy: str, permission: str = "") -> None:
        super().__init__(reason, remedy)
        self.permission = permission


class SignInNeeded(Refused):
    """Nobody sits at this store before they have shown who they are."""


class NotFound(Refused):
    """What was asked for is not in the store."""


class Misused(CarelineError):
    """The request itself is off: an option, a file or a field that can't be read."""

    exit_code = 2


MEND = "Mend the marked fields and save again."


class Invalid(Misused):
    """Some fields hold what they can't. `fields`: field name → one sentence. Nothing was changed."""

    def __init__(self, fields: dict[str, str], remedy: str = MEND) -> None:
        super().__init__(" ".join(fields.values()), remedy)
        self.fields = fields


class StoreTrouble(CarelineError):
    """The store can't be opened, read or written. What was acknowledged before is kept.

    `passing`: whether it may go better in a moment, as with a busy store.
    """

    exit_code = 3

    def __init__(self, reason: str, remedy: str = "", *, passing: bool = False) -> None:
        super().__init__(reason, remedy)
        self.passing = passing


@dataclass(frozen=True)
class No:
    """What a rule answers where something may not be: why, and what to do instead."""

    reason: str
    remedy: str


def refuse(no: No | None) -> None:
    """Raises Refused where a rule says no."""
    if no is not None:
        raise Refused(no.reason, no.remedy)
