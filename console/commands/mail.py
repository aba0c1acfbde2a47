"""`careline mail`: what waits to be sent, sending it, and settling what failed or is doubtful.

`careline mail send` is for a timer: it sends what is due and leaves the rest.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from console.desks import connected_desk, desk_of
from console.printing import Json, print_json, print_lines, tell
from data.text import counted

Id = Annotated[int, typer.Argument(help="The mail's number, as `careline mail list` shows it.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Mail on its way out.", no_args_is_help=True)
    group.command("list", help="Show what is not sent yet.")(list_mail)
    group.command("send", help="Send what is due.")(send)
    group.command("retry", help="Send again what failed or is doubtful.")(retry)
    group.command("arrived", help="Note that a doubtful mail did arrive.")(arrived)
    group.command("letters", help="Show the letters that are to be posted, or print them.")(letters)
    group.command("posted", help="Note that a letter was posted.")(posted)
    app.add_typer(group, name="mail")


def list_mail(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="What was sent, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.mail.queue import mail_queue

    desk = connected_desk(context)
    found = mail_queue(desk, settled=everything)
    if as_json:
        print_json(found)
        return
    for mail in found:
        print_lines([f"{mail.id:>6}  {mail.state:<9} {mail.recipient}  {mail.subject}"])
        if mail.error:
            again = f" Again at {mail.next_at.astimezone(desk.agent.zone):%H:%M}." if mail.state == "waiting" else ""
            print_lines([f"        {mail.error}{again}"])
    print_lines([f"{len(found):,} in the queue."])


def send(context: typer.Context, as_json: Json = False) -> None:
    from data.mail.queue import deliver

    done = deliver(connected_desk(context))
    counts = ", ".join(f"{count} {name}" for name, count in vars(done).items())
    tell(done, f"{counts}.", as_json)
    raise typer.Exit(1 if done.failed or done.doubtful else 0)


def retry(context: typer.Context, mail: Id, as_json: Json = False) -> None:
    from data.mail.queue import try_again

    tell(try_again(connected_desk(context), mail), "It will be sent again with `careline mail send`.", as_json)


def arrived(context: typer.Context, mail: Id, as_json: Json = False) -> None:
    from data.mail.queue import note_arrived

    tell(note_arrived(connected_desk(context), mail), "Noted as sent.", as_json)


def letters(
    context: typer.Context,
    whole: Annotated[bool, typer.Option("--print", help="All that wait, whole, a page each; for a printer.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Those that were posted, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.mail import letters as paper

    desk = desk_of(context)
    if whole:
        printed = paper.print_letters(desk)
        if as_json:
            print_json(printed)
            return
        for number, letter in enumerate(printed):
            sys.stdout.write("\f" if number else "")
            day = letter.queued_at.astimezone(desk.agent.zone)
            print_lines([*letter.address, "", f"{day:%m-%d-%Y}", "", *letter.body.splitlines()])
        return
    found = paper.letters(desk, posted=everything)
    if as_json:
        print_json(found)
        return
    for one in found:
        stands = f"posted by {one.posted_by}" if one.posted_at else "to be posted"
        print_lines([f"{one.id:>6}  {one.queued_at.astimezone(desk.agent.zone):%m-%d-%Y}  {one.account}  {stands}"])
    print_lines([f"{counted(len(found), 'letter')}."])


def posted(
    context: typer.Context, letter: Annotated[int, typer.Argument(help="The letter's number in the list.")]
) -> None:
    from data.mail.letters import note_posted

    done = note_posted(desk_of(context), letter)
    print_lines([f"Noted: the letter to {done.account} was posted."])
