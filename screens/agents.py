"""Who works here: agents, what they ask for, and the codes that bring new ones. For leads, what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from screens import agent_rows as rows
from screens.agent_deeds import AgentDeeds
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.widgets.panel import Panel

if TYPE_CHECKING:
    from data.agents.access import RequestView
    from data.agents.invitations import InvitationView
    from data.agents.staff import StaffView

SIDES = 6  # cells around a row


class AgentsScreen(AgentDeeds):
    """Everybody who works here, the access requests that wait, and the invitation codes that are open."""

    CSS_PATH = "agents.tcss"
    HELP: ClassVar[str] = (
        "Enter on an agent offers what can be done; on a request it decides; on a code it ends it. "
        "A lead sees only what is asked for."
    )
    needs_permission = Permission.DECIDE_ACCESS

    agents = getters.query_one("#agents", Choices)
    requests = getters.query_one("#requests", Choices)
    invitations = getters.query_one("#invitations", Choices)

    @dataclass
    class Came(Message):
        """What the screen shows came from the store."""

        staff: tuple[StaffView, ...]
        requests: tuple[RequestView, ...]
        invitations: tuple[InvitationView, ...]

    def __init__(self) -> None:
        super().__init__()
        self.staff: dict[str, StaffView] = {}

    def compose_body(self) -> ComposeResult:
        with Panel(id="agents-panel"):
            yield Static("Who works here", classes="panel-title")
            yield Choices(id="agents")
        with Panel(id="requests-panel"):
            yield Static("Access requests that wait", classes="panel-title")
            yield Choices(id="requests", does=("Decide", "Grant the chosen request, or deny it"))
        with Panel(id="invitations-panel"):
            yield Static("Invitation codes that are open", classes="panel-title")
            yield Choices(id="invitations", does=("End code", "End the chosen code, after asking"))

    def desk_came(self) -> None:
        administers = self.desk.may(Permission.ADMINISTER)
        self.query_one("#agents-panel").display = self.query_one("#invitations-panel").display = administers
        self.read()

    def on_screen_resume(self) -> None:
        self.action_reload()

    @work(thread=True, group="agents")
    def read(self) -> None:
        from data.agents.access import access_requests
        from data.agents.invitations import invitations
        from data.agents.staff import agents

        with self.telling():
            desk = self.desk
            administers = desk.may(Permission.ADMINISTER)
            self.post_message(
                self.Came(
                    agents(desk) if administers else (),
                    access_requests(desk),
                    invitations(desk) if administers else (),
                )
            )

    @on(Came)
    def show(self, message: Came) -> None:
        zone, today, width = self.desk.agent.zone, self.desk.today(), self.app.size.width - SIDES
        self.staff = {one.name: one for one in message.staff}
        self.agents.show([(one.name, rows.agent_row(one, zone, width)) for one in message.staff])
        self.requests.show(
            [(str(one.id), rows.request_row(one, zone, today, width)) for one in message.requests],
            empty="Nobody asks for anything.",
        )
        self.invitations.show(
            [(str(one.id), rows.invitation_row(one, zone)) for one in message.invitations],
            empty="No code is open. i makes one.",
        )
        self.settle_focus()

    @property
    def chosen(self) -> StaffView | None:
        return self.staff.get(self.agents.chosen or "")

    @on(Choices.Selected, "#agents")
    def offer(self, message: Choices.Selected) -> None:
        one = self.staff.get(message.key)
        if one is None:
            return
        shut = not one.active or one.shut_until is not None
        offered = [
            ("role", "Give another role"),
            ("lock_agent", "Let in again" if shut else "Lock out"),
            ("reset", "Give a temporary passphrase"),
            *((f"revoke {granted}", f"Take back: {granted}") for granted in one.granted),
        ]
        self.app.push_screen(Menu(f"{one.name}, {one.role}", offered), partial(self.carry_out, one.name))

    @on(Choices.Selected, "#requests")
    def decide(self, message: Choices.Selected) -> None:
        answers = [("approve", "Grant it"), ("deny", "Deny it")]
        self.app.push_screen(Menu("This request", answers), partial(self.answer, int(message.key)))

    @on(Choices.Selected, "#invitations")
    def open_code(self, message: Choices.Selected) -> None:
        self.end_code(int(message.key))
