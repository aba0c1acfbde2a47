"""Folders of articles: read with what is no article told apart, and written one file an article."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files as resources
from pathlib import Path

from data.errors import Misused
from data.files import new_file, unread
from data.knowledge import files
from data.knowledge.rules import BODY_LIMIT, Draft
from data.knowledge.views import ArticleView

SUFFIX = ".md"
LARGEST = 8 * BODY_LIMIT  # bytes of a file that is looked into


def read_folder(folder: Path) -> tuple[list[tuple[str, Draft]], list[tuple[str, str]]]:
    """The articles in `folder` as (slug, draft), the slug from the file's name; and (file, why) of what is none.

    Raises Misused where there is no such folder, or none of its files ends with .md.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file())
    except (FileNotFoundError, NotADirectoryError):
        raise Misused(f"{folder} is no folder.", "Name a folder with one .md file for each article.") from None
    except OSError as error:
        raise unread(folder, error, "Name a folder with one .md file for each article.") from None
    if not paths:
        raise Misused(f"There is no {SUFFIX} file in {folder}.", "docs/knowledge.md shows what an article looks like.")
    return _read((path.stem, path.name, _text(path)) for path in paths)


def shipped_articles() -> list[tuple[str, Draft]]:
    """The articles that come with Careline."""
    there = (path for path in resources("data.knowledge").joinpath("articles").iterdir() if path.name.endswith(SUFFIX))
    found, wrong = _read(
        (path.name.removesuffix(SUFFIX), path.name, path.read_text("utf-8"))
        for path in sorted(there, key=lambda path: path.name)
    )
    assert not wrong, wrong
    return found


def write_folder(articles: Iterable[ArticleView], folder: Path) -> int:
    """Writes each article into `folder`, which is made; how many. Raises Misused where a file is there already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misused(f"{folder} can't be made: {error.strerror}.", "Name another folder.") from None
    written = 0
    for article in articles:
        with new_file(folder / f"{article.slug}{SUFFIX}", "Name an empty folder.") as file:
            file.write(files.written(article.draft).encode())
        written += 1
    return written


def _text(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST).decode()
    except (OSError, UnicodeDecodeError):
        return None


def _read(texts: Iterable[tuple[str, str, str | None]]) -> tuple[list[tuple[str, Draft]], list[tuple[str, str]]]:
    found, wrong = [], []
    for slug, name, text in texts:
        if text is None:
            wrong.append((name, "it is not text in UTF-8 that one may read"))
            continue
        try:
            found.append((slug, files.read(text)))
        except files.Unreadable as error:
            wrong.append((name, str(error)))
    return found, wrong
