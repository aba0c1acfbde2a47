"""`careline agent`: who works here, and how they get in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands import invitations, recovery
from console.desks import desk_of
from console.passphrases import NEW_PASSPHRASE, ask_passphrase, new_passphrase
from console.printing import Json, padded, print_lines, tell
from data.agents.rules import Role
from data.errors import Misused
from data.text import with_article

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.agents.staff import StaffView, Welcome

Name = Annotated[str, typer.Argument(help="The agent's sign-in name.")]
RoleOption = Annotated[Role, typer.Option("--role", help="What they do here.")]
DisplayName = Annotated[str | None, typer.Option(help="What they are called.")]
TimeZone = Annotated[str | None, typer.Option(help="Theirs, such as America/New_York.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Who works here, and how they sign in.", no_args_is_help=True)
    group.command("add", help="Add an agent.")(add)
    group.command("list", help="Show everybody who works here.")(list_agents)
    group.command("role", help="Give an agent another role.")(role)
    group.command("lock", help="Lock an agent out.")(lock)
    group.command("unlock", help="Let an agent in again, after a lock or wrong tries.")(unlock)
    group.command("reset", help="Give an agent a temporary passphrase.")(reset)
    group.command("passphrase", help="Choose your own passphrase.")(passphrase)
    group.command("profile", help="Change your own name, time zone and session.")(profile)
    invitations.add_to(group)
    recovery.add_to(group)
    app.add_typer(group, name="agent")


def add(
    context: typer.Context,
    name: Name,
    role: RoleOption = Role.AGENT,
    display_name: DisplayName = None,
    time_zone: TimeZone = None,
    as_json: Json = False,
) -> None:
    from data.agents.staff import add_agent

    desk = desk_of(context)
    added = add_agent(desk, name, role=role, display_name=display_name or "", time_zone=time_zone or "")
    _welcome(added, f"{added.name} works here now, as {added.role}.", as_json)


def list_agents(context: typer.Context, as_json: Json = False) -> None:
    from data.agents.staff import agents

    desk = desk_of(context)
    staff = agents(desk)
    tell(staff, [_line(one, desk.agent.zone) for one in staff], as_json)


def _line(one: StaffView, zone: ZoneInfo) -> str:
    facts = [one.role.value, "active" if one.active else "locked", f"passphrase: {one.passphrase}"]
    if one.shut_until:
        facts.append(f"shut until {one.shut_until.astimezone(zone):%H:%M}")
    if one.granted:
        facts.append(f"may also {', '.join(one.granted)}")
    return f"{one.name:<16}  {padded(one.display_name, 24)}  {' · '.join(facts)}"


def role(context: typer.Context, name: Name, role: Annotated[Role, typer.Argument(help="The new one.")]) -> None:
    from data.agents.staff import change_role

    change_role(desk_of(context), name, role)
    print_lines([f"{name} is {with_article(role)} now."])


def lock(context: typer.Context, name: Name) -> None:
    from data.agents.staff import lock_agent

    lock_agent(desk_of(context), name)
    print_lines([f"{name} is locked out; what they do from now on is refused."])


def unlock(context: typer.Context, name: Name) -> None:
    from data.agents.staff import unlock_agent

    unlock_agent(desk_of(context), name)
    print_lines([f"{name} may sign in again."])


def reset(context: typer.Context, name: Name, as_json: Json = False) -> None:
    from data.agents.staff import reset_passphrase

    given = reset_passphrase(desk_of(context), name)
    _welcome(given, f"{given.name} has a temporary passphrase.", as_json)


def _welcome(given: Welcome, sentence: str, as_json: bool) -> None:
    """Says what a new passphrase is, this once; where nobody signs in yet, how that begins."""
    tell(given, sentence, as_json)
    if as_json:
        return
    if given.temporary_passphrase:
        lines = [
            f"Temporary passphrase, shown this once: {given.temporary_passphrase}",
            "They choose their own when they first sign in, in the console or with `careline agent passphrase`.",
        ]
    else:
        lines = ["Nobody signs in at this store yet; an administrator begins with `careline agent passphrase`."]
    print_lines(lines)


def passphrase(context: typer.Context) -> None:
    """Asks on a terminal; a script gives CARELINE_NEW_PASSPHRASE, and CARELINE_PASSPHRASE for the one until now."""
    from data.agents.door import has_passphrase
    from data.agents.own import choose_passphrase
    from data.agents.queries import lacks_recovery_code
    from data.agents.recovery import make_recovery_code

    desk = desk_of(context)
    old = context.obj.passphrase if has_passphrase(desk.store, desk.agent.name) else None
    if old is None and has_passphrase(desk.store, desk.agent.name) and sys.stdin.isatty():
        old = ask_passphrase("The passphrase until now: ")
    choose_passphrase(desk, new_passphrase(NEW_PASSPHRASE), old)
    print_lines([f"{desk.agent.name} signs in with the new passphrase from now on."])
    if old is None and lacks_recovery_code(desk):  # the store's first
        recovery.print_code(make_recovery_code(desk))


def profile(
    context: typer.Context,
    display_name: DisplayName = None,
    time_zone: TimeZone = None,
    session_hours: Annotated[
        int | None, typer.Option(help="Lock the console after that many hours without a key; 0: as usual here.")
    ] = None,
) -> None:
    from data.agents.own import change_profile

    desk = desk_of(context)
    if (display_name, time_zone, session_hours) == (None, None, None):
        raise Misused("Nothing is to be changed.", "Say what, such as --time-zone America/Chicago.")
    change_profile(desk, display_name=display_name, time_zone=time_zone, session_hours=session_hours)
    print_lines(["Kept. It holds from the next time that you sign in."])
