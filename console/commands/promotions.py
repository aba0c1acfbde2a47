"""`careline promo`: find a promotion by what a customer says, put it on a line, keep the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.commands import promotion_words as words
from console.days import DAY, read_day
from console.desks import desk_of
from console.printing import Json, print_json, print_lines, tell
from data import money
from data.errors import Misused
from data.files import new_file
from data.text import counted

if TYPE_CHECKING:
    from data.promotions.actions import Imported
    from data.promotions.rules import Kind, Shape

Ost = Annotated[str, typer.Argument(help="The promotion's OST number.")]
Line = Annotated[str, typer.Argument(help="The line's telephone number.")]
Day = Annotated[str, typer.Option(metavar=DAY, help="The day of purchase.")]
Said = Annotated[str, typer.Option(help="What the customer says, where the account does not know it.")]
Condition = Annotated[str, typer.Option(help="The traded-in phone: good, cracked, battery, water or no-power.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Promotions: find, apply, keep the catalogue.", no_args_is_help=True)
    group.command("find", help="Find the promotion that a customer means.")(find)
    group.command("show", help="Show a promotion with its revisions.")(show)
    group.command("list", help="List the catalogue.")(list_promotions)
    group.command("preview", help="Show what putting a promotion on a line would do.")(preview)
    group.command("apply", help="Put a promotion on a line (PCA).")(apply)
    group.command("undo", help="Take back what was put on a line today.")(undo)
    group.command("import", help="Add the promotions of a TOML or CSV file.")(import_file)
    group.command("export", help="Write the catalogue as TOML or CSV.")(export)
    group.command("end", help="End a promotion.")(end)
    app.add_typer(group, name="promo")


def find(
    context: typer.Context,
    text: Annotated[list[str] | None, typer.Argument(help="What the customer says.")] = None,
    on: Day = "",
    device: Annotated[str, typer.Option(help="What was bought.")] = "",
    trade_in: Annotated[str, typer.Option(help="What was traded in.")] = "",
    condition: Condition = "",
    plan: Annotated[str, typer.Option(help="The line's plan.")] = "",
    upgrade: Annotated[bool | None, typer.Option("--upgrade/--new-line", help="What was done.")] = None,
    port_in: Annotated[bool, typer.Option("--port-in", help="The number was brought along.")] = False,
    loyalty: Annotated[bool | None, typer.Option("--loyalty/--no-loyalty", help="In the loyalty program?")] = None,
    amount: Annotated[str, typer.Option(help="What was promised in all, in dollars.")] = "",
    account: Annotated[str, typer.Option(help="Fill in what this account says.")] = "",
    line: Annotated[str, typer.Option(help="The account's line that it is about.")] = "",
    limit: Annotated[int, typer.Option(help="How many to show.", min=1, max=50)] = 5,
    as_json: Json = False,
) -> None:
    from data.promotions.queries import find as look

    if line and not account:
        raise Misused("A line belongs to an account.", "Name it with --account.")
    given = _given(on, device, trade_in, condition, plan, loyalty, amount)
    if upgrade is not None or port_in:
        given["kind"] = _kind(upgrade, port_in)
    found = look(desk_of(context), " ".join(text or ()), given, account=account or None, line=line or None, limit=limit)
    tell(words.found_facts(found), words.found_lines(found), as_json)


def show(context: typer.Context, ost: Ost, as_json: Json = False) -> None:
    from data.promotions.queries import promotion

    revisions = promotion(desk_of(context), ost)
    tell(
        [words.revision_facts(one) for one in revisions],
        (line for one in revisions for line in words.revision_lines(one)),
        as_json,
    )


def list_promotions(context: typer.Context, on: Day = "", as_json: Json = False) -> None:
    from data.promotions.queries import promotions

    found = promotions(desk_of(context), read_day(on))
    if as_json:
        print_json([words.revision_facts(one) for one in found])
        return
    print_lines(f"{one.terms.ost:<8}{words.span(one):<26}{one.terms.name}" for one in found)
    print_lines([f"{counted(len(found), 'revision')}."])


def preview(
    context: typer.Context,
    ost: Ost,
    line: Line,
    account: Annotated[str, typer.Option(help="The line's account.")],
    said: Said = "",
    as_json: Json = False,
) -> None:
    from data.promotions.pca import preview as look
    from data.promotions.queries import find, line_id

    desk = desk_of(context)
    seen = look(desk, line_id(desk, account, line), ost, find(desk, said).said)
    tell(seen, words.preview_lines(seen), as_json)


def apply(
    context: typer.Context,
    ost: Ost,
    line: Line,
    account: Annotated[str, typer.Option(help="The line's account.")],
    said: Said = "",
    case: Annotated[str, typer.Option(help="The case that gets a note; else the newest open one.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="End what does not stack with it.")] = False,
    as_json: Json = False,
) -> None:
    from data.promotions.pca import apply as put
    from data.promotions.queries import find, line_id

    desk = desk_of(context)
    given = find(desk, said).said
    done = put(desk, line_id(desk, account, line), ost, given, case=case, replacing=replace)
    tell(done, f"{words.applied(done)} Undo it today with: careline promo undo {done.id}", as_json)


def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="As `careline promo apply` told it.")],
    as_json: Json = False,
) -> None:
    from data.promotions.pca import undo as take_back

    done = take_back(desk_of(context), number)
    tell(done, f"OST {done.ost} is off the line again.", as_json)


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file as docs/promotions.md describes it.")],
    as_json: Json = False,
) -> None:
    from data.promotions.actions import import_promotions
    from data.promotions.files import read_file

    done = import_promotions(desk_of(context), read_file(file))
    where = _write_rejects(file, done) if done.rejects else ""
    if as_json:
        reasons = [{"where": one.where, "ost": one.ost, "why": one.why} for one in done.rejects]
        print_json({"new": done.new, "same": done.same, "rejects": reasons})
    else:
        print_lines(f"{one.where}, OST {one.ost or 'none'}: {one.why}" for one in done.rejects)
        print_lines([f"{done.new:,} new, {done.same:,} already here, {len(done.rejects):,} rejected.{where}"])
    raise typer.Exit(1 if done.rejects else 0)


def export(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="Write it there; by its name TOML or CSV.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on the screen, instead of TOML.")] = False,
) -> None:
    from data.promotions.files import write_csv, write_toml
    from data.promotions.queries import promotions

    terms = [one.terms for one in promotions(desk_of(context))]
    if out is None:
        print_lines((write_csv(terms) if as_csv else write_toml(terms)).splitlines())
        return
    text = write_csv(terms) if out.suffix.lower() == ".csv" else write_toml(terms)
    with new_file(out, "Name another with --out.") as file:
        file.write(text.encode())
    print_lines([f"{counted(len(terms), 'revision')} written into {out}."])


def end(
    context: typer.Context,
    ost: Ost,
    last_day: Annotated[str, typer.Argument(metavar=DAY, help="The last day of purchase.")],
    as_json: Json = False,
) -> None:
    from data.promotions.actions import end_promotion

    if (day := read_day(last_day)) is None:
        raise Misused("The last day is missing.", f"Write it as {DAY}.")
    done = end_promotion(desk_of(context), ost, day)
    tell(words.revision_facts(done), f"OST {done.terms.ost} ends with {day:%m-%d-%Y}.", as_json)


def _given(
    on: str, device: str, trade_in: str, condition: str, plan: str, loyalty: bool | None, amount: str
) -> dict[str, Any]:
    """What options say, as facts by name."""
    given: dict[str, Any] = {"device": device or None, "trade_in": trade_in or None, "plan": plan or None}
    given |= {"on": read_day(on), "shape": _shape(condition), "loyalty": loyalty}
    given["amount"] = money.to_cents(money.parse(amount)) if amount else None
    return {name: value for name, value in given.items() if value is not None}


def _shape(text: str) -> Shape | None:
    from data.promotions.rules import Shape

    if not text:
        return None
    found = next((one for one in Shape if one == text.strip().lower().replace("-", " ")), None)
    if found is None:
        raise Misused(f"“{text[:30]}” is no condition of a phone.", f"Say one of {', '.join(Shape)}.")
    return found


def _kind(upgrade: bool | None, port_in: bool) -> Kind:
    from data.promotions.rules import Kind

    return Kind.PORT_IN if port_in else Kind.UPGRADE if upgrade else Kind.NEW_LINE


def _write_rejects(file: Path, done: Imported) -> str:
    """Writes what was rejected beside the file, with the reasons, to be mended and imported; says where they are."""
    from data.promotions.files import rejects_text

    where = file.with_name(f"{file.name}.rejects{file.suffix}")
    text = rejects_text([(one.entry, one.why) for one in done.rejects], toml=file.suffix.lower() == ".toml")
    try:
        if where.exists():
            where.replace(where.with_name(f"{where.name}.old"))
        where.write_text(text, encoding="utf-8")
    except OSError as error:
        return f" {where} can't be written: {error.strerror}. Mend them in {file} itself, and import it again."
    return f" They are in {where}, to be mended."
