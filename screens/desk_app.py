"""The application as screens know it: a desk that arrives after the first paint, and ways to other workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.reactive import reactive

if TYPE_CHECKING:
    from data.desk import Desk
    from data.errors import CarelineError


class DeskApp(App[int]):
    """What every screen may ask of the application. `desk` is None until the store is open."""

    desk: reactive[Desk | None] = reactive(None, init=False)
    place: reactive[str] = reactive("", init=False)
    """What the bar says of the store: "Northline · reseller"."""
    demo: reactive[bool] = reactive(False, init=False)
    """Whether the store is a demo's, which every screen must say."""

    def open_account(self, number: str) -> None:
        """Shows the account `number`, from wherever one is."""
        from screens.account import AccountScreen

        self.push_screen(AccountScreen(number))

    def mistake(self, error: Exception) -> CarelineError:
        """What to tell of an error that is Careline's own fault; the console goes on."""
        raise error
