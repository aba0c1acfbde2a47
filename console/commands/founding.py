"""`careline init` founds an operator's store, `careline demo` makes one that looks lived in."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.printing import Json, print_json, print_lines
from console.progress import progress_bar
from data.errors import Refused
from data.files import unread
from data.operators.rules import DEFAULT_ACCOUNT_PATTERN, OperatorKind

if TYPE_CHECKING:
    from console.settings import Settings
    from data.operators.actions import Founding
    from data.operators.catalog import Catalog
    from data.store import Store

OPERATOR = "Which kind of operator: a reseller or an MVNO."
CUSTOMERS = 2000
SEED = 7


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.command("init", help="Found an operator: make its empty store.")(init)
    app.command("demo", help="Make a demo operator with made-up customers.")(demo)


def init(
    context: typer.Context,
    operator: Annotated[OperatorKind | None, typer.Option(help=OPERATOR)] = None,
    name: Annotated[str | None, typer.Option(help="What the operator is called.")] = None,
    admin: Annotated[str | None, typer.Option(help="The first administrator's sign-in name.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Theirs, such as America/New_York.")] = None,
    account_pattern: Annotated[
        str | None, typer.Option(help=f"How accounts are numbered, such as {DEFAULT_ACCOUNT_PATTERN}.")
    ] = None,
    catalog: Annotated[Path | None, typer.Option(help="A file of carriers, plans and features.")] = None,
    show_catalog: Annotated[
        bool, typer.Option("--show-catalog", help="Print the usual catalog, to copy and change; make nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: take what is usual.")] = False,
    as_json: Json = False,
) -> None:
    from data.operators.actions import Founding, check_founding, found_store
    from data.operators.catalog import default_catalog_text

    if show_catalog:
        sys.stdout.write(default_catalog_text())
        return
    settings: Settings = context.obj
    given: dict[str, Any] = {
        "kind": operator,
        "name": name,
        "admin": admin,
        "time_zone": time_zone,
        "account_pattern": account_pattern,
        "catalog": _read_catalog(catalog) if catalog else None,
        "passphrase": settings.passphrase,
    }
    founding = Founding(**{field: value for field, value in given.items() if value is not None})
    check_founding(founding)
    if not yes and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from console.commands.founding_questions import ask_founding

        founding = ask_founding(founding, {field for field, value in given.items() if value is not None})
    store = found_store(settings.real_store(), founding)
    code = _recovery_code(store) if founding.passphrase else None
    store.close()
    if as_json:
        facts = {"store": str(store.path), "name": founding.name, "kind": founding.kind, "admin": founding.admin}
        print_json(facts | ({"recovery_code": code} if code else {}))
        return
    print_lines(_founded(settings, str(store.path), founding))
    if code:
        from console.commands.recovery import print_code

        print_code(code)


def demo(
    context: typer.Context,
    customers: Annotated[int, typer.Option(help="How many customers.")] = CUSTOMERS,
    seed: Annotated[int, typer.Option(help="Another number makes other people; the same one makes the same.")] = SEED,
    operator: Annotated[OperatorKind, typer.Option(help=OPERATOR)] = OperatorKind.RESELLER,
    replace: Annotated[bool, typer.Option("--replace", help="Throw the demo away that is there.")] = False,
    as_json: Json = False,
) -> None:
    from data.demo import make_demo
    from data.desk import open_desk
    from data.operators.queries import operator as operator_of
    from data.operators.queries import size
    from data.store import is_there

    settings: Settings = context.obj
    where = settings.demo_store()
    if is_there(where) and not replace:
        raise Refused(f"There is already a store at {where}.", "Open it as it is, or make it anew with --replace.")
    with progress_bar() as progress:
        desk = open_desk(make_demo(where, customers, seed, operator, progress=progress, replace=replace))
    made = {"store": str(desk.store.path), "name": operator_of(desk).name, "kind": operator, **vars(size(desk))}
    desk.store.close()
    if as_json:
        print_json(made)
    else:
        print_lines(
            [
                f"Made the demo operator {made['name']} ({made['kind']}): {made['customers']:,} customers, "
                f"{made['lines']:,} lines, {made['enrolments']:,} Lifeline subscribers. All of it is fiction.",
                f"It is kept in {made['store']}.",
                f"Open it: {_opening(settings, str(made['store']))}",
            ]
        )


def _recovery_code(store: Store) -> str:
    from data.agents.recovery import make_recovery_code
    from data.desk import open_desk

    return make_recovery_code(open_desk(store))


def _read_catalog(path: Path) -> Catalog:
    from data.operators.catalog import parse_catalog

    try:
        return parse_catalog(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise unread(path, error, "Name a catalog file with --catalog.") from None


def _founded(settings: Settings, path: str, founding: Founding) -> list[str]:
    store = f"--store '{path}' " if settings.store else ""
    return [
        f"{founding.name} ({founding.kind}) is founded; {founding.admin} administers it.",
        f"Its store is {path}.",
        *([] if founding.passphrase else [_open_to_all(store, founding)]),
        f"Bring your customers in: careline {store}import customers FILE",
        f"Open it: {_opening(settings, path)}",
    ]


def _open_to_all(store: str, founding: Founding) -> str:
    return (
        f"Whoever can open that file is {founding.admin}, until they choose a passphrase: "
        f"careline {store}--agent {quote(founding.admin)} agent passphrase"
    )


def _opening(settings: Settings, path: str) -> str:
    """The command that opens the store at `path`: the short one, where that opens the same."""
    same = settings.store is None and str(settings.open_store()) == path
    return "careline" if same else f"careline --store '{path}'"
