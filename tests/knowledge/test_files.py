"""Articles as files: what is written is read back; what comes with Careline covers the rules that agents work by."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import data
import screens as screens_package
from data.desk import ACTIONS, Desk
from data.errors import Misused
from data.knowledge.files import Unreadable, read, written
from data.knowledge.folders import read_folder, shipped_articles
from data.knowledge.rules import SLUG, ArticleKind, Draft, tidy, wrong_draft
from data.lifeline.rules import NoticeKind
from data.quiz.builtin import builtin_decks
from tests.shell import typed

words = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)
days = st.dates()
drafts = st.builds(
    Draft,
    title=words,
    kind=st.sampled_from(ArticleKind),
    body=st.text(max_size=200).map(tidy).filter(lambda body: "\n+++" not in f"\n{body}"),
    effective_from=days,
    effective_to=st.none() | days,
    review_on=st.none() | days,
    topics=st.lists(words, max_size=3).map(tuple),
)


@given(drafts)
def test_what_is_written_is_read_back(draft: Draft) -> None:
    assert read(written(draft)) == draft


@given(st.text() | st.text().map(lambda text: f"+++\n{text}\n+++\n"))
def test_no_text_stops_the_reader(text: str) -> None:
    try:
        assert isinstance(read(text), Draft)
    except Unreadable as error:
        assert str(error)


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("", "no title"),
        ('kind = "poem"\ntitle = "A"\neffective = 2026-01-01', "its kind is poem"),
        ('kind = "plan"\neffective = 2026-01-01', "no title"),
        ('kind = "plan"\ntitle = "A"', "no effective day"),
        ('kind = "plan"\ntitle = "A"\neffective = "today"', "its effective is not a day"),
        ('kind = "plan"\ntitle = "A"\neffective = 2026-01-01\ntopics = "x"', "topics"),
        ('kind = "plan"\ntitle = "A"\nauthor = "me"', "has author"),
        ("kind = ", "not TOML"),
    ],
)
def test_what_is_no_article_says_why(heading: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(f"+++\n{heading}\n+++\nText")


def test_the_articles_of_our_own_are_sound_and_lead_to_one_another() -> None:
    articles = dict(shipped_articles())
    assert len(articles) >= 40
    assert all(SLUG.fullmatch(slug) and not wrong_draft(draft) for slug, draft in articles.items())
    topics = [topic for draft in articles.values() for topic in draft.topics]
    assert len(topics) - len(set(topics)) <= 2
    linked = {clue.article for deck in builtin_decks().values() for clue in deck.clues if clue.article}
    assert linked <= set(articles)


@pytest.mark.parametrize(
    "fact",
    ["60 days", "90 days", "105 days", "5 business days", "15 days", "10 business days", "1 business day", "3 years",
     "California", "Oregon", "Texas", "$199.99", "$200", "$499.99", "$500", "$50", "50%", "Orphan Account", "OST",
     "VZ Promo - Recurring & One-Time credits", "36 months", "team lead", "RQ verification", "8051F1AB",
     "TPIV_FAIL_NAME_SSN4", "CANNOT_TRANSFER_WITHIN_60_DAYS", "DUPLICATE_PRIMARY_ADDRESS", "64.2010"],
)  # fmt: skip
def test_every_figure_of_the_trade_stands_in_an_article(fact: str) -> None:
    assert any(fact in draft.body for _, draft in shipped_articles())


Careline = Callable[..., tuple[int, str, str]]


@pytest.fixture
def careline(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Careline:
    """Runs `careline WORDS` as a lead, or another agent: the exit code, what was printed to stdout and to stderr."""

    def call(*given: str, agent: str = "lead03") -> tuple[int, str, str]:
        return typed(capsys, "--store", str(desk.store.path), "--agent", agent, *given)

    return call


def test_a_folder_goes_in_and_comes_out_the_same(careline: Careline, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    draft = Draft(
        "Clone a case", ArticleKind.PROCEDURE, "# One\n\n- two\n  - three", date(2026, 1, 1), topics=("case",)
    )
    (folder / "clone-a-case.md").write_text(written(draft), encoding="utf-8")
    (folder / "broken.md").write_text("no heading", encoding="utf-8")
    code, out, _ = careline("article", "import", str(folder))
    assert code == 1 and "broken.md: it does not begin with a heading" in out and "1 added" in out
    (folder / "broken.md").unlink()
    assert careline("article", "import", str(folder))[:2] == (0, "0 added, 0 updated, 1 unchanged, 0 rejected.\n")
    assert careline("article", "export", str(tmp_path / "out"))[0] == 0
    assert read_folder(tmp_path / "out") == ([("clone-a-case", draft)], [])
    assert careline("article", "export", str(tmp_path / "out"))[0] == 2
    with pytest.raises(Misused):
        read_folder(tmp_path / "none")


def test_the_shipped_articles_are_found_flagged_and_settled(careline: Careline) -> None:
    assert "rejected" in careline("article", "import", "--shipped")[1]
    assert careline("article", "import")[0] == 2
    code, out, _ = careline("article", "find", "releese", "agrement", "--json", agent="agent07")
    assert (code, json.loads(out)[0]["slug"]) == (0, "release-agreement")
    assert careline("article", "find", "zzzzzzzz")[0] == 1
    code, out, _ = careline("article", "show", "cloning-a-case")
    assert code == 0 and out.startswith("Clone a closed case\nprocedure · version 1, published")
    assert careline("article", "show", "cloning-a-case", "--on", "yesterday")[0] == 2
    assert careline("article", "flag", "cloning-a-case", "K is dim.", agent="agent07")[0] == 0
    assert "cloning-a-case, version 1 · agent07: K is dim." in careline("article", "flags")[1]
    assert careline("article", "settle", "1", "It is now.")[0] == 0
    assert careline("article", "archive", "cloning-a-case")[1].endswith("is archived.\n")
    assert careline("article", "list", "--kind", "poem")[0] == 2
    assert careline("article", "list", "--kind", "plan")[1].endswith("3 articles.\n")


def test_every_topic_is_an_action_a_warning_or_a_screen_that_there_is() -> None:
    for room in Path(data.__file__).parent.rglob("*.py"):
        if "@action(" in room.read_text(encoding="utf-8"):
            import_module(".".join(room.relative_to(Path(data.__file__).parent.parent).with_suffix("").parts))
    actions = set(ACTIONS)
    known = actions | {name.partition(".")[0] for name in actions} | {f"notice.{kind}" for kind in NoticeKind}
    screens = {path.stem for path in Path(screens_package.__file__).parent.glob("*.py")}
    for slug, draft in shipped_articles():
        for topic in draft.topics:
            place = topic.removeprefix("screen.")
            assert topic in known or (place != topic and screens & {place, f"{place}s"}), (slug, topic)
