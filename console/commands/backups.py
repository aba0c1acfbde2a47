"""`careline backup` and `careline restore`: a copy of the whole store, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.desks import desk_of
from console.printing import Json, print_json, print_lines, tell
from console.progress import progress_bar
from data.errors import Misused

if TYPE_CHECKING:
    from console.settings import Settings

DAMAGED = 3


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.command("backup", help="Copy the store into a file, while others work in it.")(backup)
    app.command("restore", help="Make a backup a store again, where nothing is yet.")(restore)


def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to; nothing may be there yet.", show_default=False)] = None,
    daily: Annotated[bool, typer.Option("--daily", help="Make today's own backup, where it is still missing.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Show the daily backups that there are.")] = False,
    as_json: Json = False,
) -> None:
    if sum((file is not None, daily, listed)) != 1:
        raise Misused("Where to is not said.", "Give a file, or --daily, or --list.")
    if file is not None:
        _back_up(context, file, as_json)
    elif daily:
        _daily(context.obj, as_json)
    else:
        _list(context.obj, as_json)


def _back_up(context: typer.Context, file: Path, as_json: bool) -> None:
    from data.backups.actions import back_up

    desk = desk_of(context)
    with progress_bar() as bar:
        made = back_up(desk, file, lambda done, total: bar("pages", done, total))
    tell(
        {"file": str(made.path), "bytes": made.size},
        f"The store is copied to {made.path}, and the copy is sound ({made.size:,} bytes).",
        as_json,
    )


def _daily(settings: Settings, as_json: bool) -> None:
    from datetime import UTC, datetime

    from data.backups.daily import back_up_daily
    from data.store import open_store

    store = open_store(settings.unlocked_store())
    store.close()
    with progress_bar() as bar:
        made = back_up_daily(store.path, datetime.now(UTC).date(), lambda done, total: bar("pages", done, total))
    tell(
        {"made": str(made.path) if made else None},
        f"Today's backup is {made.path}." if made else "Today's backup is there already.",
        as_json,
    )


def _list(settings: Settings, as_json: bool) -> None:
    from data.backups.daily import daily_backups, folder_of
    from data.store import store_path

    store = store_path(settings.open_store())
    found = daily_backups(store)
    if as_json:
        print_json([{"day": backup.day, "file": str(backup.path)} for backup in found])
        return
    print_lines(f"{backup.day:%m-%d-%Y}  {backup.path}" for backup in found)
    print_lines([f"{len(found)} in {folder_of(store)}." if found else "There is no daily backup yet."])


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The backup.", show_default=False)],
    as_json: Json = False,
) -> None:
    from console.unlocking import unlock
    from data.backups.restoring import restore as restore_it

    unlock(file)
    restored = restore_it(file, context.obj.real_store())
    if as_json:
        print_json(
            {
                "store": str(restored.path),
                "newest": restored.newest.isoformat() if restored.newest else None,
                "audit_whole": restored.audit.whole,
                "problems": restored.audit.problems,
            }
        )
    else:
        newest = f"; the last thing in it was done on {restored.newest:%m-%d-%Y %H:%M} UTC" if restored.newest else ""
        print_lines([f"The store is at {restored.path}. Every page of it is sound{newest}."])
        print_lines(["Its audit is whole."] if restored.audit.whole else restored.audit.problems[:10])
    raise typer.Exit(0 if restored.audit.whole else DAMAGED)
