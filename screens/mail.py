"""Mail to Markets: a letter as it will go, confirmed by a lead; and the queue of all that went or did not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static

from data.agents.rules import Permission
from data.mail.rules import MailState
from screens import words
from screens.mail_rows import mail_row
from screens.overlay import Overlay
from screens.widgets.choices import Choices
from screens.widgets.keys_line import KeysLine
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.complaints import views
    from data.desk import Desk
    from data.mail.queue import Delivery, MailView

SIDES = 8  # cells beside a row


class Preview(Overlay[str | None]):
    """The mail as it will go; comes back with the lead's word on it, or None where it is not to go."""

    CSS_PATH = ["form.tcss", "complaints.tcss"]
    AUTO_FOCUS = "#word"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]
    HELP: ClassVar[str] = "This is the whole mail. Ctrl+S sends it; Esc leaves, and nothing goes."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "send", "Send it", id="preview.send", tooltip="Send this mail to the Market"),
        Binding("escape", "leave", "Leave", id="preview.leave", tooltip="Leave; nothing goes"),
        Binding("down", "scroll(1)", "Further", priority=True, tooltip="Further down in the mail"),
        Binding("up", "scroll(-1)", show=False, priority=True, tooltip="Further up in the mail"),
    ]

    def __init__(self, mail: views.Preview) -> None:
        super().__init__()
        self.mail = mail

    def compose(self) -> ComposeResult:
        left_out = self.mail.left_out
        with Vertical(id="preview"):
            yield Static(f"To {self.mail.recipient}", classes="panel-title", markup=False)
            yield Static(words.plain(self.mail.subject))
            with VerticalScroll(id="letter-scroll", can_focus=False):
                yield Static(words.lines(self.mail.body), id="letter")
            if left_out:
                thing = "thing that names" if left_out == 1 else "things that name"
                yield Static(f"▲ {left_out} {thing} the customer {'is' if left_out == 1 else 'are'} left out.")
            yield Label("A word on it, for the record", classes="form-label")
            yield Input(placeholder="may be left empty", id="word")
            yield KeysLine()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#letter-scroll").scroll_relative(y=lines, animate=False)

    @on(Input.Submitted)
    def action_send(self) -> None:
        self.dismiss(self.query_one("#word", Input).value)

    def action_leave(self) -> None:
        self.dismiss(None)


class MailScreen(Workspace):
    """The queue: what did not go yet, or all of it; with the chosen mail below."""

    CSS_PATH = "complaints.tcss"
    needs_permission: ClassVar[Permission] = Permission.SEND_MAIL
    HELP: ClassVar[str] = (
        "Mail goes by itself while a lead's console is open, and by `careline mail send`. What failed waits for you. "
        "Of what is doubtful nobody knows whether it arrived: ask, then note it or try again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "send", "Send now", id="mail.send", tooltip="Hand over what is due now"),
        Binding("a", "again", "Try again", id="mail.again", tooltip="Queue anew what failed or is doubtful"),
        Binding("v", "arrived", "Arrived", id="mail.arrived", tooltip="Note that a doubtful mail did arrive"),
        Binding("w", "all", "All", id="mail.all", tooltip="All mail, or what did not go yet"),
    ]

    list = getters.query_one("#mail-list", Choices)

    @dataclass
    class Came(Message):
        """The queue came from the store. `sentence`: what was done, "" where it was only read."""

        mail: tuple[MailView, ...]
        letters: int
        sentence: str = ""

    def __init__(self) -> None:
        super().__init__()
        self.all = False
        self.mail: tuple[MailView, ...] = ()
        self._asked = False  # for a round now

    def compose_body(self) -> ComposeResult:
        yield Static("", id="mail-title", classes="panel-title")
        yield Choices(id="mail-list", does=None)
        with VerticalScroll(id="mail-body", can_focus=False):
            yield Static("", id="mail-text", markup=False)

    def desk_came(self) -> None:
        self.read()
        self.watch(self.list, "cursor", self.show_chosen, init=False)
        self.app.mail_changed.subscribe(self, self.take_round)

    def take_round(self, delivery: Delivery | None) -> None:
        """A round is over: the queue is read anew; what the round came to is told to who asked for one."""
        told = round_told(delivery) if self._asked and delivery else ""
        self._asked = False
        self.read(told)

    @work(thread=True, exclusive=True, group="mail")
    def read(self, sentence: str = "") -> None:
        with self.telling():
            self.post_message(self.queue_now(sentence))

    def queue_now(self, sentence: str = "") -> Came:
        """The queue as it stands in the store."""
        from data.mail.letters import letters_waiting
        from data.mail.queue import mail_queue

        return self.Came(mail_queue(self.desk, settled=self.all), letters_waiting(self.desk), sentence)

    @on(Came)
    def show(self, message: Came) -> None:
        self.mail = message.mail
        zone, today, width = self.desk.agent.zone, self.desk.today(), self.app.size.width - SIDES
        title = "All mail" if self.all else "Mail that did not go yet"
        paper = f" · letters to post: {message.letters:,} (careline mail letters)" if message.letters else ""
        self.query_one("#mail-title", Static).update(f"{title}: {len(self.mail):,}{paper}")
        empty = "No mail was ever queued." if self.all else "Everything has gone. w shows all mail."
        self.list.show([(str(one.id), mail_row(one, zone, today, width)) for one in self.mail], empty=empty)
        self.show_chosen()
        self.settle_focus()
        if message.sentence:
            self.say(message.sentence)

    @property
    def chosen(self) -> MailView | None:
        """The mail under the cursor."""
        return next((one for one in self.mail if str(one.id) == self.list.chosen), None)

    def show_chosen(self) -> None:
        """Shows the chosen mail as it goes or went."""
        one = self.chosen
        self.query_one("#mail-body").display = one is not None
        if one is not None:
            letter = [words.muted(f"To {one.recipient}"), words.plain(one.subject), Content(""), words.lines(one.body)]
            self.query_one("#mail-text", Static).update(Content("\n").join(letter))
        self.refresh_bindings()

    def is_off(self, action: str) -> bool:
        state = self.chosen.state if self.chosen else None
        if action == "again":
            return state not in (MailState.FAILED, MailState.DOUBTFUL)
        return state is not MailState.DOUBTFUL if action == "arrived" else super().is_off(action)

    def action_all(self) -> None:
        self.all = not self.all
        self.read()

    def action_send(self) -> None:
        if self.permitted(Permission.SEND_MAIL):
            self._asked = True
            self.app.send_mail()

    def action_again(self) -> None:
        from data.mail.queue import try_again

        self._settle(try_again, "✓ It is queued anew.")

    def action_arrived(self) -> None:
        from data.mail.queue import note_arrived

        self._settle(note_arrived, "✓ Noted: it arrived.")

    def _settle(self, step: Callable[[Desk, int], MailView], sentence: str) -> None:
        if self.chosen is None:
            self.say("There is no mail to choose from.")
        else:
            chosen = self.chosen.id
            self.settle(lambda desk: step(desk, chosen), sentence)

    @work(thread=True, group="mail-work")
    def settle(self, step: Callable[[Desk], MailView], sentence: str) -> None:
        """Says what becomes of a mail that did not go."""
        with self.telling():
            step(self.desk)
            self.post_message(self.queue_now(sentence))


def round_told(delivery: Delivery) -> str:
    """What a round came to, for who asked for it."""
    if delivery.sent:
        return f"✓ Sent: {delivery.sent:,}."
    tried = delivery.waiting + delivery.failed + delivery.doubtful
    return (
        "! Nothing went; beside each stands why." if tried else "Nothing is due now. What waits goes by itself later."
    )
