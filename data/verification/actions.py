"""What an agent does with a call: begins it, says who is on it, ends it; and reveals one field, saying why."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.customers.finding import account_row
from data.desk import Desk, action
from data.errors import Invalid, NotFound, Refused
from data.text import refuse_long
from data.verification.lifetimes import end_reveals, finish, start
from data.verification.queries import call_row, call_view, going_on
from data.verification.rules import LONGEST_CALL, LONGEST_REASON, REVEALED_FOR, REVEALED_ONE_BY_ONE, Field, reason
from data.verification.sight import sight_in
from data.verification.tables import BulkLook, Reveal, VerificationStep
from data.verification.views import CallView


@action("call.begin", needs=Permission.TAKE_CALLS)
def begin_call(desk: Desk, account: str | None = None) -> CallView:
    """Begins a call, with who is on it where the account is known already.

    Raises Refused where one goes on, NotFound where there is no such account.
    """
    if going_on(desk.session, desk):
        raise Refused("A call goes on already.", "End it first: F3, or `careline call end`.")
    return call_view(desk.session, start(desk, account_row(desk.session, account).id if account else None))


@action("call.end", needs=Permission.TAKE_CALLS)
def end_call(desk: Desk) -> CallView:
    """Ends the call: nobody is verified any more, and what was revealed is masked. Raises Refused without a call."""
    row = call_row(desk.session, desk)
    finish(desk, row)
    view = call_view(desk.session, row)
    desk.event.tell(account_id=row.account_id, call=row.id, seconds=view.seconds(desk.now()), verified=view.told)
    return view


@action("call.keep", needs=Permission.TAKE_CALLS)
def keep_call(desk: Desk) -> CallView:
    """Goes on with a call during which the program broke off: the caller is verified anew. Raises Refused without."""
    row = call_row(desk.session, desk)
    desk.session.execute(
        update(VerificationStep)
        .where(col(VerificationStep.call_id) == row.id, col(VerificationStep.lapsed_at).is_(None))
        .values(lapsed_at=desk.now(), digest="")
    )
    end_reveals(desk)
    row.level, row.method = 0, ""
    desk.session.add(row)
    desk.event.tell(account_id=row.account_id, call=row.id)
    return call_view(desk.session, row)


@action("call.account", needs=Permission.TAKE_CALLS)
def put_on_call(desk: Desk, number: str) -> CallView:
    """Says whose account the call is about. Raises Refused without a call, NotFound without the account."""
    row = call_row(desk.session, desk)
    account = account_row(desk.session, number)
    if row.account_id != account.id:
        row.account_id, row.level, row.method = account.id, 0, ""
    desk.session.add(row)
    desk.event.tell(account_id=account.id, call=row.id)
    return call_view(desk.session, row)


@action("account.reveal", needs=Permission.TAKE_CALLS)
def reveal(desk: Desk, number: str, field: Field, why: str) -> None:
    """Opens one masked field of that account's customer to this agent, until the call or the visit ends.

    Raises NotFound, Invalid without a reason, Refused where the field is no single one or is open already.
    """
    refuse_secrets(why=why)
    refuse_long(LONGEST_REASON, why=why)
    said = reason(why)
    if not said:
        raise Invalid({"why": "Say in words why you need to see it."}, "Nothing was revealed.")
    if field not in REVEALED_ONE_BY_ONE:
        raise Refused(f"Careline keeps no {field}.", "There is nothing to reveal.")
    account = account_row(desk.session, number)
    if field not in sight_in(desk.session, desk).hidden(account.customer_id):
        raise Refused(f"The {field} of this account is open already.", "Nothing was changed.")
    call, now = going_on(desk.session, desk), desk.now()
    until = call.begun_at + LONGEST_CALL if call else now + REVEALED_FOR
    desk.session.add(
        Reveal(
            agent_id=desk.agent.id,
            customer_id=account.customer_id,
            call_id=call.id if call else None,
            field=field,
            why=said,
            at=now,
            until=until,
        )
    )
    method = call_view(desk.session, call).told if call else "no call"
    desk.event.tell(account_id=account.id, field=field, why=said, method=method, call=call.id if call else None)


@action("account.conceal", needs=Permission.TAKE_CALLS)
def conceal(desk: Desk) -> None:
    """Masks again what this agent revealed: the visit is over."""
    end_reveals(desk)


@action("look.see", needs=Permission.LEAD_TEAM)
def see_bulk_look(desk: Desk, look: int) -> None:
    """Notes that a lead has seen who looked without a call. Raises NotFound."""
    row = desk.session.get(BulkLook, look)
    if row is None:
        raise NotFound(f"There is no notice {look}.", "`careline call looks` lists them.")
    row.seen_by, row.seen_at = desk.agent.name, desk.now()
    desk.session.add(row)
    desk.event.tell(look=look)
