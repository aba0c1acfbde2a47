"""Access requests: an agent asks for a permission, somebody who has it decides, and both stand on the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from data.agents.finding import agent_row
from data.agents.rules import ONLY_BY_ROLE, PERMISSIONS, Permission, Role, who_may
from data.agents.standing import permissions_of
from data.agents.tables import AccessRequest, Agent, Grant, id_of
from data.cases.free_text import refuse_secrets
from data.desk import Desk, action, permit
from data.errors import Invalid, NotFound, NotPermitted, Refused
from data.text import clean, refuse_long

REASON_LIMIT = 400


class RequestState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DENIED = "denied"


@dataclass(frozen=True)
class RequestView:
    """A request. `decided_by`, `answer`: "" and `decided_at` None while it waits."""

    id: int
    agent: str
    role: Role
    permission: Permission
    reason: str
    state: RequestState
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    answer: str


@action("access.request", needs=Permission.KEEP_OWN_SIGN_IN)
def request_access(desk: Desk, permission: Permission, reason: str) -> RequestView:
    """Asks for `permission`. A request for it that waits already is the one that comes back.

    Raises Refused where the agent has it, or where it comes with a role only; Invalid without a reason.
    """
    if permission in ONLY_BY_ROLE:
        raise Refused(
            f"Nobody is granted this by itself: {permission}.", f"It comes with the role: {who_may(permission)}."
        )
    if permission in permissions_of(desk.session, desk.agent.id, desk.agent.role):
        raise Refused(f"You have this already: {permission}.", "There is nothing to ask for.")
    refuse_secrets(reason=reason)
    refuse_long(REASON_LIMIT, reason=reason)
    if not clean(reason, REASON_LIMIT):
        raise Invalid({"reason": "Say what you need it for; whoever decides reads it."}, "Nothing was asked for.")
    waits = select(AccessRequest).where(
        AccessRequest.agent_id == desk.agent.id,
        AccessRequest.permission == permission,
        AccessRequest.state == RequestState.WAITING,
    )
    row = desk.session.exec(waits).first() or AccessRequest(
        agent_id=desk.agent.id,
        permission=permission,
        reason=clean(reason, REASON_LIMIT),
        state=RequestState.WAITING,
        asked_at=desk.now(),
    )
    desk.session.add(row)
    desk.session.flush()
    desk.event.tell(id=row.id, permission=permission, reason=row.reason)
    return _view(row, desk.session.get_one(Agent, row.agent_id))


@action("access.approve", needs=Permission.DECIDE_ACCESS)
def approve_access(desk: Desk, request_id: int, answer: str = "") -> RequestView:
    """Grants what was asked for; it holds at once. Nobody decides their own, nor grants what they may not do.

    Raises NotFound, Refused where it is decided or one's own, NotPermitted for what this agent may not do.
    """
    row, agent = _to_decide(desk, request_id)
    permission = Permission(row.permission)
    if not desk.may(permission):
        raise NotPermitted(f"You can't grant what you may not do: {permission}.", f"Ask {who_may(permission)}.")
    if desk.session.get(Grant, (agent.id, row.permission)) is None:
        desk.session.add(
            Grant(agent_id=id_of(agent), permission=permission, granted_by=desk.agent.name, granted_at=desk.now())
        )
    return _decided(desk, row, agent, RequestState.APPROVED, answer)


@action("access.deny", needs=Permission.DECIDE_ACCESS)
def deny_access(desk: Desk, request_id: int, answer: str) -> RequestView:
    """Turns a request down; `answer` tells why. Raises Invalid without it."""
    row, agent = _to_decide(desk, request_id)
    if not clean(answer, REASON_LIMIT):
        raise Invalid({"answer": "Say why not; whoever asked reads it."}, "Nothing was decided.")
    return _decided(desk, row, agent, RequestState.DENIED, answer)


@action("access.revoke", needs=Permission.ADMINISTER)
def revoke_access(desk: Desk, agent: str, permission: Permission) -> None:
    """Takes a granted permission back, at once. Raises NotFound where it was not granted by itself."""
    row = agent_row(desk.session, agent)
    grant = desk.session.get(Grant, (row.id, permission))
    if grant is None:
        comes_with = permission in PERMISSIONS[Role(row.role)]
        why = f"{row.name} has it as {row.role}" if comes_with else f"{row.name} was not granted it"
        raise NotFound(f"{why}: {permission}.", "See `careline agent list`.")
    desk.session.delete(grant)
    desk.event.tell(agent=row.name, permission=permission)


def access_requests(desk: Desk, *, waiting: bool = True) -> tuple[RequestView, ...]:
    """Access requests, the oldest first: everybody's where this agent decides, else their own. `waiting`: undecided."""
    permit(desk, Permission.KEEP_OWN_SIGN_IN)
    query = select(AccessRequest, Agent).join(Agent, col(Agent.id) == col(AccessRequest.agent_id))
    if not desk.may(Permission.DECIDE_ACCESS):
        query = query.where(AccessRequest.agent_id == desk.agent.id)
    if waiting:
        query = query.where(AccessRequest.state == RequestState.WAITING)
    with desk.store.reading() as session:
        return tuple(_view(row, agent) for row, agent in session.exec(query.order_by(col(AccessRequest.id))))


def waiting_requests(desk: Desk) -> int:
    """How many requests of others wait for somebody like this desk's agent to decide."""
    if not desk.may(Permission.DECIDE_ACCESS):
        return 0
    return sum(request.agent != desk.agent.name for request in access_requests(desk))


def _to_decide(desk: Desk, request_id: int) -> tuple[AccessRequest, Agent]:
    row = desk.session.get(AccessRequest, request_id)
    if row is None:
        raise NotFound(f"There is no access request {request_id}.", "See `careline access list`.")
    if row.state != RequestState.WAITING:
        raise Refused(f"{row.decided_by} decided about it already: {row.state}.", "It can be asked for anew.")
    if row.agent_id == desk.agent.id:
        raise Refused("Nobody decides about their own request.", "Ask another lead or administrator.")
    return row, desk.session.get_one(Agent, row.agent_id)


def _decided(desk: Desk, row: AccessRequest, agent: Agent, state: RequestState, answer: str) -> RequestView:
    row.state, row.decided_by, row.decided_at = state, desk.agent.name, desk.now()
    refuse_secrets(answer=answer)
    refuse_long(REASON_LIMIT, answer=answer)
    row.answer = clean(answer, REASON_LIMIT)
    desk.session.add(row)
    desk.event.tell(id=row.id, agent=agent.name, permission=row.permission, answer=row.answer)
    return _view(row, agent)


def _view(row: AccessRequest, agent: Agent) -> RequestView:
    assert row.id is not None
    return RequestView(
        row.id,
        agent.name,
        Role(agent.role),
        Permission(row.permission),
        row.reason,
        RequestState(row.state),
        row.asked_at,
        row.decided_by,
        row.decided_at,
        row.answer,
    )


def permission_named(text: str) -> Permission:
    """The permission that `text` names or begins, in any case. Raises Invalid, naming all, where it is not one."""
    wanted = " ".join(text.lower().split())
    fitting = [one for one in Permission if one.value.lower() == wanted] or [
        one for one in Permission if wanted and one.value.lower().startswith(wanted)
    ]
    if len(fitting) != 1:
        known = "; ".join(one.value for one in Permission if one not in ONLY_BY_ROLE)
        raise Invalid({"permission": f"“{clean(text, 40)}” is not one permission."}, f"They are: {known}.")
    return fitting[0]
