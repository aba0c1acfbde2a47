"""The application as screens know it: a desk that arrives after the first paint, and ways to other workspaces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events, on
from textual.reactive import reactive
from textual.screen import Screen
from textual.signal import Signal

from data.errors import CarelineError
from screens.going import GoingApp
from screens.mail_round import Delivered, MailRound
from screens.on_call import OnCall, Seen

if TYPE_CHECKING:
    from datetime import datetime

    from data.cases.case_file import CaseFile
    from data.credits.views import CreditView
    from data.customers.account_file import AccountFile
    from data.desk import Desk
    from data.mail.queue import Delivery


Kept = TypeVar("Kept", bound=Screen[Any])


@dataclass(frozen=True)
class Undo:
    """How to take back what was just done. `run`: does it, in a worker; `done`: what to say then.

    Where only the doing shows what came of it, `run` returns the sentence.
    """

    run: Callable[[Desk], object]
    done: str


class DeskApp(GoingApp):
    """What every screen may ask of the application. `desk` is None until the store is open."""

    desk: reactive[Desk | None] = reactive(None, init=False)
    place: reactive[str] = reactive("", init=False)
    """What the bar says of the store: "Northline · reseller"."""
    demo: reactive[bool] = reactive(False, init=False)
    """Whether the store is a demo's, which every screen must say."""
    pressed_at: datetime | None = None
    """When the person last pressed a key or a mouse button."""
    undoable: Undo | None = None
    """How to take back the last thing done in this session that can be."""
    waiting: reactive[tuple[CreditView, ...]] = reactive((), init=False)
    """The credits that wait for the word of the agent who sits here, as of the last look."""
    on_call: OnCall | None = None
    """What looks for them, from when somebody sits here."""
    mail_round: MailRound | None = None
    """What hands mail over, where the agent may send it."""
    free: bool = False
    """Whether nobody needs a passphrase at this store."""
    refused_permission: str = ""
    """The permission that was missing when something was refused last; "" for none that can be asked for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._kept: dict[tuple[type[Screen[Any]], int], list[Screen[Any]]] = {}
        self.credits_changed: Signal[None] = Signal(self, "credits-changed")
        """Somebody else decided about a credit that was asked for here: what shows credits reads them anew."""
        self.mail_changed: Signal[Delivery | None] = Signal(self, "mail-changed")
        """A round of mail is over: what it came to, None where it could not be made."""

    def watch_desk(self, desk: Desk | None) -> None:
        for before in (self.on_call, self.mail_round):
            if before is not None:
                before.end()
        self.on_call, self.mail_round = (OnCall(self, desk), MailRound(self, desk)) if desk else (None, None)
        self.waiting = ()  # what waited for who sat here before
        for now in (self.on_call, self.mail_round):
            if now is not None:
                now.begin()

    def look_for_credits(self) -> None:
        """Looks at once for what waits here, as after a decision."""
        if self.on_call is not None:
            self.on_call.look()

    def send_mail(self) -> None:
        """Hands over what is due now."""
        if self.mail_round is not None:
            self.mail_round.go()

    @on(Delivered)
    def keep_delivered(self, done: Delivered) -> None:
        """Says what did not go, and shows the queue anew."""
        if self.mail_round is not None:
            self.mail_round.tell(done)
        self.mail_changed.publish(done.delivery)

    @on(Seen)
    def keep_seen(self, seen: Seen) -> None:
        """Says what is new, and shows it wherever credits are shown; who sits here no more looked for themselves."""
        if seen.by is not self.on_call:
            return
        seen.by.tell(seen)
        self.waiting = seen.waiting
        if seen.decided:
            self.credits_changed.publish(None)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown) and self.desk is not None:
            self.pressed_at = self.desk.now()
        await super().on_event(event)

    def show_account(self, file: AccountFile) -> None:
        """Shows an account, from wherever one is."""
        from screens.account import AccountScreen

        if isinstance(self.screen, AccountScreen):
            screen = self.screen
            screen.search.clear()
            screen.go_on_to(file)
        else:
            screen = self.kept_screen(AccountScreen)
            screen.begin_with(file)
            self.push_screen(screen)
        screen.call_after_refresh(screen.keep_opened, file.account.number)

    def show_case(self, file: CaseFile, said: str) -> None:
        """Shows a case, from wherever one is; `said` tells what was just done to it."""
        from screens.case import CaseScreen

        if isinstance(self.screen, CaseScreen):
            self.screen.search.clear()
            self.screen.go_on_to(file, said)
        else:
            screen = self.kept_screen(CaseScreen)
            screen.begin_with(file, said)
            self.push_screen(screen)

    def kept_screen(self, kind: type[Kept]) -> Kept:
        """A screen of that kind to fill anew and show, because making one takes longer than reading what it shows.

        Each agent has their own, as they left it; there are as many as ever stood above each other.
        """
        kept = self._kept.setdefault((kind, self.desk.agent.id if self.desk else 0), [])
        for screen in kept:
            if isinstance(screen, kind) and screen not in self.screen_stack:
                return screen
        made = kind()
        kept.append(made)
        self.install_screen(made, f"{kind.__name__}-{id(made)}")
        return made

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that may show through: none behind one that covers them, so that it is not painted twice."""
        return [] if self.screen.styles.background.a == 1 else super()._background_screens

    def note_refusal(self, error: CarelineError) -> str:
        """The sentence for `error`; where a permission was missing, with the key that asks for it."""
        wanted = getattr(error, "permission", "")
        if not wanted:
            return str(error)
        self.refused_permission = wanted
        self.screen.refresh_bindings()
        return f"{error} {self.key_of('ask-access')} asks for it."

    def key_of(self, binding: str) -> str:
        """The first key of the application's own binding of that name, as it is shown."""
        for key, one in self._bindings:
            if one.id == binding:
                return self.get_key_display(replace(one, key=key))
        return ""

    def in_words(self, error: Exception) -> CarelineError:
        """What to tell of an error: Careline means most of them, the others are its own mistakes."""
        return error if isinstance(error, CarelineError) else self.mistake(error)

    def mistake(self, error: Exception) -> CarelineError:
        """What to tell of an error that is Careline's own fault; the console goes on."""
        raise error
