"""What the store promises to whoever writes into it: all of an action or nothing, and never lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select

from data import desk as desks
from data import store as stores
from data.agents.rules import Permission
from data.audit import AuditEvent
from data.customers.tables import Account, Customer
from data.desk import Desk, action, open_desk
from data.errors import Refused, StoreTrouble
from data.operators.tables import CustomRule
from data.schema import METADATA
from data.store import Store
from data.store_faults import SCHEMA_VERSION
from tests.builders import add_customer
from tests.stores import count, everything, note


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
def test_the_migrations_make_what_the_models_say(store: Store) -> None:
    def of_the_models(name: str | None, kind: str, parents: object) -> bool:
        """Not what search is made of, which no model describes."""
        return not (kind in ("table", "index") and (name or "").startswith(("search_", "article_text", "article_word")))

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": of_the_models})
        assert compare_metadata(context, METADATA) == []


def test_the_store_knows_its_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "data:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA_VERSION


def test_every_table_is_strict(store: Store) -> None:
    with store.raw() as connection:
        rows = connection.execute("PRAGMA table_list").fetchall()
    loose = {row[1] for row in rows if row[0] == "main" and row[2] == "table" and not row[5]}
    assert loose - {"sqlite_schema", "sqlite_sequence", "alembic_version"} == set()
    assert {"customer", "line", "audit_event"} <= {row[1] for row in rows if row[5]}


def test_a_strict_column_takes_only_what_it_is_for(store: Store) -> None:
    with pytest.raises(IntegrityError, match="cannot store TEXT"), store.writing() as session:
        session.connection().execute(text("UPDATE operator SET next_account = 'many'"))


def test_every_connection_keeps_what_it_acknowledges(store: Store) -> None:
    meant = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    for session in (store.reading(), store.writing()):
        with session as opened:
            found = {name: opened.connection().execute(text(f"PRAGMA {name}")).scalar() for name in meant}
        assert found == meant


def test_a_row_that_names_a_missing_one_is_not_taken(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        session.add(Account(customer_id=12345, number="X1", status="active", opened_on=date(2026, 1, 2)))


def test_a_finished_action_leaves_its_rows_and_one_event(desk: Desk) -> None:
    before = count(desk)
    note(desk, "one")
    assert count(desk) == before + 1
    with desk.reading() as session:
        told = session.exec(select(AuditEvent).order_by(col(AuditEvent.id).desc())).first()
    assert told is not None
    assert (told.action, told.agent, told.detail, told.at) == ("test.note", "agent07", '{"name":"one"}', desk.now())


def test_an_action_that_raises_leaves_no_trace(desk: Desk) -> None:
    add_customer(desk)
    before = everything(desk.store)
    with pytest.raises(Refused):
        note(desk, "half", fail=True)
    assert everything(desk.store) == before


def test_an_action_that_a_constraint_stops_leaves_no_trace(desk: Desk) -> None:
    note(desk, "one")
    events, customers = count(desk), count(desk, Customer)
    with pytest.raises(IntegrityError):
        note(desk, "one")
    assert (count(desk), count(desk, Customer)) == (events, customers)


def test_an_action_that_passes_over_a_failure_leaves_no_trace(desk: Desk) -> None:
    @action("test.pass_over", needs=Permission.READ_ACCOUNTS)
    def pass_over(desk: Desk) -> None:
        desk.session.add_all([CustomRule(name="twice", value=""), CustomRule(name="twice", value="")])
        with suppress(IntegrityError):
            desk.session.flush()
        desk.session.rollback()

    before = everything(desk.store)
    with pytest.raises(RuntimeError, match="undone"):
        pass_over(desk)
    assert everything(desk.store) == before


def test_a_refusal_for_want_of_permission_names_who_may(desk: Desk) -> None:
    @action("test.administer", needs=Permission.ADMINISTER)
    def administer(desk: Desk) -> None:
        raise AssertionError("it must not run")

    with pytest.raises(Refused) as refused:
        administer(desk)
    assert refused.value.reason == "An agent may not administer the store."
    assert refused.value.remedy == "Ask an administrator."


def test_a_reader_keeps_its_snapshot_while_another_writes(desk: Desk) -> None:
    with desk.reading() as session:
        before = session.exec(select(func.count()).select_from(Customer)).one()
        note(desk, "meanwhile")
        assert session.exec(select(func.count()).select_from(Customer)).one() == before
    assert count(desk, Customer) == before + 1


WRITER = """
import sys
import threading
from data.desk import open_desk
from tests.stores import note
desk = open_desk(sys.argv[1], "agent07")
print("ready", flush=True)
sys.stdin.readline()
for number in range(25):
    note(desk, f"{sys.argv[2]}-{number}")
    print(number, flush=True)
"""


def test_four_programs_that_write_at_once_lose_nothing(store: Store, desk: Desk) -> None:
    before = count(desk)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(store.path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "abcd"
    ]
    for writer in writers:
        assert writer.stdout and writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    acknowledged = [writer.communicate()[0].split() for writer in writers]
    assert acknowledged == [[str(number) for number in range(25)]] * 4
    assert count(desk) == before + 100
    assert count(desk, CustomRule) == 100


def test_a_busy_store_is_asked_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stores.SETTINGS, "busy_timeout", 0)
    store.engine.dispose()
    desk = open_desk(store, "agent07")
    once, tries = desks._once, []

    def letting_go_at_the_second_try(*args: Any) -> Any:
        tries.append(args)
        if len(tries) == 2:
            other.execute("ROLLBACK")
        return once(*args)

    monkeypatch.setattr(desks, "_once", letting_go_at_the_second_try)
    with store.raw() as other:
        other.execute("BEGIN IMMEDIATE")
        note(desk, "patient")
    assert len(tries) == 2
    assert count(desk, CustomRule) == 1
    assert count(desk, AuditEvent, col(AuditEvent.action) == "test.note") == 1


def test_a_store_that_stays_busy_is_told_in_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stores.SETTINGS, "busy_timeout", 0)
    store.engine.dispose()
    desk = open_desk(store, "agent07")
    with store.raw() as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreTrouble, match="is busy") as trouble:
            note(desk, "in vain")
        other.execute("ROLLBACK")
    assert trouble.value.passing
    assert count(desk, CustomRule) == 0


def test_a_full_disk_keeps_what_was_acknowledged(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.raw() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    monkeypatch.setitem(stores.SETTINGS, "max_page_count", pages + 30)
    store.engine.dispose()
    desk = open_desk(store, "agent07")
    done = 0
    with pytest.raises(StoreTrouble, match="the disk is full"):
        for done in range(1000):
            note(desk, f"{done}", "x" * 2000)
    assert done > 0
    assert count(desk, CustomRule) == done
    with store.raw() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_eight_threads_that_write_take_turns(desk: Desk) -> None:
    """None of them waits as long as SQLite's own wait would have some wait."""
    before = count(desk)
    done: list[int] = []

    def write(who: int) -> None:
        for number in range(60):
            note(desk, f"{who}-{number}")
            done.append(who)

    threads = [threading.Thread(target=write, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(desk) == before + 480
    assert len(set(done[:240])) == 8, "every one of them had its turn before half of the work was done"
