"""The demo's cases: lived in, lawful, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from data.cases.dashboard import pending, team_load
from data.cases.filters import CaseFilter, list_cases
from data.cases.pending import Urgency
from data.cases.queries import case
from data.cases.rules import TRANSITIONS, Category, EntryKind, Status
from data.demo import make_demo
from data.demo.cases import ODDS, WAYS
from data.desk import Desk, open_desk
from data.store import Store
from tests.conftest import NOW


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = make_demo(tmp_path_factory.mktemp("demo") / "demo.store", customers=400, now=NOW)
    yield store
    store.close()


@pytest.fixture
def jo(demo: Store) -> Desk:
    return open_desk(demo, "agent07", clock=lambda: NOW)


def test_cases_come_the_way_that_the_rules_allow() -> None:
    assert set(WAYS) == set(Status)
    assert len(ODDS) == len(Status)
    for status, way in WAYS.items():
        assert all(after in TRANSITIONS[before] for before, after in pairwise((Status.NEW, *way)))
        assert (way or (Status.NEW,))[-1] is status


def test_the_first_agent_has_cases_in_every_status_and_every_group(jo: Desk) -> None:
    mine = list_cases(jo, CaseFilter(owner="me"))
    assert {row.status for row in mine} == set(Status)
    assert {row.name for row in mine} >= {"Orphan Account", "Maria Alvarez"}
    assert {item.kind.value for item in pending(jo).items} >= {"case", "task", "mention"}
    assert all(count for count in pending(jo).counts.values())
    due_today = [item for item in pending(jo).items if item.urgency is Urgency.DUE_TODAY]
    assert {item.kind.value for item in due_today} == {"case", "task"}


def test_the_case_that_guides_tell_of_is_there_to_be_cloned(jo: Desk) -> None:
    view = case(jo, "01013864")
    assert (view.status, view.category, view.name) == (Status.CLOSED, Category.PROMOTION, "Maria Alvarez")
    assert view.subject == "Expected both phones to be free"
    assert view.worked > 0
    assert [link.how for link in view.links] == ["linked"]
    assert [entry.kind for entry in view.timeline].count(EntryKind.ICCI) == 1


def test_numbers_and_entries_follow_the_time(jo: Desk) -> None:
    rows = list_cases(jo)
    assert [row.opened_at for row in rows] == sorted((row.opened_at for row in rows), reverse=True)
    for row in rows[:20]:
        times = [entry.at for entry in case(jo, row.number).timeline]
        assert times == sorted(times, reverse=True)
        assert all(moment <= NOW for moment in (*times, row.changed_at))


def test_others_have_work_too_and_one_case_was_cloned(jo: Desk) -> None:
    lead = open_desk(jo.store, "lead03", clock=lambda: NOW)
    assert sum(load.cases > 0 for load in team_load(lead)) >= 5
    hows = Counter(link.how for row in list_cases(jo) for link in case(jo, row.number).links)
    assert hows["cloned as"] == hows["cloned from"] == 1
