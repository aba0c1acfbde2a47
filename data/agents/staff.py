"""Who works here: agents are added, get another role, are locked and unlocked, and given a passphrase to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from data.agents.codes import new_code
from data.agents.door import somebody_signs_in
from data.agents.finding import NAME_LIMIT, agent_row
from data.agents.passphrases import hashed
from data.agents.rules import Permission, Role
from data.agents.tables import Agent, Credential, Grant, called, id_of
from data.desk import Desk, action, permit
from data.errors import Invalid, Refused
from data.text import LIMIT, clean, refuse_long


@dataclass(frozen=True)
class StaffView:
    """An agent as an administrator sees them. `active`: not locked by an administrator.

    `passphrase`: "own", "temporary" or "none"; `shut_until`: when too many wrong tries are forgiven, None: none were;
    `granted`: the permissions that they have besides those of their role.
    """

    name: str
    display_name: str
    role: Role
    active: bool
    passphrase: str
    shut_until: datetime | None
    granted: tuple[Permission, ...]
    session_hours: int | None
    created_at: datetime


@dataclass(frozen=True)
class Welcome:
    """What a new agent signs in with the first time; "" where nobody needs a passphrase at this store yet."""

    name: str
    role: Role
    temporary_passphrase: str


def agents(desk: Desk) -> tuple[StaffView, ...]:
    """Everybody who works here, by name. Raises NotPermitted where this agent is no administrator."""
    permit(desk, Permission.ADMINISTER)
    with desk.store.reading() as session:
        granted = session.exec(select(Grant).order_by(col(Grant.permission))).all()
        query = select(Agent, Credential).outerjoin(Credential, col(Credential.agent_id) == col(Agent.id))
        rows = session.exec(query.order_by(func.lower(Agent.name))).all()
        return tuple(
            _view(agent, kept, [grant.permission for grant in granted if grant.agent_id == agent.id], desk.now())
            for agent, kept in rows
        )


def _view(agent: Agent, kept: Credential | None, granted: list[str], now: datetime) -> StaffView:
    shut = kept.locked_until if kept and kept.locked_until and kept.locked_until > now else None
    return StaffView(
        agent.name,
        agent.display_name,
        Role(agent.role),
        agent.active,
        ("temporary" if kept.temporary else "own") if kept else "none",
        shut,
        tuple(Permission(one) for one in granted),
        agent.session_hours,
        agent.created_at,
    )


def add_agent(
    desk: Desk, name: str, *, role: Role = Role.AGENT, display_name: str = "", time_zone: str = ""
) -> Welcome:
    """Adds an agent, and gives them a temporary passphrase where the store's agents sign in.

    `time_zone`: an IANA name, "" for the administrator's own. Raises Invalid by field.
    """
    code = new_code(desk.random)
    return _add(desk, name, role, display_name, time_zone, code, hashed(code))


@action("agent.add", needs=Permission.ADMINISTER)
def _add(desk: Desk, name: str, role: Role, display_name: str, time_zone: str, code: str, kept: str) -> Welcome:
    row = new_agent(desk.session, name, role, display_name, time_zone or desk.agent.zone.key, desk.now())
    signs_in = somebody_signs_in(desk.session)
    if signs_in:
        desk.session.add(Credential(agent_id=id_of(row), hash=kept, set_at=desk.now(), temporary=True))
    desk.event.tell(agent=row.name, role=role)
    return Welcome(row.name, role, code if signs_in else "")


def new_agent(session: Session, name: str, role: Role, display_name: str, time_zone: str, now: datetime) -> Agent:
    """A new agent's row, written; raises Invalid where the name or the zone can't be."""
    from data.operators.rules import wrong_time_zone

    refuse_long(NAME_LIMIT, name=name)
    refuse_long(LIMIT, display_name=display_name)
    sign_in_name = clean(name, NAME_LIMIT)
    wrong = {"name": wrong_name(session, sign_in_name), "time_zone": wrong_time_zone(time_zone)}
    if sentences := {field: sentence for field, sentence in wrong.items() if sentence}:
        raise Invalid(sentences, "Nobody was added.")
    row = Agent(
        name=sign_in_name,
        display_name=clean(display_name) or sign_in_name,
        role=role,
        time_zone=time_zone,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def wrong_name(session: Session, name: str) -> str | None:
    """Why nobody can sign in as `name`, or None where one can."""
    if not name or name.startswith("-"):
        return "A sign-in name is at least one letter or digit."
    if session.exec(select(Agent.id).where(called(name))).first():
        return f"There is already an agent called {name}."
    return None


@action("agent.role", needs=Permission.ADMINISTER)
def change_role(desk: Desk, name: str, role: Role) -> None:
    """Gives the agent `name` another role. What they were granted besides ends with the old one."""
    row = agent_row(desk.session, name)
    desk.event.tell(agent=row.name, before=row.role, after=role)
    if row.role == Role.ADMINISTRATOR and role is not Role.ADMINISTRATOR:
        _check_another(desk.session, row)
    row.role = role
    desk.session.execute(delete(Grant).where(col(Grant.agent_id) == row.id))
    desk.session.add(row)


@action("agent.lock", needs=Permission.ADMINISTER)
def lock_agent(desk: Desk, name: str) -> None:
    """Locks the agent `name` out: they sign in no more, and whatever they do from now on is refused.

    Raises NotFound; Refused for oneself, and for the last administrator.
    """
    row = agent_row(desk.session, name)
    if row.id == desk.agent.id:
        raise Refused("Nobody locks themselves out.", "Ask another administrator.")
    if row.role == Role.ADMINISTRATOR:
        _check_another(desk.session, row)
    desk.event.tell(agent=row.name, was_active=row.active)
    row.active = False
    desk.session.add(row)


@action("agent.unlock", needs=Permission.ADMINISTER)
def unlock_agent(desk: Desk, name: str) -> None:
    """Lets the agent `name` in again: after an administrator's lock, and after too many wrong tries."""
    row = agent_row(desk.session, name)
    desk.event.tell(agent=row.name, was_active=row.active)
    row.active = True
    desk.session.add(row)
    if kept := desk.session.get(Credential, row.id):
        kept.failures, kept.failed_at, kept.locked_until = 0, None, None
        desk.session.add(kept)


def reset_passphrase(desk: Desk, name: str) -> Welcome:
    """Gives the agent `name` a temporary passphrase in place of theirs; they choose another when they sign in.

    Raises Refused where no administrator has one yet: the first is an administrator's own.
    """
    code = new_code(desk.random)
    return _reset(desk, name, code, hashed(code))


@action("agent.reset", needs=Permission.ADMINISTER)
def _reset(desk: Desk, name: str, code: str, hashed_code: str) -> Welcome:
    row = agent_row(desk.session, name)
    own = desk.session.get(Credential, desk.agent.id)
    if own is None or own.temporary:
        raise Refused("You have no passphrase of your own yet.", "Choose one first: careline agent passphrase.")
    kept = desk.session.get(Credential, row.id) or Credential(agent_id=id_of(row), hash="", set_at=desk.now())
    kept.hash, kept.set_at, kept.temporary = hashed_code, desk.now(), True
    kept.failures, kept.failed_at, kept.locked_until = 0, None, None
    desk.session.add(kept)
    desk.event.tell(agent=row.name)
    return Welcome(row.name, Role(row.role), code)


def _check_another(session: Session, row: Agent) -> None:
    """Raises Refused where nobody else could administer the store."""
    others = select(Agent.id).where(Agent.role == Role.ADMINISTRATOR, col(Agent.active), Agent.id != row.id)
    if somebody_signs_in(session):
        others = others.where(col(Agent.id).in_(select(Credential.agent_id).where(~col(Credential.temporary))))
    if session.exec(others.limit(1)).first() is None:
        raise Refused(
            f"Nobody but {row.name} could administer this store.", "Make another administrator first, who signs in."
        )
