"""A Desk is where one agent sits: who they are, which store, which clock. Every query and action takes it first.

`@action` makes a function the only kind of write there is: permitted, in one transaction, with one audit event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from random import Random, SystemRandom
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from data import audit
from data.agents.rules import ONLY_BY_ROLE, Permission, who_may
from data.agents.standing import AgentView, agent_called, as_it_is_now, first_agent
from data.connections import OFFLINE, Connections
from data.errors import CarelineError, NotFound, NotPermitted, StoreTrouble
from data.search.engine import SearchEngine
from data.search.engines import engine_for
from data.store import Store, open_store
from data.store_transactions import Transaction
from data.text import capital, with_article

P = ParamSpec("P")
R = TypeVar("R")
Clock = Callable[[], datetime]
TRIES = 3  # a busy store is asked again, after its own wait


def system_clock() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """One agent's place at a store. Safe to share between threads."""

    store: Store
    agent: AgentView
    clock: Clock = system_clock
    random: Random = field(default_factory=SystemRandom)
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

    def may(self, permission: Permission) -> bool:
        """Whether the agent who sits here may do what `permission` says."""
        return permission in self.agent.permissions

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries: the action's own while one runs, so that it sees what it wrote.

        Raises NotPermitted where nothing may be read at this desk, as with a token that is for something else.
        """
        if self.work:
            yield self.work.transaction.session
        else:
            permit(self, Permission.READ_ACCOUNTS)
            with self.store.reading() as session:
                yield session

    @property
    def session(self) -> Session:
        """The open transaction of the action that runs."""
        return self._at_work.transaction.session

    @property
    def driver(self) -> Any:
        """The driver's own connection in that transaction, for `data.statements`."""
        return self._at_work.transaction.driver

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

    transaction: Transaction
    event: audit.Event


def open_desk(
    store: str | Path | Store,
    agent: str | None = None,
    *,
    clock: Clock = system_clock,
    random: Random | None = None,
    connections: Connections = OFFLINE,
    passphrase: str | None = None,
    token: str | None = None,
    trusted: bool = True,
) -> Desk:
    """A desk at `store` (a path, a sqlite:/// URL or an open Store) for the agent of that name.

    Without a name, the store's first active agent; without `connections`, everything works offline. A `passphrase` or
    `token` that is given is checked. Without either, whoever can open the file is trusted to be that agent; with
    `trusted` off, as the command line and the console have it, only where nobody needs a passphrase.
    Raises NotFound where there is no such agent, SignInNeeded or another Refused where they may not sit here,
    StoreTrouble where the store is not there or can't be used.
    """
    opened = store if isinstance(store, Store) else open_store(store)
    try:
        if passphrase is None and token is None and trusted:
            who = _agent(opened, agent)
        else:
            from data.agents.door import admit

            who = admit(opened, agent, passphrase=passphrase, token=token, now=clock())
    except CarelineError:
        if opened is not store:
            opened.close()
        raise
    return Desk(opened, who, clock, random or SystemRandom(), connections)


def _agent(store: Store, name: str | None) -> AgentView:
    with store.reading() as session:
        who = first_agent(session) if name is None else agent_called(session, name)
    if who is None:
        reason = f"There is no active agent called {name} here." if name else "This store has no active agent."
        raise NotFound(reason, "Ask an administrator, or name another with --agent.")
    return who


def permit(desk: Desk, permission: Permission) -> None:
    """Raises NotPermitted where the agent at this desk may not."""
    if desk.may(permission):
        return
    if desk.agent.temporary:
        raise NotPermitted("The passphrase is a temporary one.", "Choose your own first: careline agent passphrase.")
    if desk.agent.token is not None:
        raise NotPermitted(f"This token is not for this: {permission}.", "Make one that is: careline token make.")
    wanted = "" if permission in ONLY_BY_ROLE else permission.value
    who = capital(with_article(desk.agent.role))
    raise NotPermitted(f"{who} may not {permission}.", f"Ask {who_may(permission)}.", wanted)


@dataclass(frozen=True)
class Registered:
    """An action by its name in the audit, and what it needs."""

    name: str
    needs: Permission
    run: Callable[..., object]


ACTIONS: dict[str, Registered] = {}
"""Every action whose module is loaded: what the permission matrix walks."""


def action(
    name: str, *, needs: Permission
) -> Callable[[Callable[Concatenate[Desk, P], R]], Callable[Concatenate[Desk, P], R]]:
    """Makes a function an action called `name` in the audit: one transaction, permitted, recorded.

    The function gets a desk at work: `desk.session` is the transaction, `desk.event` what the audit will keep.
    Whatever it raises undoes all of it. What search finds is brought up to date in the same transaction. What the
    agent may is read in it too: who was locked or lost a permission a moment ago is refused.
    """

    def decorate(body: Callable[Concatenate[Desk, P], R]) -> Callable[Concatenate[Desk, P], R]:
        @wraps(body)
        def run(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if desk.work:
                raise RuntimeError(f"{name} was called inside another action: one action, one transaction")
            key = audit.new_key(desk.now())
            for left in reversed(range(TRIES)):
                try:
                    return _once(desk, name, needs, key, lambda at_work: body(at_work, *args, **kwargs))
                except StoreTrouble as trouble:
                    if not (left and trouble.passing):
                        raise
                except CarelineError as error:
                    error.about = error.about or name
                    raise
            raise AssertionError("unreachable")

        ACTIONS[name] = Registered(name, needs, run)
        return run

    return decorate


def _once(desk: Desk, name: str, needs: Permission, key: str, body: Callable[[Desk], R]) -> R:
    with desk.store.transaction() as transaction:
        event, agent = audit.Event(), as_it_is_now(transaction.driver, desk.agent, desk.now())
        at_work = replace(desk, agent=agent, work=Work(transaction, event))
        permit(at_work, needs)
        result = body(at_work)
        if desk.agent.token is not None:
            event.tell(token=desk.agent.token)
        transaction.flush()
        desk.search_engine.refresh(transaction.driver)
        audit.record(transaction.driver, event, key=key, at=desk.now(), agent=desk.agent.name, action=name)
    return result
