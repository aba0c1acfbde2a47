"""The recovery code: with it an administrator who forgot the passphrase gets in, where no other could give a new one.

It is shown once, to be kept on paper, and used up by one use; the store has its hash. Who can open the file gets no
passphrase by that alone: at many desks everybody works under one account of the machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from data import audit
from data.agents import codes
from data.agents.door import somebody_signs_in
from data.agents.passphrases import hashed, wrong_passphrase
from data.agents.rules import Permission, Role
from data.agents.tables import Agent, Credential, RecoveryCode, called, id_of
from data.desk import Desk, action, permit
from data.errors import Invalid, NotFound, Refused
from data.operators.queries import operator_of
from data.store import Store, driver_of
from data.text import clean

GROUPS = 6  # of four letters: almost 120 bits


@dataclass(frozen=True)
class Recovered:
    """Who got in by the code, and the one that takes its place, shown this once."""

    agent: str
    code: str = field(repr=False)


@action("agent.recovery_code", needs=Permission.ADMINISTER)
def make_recovery_code(desk: Desk) -> str:
    """Makes the store's recovery code, in place of the one before, and returns it.

    Raises Refused where nobody signs in yet, NotPermitted for a token: a script makes itself no way in.
    """
    permit(desk, Permission.KEEP_OWN_SIGN_IN)
    if not somebody_signs_in(desk.session):
        raise Refused("Nobody signs in at this store yet.", "Choose a passphrase first: careline agent passphrase.")
    return _new_code(desk.session, desk.agent.name, desk.now(), desk.random)


def _new_code(session: Session, agent: str, now: datetime, rng: random.Random) -> str:
    code = codes.new_code(rng, GROUPS)
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.used_at).is_(None)))
    session.add(RecoveryCode(hash=codes.kept(code), made_by=agent, made_at=now))
    return code


def recover(store: Store, code: str, name: str | None, new: str, *, now: datetime, rng: random.Random) -> Recovered:
    """Gives the administrator `name` (None: the only one) the passphrase `new`; the code is used up by it.

    Not an action: nobody sits at a desk yet. It is recorded all the same. Raises Refused for a code that opens
    nothing, NotFound where there is no such administrator, Invalid for a passphrase that will not do.
    """
    with store.reading() as session:
        _open_code(session, code)
        who = _administrator(session, name)
        about = (who.name, who.display_name)
    if wrong := wrong_passphrase(new, (*about, operator_of(store).name)):
        raise Invalid({"passphrase": wrong}, "Nothing was changed; the code still opens.")
    kept = hashed(new)
    with store.writing() as session:
        row, who = _open_code(session, code), _administrator(session, name)
        row.used_at, row.used_by = now, who.name
        session.add(row)
        way_in = session.get(Credential, who.id) or Credential(agent_id=id_of(who), hash="", set_at=now)
        way_in.hash, way_in.set_at, way_in.temporary = kept, now, False
        way_in.failures, way_in.failed_at, way_in.locked_until = 0, None, None
        session.add(way_in)
        event = audit.Event(detail={"code_made_by": row.made_by})
        audit.record(driver_of(session), event, key=audit.new_key(now), at=now, agent=who.name, action="agent.recover")
        return Recovered(who.name, _new_code(session, who.name, now, rng))


def _open_code(session: Session, code: str) -> RecoveryCode:
    fits = select(RecoveryCode).where(RecoveryCode.hash == codes.kept(code), col(RecoveryCode.used_at).is_(None))
    row = session.exec(fits).first()
    if row is None:
        raise Refused(
            "This recovery code opens nothing here: it is wrong, used up, or another was made since.",
            "Look for the newest one.",
        )
    return row


def _administrator(session: Session, name: str | None) -> Agent:
    query = select(Agent).where(Agent.role == Role.ADMINISTRATOR, col(Agent.active))
    rows = session.exec(query.where(called(name)) if name is not None else query).all()
    if not rows:
        raise NotFound(f"No administrator here is called {clean(name or '')}.", "Name one who is not locked out.")
    if len(rows) > 1:
        names = ", ".join(sorted(row.name for row in rows))
        raise Refused(f"Several administer this store: {names}.", "Say which: careline agent recover NAME.")
    return rows[0]
