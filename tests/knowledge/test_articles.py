"""Articles: what was true on a day stays true for it; leads publish, agents say what is wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.desk import Desk
from data.errors import Invalid, NotFound, Refused
from data.knowledge.actions import (
    archive_article,
    flag_article,
    publish_article,
    settle_flag,
    take_articles,
    write_article,
)
from data.knowledge.queries import article, article_about, articles, flags, search_articles, versions
from data.knowledge.rules import ArticleKind, Span, holds_on
from tests.knowledge.conftest import TODAY, draft


def test_an_article_holds_from_its_day_on(lead: Desk) -> None:
    write_article(lead, draft(body="Ten days."), publish=True)
    write_article(lead, draft(body="Twenty days.", effective_from=TODAY + timedelta(1)), "clone-a-case", publish=True)
    assert article(lead, "clone-a-case").body == "Ten days."
    assert article(lead, "clone-a-case", TODAY + timedelta(1)).body == "Twenty days."
    assert [hit.excerpt for hit in search_articles(lead, "days")] == ["Ten days."]
    assert [view.number for view in versions(lead, "clone-a-case")] == [2, 1]


def test_days_that_have_passed_keep_what_was_true_then(lead: Desk) -> None:
    begun = TODAY - timedelta(90)
    first, second = (draft(body=body, effective_from=begun) for body in ("Ten days.", "Twenty days."))
    write_article(lead, first, publish=True)
    for taken in ("updated", "unchanged"):
        assert getattr(take_articles(lead, [("clone-a-case", second)]), taken) == ("clone-a-case",)
    assert article(lead, "clone-a-case").body == "Twenty days."
    assert article(lead, "clone-a-case", TODAY - timedelta(1)).body == "Ten days."
    assert article(lead, "clone-a-case", begun).body == "Ten days."
    assert [row.title for row in articles(lead)] == ["Clone a case"]
    assert take_articles(lead, [("clone-a-case", first)]).updated == ("clone-a-case",)


def test_a_draft_is_read_by_nobody_until_it_is_published(lead: Desk) -> None:
    write_article(lead, draft(body="As it is."), publish=True)
    write_article(lead, draft(body="As it will be."), "clone-a-case")
    assert article(lead, "clone-a-case").body == "As it is."
    assert article(lead, "clone-a-case", draft=True).body == "As it will be."
    assert not search_articles(lead, "will")
    write_article(lead, draft(body="As it will be, mended."), "clone-a-case")
    assert publish_article(lead, "clone-a-case").body == "As it will be, mended."
    with pytest.raises(Refused, match="no draft"):
        publish_article(lead, "clone-a-case")


def test_a_draft_is_for_those_who_write_and_for_nobody_else(desk: Desk, lead: Desk) -> None:
    written = draft(body="As it will be.", topics=("case.clone",))
    write_article(lead, written)
    assert article(lead, "clone-a-case").body == "As it will be."
    assert article_about(lead, ["case.clone"]) is None
    for read in (article, versions, lambda who, slug: flag_article(who, slug, "Wrong.")):
        with pytest.raises(NotFound):
            read(desk, "clone-a-case")
    assert take_articles(lead, [("clone-a-case", written)]).updated == ("clone-a-case",)
    write_article(lead, draft(body="And later."), "clone-a-case")
    assert article(desk, "clone-a-case", draft=True).body == "As it will be."
    assert [view.number for view in versions(desk, "clone-a-case")] == [1]


def test_a_draft_brings_no_archived_article_back(lead: Desk) -> None:
    write_article(lead, draft(), publish=True)
    archive_article(lead, "clone-a-case")
    write_article(lead, draft(body="As it will be."), "clone-a-case")
    assert not articles(lead) and not search_articles(lead, "clone")
    publish_article(lead, "clone-a-case")
    assert [row.slug for row in articles(lead)] == ["clone-a-case"]


def test_an_agent_reads_and_flags_but_does_not_write(desk: Desk, lead: Desk) -> None:
    write_article(lead, draft(), publish=True)
    with pytest.raises(Refused, match="may not write"):
        write_article(desk, draft("Mine"))
    assert flag_article(desk, "clone-a-case", "The key is K.").flags == 1
    (flag,) = flags(lead)
    assert (flag.agent, flag.text, flag.version) == ("agent07", "The key is K.", 1)
    assert articles(desk)[0].flags == 1
    assert settle_flag(lead, flag.id, "Mended.").flags == 0
    with pytest.raises(Refused, match="settled already"):
        settle_flag(lead, flag.id, "Again.")
    with pytest.raises(Invalid):
        flag_article(desk, "clone-a-case", " \n ")


def test_an_archived_article_is_found_by_its_name_only(lead: Desk) -> None:
    write_article(lead, draft(topics=("case.clone",)), publish=True)
    archive_article(lead, "clone-a-case")
    assert not articles(lead) and not search_articles(lead, "clone") and article_about(lead, ["case.clone"]) is None
    assert article(lead, "clone-a-case").archived
    archive_article(lead, "clone-a-case", back=True)
    assert search_articles(lead, "clone")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "!!!"}, "title"),
        ({"body": "\n"}, "body"),
        ({"body": "x" * 50_001}, "body"),
        ({"effective_to": date(2025, 12, 31)}, "effective_to"),
        ({"review_on": date(2025, 12, 31)}, "review_on"),
    ],
)
def test_what_cannot_be_is_told_by_field_and_nothing_is_kept(lead: Desk, facts: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        write_article(lead, draft(**facts), publish=True)  # type: ignore[arg-type]
    assert field in refused.value.fields
    assert not articles(lead)


def test_what_is_refused_leads_to_its_article(desk: Desk, lead: Desk) -> None:
    write_article(lead, draft(topics=("article",)), publish=True)
    with pytest.raises(NotFound) as refused:
        flag_article(desk, "nothing-such", "Wrong.")
    assert refused.value.about == "article.flag"
    assert article_about(desk, [refused.value.about]) == "clone-a-case"
    assert article_about(desk, ["", "credit.ocr"]) is None


@pytest.mark.parametrize(
    "typed",
    ["clone", "clon", "cloning", "clonning", "clome a case", "klone", "CLOSED", "how do i clone a case", "case closed"],
)
def test_a_slip_in_a_word_is_forgiven(lead: Desk, typed: str) -> None:
    write_article(lead, draft(), publish=True)
    write_article(lead, draft("Release Agreement", "A credit of $200 needs one."), publish=True)
    assert [hit.slug for hit in search_articles(lead, typed)][:1] == ["clone-a-case"]


def test_the_title_counts_most_and_what_matched_is_marked(lead: Desk) -> None:
    write_article(lead, draft("Other", "Speak of a pin, and a pin."), publish=True)
    write_article(lead, draft("Temporary PIN", "Six digits, sent to the [phone](x) of record."), publish=True)
    first, second = search_articles(lead, "pin")
    assert (first.slug, second.slug) == ("temporary-pin", "other")
    assert [second.excerpt[begin:end] for begin, end in second.marks] == ["pin", "pin"]
    assert first.excerpt == "Six digits, sent to the phone of record."


def test_a_slip_in_a_word_whose_stem_has_a_stem_of_its_own(lead: Desk) -> None:
    write_article(lead, draft("Release Agreement", "A credit of $200 needs one."), publish=True)
    assert search_articles(lead, "releese")


@pytest.mark.parametrize("typed", ["", " ", "!!!", '"', "a OR", "NEAR(", "x*y:z", "\x00", "'; DROP TABLE article"])
def test_whatever_is_typed_is_words_and_never_a_query(lead: Desk, typed: str) -> None:
    write_article(lead, draft(), publish=True)
    assert isinstance(search_articles(lead, typed), tuple)


def test_taking_the_same_folder_twice_changes_nothing(lead: Desk) -> None:
    files = [("clone-a-case", draft()), ("Not A Slug", draft("Other"))]
    first = take_articles(lead, files, [("x.md", "it is empty")])
    assert (first.added, len(first.rejected)) == (("clone-a-case",), 2)
    again = take_articles(lead, files)
    assert (again.added, again.updated, again.unchanged) == ((), (), ("clone-a-case",))
    changed = take_articles(lead, [("clone-a-case", draft(body="Other words.", kind=ArticleKind.POLICY))])
    assert changed.updated == ("clone-a-case",)
    assert len(versions(lead, "clone-a-case")) == 2


def test_what_a_lead_still_writes_at_is_not_written_over_by_a_folder(lead: Desk, admin: Desk) -> None:
    write_article(lead, draft(), publish=True)
    begun = write_article(lead, draft(body="Half a sen", topics=("case.clone",)), "clone-a-case")
    files = [("clone-a-case", draft(body="From the folder.")), ("other", draft("Other"))]
    taken = take_articles(admin, files)
    assert (taken.added, taken.updated, [slug for slug, _ in taken.rejected]) == (("other",), (), ["clone-a-case"])
    assert taken.rejected[0][1].startswith("lead03 has a draft of it, of 11-22-2026, that this would write over.")
    assert article(lead, "clone-a-case", draft=True) == begun
    publish_article(lead, "clone-a-case")
    assert take_articles(admin, files).updated == ("clone-a-case",)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
spans = st.lists(st.tuples(days, st.none() | days), max_size=6).map(
    lambda pairs: [Span(number, start, end) for number, (start, end) in enumerate(pairs, 1)]
)


@given(spans, days)
def test_on_any_day_the_latest_begun_version_holds(given_spans: list[Span], day: date) -> None:
    held = holds_on(given_spans, day)
    lawful = {span.number: span.start for span in given_spans if span.start <= day <= (span.end or day)}
    assert (held is None) is (not lawful)
    assert held is None or lawful[held] == max(lawful.values())
