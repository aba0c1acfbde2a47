"""What the verification dialog shows: where each prompt stands, the one question now, and the answers to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from data.verification.rules import FIELDS, ORDER, Level, Method, Outcome, opened
from screens import words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.verification.views import StepView, VerificationView

SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "×", Outcome.PASSED_OVER: "–", Outcome.SENT: "…"}
TO_NUMBER, TO_ADDRESS, NEXT, CALLED, OPEN = "number", "address", "next", "called", "open"
CHOOSE, MORE, BACK, LEAVE = "choose", "more", "back", "leave"
SIX, FOUR = "six digits, Enter", "four digits, Enter"
SEND = {
    Method.LINK: "Send the link to the {record}",
    Method.TEMPORARY_PIN: "Send a PIN to the {record}",
}

PASS_OVER = (NEXT, "They can't: go on to the next step")


@dataclass(frozen=True)
class Ask:
    """One question. `typed`: what is typed in answer, "" for nothing; `answers`: id and text of each."""

    method: Method | None
    question: str
    answers: tuple[tuple[str, str], ...]
    typed: str = ""


def step_row(step: StepView, turn: Method | None, zone: ZoneInfo) -> Content:
    """A prompt, its sign and how it stands; the one whose turn it is stands out."""
    asked_again = step.method is turn and step.outcome is Outcome.PASSED_OVER
    outcome = None if asked_again else step.outcome
    sign = SIGNS[outcome] if outcome else "→" if step.method is turn else "·"
    stands = step.hindrance or (outcome.value if outcome else "")
    if outcome is Outcome.SENT and step.expires_at:
        stands = f"sent, holds until {step.expires_at.astimezone(zone):%H:%M}"
    style = "bold" if step.method is turn else "" if outcome else "$muted"
    return Content.assemble((f"{sign} {step.method:<15}", style), words.muted(stands))


def askable(step: StepView) -> bool:
    """Whether a prompt may be asked although its turn is over: it was passed over, or can be answered still."""
    return step.open or (step.offered and step.outcome is Outcome.PASSED_OVER)


def behind(view: VerificationView, turn: Method | None) -> Method | None:
    """The prompt that was passed over last before `turn` (None: before the call-back), to go back to."""
    earlier = ORDER[: ORDER.index(turn)] if turn else ORDER
    over = (one for one in reversed(earlier) if view.step(one).outcome is Outcome.PASSED_OVER)
    return next((one for one in over if view.step(one).offered), None)


def ask(view: VerificationView, turn: Method | None, demo: str = "") -> Ask:
    """The question now. `turn`: the prompt that is tried; None where the caller is verified, or none is left.

    `demo`: what was sent, in a demo, where the agent plays the customer; "" elsewhere.
    """
    if turn is None and view.level:
        return _settled(view)
    asked = _prompt(view, turn, demo) if turn else _call_back(view)
    over = behind(view, turn)
    back = ((BACK, f"Back to the {over}"),) if over and not view.level else ()
    return replace(asked, answers=(*asked.answers, *back))


def _prompt(view: VerificationView, turn: Method, demo: str) -> Ask:
    """The question of one prompt."""
    step = view.step(turn)
    if turn is Method.PIN:
        everybodys = f" (in the demo everybody's is {view.demo_pin})" if view.demo_pin else ""
        tries = f" Tries left: {step.tries_left}." if step.outcome else ""
        question = f"Ask for the customer's own PIN of four digits{everybodys}.{tries}"
        return Ask(turn, question, (PASS_OVER,), FOUR)
    ways = tuple(
        (key, SEND[turn].format(record=record))
        for key, record in ((TO_NUMBER, "number of record"), (TO_ADDRESS, "address of record"))
    )
    if step.outcome is not Outcome.SENT:
        return Ask(turn, OFFER[turn], (*ways, PASS_OVER))
    again = tuple((key, f"{text}, once more") for key, text in ways)
    if turn is Method.LINK:
        playing = ((OPEN, "In this demo: open it as the customer"),) if demo else ()
        question = "Ask the caller to open the link. This goes on by itself as soon as they did."
        return Ask(turn, question, (*playing, PASS_OVER, *again))
    read = f" In this demo they read {demo}." if demo else ""
    question = f"Ask the caller to read the six digits to you.{read} Tries left: {step.tries_left}."
    return Ask(turn, question, (PASS_OVER, *again), SIX)


CHOOSING = (
    Ask(None, "Which four digits does the customer choose as their PIN?", ((LEAVE, "Leave it"),), FOUR),
    Ask(None, "The same four digits once more.", ((LEAVE, "Leave it"),), FOUR),
)
"""The two questions of a customer who chooses a PIN."""

OFFER = {
    Method.LINK: "Tell the caller that you send a link, to be opened while you talk.",
    Method.TEMPORARY_PIN: "Tell the caller that you send six digits, to be read back to you.",
}


def _call_back(view: VerificationView) -> Ask:
    if view.step(Method.CALL_BACK).offered:
        question = "End this call and ring the number of record. Did the customer answer there?"
        return Ask(Method.CALL_BACK, question, ((LEAVE, "Not yet"), (CALLED, "They answered: call-back verified")))
    return Ask(None, "This caller can't be verified. Everything private stays masked.", ((LEAVE, "Leave"),))


def _settled(view: VerificationView) -> Ask:
    closed = [field.value for field in FIELDS if field not in opened(view.level)]
    still = f" Still masked: {', '.join(closed)}." if closed else " Everything is open, and call detail may be told."
    answers = [(LEAVE, "Go on")]
    if view.level < max(Level) and view.step(Method.PIN).offered:
        answers.append((MORE, "Ask for the customer's own PIN, too"))
    answers.append((CHOOSE, "The customer chooses a new PIN" if view.has_pin else "The customer chooses a PIN"))
    return Ask(None, f"The caller is {view.told}.{still}", tuple(answers))
