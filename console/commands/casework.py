"""`careline case assign`, `task`, `done`, `give`, `tag`, `link`, `merge`, `unclose`, `remark` and more: one case."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from console.commands.case_words import Due, Number, one_of, read_due_time, tell_case
from console.desks import desk_of
from console.printing import Json, tell
from data.errors import Misused


def add_to(group: typer.Typer) -> None:
    """Adds the commands to `careline case`."""
    group.command("edit", help="Change subject, category, priority, contact, handset or due time.")(edit)
    group.command("assign", help="Give a case to another agent.")(assign)
    group.command("task", help="Add something to be done.")(task)
    group.command("done", help="Tick a task off.")(done)
    group.command("give", help="Give a task to another agent.")(give)
    group.command("tag", help="Add a tag, or take it off.")(tag)
    group.command("link", help="Link two cases, or let go of the link.")(link)
    group.command("attach", help="Put a case of the Orphan Account on an account.")(attach)
    group.command("merge", help="Merge a duplicate into the case that goes on.")(merge)
    group.command("unmerge", help="Take a merged duplicate out again.")(unmerge)
    group.command("unclose", help="Take back your own closing, within the hour.")(unclose)
    group.command("remark", help="Draft, check or keep the remark for the carrier's account.")(remark)


def edit(
    context: typer.Context,
    number: Number,
    subject: Annotated[str | None, typer.Option(help="What it is about.")] = None,
    category: Annotated[str | None, typer.Option(help="Such as Promotion or Billing.")] = None,
    priority: Annotated[str | None, typer.Option(help="Low, Normal, High or Urgent.")] = None,
    contact: Annotated[str | None, typer.Option(help="Whom to reach, and how.")] = None,
    device: Annotated[str | None, typer.Option(help="The handset, in words.")] = None,
    due: Due = None,
    no_due: Annotated[bool, typer.Option("--no-due", help="Take the due time away.")] = False,
    version: Annotated[int | None, typer.Option(help="The version you read; without it, the present one.")] = None,
    as_json: Json = False,
) -> None:
    from data.cases.actions import edit_case
    from data.cases.queries import case
    from data.cases.rules import CaseEdit, Category, Priority

    desk = desk_of(context)
    wanted = CaseEdit(
        subject=subject,
        category=one_of(Category, category) if category else None,
        priority=one_of(Priority, priority) if priority else None,
        contact=contact,
        device=device,
        due_at=read_due_time(due, desk),
        no_due=no_due,
    )
    if wanted == CaseEdit():
        raise Misused("Nothing is to be changed.", "Say what, such as --priority High.")
    view = edit_case(desk, number, case(desk, number).version if version is None else version, wanted)
    tell_case(view, f"Saved as version {view.version}.", as_json)


def assign(
    context: typer.Context,
    number: Number,
    owner: Annotated[str, typer.Argument(help="The agent's sign-in name.")],
    as_json: Json = False,
) -> None:
    from data.cases.actions import reassign

    view = reassign(desk_of(context), number, owner)
    tell_case(view, f"Case {view.number} is {view.owner}'s.", as_json)


def task(
    context: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(help="What is to be done.")],
    owner: Annotated[str | None, typer.Option(help="Who does it; you without it.")] = None,
    due: Due = None,
    as_json: Json = False,
) -> None:
    from data.cases.actions import add_task

    desk = desk_of(context)
    view = add_task(desk, number, text, due_at=read_due_time(due, desk), owner=owner)
    made = max(view.tasks, key=lambda one: one.id)
    tell_case(view, f"Task {made.id} added, for {made.owner}.", as_json)


def done(
    context: typer.Context,
    task: Annotated[int, typer.Argument(help="The task's number, as `case show` has it.")],
    as_json: Json = False,
) -> None:
    from data.cases.actions import finish_task

    tell_case(finish_task(desk_of(context), task), "Done.", as_json)


def give(
    context: typer.Context,
    task: Annotated[int, typer.Argument(help="The task's number, as `case show` has it.")],
    owner: Annotated[str, typer.Argument(help="The agent's sign-in name.")],
    as_json: Json = False,
) -> None:
    from data.cases.actions import give_task

    view = give_task(desk_of(context), task, owner)
    given = next(one for one in view.tasks if one.id == task)
    tell_case(view, f"Task {task} is {given.owner}'s.", as_json)


def tag(
    context: typer.Context,
    number: Number,
    tags: Annotated[list[str], typer.Argument(help="The tags.")],
    off: Annotated[bool, typer.Option("--off", help="Take them off.")] = False,
    as_json: Json = False,
) -> None:
    from data.cases.actions import tag as put_tag

    view = put_tag(desk_of(context), number, *tags, untag=off)
    tell_case(view, f"Tags: {', '.join(view.tags) or 'none'}.", as_json)


def link(
    context: typer.Context,
    number: Number,
    other: Number,
    off: Annotated[bool, typer.Option("--off", help="Let go of the link.")] = False,
    as_json: Json = False,
) -> None:
    from data.cases.actions import link as link_cases

    tell_case(link_cases(desk_of(context), number, other, unlink=off), "Unlinked." if off else "Linked.", as_json)


def attach(
    context: typer.Context,
    number: Number,
    account: Annotated[str, typer.Argument(help="The account's number.")],
    mdn: Annotated[str | None, typer.Option("--mdn", "--mtn", help="The line's telephone number.")] = None,
    as_json: Json = False,
) -> None:
    from data.cases.actions import attach as attach_case

    view = attach_case(desk_of(context), number, account, mdn)
    tell_case(view, f"Case {view.number} is on account {view.account}, {view.name}.", as_json)


def merge(
    context: typer.Context,
    number: Number,
    into: Annotated[str, typer.Argument(help="The case that goes on.")],
    as_json: Json = False,
) -> None:
    from data.cases.merging import merge as merge_cases

    view = merge_cases(desk_of(context), number, into)
    tell_case(view, f"Merged into {view.number}. Undo: careline case unmerge {number}", as_json)


def unmerge(context: typer.Context, number: Number, as_json: Json = False) -> None:
    from data.cases.merging import undo_merge

    view = undo_merge(desk_of(context), number)
    tell_case(view, f"Case {view.number} is {view.status} again.", as_json)


def unclose(context: typer.Context, number: Number, as_json: Json = False) -> None:
    from data.cases.reopening import undo_close

    view = undo_close(desk_of(context), number)
    tell_case(view, f"Case {view.number} is {view.status} again.", as_json)


def remark(
    context: typer.Context,
    number: Number,
    text: Annotated[str | None, typer.Argument(help="The remark to keep; a draft is shown without it.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what is objected to.")] = False,
    because: Annotated[str, typer.Option(help="Why what is objected to stays; it is kept.")] = "",
    as_json: Json = False,
) -> None:
    from data.cases.remarking import check_remark, draft_remark, keep_remark

    desk = desk_of(context)
    if text is None:
        draft = draft_remark(desk, number)
        tell({"draft": draft}, draft, as_json)
    elif check:
        found: list[dict[str, Any]] = [
            {"worry": one.worry, "text": text[one.start : one.end], "start": one.start, "end": one.end}
            for one in check_remark(desk, number, text)
        ]
        tell(found, (f"“{one['text']}”: {one['worry']}" for one in found), as_json)
        raise typer.Exit(1 if found else 0)
    else:
        tell_case(keep_remark(desk, number, text, overruled=because), "Kept with the case.", as_json)
