"""The forms that bring agents in, by name or by an invitation code; and the secret that either makes, shown once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from data.agents.rules import Role
from data.errors import Invalid
from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.agents.staff import Welcome
    from data.desk import Desk

ROLES = tuple((role.value, role.value) for role in Role)


@dataclass
class Given(Message):
    """A secret was made that is shown once. `after`: what becomes of it."""

    sentence: str
    secret: str
    after: str


def adding() -> Form:
    """A form that adds an agent; it comes back with their Welcome."""
    fields = [
        Field("name", "Name to sign in with"),
        Field("display_name", "What they are called"),
        Field("role", "What they do here", Role.AGENT.value, options=ROLES),
    ]
    return Form("Add an agent", fields, _add, "Add")


def inviting() -> Form:
    """A form that makes an invitation code; it comes back with the code, Given. Nobody joins as an administrator."""
    roles = tuple(row for row in ROLES if row[0] != Role.ADMINISTRATOR)
    fields = [
        Field("role", "What they will do here", Role.AGENT.value, options=roles),
        Field("uses", "How many may join; empty: any number"),
    ]
    return Form("Make an invitation code", fields, _invite, "Make")


def given_of(welcome: Welcome) -> Given:
    """The temporary passphrase of somebody who got one."""
    return Given(
        f"Temporary passphrase of {welcome.name}",
        welcome.temporary_passphrase,
        "They choose their own when they first sign in with it.",
    )


def _add(desk: Desk, values: Values) -> Welcome:
    from data.agents.staff import add_agent

    return add_agent(desk, values["name"], role=Role(values["role"]), display_name=values["display_name"])


def _invite(desk: Desk, values: Values) -> Given:
    from data.agents.invitations import invite

    uses = values["uses"].strip()
    if uses and not (uses.isascii() and uses.isdecimal()):
        raise Invalid({"uses": "Write a whole number, or leave it empty."}, "No code was made.")
    made = invite(desk, Role(values["role"]), uses=int(uses) if uses else None)
    ends = made.invitation.expires_at.astimezone(desk.agent.zone)
    return Given(
        f"Invitation code: joins as {made.invitation.role}",
        made.code,
        f"It opens until {ends:%m-%d-%Y}, on the sign-in screen (F2) or with `careline agent join`.",
    )
