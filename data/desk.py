"""A Desk is where one agent sits: who they are, which store, which clock. Every query and action takes it first.

`@action` makes a function the only kind of write there is: permitted, in one transaction, with one audit event.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from data import audit
from data.agents.rules import Permission, Role, may, who_may
from data.agents.tables import Agent
from data.connections import OFFLINE, Connections
from data.errors import CarelineError, NotFound, Refused, StoreTrouble
from data.search.engine import SearchEngine, engine_for
from data.store import Store, open_store

P = ParamSpec("P")
R = TypeVar("R")
Clock = Callable[[], datetime]
TRIES = 3  # a busy store is asked again, after its own wait


def system_clock() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class AgentView:
    """Who sits here. `zone` is the agent's own: what "today" means on their screen."""

    id: int
    name: str
    display_name: str
    role: Role
    zone: ZoneInfo


@dataclass(frozen=True)
class Desk:
    """One agent's place at a store. Safe to share between threads."""

    store: Store
    agent: AgentView
    clock: Clock = system_clock
    random: random.Random = field(default_factory=random.SystemRandom)
    connections: Connections = OFFLINE
    work: Work | None = None

    @cached_property
    def search_engine(self) -> SearchEngine:
        """What finds customers in this store."""
        return engine_for(self.store)

    def now(self) -> datetime:
        """The time at this desk, aware, in UTC."""
        return self.clock()

    def today(self) -> date:
        """The day it is for the agent who sits here."""
        return self.clock().astimezone(self.agent.zone).date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries: the action's own while one runs, so that it sees what it wrote."""
        if self.work:
            yield self.work.session
        else:
            with self.store.reading() as session:
                yield session

    @property
    def session(self) -> Session:
        """The open transaction of the action that runs."""
        return self._at_work.session

    @property
    def event(self) -> audit.Event:
        """The audit event of the action that runs, to tell facts to."""
        return self._at_work.event

    @property
    def _at_work(self) -> Work:
        if self.work is None:
            raise RuntimeError("writes happen inside an @action only")
        return self.work


@dataclass(frozen=True)
class Work:
    """An action under way: its transaction, and what it will have told the audit."""

    session: Session
    event: audit.Event


def open_desk(
    store: str | Path | Store,
    agent: str | None = None,
    *,
    clock: Clock = system_clock,
    random: random.Random | None = None,
    connections: Connections = OFFLINE,
) -> Desk:
    """A desk at `store` (a path, a sqlite:/// URL or an open Store) for the agent of that name.

    Without a name, the store's first active agent; without `connections`, everything works offline.
    Raises NotFound where there is no such agent, StoreTrouble where the store is not there or can't be used.
    """
    opened = store if isinstance(store, Store) else open_store(store)
    try:
        who = _agent(opened, agent)
    except CarelineError:
        if opened is not store:
            opened.close()
        raise
    return Desk(opened, who, clock, random or _system_random(), connections)


def _system_random() -> random.Random:
    return random.SystemRandom()


def _agent(store: Store, name: str | None) -> AgentView:
    wanted = select(Agent).where(col(Agent.active)).order_by(col(Agent.id)).limit(1)
    if name is not None:
        wanted = wanted.where(Agent.name == name)
    with store.reading() as session:
        row = session.exec(wanted).first()
    if row is None or row.id is None:
        who = f"There is no active agent called {name} here." if name else "This store has no active agent."
        raise NotFound(who, "Ask an administrator, or name another with --agent.")
    return AgentView(row.id, row.name, row.display_name, Role(row.role), ZoneInfo(row.time_zone))


def permit(desk: Desk, permission: Permission) -> None:
    """Raises Refused where the agent at this desk may not."""
    if not may(desk.agent.role, permission):
        raise Refused(
            f"A{'n' if desk.agent.role[0] in 'aeiou' else ''} {desk.agent.role} may not {permission}.",
            f"Ask {who_may(permission)}.",
        )


def action(
    name: str, *, needs: Permission
) -> Callable[[Callable[Concatenate[Desk, P], R]], Callable[Concatenate[Desk, P], R]]:
    """Makes a function an action called `name` in the audit: one transaction, permitted, recorded.

    The function gets a desk at work: `desk.session` is the transaction, `desk.event` what the audit will keep.
    Whatever it raises undoes all of it. What search finds is brought up to date in the same transaction.
    """

    def decorate(body: Callable[Concatenate[Desk, P], R]) -> Callable[Concatenate[Desk, P], R]:
        @wraps(body)
        def run(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if desk.work:
                raise RuntimeError(f"{name} was called inside another action: one action, one transaction")
            permit(desk, needs)
            key = uuid.uuid4().hex
            for left in reversed(range(TRIES)):
                try:
                    return _once(desk, name, key, lambda at_work: body(at_work, *args, **kwargs))
                except StoreTrouble as trouble:
                    if not (left and trouble.passing):
                        raise
            raise AssertionError("unreachable")

        return run

    return decorate


def _once(desk: Desk, name: str, key: str, body: Callable[[Desk], R]) -> R:
    with desk.store.writing() as session:
        event = audit.Event()
        result = body(replace(desk, work=Work(session, event)))
        session.flush()
        desk.search_engine.refresh(session.connection().connection.driver_connection)
        audit.record(session, event, key=key, at=desk.now(), agent=desk.agent.name, action=name)
    return result
