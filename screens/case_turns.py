"""Showing one case after another on the same screen: late answers are dropped, and Back returns to the one before."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import getters, on, work

from screens.case_deeds import CaseDeeds
from screens.case_place import Place
from screens.going import Going
from screens.widgets.choices import Choices
from screens.widgets.credits_section import CreditsSection
from screens.widgets.stay import Stay

if TYPE_CHECKING:
    from data.cases.case_file import CaseFile
    from data.cases.rules import EntryKind


class CaseTurns(CaseDeeds):
    """Shows case after case: `number` names the first. A subclass says in `show` how one looks."""

    stay = getters.query_one(Stay)
    asked = getters.query_one(CreditsSection)

    def __init__(self, number: str = "") -> None:
        super().__init__(number)
        self.kind: EntryKind | None = None
        self._waiting: CaseFile | None = None  # until there is a screen to show it on
        self._said = ""
        self._before: list[Place] = []
        self._turn = 0
        self._left = False

    @abstractmethod
    def show(self) -> None:
        """Puts what `case` holds on the screen."""

    @abstractmethod
    def show_entries(self) -> None:
        """Puts its timeline there, or what of it is of one kind."""

    def begin_with(self, file: CaseFile, said: str = "") -> None:
        """Shows that case, with nothing to go back to but the screen below; `said`: what was just done to it."""
        self._before.clear()
        if self.is_mounted:
            self.search.clear()
        self._turn_to(file, said)

    def go_on_to(self, file: CaseFile, said: str = "") -> None:
        """Shows that case; back comes back to the one that was shown, as it stood."""
        if file.case.number != self.number:
            self._before.append(Place.on(self))
        self._turn_to(file, said)

    def _turn_to(self, file: CaseFile, said: str) -> None:
        self._turn += 1
        self._left = False
        self.kind = None
        self._waiting, self._said = file, said
        self.number, self.case = file.case.number, file.case
        if self.is_mounted:
            self._begin(file)

    def _begin(self, file: CaseFile) -> None:
        """Shows another case than before, from its top."""
        self._waiting = None
        self.say(self._said)
        self.stay.begin(self.number)
        self._take(file)
        for choices in self.query(Choices):
            choices.action_first()
        self.query_one("#body").scroll_home(animate=False)
        self.focus_body()

    def action_back(self) -> None:
        if self._before:
            self._turn += 1
            self.read(self._before[-1].number, self._turn, self.app.set_out(self), self._before[-1])
        else:
            super().action_back()

    def desk_came(self) -> None:
        if self not in self.app.screen_stack:
            return
        if self._waiting is not None:
            self._begin(self._waiting)
        else:
            self.stay.begin(self.number)
            self.action_reload()

    def on_screen_suspend(self) -> None:
        self._left = True
        if self not in self.app.screen_stack:
            self._turn += 1  # what comes now comes too late
            self.stay.end()

    def on_screen_resume(self) -> None:
        if self._left:
            self._left = False
            self.action_reload()

    def lay_out_anew(self) -> None:
        if self.case:
            self.show()

    def action_reload(self) -> None:
        if self.app.desk is not None and self in self.app.screen_stack and self.permitted(self.needs_permission):
            self._turn += 1
            self.read(self.number, self._turn)

    @on(Stay.Beat)
    def look_after_others(self, message: Stay.Beat) -> None:
        """What somebody else changed is read again."""
        if message.number == self.number and self.case is not None and message.pulse.version != self.case.version:
            self.action_reload()

    @work(thread=True, group="case")
    def read(self, number: str, turn: int, going: Going | None = None, place: Place | None = None) -> None:
        """Reads that case anew, or the one that one is `going` back to, which is shown as it stood at `place`."""
        from data.cases.case_file import case_file

        with self.on_the_way(going) if going else self.telling():
            self.post_message(self.FileCame(turn, case_file(self.desk, number), going, place))

    @on(CaseDeeds.FileCame)
    def keep_file(self, message: CaseDeeds.FileCame) -> None:
        if message.going and message.place and self.app.arrive(message.going):
            self._before.pop()
            self._turn_to(message.file, "")
            message.place.put_back(self)
        elif not message.going and message.turn == self._turn:
            self._take(message.file)

    @on(CaseDeeds.Came)
    def keep(self, message: CaseDeeds.Came) -> None:
        """What was done to the case shows at once, unless another one is on screen meanwhile."""
        if message.about != self.number:
            return
        self._turn += 1  # what is being read now is older
        if message.case.number == self.number:
            self.case = message.case
            self.show()
        else:
            self.action_reload()
        self.say(message.sentence)

    def _take(self, file: CaseFile) -> None:
        self.case = file.case
        self.asked.show(file.credits, file.complaints, closed=file.case.closed_at is not None)
        self.show()
