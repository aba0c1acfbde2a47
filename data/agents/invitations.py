"""Invitation codes: with one, people make themselves an agent of its role. Many may use it; it ends after 45 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data import audit
from data.agents import codes
from data.agents.door import somebody_signs_in
from data.agents.passphrases import hashed, wrong_passphrase
from data.agents.rules import INVITATION_DAYS, Permission, Role
from data.agents.staff import new_agent
from data.agents.tables import Agent, Credential, Invitation, id_of
from data.desk import Desk, action, permit
from data.errors import Invalid, NotFound, Refused
from data.operators.queries import operator_of
from data.store import Store, driver_of

MOST_USES = 1000


@dataclass(frozen=True)
class InvitationView:
    """A code as it is listed; the code itself is not kept. `uses`: how many may join, None for any number."""

    id: int
    role: Role
    made_by: str
    made_at: datetime
    expires_at: datetime
    uses: int | None
    used: int
    ended: bool


@dataclass(frozen=True)
class NewInvitation:
    """A code that was made just now. `code` is shown this once."""

    code: str
    invitation: InvitationView


@action("invitation.make", needs=Permission.ADMINISTER)
def invite(
    desk: Desk, role: Role = Role.AGENT, *, uses: int | None = None, days: int = INVITATION_DAYS
) -> NewInvitation:
    """Makes a code with which `uses` people (None: any number) join as `role` within `days`.

    Raises Refused while nobody signs in at this store; Invalid for an administrator's role, or figures that can't be.
    """
    wrong = {}
    if role is Role.ADMINISTRATOR:
        wrong["role"] = "Administrators are not made by a code; add them by name."
    if uses is not None and not 1 <= uses <= MOST_USES:
        wrong["uses"] = f"A code is for 1 to {MOST_USES:,} people, or for any number."
    if not 1 <= days <= INVITATION_DAYS:
        wrong["days"] = f"A code lives from 1 to {INVITATION_DAYS} days."
    if wrong:
        raise Invalid(wrong, "No code was made.")
    if not somebody_signs_in(desk.session):
        raise Refused("Nobody signs in at this store yet.", "Choose a passphrase first: careline agent passphrase.")
    code = codes.new_code(desk.random)
    row = Invitation(
        hash=codes.kept(code),
        role=role,
        made_by=desk.agent.name,
        made_at=desk.now(),
        expires_at=desk.now() + timedelta(days=days),
        uses=uses,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.event.tell(id=row.id, role=role, uses=uses, days=days)
    return NewInvitation(code, _view(row, desk.now()))


def invitations(desk: Desk, *, ended: bool = False) -> tuple[InvitationView, ...]:
    """The codes that still open, the newest first; `ended`: those that ended, too."""
    permit(desk, Permission.ADMINISTER)
    with desk.store.reading() as session:
        rows = session.exec(select(Invitation).order_by(col(Invitation.id).desc())).all()
        views = [_view(row, desk.now()) for row in rows]
    return tuple(view for view in views if ended or not view.ended)


@action("invitation.revoke", needs=Permission.ADMINISTER)
def revoke_invitation(desk: Desk, invitation_id: int) -> InvitationView:
    """Ends a code at once. Raises NotFound where there is none."""
    row = desk.session.get(Invitation, invitation_id)
    if row is None:
        raise NotFound(f"There is no invitation {invitation_id}.", "See `careline agent invitations`.")
    row.revoked_at = row.revoked_at or desk.now()
    desk.session.add(row)
    desk.event.tell(id=row.id, role=row.role)
    return _view(row, desk.now())


def join(store: Store, code: str, name: str, passphrase: str, *, display_name: str = "", now: datetime) -> str:
    """Makes whoever has `code` an agent called `name`, and returns the name; they sign in with `passphrase`.

    Not an action: nobody sits at a desk yet. It is recorded all the same. Raises Refused for a code that opens
    nothing, Invalid by field.
    """
    with store.reading() as session:
        _invitation(session, code, now)
    if wrong := wrong_passphrase(passphrase, (name, display_name, operator_of(store).name)):
        raise Invalid({"passphrase": wrong}, "You have not joined yet.")
    kept = hashed(passphrase)
    with store.writing() as session:
        row = _invitation(session, code, now)
        inviter = session.exec(select(Agent).where(Agent.name == row.made_by)).one()
        agent = new_agent(session, name, Role(row.role), display_name, inviter.time_zone, now)
        session.add(Credential(agent_id=id_of(agent), hash=kept, set_at=now))
        row.used += 1
        session.add(row)
        event = audit.Event(detail={"invitation": row.id, "role": row.role, "invited_by": row.made_by})
        audit.record(driver_of(session), event, key=audit.new_key(now), at=now, agent=agent.name, action="agent.join")
    return agent.name


def _invitation(session: Session, code: str, now: datetime) -> Invitation:
    row = session.exec(select(Invitation).where(Invitation.hash == codes.kept(code))).first()
    if row is None or _has_ended(row, now):
        raise Refused("This code opens nothing: it is wrong, used up, ended, or too old.", "Ask for a new one.")
    return row


def _has_ended(row: Invitation, now: datetime) -> bool:
    return row.revoked_at is not None or row.expires_at <= now or (row.uses is not None and row.used >= row.uses)


def _view(row: Invitation, now: datetime) -> InvitationView:
    assert row.id is not None
    return InvitationView(
        row.id, Role(row.role), row.made_by, row.made_at, row.expires_at, row.uses, row.used, _has_ended(row, now)
    )
