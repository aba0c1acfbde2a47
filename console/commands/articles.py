"""`careline article`: find, read, write and keep the articles of Infomanager."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.days import DAY, read_day
from console.desks import desk_of
from console.printing import Json, print_json, print_lines, tell
from data.errors import Misused, NotFound
from data.text import counted

if TYPE_CHECKING:
    from data.knowledge.views import ArticleView, Taken

Slug = Annotated[str, typer.Argument(help="The article's name, as `careline article list` shows it.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Infomanager: find, read and keep articles.", no_args_is_help=True)
    group.command("find", help="Find articles by any of their words; slips are forgiven.")(find)
    group.command("list", help="List the articles that hold today.")(list_articles)
    group.command("show", help="Read an article.")(show)
    group.command("import", help="Publish a folder of articles, or those that come with Careline.")(take)
    group.command("export", help="Write the articles into a folder, one file each.")(export)
    group.command("publish", help="Publish an article's draft.")(publish)
    group.command("archive", help="Take an article out of lists and searches, or back in.")(archive)
    group.command("flag", help="Say what is wrong in an article.")(flag)
    group.command("flags", help="List what agents found wrong.")(list_flags)
    group.command("settle", help="Settle a flag with a word on what was done.")(settle)
    app.add_typer(group, name="article")


def find(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(help="What it is about.")],
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: Json = False,
) -> None:
    from data.knowledge.queries import search_articles

    asked = " ".join(text)
    found = search_articles(desk_of(context), asked, limit)
    if as_json:
        print_json(found)
        return
    if not found:
        raise NotFound(f"No article speaks of “{asked}”.", "Try another word for it; `careline article list` has all.")
    for hit in found:
        print_lines([f"{hit.slug}  {hit.title}", f"    {hit.excerpt}"])


def list_articles(
    context: typer.Context,
    kind: Annotated[str, typer.Option(help="plan, promotion, policy or procedure.")] = "",
    due: Annotated[bool, typer.Option("--due", help="Only those that are to be reviewed.")] = False,
    as_json: Json = False,
) -> None:
    from data.knowledge.queries import articles
    from data.knowledge.rules import ArticleKind

    if kind and kind not in list(ArticleKind):
        raise Misused(f"“{kind}” is no kind of article.", f"Say one of {', '.join(ArticleKind)}.")
    found = [row for row in articles(desk_of(context), ArticleKind(kind) if kind else None) if row.due or not due]
    if as_json:
        print_json(found)
        return
    for row in found:
        signs = " · ".join(filter(None, ("to be reviewed" * row.due, f"{row.flags} flagged" if row.flags else "")))
        print_lines([f"{row.slug:<34} {row.kind:<10} {row.title}{f'  ({signs})' if signs else ''}"])
    print_lines([f"{counted(len(found), 'article')}."])


def show(
    context: typer.Context,
    slug: Slug,
    on: Annotated[str, typer.Option(metavar=DAY, help="As it held on that day.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Its draft, where it has one.")] = False,
    as_json: Json = False,
) -> None:
    from data.knowledge.queries import article

    found = article(desk_of(context), slug, read_day(on), draft=draft)
    if as_json:
        print_json(found)
        return
    until = f" until {found.effective_to:%m-%d-%Y}" if found.effective_to else ""
    state = "archived" if found.archived else "published" if found.published else "draft"
    held = f"{found.kind} · version {found.number}, {state} · from {found.effective_from:%m-%d-%Y}{until}"
    print_lines([found.title, held, f"owner {found.owner}", "", *found.body.splitlines()])


def take(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="A folder with one .md file an article.")] = None,
    shipped: Annotated[bool, typer.Option("--shipped", help="The articles that come with Careline.")] = False,
    as_json: Json = False,
) -> None:
    from data.knowledge.actions import take_articles
    from data.knowledge.folders import read_folder, shipped_articles

    if (folder is None) is not shipped:
        raise Misused("Say what to import: a folder, or --shipped.", "`careline article import FOLDER`.")
    drafts, rejected = read_folder(folder) if folder else (shipped_articles(), [])
    taken = take_articles(desk_of(context), drafts, rejected)
    _tell_taken(taken, as_json)
    raise typer.Exit(1 if taken.rejected else 0)


def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="An empty folder, or one that is not there yet.")],
    as_json: Json = False,
) -> None:
    from data.knowledge.folders import write_folder
    from data.knowledge.queries import article, articles

    desk = desk_of(context)
    written = write_folder((article(desk, row.slug) for row in articles(desk)), folder)
    tell({"folder": str(folder), "written": written}, f"{counted(written, 'article')} written into {folder}.", as_json)


def publish(context: typer.Context, slug: Slug, as_json: Json = False) -> None:
    from data.knowledge.actions import publish_article

    _tell(publish_article(desk_of(context), slug), as_json)


def archive(
    context: typer.Context,
    slug: Slug,
    back: Annotated[bool, typer.Option("--back", help="Into lists and searches again.")] = False,
    as_json: Json = False,
) -> None:
    from data.knowledge.actions import archive_article

    _tell(archive_article(desk_of(context), slug, back=back), as_json)


def flag(
    context: typer.Context,
    slug: Slug,
    text: Annotated[str, typer.Argument(help="What is wrong.")],
    as_json: Json = False,
) -> None:
    from data.knowledge.actions import flag_article

    _tell(flag_article(desk_of(context), slug, text), as_json)


def list_flags(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="Only of this article.")] = "",
    settled: Annotated[bool, typer.Option("--all", help="Those that are settled, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.knowledge.queries import flags

    desk = desk_of(context)
    found = flags(desk, slug, settled=settled)
    if as_json:
        print_json(found)
        return
    for one in found:
        at = f"{one.flagged_at.astimezone(desk.agent.zone):%m-%d-%Y}"
        print_lines([f"{one.id:>4}  {at}  {one.slug}, version {one.version} · {one.agent}: {one.text}"])
        if one.answer:
            print_lines([f"      → {one.answer}"])
    print_lines([f"{len(found):,} flagged."])


def settle(
    context: typer.Context,
    flag: Annotated[int, typer.Argument(help="The flag's number.")],
    answer: Annotated[str, typer.Argument(help="What was done about it.")],
    as_json: Json = False,
) -> None:
    from data.knowledge.actions import settle_flag

    _tell(settle_flag(desk_of(context), flag, answer), as_json)


def _tell(article: ArticleView, as_json: bool) -> None:
    if as_json:
        print_json(article)
        return
    state = "archived" if article.archived else "published" if article.published else "a draft"
    open_flags = f" {article.flags} flagged." if article.flags else ""
    print_lines([f"“{article.title}”, version {article.number}, is {state}.{open_flags}"])


def _tell_taken(taken: Taken, as_json: bool) -> None:
    if as_json:
        print_json(asdict(taken))
        return
    print_lines(f"  {name}: {why}" for name, why in taken.rejected)
    print_lines(
        [
            f"{len(taken.added):,} added, {len(taken.updated):,} updated, {len(taken.unchanged):,} unchanged, "
            f"{len(taken.rejected):,} rejected."
        ]
    )
