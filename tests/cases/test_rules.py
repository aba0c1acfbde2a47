"""The pure rules of cases: statuses, mentions, tags, time."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cases.pending import Urgency, end_of_day, urgency_of
from data.cases.rules import TRANSITIONS, Status, either, may_become, may_clone, mentioned, tag_text
from data.cases.time import LONGEST_GAP, Span, clock_text, prolonged, worked_seconds
from tests.conftest import NOW

ZONE = ZoneInfo("America/New_York")
STATUSES = st.sampled_from(Status)


@given(st.lists(STATUSES, max_size=30))
def test_a_walk_by_what_is_allowed_stays_within_the_table(wanted: list[Status]) -> None:
    status = Status.NEW
    for step in wanted:
        before = status
        if may_become(status, step) is None:
            status = step
        assert status is before or status in TRANSITIONS[before]
        assert before is not Status.CLOSED or status is Status.CLOSED
        assert status is not Status.NEW or before is Status.NEW
        assert status is not Status.REOPENED or before in (Status.RESOLVED, Status.REOPENED)
        assert (may_clone(status) is None) == (status is Status.CLOSED)


def test_every_status_is_declared_and_all_but_closed_lead_on_to_closed() -> None:
    assert set(TRANSITIONS) == set(Status)
    assert TRANSITIONS[Status.CLOSED] == frozenset()
    assert all(Status.CLOSED in after for status, after in TRANSITIONS.items() if status is not Status.CLOSED)


@given(STATUSES, STATUSES)
def test_a_refusal_always_says_why_and_what_to_do(status: Status, wanted: Status) -> None:
    no = may_become(status, wanted)
    assert (no is None) == (wanted in TRANSITIONS[status])
    assert no is None or (no.reason.endswith(".") and no.remedy.endswith("."))


def test_lists_of_statuses_read_as_a_sentence_does() -> None:
    assert either([Status.NEW, Status.OPEN, Status.CLOSED]) == "New, Open or Closed"
    assert either([Status.CLOSED]) == "Closed"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@lead03 please look", ("lead03",)),
        ("see @Agent07, and @lead03.", ("agent07", "lead03")),
        ("@lead03 @lead03", ("lead03",)),
        ("mail maria@example.com", ()),
        ("10 @ 5 dollars", ()),
        ("(@agent07)", ("agent07",)),
    ],
)
def test_who_is_mentioned(text: str, names: tuple[str, ...]) -> None:
    assert mentioned(text) == names


@pytest.mark.parametrize(("text", "tag"), [("Trade in!", "trade-in"), ("  OST ", "ost"), ("…", ""), ("Año", "año")])
def test_tags_are_written_one_way(text: str, tag: str) -> None:
    assert tag_text(text) == tag


def beats(*gaps: tuple[float, bool]) -> list[Span]:
    """The spans that signs of life make, each so many seconds after the one before, with somebody at work or not."""
    spans: list[Span] = []
    seen = NOW
    for gap, active in gaps:
        now = seen + timedelta(seconds=gap)
        until, fresh = prolonged(spans[-1] if spans else None, seen, now, active=active)
        if until and fresh:
            spans.append(until)
        elif until:
            spans[-1] = until
        seen = now
    return spans


@pytest.mark.parametrize(
    ("gaps", "seconds", "spans"),
    [
        ([(15, True)] * 4, 60, 1),
        ([(15, True), (15, False), (15, True)], 30, 2),
        ([(15, True), (600, True), (15, True)], 30, 2),
        ([(15, False)] * 4, 0, 0),
        ([(LONGEST_GAP.total_seconds(), True)], 45, 1),
        ([(LONGEST_GAP.total_seconds() + 1, True)], 0, 0),
        ([(0, True)], 0, 0),
        ([], 0, 0),
    ],
)
def test_time_runs_while_somebody_works_and_pauses_by_itself(
    gaps: list[tuple[float, bool]], seconds: int, spans: int
) -> None:
    made = beats(*gaps)
    assert (worked_seconds(made), len(made)) == (seconds, spans)


@given(st.lists(st.tuples(st.floats(0, 200), st.booleans()), max_size=40))
def test_time_counted_is_what_was_active_between_near_signs(gaps: list[tuple[float, bool]]) -> None:
    rounded = [(round(gap), active) for gap, active in gaps]
    expected = sum(gap for gap, active in rounded if active and gap <= LONGEST_GAP.total_seconds())
    assert worked_seconds(beats(*rounded)) == expected


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=20))
def test_what_two_windows_share_counts_once(pairs: list[tuple[int, int]]) -> None:
    spans = [(NOW + timedelta(seconds=min(pair)), NOW + timedelta(seconds=max(pair))) for pair in pairs]
    covered = {second for low, high in map(sorted, pairs) for second in range(low, high)}
    assert worked_seconds(spans) == len(covered)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (65, "1:05"), (3725, "1:02:05"), (360_000, "100:00:00")])
def test_a_duration_reads_as_a_clock(seconds: int, text: str) -> None:
    assert clock_text(seconds) == text


@pytest.mark.parametrize(
    ("due", "on_others", "urgency"),
    [
        (timedelta(seconds=-1), False, Urgency.OVERDUE),
        (timedelta(), True, Urgency.OVERDUE),
        (timedelta(seconds=1), True, Urgency.DUE_TODAY),
        (timedelta(hours=14) - timedelta(seconds=1), False, Urgency.DUE_TODAY),  # 10:00 in New York
        (timedelta(hours=14), False, Urgency.ON_ME),
        (timedelta(hours=14), True, Urgency.ON_OTHERS),
        (None, False, Urgency.ON_ME),
        (None, True, Urgency.ON_OTHERS),
    ],
)
def test_how_urgent_something_is(due: timedelta | None, on_others: bool, urgency: Urgency) -> None:
    due_at = NOW + due if due is not None else None
    assert urgency_of(due_at, NOW, end_of_day(NOW, ZONE), on_others=on_others) is urgency


@pytest.mark.parametrize(
    ("day", "hours"), [((2026, 3, 8), 23), ((2026, 11, 1), 25), ((2026, 7, 1), 24)], ids=["spring", "autumn", "summer"]
)
def test_today_ends_at_midnight_however_long_the_day(day: tuple[int, int, int], hours: int) -> None:
    midnight = datetime(*day, tzinfo=ZONE)
    assert end_of_day(midnight, ZONE).timestamp() - midnight.timestamp() == hours * 3600
