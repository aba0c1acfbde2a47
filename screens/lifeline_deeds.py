"""What a warning about Lifeline asks for, done from it: submitted, recertified, used, settled, handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from data.customers.fields import birth_date as read_day
from data.errors import Invalid
from data.lifeline.rules import NoticeRemedy, Outcome
from data.lifeline.steps import WORDS, Step, day_must_be_said, steps
from screens import words
from screens.days import HINT
from screens.dialog import Question
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from data.desk import Desk
    from data.lifeline.rules import Notice

EDIT = "edit"
DAYS = {
    Step.RECERTIFY: "The day on which the customer recertified",
    Step.DE_ENROL: "The last day of their Lifeline; it ends with it",
    Step.USE: "The day on which the service was used",
    Step.HOUSEHOLD: "The day on which the worksheet was signed",
}
"""The steps that happened on a day, and what is asked for."""
SURE = {
    Step.SETTLE: "Eligibility is proven, and no second benefit stands?",
    Step.HAND_OVER: "The customer is de-enrolled at NLAD now, and enrolled with the state they moved to.",
    Step.TRANSFER: "NLAD moves the benefit here now; the other provider loses it. The customer must have agreed.",
}
"""The steps that are asked about first."""
SIGNS = {Outcome.ACCEPTED: "✓ ", Outcome.REFUSED: "! "}
"""How what the vendor answered begins; what is not answered yet has no sign."""


class LifelineDeeds(Workspace):
    """Does for the account `account_number` what its notices ask for."""

    @dataclass
    class StepDone(Message):
        """A step is done; `sentence` says so."""

        sentence: str

    @dataclass
    class Submitted(Message):
        """The vendor answered for the account `number`; `sentence` tells how, "" where there was trouble."""

        number: str
        sentence: str

    def __init__(self) -> None:
        super().__init__()
        self._submitting = False

    def act_on(self, notice: Notice) -> bool:
        """Offers the steps that `notice` names; False where it names none."""
        offered = steps(notice.how)
        begin = partial(self.begin_step, notice.how)
        if len(offered) == 1 and notice.remedy is NoticeRemedy.HOW:
            begin(offered[0].value)
        elif offered:
            rows = [(step.value, WORDS[step].capitalize()) for step in offered]
            if notice.remedy is NoticeRemedy.EDIT:
                rows.insert(0, (EDIT, "Edit the customer"))
            self.app.push_screen(Menu(notice.message, rows), begin)
        return bool(offered)

    def begin_step(self, how: str, chosen: str | None) -> None:
        """Asks for the day, or whether one is sure, and does the step that was chosen of those that `how` names."""
        if chosen == EDIT:
            self.call_next(self.run_action, "edit")
        elif chosen in DAYS:
            step = Step(chosen)
            likely = "" if day_must_be_said(step, how) else words.day(self.desk.today())
            field = Field("on", DAYS[step], likely, hint=HINT)
            title = f"{WORDS[step].capitalize()}: {self.account_number}"
            self.app.push_screen(
                Form(title, [field], partial(_on_a_day, step, self.account_number), "Note"), self.tell_step
            )
        elif chosen:
            step = Step(chosen)
            question = Question(SURE[step], safe="Leave it", go_on=WORDS[step].capitalize())
            self.app.push_screen(question, partial(self.do_if_sure, step))

    def do_if_sure(self, step: Step, sure: bool | None) -> None:
        """Does the step where the person is sure."""
        if sure:
            self.say("One moment …")
            self.do_step(step, self.account_number)

    @work(thread=True, group="lifeline")
    def do_step(self, step: Step, number: str) -> None:
        with self.telling():
            self.post_message(self.StepDone(_now(step, number, self.desk)))

    def tell_step(self, sentence: str | None) -> None:
        """Says what was done in a form."""
        if sentence:
            self.post_message(self.StepDone(sentence))

    @on(StepDone)
    def show_step(self, message: StepDone) -> None:
        self.action_reload()
        self.say(message.sentence)

    def action_submit(self) -> None:
        if not self._submitting:
            self._submitting = True
            self.say("Submitting …")
            self.submit(self.account_number)

    @work(thread=True, group="submit")
    def submit(self, number: str) -> None:
        """Tells the vendor of the customer of account `number`, as they are now."""
        from data.lifeline.actions import submit

        sentence = ""
        with self.telling():
            done = submit(self.desk, number)
            sentence = f"{SIGNS.get(done.outcome, '')}{done.sentence}"
        self.post_message(self.Submitted(number, sentence))

    @on(Submitted)
    def show_submitted(self, message: Submitted) -> None:
        self._submitting = False
        if message.number == self.account_number and message.sentence:
            self.say(message.sentence)
            self.action_reload()


def _on_a_day(step: Step, number: str, desk: Desk, values: Values) -> str:
    from data.lifeline import service
    from data.lifeline.actions import find
    from data.lifeline.rules import lateness

    try:
        day = read_day(values["on"], desk.today())
    except ValueError:
        raise Invalid({"on": "Write the day as MM-DD-YYYY: today or earlier."}, "Mend it and save again.") from None
    if day is None:
        raise Invalid({"on": "Which day was it?"}, "Write it as MM-DD-YYYY.")
    does: dict[Step, Callable[[date], object]] = {
        Step.RECERTIFY: lambda on: service.recertify(desk, number, on),
        Step.DE_ENROL: lambda on: service.de_enrol(desk, number, on),
        Step.USE: lambda on: service.note_use(desk, number, on),
        Step.HOUSEHOLD: lambda on: service.amend(desk, number, service.Proof(household_certified_on=on)),
    }
    late = lateness(find(desk, number).expires_on, day) if step is Step.RECERTIFY else ""
    does[step](day)
    return f"✓ Done: {WORDS[step]}, {words.day(day)}. {late}".rstrip()


def _now(step: Step, number: str, desk: Desk) -> str:
    from data.lifeline import service
    from data.lifeline.actions import submit

    if step is Step.TRANSFER:
        return submit(desk, number, transfer=True).sentence
    if step is Step.HAND_OVER:
        service.hand_over(desk, number)
    else:
        service.settle(desk, number)
    return f"✓ Done: {WORDS[step]}."
