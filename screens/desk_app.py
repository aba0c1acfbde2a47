"""The application as screens know it: a desk that arrives after the first paint, and ways to other workspaces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.reactive import reactive

if TYPE_CHECKING:
    from datetime import datetime

    from data.cases.views import CaseRow
    from data.customers.queries import AccountView
    from data.desk import Desk
    from data.errors import CarelineError
    from screens.account import AccountScreen


@dataclass(frozen=True)
class Undo:
    """How to take back what was just done. `run`: does it, in a worker; `done`: what to say then."""

    run: Callable[[Desk], object]
    done: str


class DeskApp(App[int]):
    """What every screen may ask of the application. `desk` is None until the store is open."""

    _account_screen: AccountScreen | None = None

    desk: reactive[Desk | None] = reactive(None, init=False)
    place: reactive[str] = reactive("", init=False)
    """What the bar says of the store: "Northline · reseller"."""
    demo: reactive[bool] = reactive(False, init=False)
    """Whether the store is a demo's, which every screen must say."""
    pressed_at: datetime | None = None
    """When the person last pressed a key or a mouse button."""
    undoable: Undo | None = None
    """How to take back the last thing done in this session that can be."""

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown) and self.desk is not None:
            self.pressed_at = self.desk.now()
        await super().on_event(event)

    def show_account(self, account: AccountView, cases: tuple[CaseRow, ...]) -> None:
        """Shows `account`, from wherever one is.

        One account screen is kept and filled anew, because making one takes longer than reading an account.
        """
        from screens.account import AccountScreen

        if isinstance(self.screen, AccountScreen):
            self.screen.search.clear()
            self.screen.go_on_to(account, cases)
            return
        if self._account_screen is None:
            self._account_screen = AccountScreen()
            self.install_screen(self._account_screen, "account")
        below = self._account_screen in self.screen_stack
        screen = AccountScreen() if below else self._account_screen
        screen.begin_with(account, cases)
        self.push_screen(screen)

    def mistake(self, error: Exception) -> CarelineError:
        """What to tell of an error that is Careline's own fault; the console goes on."""
        raise error
