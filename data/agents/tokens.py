"""Tokens: what a script signs in with. Each has a name, rights of its agent's, and a day on which it ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from data.agents.codes import kept, new_token
from data.agents.finding import agent_row
from data.agents.rules import MOST_TOKEN_DAYS, TOKEN_DAYS, Permission, Role
from data.agents.standing import has_ended, permissions_of
from data.agents.tables import Agent, Token, id_of
from data.cases.free_text import refuse_secrets
from data.desk import Desk, action, permit
from data.errors import Invalid, NotFound, NotPermitted
from data.text import LIMIT, clean, refuse_long

NEVER = frozenset({Permission.KEEP_OWN_SIGN_IN})  # no script makes itself another way in
USUAL_RIGHTS = (Permission.READ_ACCOUNTS,)


@dataclass(frozen=True)
class TokenView:
    """A token as it is listed; the token itself is not kept. `ended`: it opens nothing any more."""

    id: int
    agent: str
    name: str
    rights: tuple[Permission, ...]
    made_at: datetime
    expires_at: datetime
    ended: bool


@dataclass(frozen=True)
class NewToken:
    """A token that was made just now. `secret` is shown this once."""

    secret: str
    token: TokenView


@action("token.make", needs=Permission.KEEP_OWN_SIGN_IN)
def make_token(
    desk: Desk,
    name: str,
    *,
    rights: Collection[Permission] = USUAL_RIGHTS,
    days: int = TOKEN_DAYS,
    agent: str | None = None,
) -> NewToken:
    """Makes a token for this desk's agent, or, by an administrator, for another; it opens no more than `rights`.

    Raises Invalid by field: a name that is empty or in use, rights that the agent has not, days beyond a year.
    """
    refuse_secrets(name=name)
    refuse_long(LIMIT, name=name)
    whose = _whose(desk, agent)
    rights = [right for right in Permission if right in rights]
    _check(desk, whose, clean(name), rights, days)
    secret = new_token(desk.random)
    row = Token(
        agent_id=id_of(whose),
        name=clean(name),
        hash=kept(secret),
        rights="\n".join(rights),
        made_at=desk.now(),
        expires_at=desk.now() + timedelta(days=days),
    )
    desk.session.add(row)
    desk.session.flush()
    desk.event.tell(id=row.id, name=row.name, of=whose.name, rights=[*rights], days=days)
    return NewToken(secret, _view(row, whose.name, desk.now()))


def _whose(desk: Desk, agent: str | None) -> Agent:
    if agent is None or agent.strip().lower() == desk.agent.name.lower():
        return desk.session.get_one(Agent, desk.agent.id)
    permit(desk, Permission.ADMINISTER)
    return agent_row(desk.session, agent)


def _check(desk: Desk, whose: Agent, name: str, rights: list[Permission], days: int) -> None:
    theirs = permissions_of(desk.session, id_of(whose), Role(whose.role)) - NEVER
    wrong = {}
    same = select(Token).where(Token.agent_id == whose.id, Token.name == name)
    if not name:
        wrong["name"] = "A token needs a name, such as what it is for."
    elif any(not has_ended(row, desk.now()) for row in desk.session.exec(same)):
        wrong["name"] = f"{whose.name} has a token called {name} already."
    if beyond := [right for right in rights if right not in theirs]:
        wrong["rights"] = f"{whose.name} gives no token this right: {beyond[0]}."
    if not rights:
        wrong["rights"] = "A token needs at least one right."
    if not 1 <= days <= MOST_TOKEN_DAYS:
        wrong["days"] = f"A token lives from 1 to {MOST_TOKEN_DAYS} days."
    if wrong:
        raise Invalid(wrong, "No token was made.")


def tokens(desk: Desk, *, everybodys: bool = False, ended: bool = False) -> tuple[TokenView, ...]:
    """This agent's tokens, or everybody's for an administrator, the newest first; `ended`: those that ended, too."""
    permit(desk, Permission.ADMINISTER if everybodys else Permission.KEEP_OWN_SIGN_IN)
    query = select(Token, Agent.name).join(Agent, col(Agent.id) == col(Token.agent_id)).order_by(col(Token.id).desc())
    if not everybodys:
        query = query.where(Token.agent_id == desk.agent.id)
    with desk.store.reading() as session:
        views = [_view(row, name, desk.now()) for row, name in session.exec(query)]
    return tuple(view for view in views if ended or not view.ended)


@action("token.revoke", needs=Permission.KEEP_OWN_SIGN_IN)
def revoke_token(desk: Desk, token_id: int) -> TokenView:
    """Ends a token at once. Raises NotFound where there is none, NotPermitted where it is somebody else's."""
    row = desk.session.get(Token, token_id)
    if row is None:
        raise NotFound(f"There is no token {token_id}.", "See `careline token list`.")
    if row.agent_id != desk.agent.id and not desk.may(Permission.ADMINISTER):
        raise NotPermitted("That token is somebody else's.", "Ask an administrator.")
    whose = desk.session.get_one(Agent, row.agent_id)
    row.revoked_at = row.revoked_at or desk.now()
    desk.session.add(row)
    desk.event.tell(id=row.id, name=row.name, of=whose.name)
    return _view(row, whose.name, desk.now())


def _view(row: Token, agent: str, now: datetime) -> TokenView:
    assert row.id is not None
    rights = tuple(Permission(right) for right in row.rights.splitlines() if right in set(Permission))
    return TokenView(row.id, agent, row.name, rights, row.made_at, row.expires_at, has_ended(row, now))
