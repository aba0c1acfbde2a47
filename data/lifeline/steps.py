"""What a notice says to do, as steps that a screen offers; a shell reads the commands in the same sentence. Pure."""

from __future__ import annotations

import re
from enum import StrEnum


class Step(StrEnum):
    """Something to do about a customer's Lifeline; the value is its command, after `careline lifeline`."""

    RECERTIFY = "recertify"
    DE_ENROL = "de-enroll"
    SETTLE = "settle"
    USE = "use"
    HAND_OVER = "hand-over"
    TRANSFER = "submit --transfer"
    HOUSEHOLD = "amend --household"


WORDS = {
    Step.RECERTIFY: "note the recertification",
    Step.DE_ENROL: "de-enroll",
    Step.SETTLE: "note that it is settled",
    Step.USE: "note the use",
    Step.HAND_OVER: "hand over to the state",
    Step.TRANSFER: "move the benefit here",
    Step.HOUSEHOLD: "note the signed household worksheet",
}
"""Each step as a person says it."""

_COMMAND = re.compile(r"`careline lifeline (?P<verb>[a-z-]+) \S+?(?: (?P<option>--[a-z]+)(?P<day> DAY)?[^`]*)?`")


def steps(how: str) -> tuple[Step, ...]:
    """The steps whose commands `how` names, in its order, each once; a command that is no step is left out."""
    named = (_named(match) for match in _COMMAND.finditer(how))
    return tuple(dict.fromkeys(step for step in named if step is not None))


def day_must_be_said(step: Step, how: str) -> bool:
    """Whether `how` has somebody say on which day the step happened: today would be too late."""
    return any(_named(match) is step and match["day"] for match in _COMMAND.finditer(how))


def in_words(how: str) -> str:
    """`how` for a screen: what each command does in words, in its place."""

    def said(match: re.Match[str]) -> str:
        step = _named(match)
        if step is None:
            return match[0]
        begins = match.start() == 0 or how[: match.start()].rstrip().endswith((".", "?"))
        return WORDS[step].capitalize() if begins else WORDS[step]

    told = _COMMAND.sub(said, how)
    return told if told.endswith((".", "?")) else f"{told}."


def _named(match: re.Match[str]) -> Step | None:
    whole = " ".join(filter(None, (match["verb"], match["option"])))
    return next((Step(command) for command in (whole, match["verb"]) if command in list(Step)), None)
