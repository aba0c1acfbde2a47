"""The audit's chain: whatever is done to the file behind Careline's back, verifying it says so."""

from __future__ import annotations

import json
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import given
from hypothesis import strategies as st

from console.command_line import run
from data.agents.rules import Permission
from data.audit import chain_the_rest, new_key
from data.audit.chain import GENESIS, Link, hash_after
from data.audit.queries import audit_events
from data.audit.verifying import End, check, verify
from data.desk import Desk, action, open_desk
from data.errors import Misused, Refused
from data.store import Store, open_store
from tests.builders import add_customer
from tests.conftest import NOW

EVENTS = 8
UNIX = datetime(1970, 1, 1, tzinfo=UTC)


@action("test.chained", needs=Permission.READ_ACCOUNTS)
def do(desk: Desk, account_id: int | None = None, **facts: Any) -> None:
    desk.event.tell(account_id=account_id, **facts)


@pytest.fixture
def chained(admin: Desk) -> Desk:
    """An administrator's desk at a store with EVENTS events: the first is its founding."""
    for number in range(EVENTS - 1):
        do(admin, number=number, name="Zoë «Ó»")
    return admin


def tamper(desk: Desk, *statements: str) -> None:
    """What someone does who has the file and a SQLite of their own."""
    guards = "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'audit_event_%' AND type = 'trigger'"
    with closing(sqlite.connect(str(desk.store.path), isolation_level=None)) as connection:
        kept = connection.execute(guards).fetchall()
        for name, _ in kept:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in (*statements, *(sql for _, sql in kept)):
            connection.execute(statement)


@given(st.timedeltas(timedelta(), timedelta(days=80_000)), st.timedeltas(timedelta(milliseconds=1), timedelta(days=9)))
def test_the_key_of_a_later_event_stands_behind_and_says_when_it_was_made(past: timedelta, later: timedelta) -> None:
    key = uuid.UUID(new_key(UNIX + past))
    assert (key.version, key.variant) == (7, uuid.RFC_4122)
    assert timedelta() <= past - timedelta(milliseconds=key.int >> 80) < timedelta(milliseconds=1)
    assert key.hex < new_key(UNIX + past + later)


def test_no_two_keys_of_one_moment_are_the_same() -> None:
    assert len({new_key(NOW) for _ in range(1000)}) == 1000


def test_an_untouched_audit_is_whole(chained: Desk) -> None:
    verdict = verify(chained)
    assert (verdict.whole, verdict.events, verdict.end.event_id) == (True, EVENTS, EVENTS)


PUT_IN = (
    "INSERT INTO audit_event (key, at, agent, action, detail, hash)"
    " SELECT 'forged', at, agent, 'forged', detail, hash FROM audit_event WHERE id = 3"
)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit_event SET agent = 'lead03' WHERE id = 4", ["Event 4 was changed."]),
        ("UPDATE audit_event SET detail = '{}' WHERE id = 8", ["Event 8 was changed."]),
        ("UPDATE audit_event SET at = '2026-11-22 14:59:59.000000' WHERE id = 1", ["Event 1 was changed."]),
        ("UPDATE audit_event SET hash = '' WHERE id = 5", ["Event 5 was changed.", "Event 6 was changed."]),
        (
            "UPDATE audit_event SET id = 9 WHERE id = 4",
            ["Event 4 is missing.", "Event 9 was put in from outside."],
        ),
        ("DELETE FROM audit_event WHERE id = 4", ["Event 4 is missing."]),
        ("DELETE FROM audit_event WHERE id < 4", ["Events 1 to 3 are missing."]),
        ("DELETE FROM audit_event WHERE id > 5", ["Events 6 to 8 are missing at the end."]),
        ("DELETE FROM audit_event", ["Events 1 to 8 are missing at the end."]),
        (PUT_IN, ["Event 9 was put in from outside."]),
        ("DELETE FROM audit_head", ["The note of where the audit ends is missing."]),
        (f"UPDATE audit_head SET hash = '{GENESIS}'", ["Event 8 is not the one that was noted as the end."]),
    ],
)
def test_what_was_done_to_it_is_told(chained: Desk, statement: str, told: list[str]) -> None:
    tamper(chained, statement)
    assert verify(chained).problems == told


def test_an_event_put_in_is_still_known_when_work_has_gone_on(chained: Desk) -> None:
    tamper(chained, PUT_IN)
    do(chained, after=True)
    do(chained, after=True)
    assert verify(chained).problems == ["Event 9 was put in from outside."]


def test_a_cut_off_end_is_still_known_when_work_has_gone_on(chained: Desk) -> None:
    tamper(chained, "DELETE FROM audit_event WHERE id > 6")
    do(chained, after=True)
    assert verify(chained).problems == ["Events 7 to 8 are missing."]


def test_without_the_note_of_its_end_work_goes_on_and_the_place_is_known(chained: Desk) -> None:
    tamper(chained, "DELETE FROM audit_head")
    do(chained, after=True)
    assert verify(chained).problems == ["Event 9 was changed."]


def test_an_audit_that_was_made_anew_is_known_by_an_end_noted_elsewhere(chained: Desk) -> None:
    noted = verify(chained).end
    before, anew = GENESIS, []
    with chained.store.raw() as connection:
        for row in connection.execute("SELECT id, key, at, agent, action, account_id, detail FROM audit_event"):
            link = Link(*row)._replace(agent="nobody")
            before = hash_after(before, link)
            anew.append(f"UPDATE audit_event SET agent = 'nobody', hash = '{before}' WHERE id = {link.id}")
    tamper(chained, *anew, f"UPDATE audit_head SET hash = '{before}'")
    assert verify(chained).whole
    assert verify(chained, [noted]).problems == [
        f"Event {EVENTS} is not the one that was noted elsewhere: the audit was made anew."
    ]


def test_careline_itself_can_neither_change_nor_delete_an_event(chained: Desk) -> None:
    for statement in ("UPDATE audit_event SET agent = 'x' WHERE id = 2", "DELETE FROM audit_event WHERE id = 2"):
        with (
            pytest.raises(sqlite.DatabaseError, match="the audit only grows"),
            closing(sqlite.connect(str(chained.store.path))) as connection,
        ):
            connection.execute(statement)


def test_guards_that_are_gone_are_told(chained: Desk) -> None:
    with closing(sqlite.connect(str(chained.store.path))) as connection:
        connection.execute("DROP TRIGGER audit_event_remains")
    assert verify(chained).problems == ["The triggers that keep events from being changed are gone."]


def test_a_clock_that_was_set_back_is_told_and_breaks_nothing(store: Store) -> None:
    times = [NOW, NOW + timedelta(days=3), NOW - timedelta(days=3), NOW]
    desk = open_desk(store, "admin01", clock=lambda: times[0])
    for _ in range(3):
        times.pop(0)
        do(desk)
    verdict = verify(desk)
    assert verdict.whole
    assert verdict.remarks == ["Event 3 says an earlier time than the one before: a clock was set back."]


def test_events_of_before_there_was_a_chain_are_chained(chained: Desk) -> None:
    path = chained.store.path
    chained.store.close()
    with closing(sqlite.connect(str(path), isolation_level=None)) as connection:
        for trigger in ("audit_event_stays", "audit_event_remains"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE audit_event SET hash = ''")
        connection.execute("DELETE FROM audit_head")
        chain_the_rest(connection)
    opened = open_store(path)
    problems = verify(open_desk(opened, "admin01")).problems
    opened.close()
    assert problems == ["The triggers that keep events from being changed are gone."]


@given(st.lists(st.tuples(st.text(max_size=5), st.integers(0, 3)), min_size=2, max_size=9), st.data())
def test_any_one_event_changed_taken_out_or_exchanged_is_known(
    told: list[tuple[str, int]], data: st.DataObject
) -> None:
    chain, before = [], GENESIS
    for number, (text, account) in enumerate(told, start=1):
        link = Link(number, f"key{number}", "2026-11-22", "agent07", text, account, "{}")
        before = hash_after(before, link)
        chain.append((link, before))
    head = End(len(chain), before)
    assert check(chain, head).whole
    at = data.draw(st.integers(0, len(chain) - 1))
    link, own = chain[at]
    assert not check([*chain[:at], (link._replace(agent="x"), own), *chain[at + 1 :]], head).whole
    assert not check([*chain[:at], *chain[at + 1 :]], head).whole
    assert not check([*chain[:at], (link._replace(agent="x"), hash_after(own, link)), *chain[at + 1 :]], head).whole


def test_only_who_may_reads_the_audit(desk: Desk) -> None:
    with pytest.raises(Refused, match="may not read the audit"):
        audit_events(desk)
    with pytest.raises(Refused, match="may not read the audit"):
        verify(desk)


def test_events_are_found_by_account_agent_time_and_words(chained: Desk, desk: Desk) -> None:
    add_customer(chained, "SV000777", last_name="Ng")  # the first account
    do(desk, 1, reason="100% _sure")
    newest = audit_events(chained, account="sv000777")
    assert [(event.account, event.agent) for event in newest] == [("SV000777", "agent07")]
    assert [event.agent for event in audit_events(chained, agent="AGENT07")] == ["agent07"]
    assert audit_events(chained, words="0% _SURE 777") == newest
    assert audit_events(chained, words="nothing") == ()
    assert audit_events(chained, since=NOW + timedelta(seconds=1)) == ()
    assert len(audit_events(chained, limit=3)) == 3


DAYS = ("11-22-2026", "2026-11-22", "11-22-2026T14:30", "11-22-2026 14:30", "2026-11-22T14:30+01:00")
SINCE = [(["show", "--since", day], 0) for day in DAYS]


@pytest.mark.parametrize(("words", "code"), [(["show"], 0), (["verify"], 0), (["show", "--since", "soon"], 2), *SINCE])
def test_the_command_tells_the_right_code(chained: Desk, words: list[str], code: int) -> None:
    assert run(["--store", str(chained.store.path), "--agent", "admin01", "audit", *words]) == code


def test_the_command_prints_what_programs_read(chained: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    def careline(*words: str) -> int:
        return run(["--store", str(chained.store.path), "audit", *words])

    assert careline("verify", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["whole"], told["events"], told["problems"]) == (True, EVENTS, [])
    assert careline("show", "--json", "--limit", "1") == 0
    assert json.loads(capsys.readouterr().out)[0]["action"] == "test.chained"
    assert careline("verify", "--noted", told["end"]) == 0
    tamper(chained, "DELETE FROM audit_event WHERE id = 4")
    assert careline("verify") == 3
    out = capsys.readouterr().out
    assert "Event 4 is missing." in out
    assert "The audit is not as it was written." in out


def test_an_end_that_is_none_is_misuse() -> None:
    with pytest.raises(Misused):
        End.parse("7")
