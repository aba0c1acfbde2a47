"""`careline agent invite|invitations|uninvite|join`: codes with which people make themselves an agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from console.desks import desk_of
from console.passphrases import new_passphrase
from console.printing import Json, print_lines, tell
from data.agents.rules import INVITATION_DAYS, Role

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.agents.invitations import InvitationView


def add_to(group: typer.Typer) -> None:
    """Adds the commands to `careline agent`."""
    group.command("invite", help="Make a code with which people join.")(invite)
    group.command("invitations", help="Show the codes that still open.")(list_invitations)
    group.command("uninvite", help="End a code at once.")(uninvite)
    group.command("join", help="Join with a code, under a name of your own.")(join)


def invite(
    context: typer.Context,
    role: Annotated[Role, typer.Option("--role", help="What they will do here.")] = Role.AGENT,
    uses: Annotated[int | None, typer.Option(help="How many may join; left out: any number.")] = None,
    days: Annotated[
        int, typer.Option(help=f"How long the code opens, up to {INVITATION_DAYS} days.")
    ] = INVITATION_DAYS,
    as_json: Json = False,
) -> None:
    from data.agents import invitations

    desk = desk_of(context)
    made = invitations.invite(desk, role, uses=uses, days=days)
    ends = made.invitation.expires_at.astimezone(desk.agent.zone)
    tell(made, f"Code, shown this once: {made.code}", as_json)
    if not as_json:
        print_lines([f"Whoever has it joins as {role} until {ends:%m-%d-%Y}: careline agent join {made.code} NAME"])


def list_invitations(
    context: typer.Context,
    ended: Annotated[bool, typer.Option("--ended", help="Those that ended, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.agents.invitations import invitations

    desk = desk_of(context)
    found = invitations(desk, ended=ended)
    tell(found, [line(one, desk.agent.zone) for one in found] or ["No code is open."], as_json)


def line(one: InvitationView, zone: ZoneInfo) -> str:
    """A code as a line for a person."""
    joined = f"{one.used} of {one.uses} joined" if one.uses else f"{one.used} joined"
    end = "ended" if one.ended else f"until {one.expires_at.astimezone(zone):%m-%d-%Y}"
    return f"{one.id:>4}  {one.role:<8}  {joined} · {end} · made by {one.made_by}"


def uninvite(
    context: typer.Context, invitation: Annotated[int, typer.Argument(help="Its number in the list.")]
) -> None:
    from data.agents.invitations import revoke_invitation

    revoke_invitation(desk_of(context), invitation)
    print_lines([f"Code {invitation} opens nothing any more."])


def join(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="The code that you were given.")],
    name: Annotated[str, typer.Argument(help="What you will sign in as.")],
    display_name: Annotated[str | None, typer.Option(help="What you are called.")] = None,
) -> None:
    from data.agents import invitations
    from data.desk import system_clock
    from data.store import open_store

    store = open_store(context.obj.unlocked_store())
    passphrase = new_passphrase("CARELINE_PASSPHRASE")
    joined = invitations.join(store, code, name, passphrase, display_name=display_name or "", now=system_clock())
    store.close()
    print_lines([f"Welcome. You sign in as {joined}."])
