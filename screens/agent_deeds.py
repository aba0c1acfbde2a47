"""What an administrator does with agents, access requests and invitation codes; a screen shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from data.agents.rules import Permission, Role
from screens.agent_forms import ROLES, Given, adding, given_of, inviting
from screens.dialog import Question
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.once import Once
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.agents.staff import StaffView, Welcome
    from data.desk import Desk

ADMINISTERING = ("add", "role", "lock_agent", "reset", "invite", "recovery_code")


@dataclass
class Done(Message):
    """An action went well; `sentence` says what it came to."""

    sentence: str


class AgentDeeds(Workspace):
    """The actions on an agent. A subclass says with `chosen` which agent they act on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="agents.add", tooltip="Add an agent by name"),
        Binding("r", "role", "Role", id="agents.role", tooltip="Give the chosen agent another role"),
        Binding("x", "lock_agent", "Lock out", id="agents.lock", tooltip="Lock the chosen agent out, or let them in"),
        Binding("p", "reset", "Passphrase", id="agents.reset", tooltip="Give the chosen agent a temporary passphrase"),
        Binding("i", "invite", "Invite", id="agents.invite", tooltip="Make a code with which people join"),
        Binding(
            "c",
            "recovery_code",
            "Recovery code",
            id="agents.recovery-code",
            tooltip="Make the code that lets an administrator in who forgot the passphrase",
        ),
    ]

    def is_off(self, action: str) -> bool:
        if action in ADMINISTERING:
            return not self.desk.may(Permission.ADMINISTER)
        return super().is_off(action)

    @property
    def chosen(self) -> StaffView | None:
        """The agent under the cursor."""
        return None

    @work(thread=True, group="staff")
    def do(self, run: Callable[[Desk], Done | Given]) -> None:
        """Does something in a worker, and tells what it came to."""
        with self.telling():
            self.post_message(run(self.desk))

    @on(Done)
    def tell_done(self, message: Done) -> None:
        self.say(f"✓ {message.sentence}")
        self.action_reload()

    @on(Given)
    def showgiven_of(self, message: Given) -> None:
        self.say("")
        self.app.push_screen(Once(message.sentence, message.secret, message.after))

    def action_add(self) -> None:
        if self.permitted(Permission.ADMINISTER):
            self.app.push_screen(adding(), self.welcome)

    def welcome(self, added: Welcome | None) -> None:
        """Shows a new agent's temporary passphrase, once."""
        if added is None:
            return
        if added.temporary_passphrase:
            self.showgiven_of(given_of(added))
        else:
            begin = "Nobody signs in at this store yet; `careline agent passphrase` begins it."
            self.say(f"✓ {added.name} works here now. {begin}")

    def action_role(self) -> None:
        one = self.chosen
        if one is not None and self.permitted(Permission.ADMINISTER):
            self.app.push_screen(Menu(f"{one.name}: which role?", ROLES), partial(self.change_role, one.name))

    def change_role(self, name: str, role: str | None) -> None:
        """Gives `name` the role that was chosen."""
        if not role:
            return
        wanted = Role(role)

        def change(desk: Desk) -> Done:
            from data.agents.staff import change_role

            change_role(desk, name, wanted)
            return Done(f"{name}: {wanted} from now on. What they were granted besides has ended.")

        self.do(change)

    def action_lock_agent(self) -> None:
        one = self.chosen
        if one is None or not self.permitted(Permission.ADMINISTER):
            return
        name, shut = one.name, not one.active or one.shut_until is not None

        def turn(desk: Desk) -> Done:
            from data.agents.staff import lock_agent, unlock_agent

            (unlock_agent if shut else lock_agent)(desk, name)
            return Done(f"{name} may sign in again." if shut else f"{name} is locked out.")

        self.do(turn)

    def action_reset(self) -> None:
        one = self.chosen
        if one is None or not self.permitted(Permission.ADMINISTER):
            return

        def reset(desk: Desk) -> Given:
            from data.agents.staff import reset_passphrase

            return given_of(reset_passphrase(desk, one.name))

        self.ask(
            f"Give {one.name} a temporary passphrase? The one they have opens nothing then.", partial(self.do, reset)
        )

    def ask(self, question: str, go_on: Callable[[], object]) -> None:
        """Asks before something that can't be taken back."""

        def answered(sure: bool | None) -> None:
            if sure:
                go_on()

        self.app.push_screen(Question(question, safe="Leave it", go_on="Yes"), answered)

    def action_invite(self) -> None:
        if self.permitted(Permission.ADMINISTER):
            self.app.push_screen(inviting(), self.show_code)

    def action_recovery_code(self) -> None:
        def make(desk: Desk) -> Given:
            from data.agents.recovery import make_recovery_code

            after = "Print it and lock it away. It opens once: careline agent recover"
            return Given(
                "Recovery code, for an administrator who forgot the passphrase", make_recovery_code(desk), after
            )

        if self.permitted(Permission.ADMINISTER):
            self.ask("Make a new recovery code? The one before opens nothing then.", partial(self.do, make))

    def show_code(self, given: Given | None) -> None:
        """Shows a code, once."""
        if given is not None:
            self.showgiven_of(given)

    async def carry_out(self, name: str, choice: str | None) -> None:
        """Does what was chosen for the agent `name`."""
        what, _, permission = (choice or "").partition(" ")

        def revoke(desk: Desk) -> Done:
            from data.agents.access import revoke_access

            revoke_access(desk, name, Permission(permission))
            return Done(f"{name} may {permission} no more.")

        if what == "revoke":
            self.do(revoke)
        elif what:
            await self.run_action(what)

    def answer(self, number: int, choice: str | None) -> None:
        """Decides about the request `number`; a denial asks why."""

        def approve(desk: Desk) -> Done:
            from data.agents.access import approve_access

            done = approve_access(desk, number)
            return Done(f"{done.agent} may {done.permission} from now on.")

        def deny(desk: Desk, values: Values) -> str:
            from data.agents.access import deny_access

            done = deny_access(desk, number, values["answer"])
            return f"Denied: {done.agent} may not {done.permission}."

        if choice == "approve":
            self.do(approve)
        elif choice == "deny":
            self.app.push_screen(Form("Deny it", [Field("answer", "Why not")], deny, "Deny"), self.tell_denied)

    def tell_denied(self, sentence: str | None) -> None:
        """Says that a request was turned down."""
        if sentence:
            self.tell_done(Done(sentence))

    def end_code(self, number: int) -> None:
        """Ends an invitation code, after asking."""

        def end(desk: Desk) -> Done:
            from data.agents.invitations import revoke_invitation

            revoke_invitation(desk, number)
            return Done("The code opens nothing any more.")

        self.ask("End this code? Nobody joins with it then.", partial(self.do, end))
