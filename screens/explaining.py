"""From where one is to the article that explains it: a refusal, a warning, a screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.frame import Frame
    from screens.going import Going
    from screens.ways import Ways

UNEXPLAINED = "No article explains this yet. I opens Infomanager, where you can search for it."


def find_article(screen: Ways, topics: Iterable[str], going: Going) -> None:
    """In a worker: opens the article about the first of `topics` that any explains, or says that there is none."""
    from data.knowledge.queries import article_about

    with screen.on_the_way(going):
        slug = article_about(screen.desk, [topic for topic in topics if topic])
        screen.app.call_from_thread(_show_found, screen, slug, going)


def _show_found(screen: Ways, slug: str, going: Going) -> None:
    if not slug:
        screen.say(UNEXPLAINED)
    elif screen.app.arrive(going):
        show_article(screen, slug)


def show_article(screen: Frame, slug: str) -> None:
    """Opens an article over `screen`."""
    from screens.article import ArticleScreen

    screen.app.push_screen(ArticleScreen(slug))


def topic_of(screen: Frame) -> str:
    """What articles call a screen: "screen.case" for CaseScreen."""
    return f"screen.{type(screen).__name__.removesuffix('Screen').lower()}"
