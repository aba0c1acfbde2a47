"""What the audit's chain and encryption cost: the same work with and without, in turn."""

from __future__ import annotations

import json
import random
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from benchmarks.faults.work import desk_at, each_once, make_store, work
from data.audit import Event, record
from data.backups.encrypting import encrypt
from data.columns import utc_text
from data.customers.queries import account
from data.desk import Desk, system_clock
from data.search import search
from data.store import Store, open_store

TWIN = """CREATE TABLE plain_event (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at TEXT NOT NULL,
    agent TEXT NOT NULL, action TEXT NOT NULL, account_id INTEGER, detail TEXT NOT NULL) STRICT"""
INSERT = "INSERT INTO plain_event (key, at, agent, action, account_id, detail) VALUES (?, ?, ?, ?, ?, ?)"
DETAIL = {"case": "01013864", "changed": {"street": "changed", "zip": "changed"}}
Work = Callable[[], object]


def measure(folder: Path, rounds: int) -> Iterator[str]:
    """A line for each cost: medians, and their ratio."""
    path = make_store(folder / "costs.store")
    yield from _chain(path, rounds)
    yield from _encryption(path, rounds)


def _chain(path: Path, rounds: int) -> Iterator[str]:
    """One durable write of one event, chained and not, each in a transaction of its own."""
    store = open_store(path)
    with store.raw() as connection:
        connection.execute(TWIN)
        connection.execute("CREATE INDEX plain_event_account ON plain_event (account_id)")

    def plain() -> None:
        with store.transaction() as opened:
            opened.driver.execute(INSERT, (_key(), utc_text(system_clock()), "agent07", "x", 7, _text()))

    def chained() -> None:
        with store.transaction() as opened:
            record(opened.driver, Event(7, DETAIL), key=_key(), at=system_clock(), agent="agent07", action="x")

    before, after = in_turn(plain, chained, rounds)
    store.close()
    yield f"a durable write of one event: {_ms(before)} without the chain, {_ms(after)} with it: {after / before:.3f}"


def _encryption(path: Path, rounds: int) -> Iterator[str]:
    """The console's own reads and writes at a plain store and at its encrypted twin."""
    desk = desk_at(path)
    secret = desk_at(encrypt(desk, path.with_name("secret.store"), "correct horse battery"))
    opening = in_turn(lambda: _open_anew(path), lambda: _open_anew(secret.store.path), 40)
    kinds: dict[str, tuple[Callable[[Desk], Work], int]] = {
        "an action, saved": (_acting, rounds),
        "an account, read": (lambda at: lambda: account(at, f"SV{93_001 + random.randrange(60):06d}"), rounds),
        "a search by name": (
            lambda at: lambda: search(at, random.choice(("smith", "alvarez maria", "obrien"))),
            rounds,
        ),
        "every row of a table": (_scanning, rounds),
    }
    yield f"opening it (key derived before): {_ms(opening[0])} plain, {_ms(opening[1])} encrypted: {_ratio(*opening)}"
    for name, (of, times) in kinds.items():
        before, after = in_turn(of(desk), of(secret), times)
        yield f"{name}: {_ms(before)} plain, {_ms(after)} encrypted: {_ratio(before, after)}"
    desk.store.close()
    secret.store.close()


def in_turn(one: Work, other: Work, rounds: int) -> tuple[float, float]:
    """The median seconds of each, done in turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for at in (0, 1) if number % 2 else (1, 0):
            began = time.perf_counter()
            (one, other)[at]()
            taken[at].append(time.perf_counter() - began)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _acting(desk: Desk) -> Work:
    marks = (f"m1n{number}" for number in count())
    each_once(desk, marks)
    working = work(desk, marks, random.Random(4))
    return lambda: next(working)


def _scanning(desk: Desk) -> Work:
    def scan() -> object:
        with desk.store.raw() as connection:
            return connection.execute("SELECT sum(length(a || b)) FROM search_pair").fetchone()

    return scan


def _open_anew(path: Path) -> None:
    store: Store = open_store(path)
    with store.raw() as connection, closing(connection.execute("SELECT count(*) FROM agent")):
        pass
    store.close()


def _key() -> str:
    return uuid.uuid4().hex


def _text() -> str:
    return json.dumps(DETAIL, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _ratio(before: float, after: float) -> str:
    return f"{after / before:.2f} ×"
