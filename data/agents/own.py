"""What agents change about themselves: passphrase, name, time zone, and when the console locks behind them."""

from __future__ import annotations

from sqlmodel import col, select

from data.agents.passphrases import hashed, wrong_passphrase
from data.agents.queries import longest_session
from data.agents.rules import Permission, Role
from data.agents.signing_in import sign_in
from data.agents.tables import Agent, Credential
from data.desk import Desk, action
from data.errors import Invalid, Refused
from data.operators.queries import operator_of
from data.operators.rules import wrong_time_zone
from data.text import LIMIT, clean, refuse_long


def choose_passphrase(desk: Desk, new: str, old: str | None = None) -> None:
    """Makes `new` this desk's agent's passphrase. `old`: the one until now, which a wrong try counts against.

    The first passphrase of a store is an administrator's: from then on everybody signs in. Raises Invalid where it
    will not do, Refused where the old one does not fit or the first is not an administrator's.
    """
    if wrong := wrong_passphrase(new, (desk.agent.name, desk.agent.display_name, operator_of(desk.store).name)):
        raise Invalid({"passphrase": wrong}, "Nothing was changed.")
    with desk.store.reading() as session:
        has_one = session.get(Credential, desk.agent.id) is not None
    if has_one:
        if old is None:
            raise Refused("Give the passphrase that you have now, too.", "A temporary one counts.")
        sign_in(desk.store, desk.agent.name, old, now=desk.now(), unlocking=True)
        if old == new:
            raise Invalid({"passphrase": "That is the passphrase that you have already."}, "Choose another.")
    _keep(desk, hashed(new))


@action("agent.passphrase", needs=Permission.KEEP_OWN_SIGN_IN)
def _keep(desk: Desk, kept: str) -> None:
    row = desk.session.get(Credential, desk.agent.id)
    first = row is None and not desk.session.exec(select(Credential.agent_id).limit(1)).first()
    if first and desk.agent.role is not Role.ADMINISTRATOR:
        raise Refused("The first passphrase of a store is an administrator's.", "Ask yours to choose one.")
    row = row or Credential(agent_id=desk.agent.id, hash="", set_at=desk.now())
    row.hash, row.set_at, row.temporary = kept, desk.now(), False
    desk.session.add(row)
    desk.event.tell(first=first)


@action("agent.profile", needs=Permission.KEEP_OWN_SIGN_IN)
def change_profile(
    desk: Desk, *, display_name: str | None = None, time_zone: str | None = None, session_hours: int | None = None
) -> None:
    """Changes what is given of this desk's agent; it holds from the next time they sit down.

    `session_hours`: how long the console waits for a key before it locks; 0: as the store's rule says. Raises Invalid
    by field.
    """
    refuse_long(LIMIT, display_name=display_name or "")
    row = desk.session.exec(select(Agent).where(col(Agent.id) == desk.agent.id)).one()
    most = longest_session(desk.session)
    wrong = {
        "display_name": "Your name is empty." if display_name is not None and not clean(display_name) else None,
        "time_zone": wrong_time_zone(time_zone) if time_zone is not None else None,
        "session_hours": _wrong_hours(session_hours, most),
    }
    if sentences := {field: sentence for field, sentence in wrong.items() if sentence}:
        raise Invalid(sentences, "Nothing was changed.")
    if display_name is not None:
        row.display_name = clean(display_name)
    row.time_zone = time_zone if time_zone is not None else row.time_zone
    row.session_hours = (session_hours or None) if session_hours is not None else row.session_hours
    desk.session.add(row)
    desk.event.tell(display_name=row.display_name, time_zone=row.time_zone, session_hours=row.session_hours)


def _wrong_hours(hours: int | None, most: int) -> str | None:
    if hours is None or 0 <= hours <= most:
        return None
    return f"A session is extended to {most} hours at most." if most else "Sessions are not extended here."
