"""Verifying who is on the line, prompt by prompt. What a caller got wrong is kept too, so no answer is an error.

A PIN or a link is made, kept as a hash and sent; it is never in the audit, and nothing here says where it went.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select

from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.customers.finding import account_row
from data.desk import Desk, action
from data.errors import Invalid, Refused
from data.text import clean, refuse_long
from data.verification import hashes
from data.verification.lifetimes import start
from data.verification.queries import call_row, call_view, in_demo
from data.verification.records import Record, where
from data.verification.rules import (
    LONGEST_REASON,
    MOST_SENT,
    ORDER,
    SENT_FOR,
    SENT_WITHIN,
    TEMPORARY_DIGITS,
    TEMPORARY_TRIES,
    Method,
    Outcome,
    fits_rq,
)
from data.verification.sending import LINK_TEXT, PIN_TEXT, VALID, NotSent, hand_over, mail_address
from data.verification.steps import Ongoing, pass_step, settle
from data.verification.tables import Call, VerificationStep
from data.verification.views import CallView, Checked, Sent

DEMO_LINK = "https://demo.invalid/"


def send_link(desk: Desk, number: str, to: Record = Record.NUMBER) -> Sent:
    """Sends the customer a link to open, which says that it is they. Raises NotFound, and Refused with the reason."""
    token = hashes.link_token()
    link = (desk.connections.link_url or DEMO_LINK) + token
    return _send(desk, number, Method.LINK, to, token, LINK_TEXT.format(secret=link))


def send_temporary_pin(desk: Desk, number: str, to: Record = Record.NUMBER) -> Sent:
    """Sends the customer a PIN of six digits to read back. Raises NotFound, and Refused with the reason."""
    pin = hashes.temporary_pin()
    return _send(desk, number, Method.TEMPORARY_PIN, to, pin, PIN_TEXT.format(secret=pin))


@action("verify.confirm", needs=Permission.CONFIRM_LINKS)
def confirm_link(desk: Desk, token: str) -> None:
    """The customer opened the link with that token, says whoever serves the page. Raises Refused where it is void."""
    _confirm(desk, token)


@action("verify.play", needs=Permission.TAKE_CALLS)
def open_link_in_demo(desk: Desk, token: str) -> None:
    """In a demo the agent plays the customer, too, and opens their link. Raises Refused anywhere else."""
    if not in_demo(desk.session):
        raise Refused("Only the customer opens a link.", "Wait until they did, or go on to the next step.")
    _confirm(desk, token)


def _confirm(desk: Desk, token: str) -> None:
    sent = select(VerificationStep, Call).where(
        VerificationStep.digest == hashes.digest(token.strip()),
        VerificationStep.method == Method.LINK,
        VerificationStep.call_id == Call.id,
        col(Call.ended_at).is_(None),
    )
    found = desk.session.exec(sent).first()
    if found is None or not _holds(found[0], desk.now()):
        raise Refused("That link holds no longer.", "The agent sends another.")
    step, call = found
    pass_step(desk, step, call)


@action("verify.temporary_pin", needs=Permission.TAKE_CALLS)
def check_temporary_pin(desk: Desk, number: str, typed: str) -> Checked:
    """Compares what the caller read back with the PIN that was sent last; it holds once, and for three tries.

    Raises NotFound; Refused where none was sent or it holds no longer, and for what can't be one: that is no try.
    """
    ongoing = Ongoing.of(desk, number)
    step = ongoing.last(Method.TEMPORARY_PIN)
    if step is None or not _holds(step, desk.now()):
        raise Refused("No temporary PIN holds.", "Send one; it holds for ten minutes and three tries.")
    digits = "".join(char for char in typed if char.isdigit())
    if len(digits) != TEMPORARY_DIGITS:
        raise Refused(
            f"A temporary PIN has {TEMPORARY_DIGITS} digits.", "Type all of them. This did not count as a try."
        )
    if hashes.same(step.digest, hashes.digest(digits, of=ongoing.account.number)):
        pass_step(desk, step, ongoing.call)
        return Checked(passed=True)
    step.tries += 1
    left = TEMPORARY_TRIES - step.tries
    if not left:
        settle(desk, step, Outcome.FAILED)
    desk.session.add(step)
    ongoing.tell(desk, Method.TEMPORARY_PIN, Outcome.FAILED)
    return Checked(passed=False, tries_left=left)


@action("verify.pass_over", needs=Permission.TAKE_CALLS)
def pass_over(desk: Desk, number: str, method: Method, why: str = "") -> None:
    """Goes on to the next prompt, because the caller can't answer this one. Raises NotFound, Refused out of turn."""
    refuse_secrets(why=why)
    refuse_long(LONGEST_REASON, why=why)
    ongoing = Ongoing.of(desk, number)
    if method not in ORDER:
        raise Refused(f"A {method} is no prompt that is passed over.", "Nothing was changed.")
    ongoing.check_turn(desk, method)
    step = ongoing.last(method)
    if step is None or step.outcome != Outcome.SENT:
        step = ongoing.new(desk, method, Outcome.PASSED_OVER)
    settle(desk, step, Outcome.PASSED_OVER)
    ongoing.tell(desk, method, Outcome.PASSED_OVER, why=clean(why, LONGEST_REASON))


@action("verify.call_back", needs=Permission.TAKE_CALLS)
def call_back(desk: Desk, number: str) -> CallView:
    """The agent rang the number of record and the customer answered: a call of its own begins, verified.

    Ends the call that goes on. Raises NotFound, Refused where there is no number of record.
    """
    account = account_row(desk.session, number)
    if where(desk.session, desk, Record.NUMBER, account) is None:
        raise Refused("There is no number of record to call back.", "Verify the caller otherwise.")
    call = start(desk, account.id, outgoing=True)
    ongoing = Ongoing(call, account, [])
    pass_step(desk, ongoing.new(desk, Method.CALL_BACK, Outcome.SENT), call)
    return call_view(desk.session, call)


@action("verify.rq", needs=Permission.TAKE_CALLS)
def verify_rq(desk: Desk, asked: Iterable[tuple[str, bool]]) -> bool:
    """RQ verification of a caller who never had an account: each question, and whether the answer fitted.

    The answers themselves are kept nowhere, and no account is opened by it. Returns whether it is passed.
    Raises Refused without a call or where an account is on it, Invalid without a question.
    """
    call = call_row(desk.session, desk)
    if call.account_id is not None:
        raise Refused("An account is on this call.", "RQ is for who never had one; verify this caller by link or PIN.")
    judged = [(clean(question), bool(fits)) for question, fits in asked if clean(question)]
    refuse_secrets(question=" / ".join(question for question, _ in judged))
    if not judged:
        raise Invalid({"question": "Say what you asked."}, "Nothing was noted.")
    passed = fits_rq([fits for _, fits in judged])
    outcome = Outcome.PASSED if passed else Outcome.FAILED
    step = VerificationStep(
        call_id=call.id or 0,
        method=Method.RQ,
        outcome=outcome,
        at=desk.now(),
        settled_at=desk.now(),
        asked=json.dumps(judged, ensure_ascii=False),
    )
    desk.session.add(step)
    call.method = Method.RQ if passed else ""
    desk.session.add(call)
    desk.event.tell(call=call.id, method=Method.RQ, outcome=outcome, asked=judged)
    return passed


def _send(desk: Desk, number: str, method: Method, to: Record, secret: str, text: str) -> Sent:
    """Keeps the hash of `secret` first, then hands the text over: what could not be sent is void."""
    step_id, address, expires_at, demo = _prepare(desk, number, method, to, secret)
    try:
        hand_over(desk, address, text + VALID)
    except NotSent as error:
        _call_off(desk, step_id, surely=error.surely)
        raise
    return Sent(method, expires_at, secret if demo else "")


@action("verify.send", needs=Permission.TAKE_CALLS)
def _prepare(desk: Desk, number: str, method: Method, to: Record, secret: str) -> tuple[int, str, datetime, bool]:
    """The new step's id, where it goes, until when it holds, and whether this is a demo."""
    ongoing = Ongoing.of(desk, number)
    ongoing.check_turn(desk, method)
    _refuse_flood(desk, ongoing.account.customer_id)
    there = where(desk.session, desk, to, ongoing.account)
    if there is None:
        other = Record.ADDRESS if to is Record.NUMBER else Record.NUMBER
        raise Refused(f"There is no {to}.", f"Send it to the {other}, or go on to the next step.")
    address = mail_address(desk, to, there)
    for step in ongoing.steps:
        if step.method == method and step.outcome == Outcome.SENT:
            settle(desk, step, Outcome.FAILED)
    expires_at = desk.now() + SENT_FOR
    whose = "" if method is Method.LINK else ongoing.account.number  # who opens a link does not say whose it is
    digest = hashes.digest(secret, of=whose)
    step = ongoing.new(desk, method, Outcome.SENT, expires_at=expires_at, digest=digest)
    ongoing.take_onto_call(desk)
    desk.session.flush()
    assert step.id is not None
    ongoing.tell(desk, method, Outcome.SENT, to=to)
    return step.id, address, expires_at, in_demo(desk.session)


@action("verify.call_off", needs=Permission.TAKE_CALLS)
def _call_off(desk: Desk, step_id: int, surely: bool) -> None:
    """Voids what was not sent; where surely nobody got it, it is no message to the customer."""
    step = desk.session.get_one(VerificationStep, step_id)
    settle(desk, step, Outcome.FAILED)
    step.lapsed_at = desk.now()
    if surely:
        step.expires_at = None
    desk.event.tell(call=step.call_id, method=step.method, outcome="not sent")


def _refuse_flood(desk: Desk, customer_id: int) -> None:
    sent = select(VerificationStep.id).where(
        VerificationStep.customer_id == customer_id,
        VerificationStep.at > desk.now() - SENT_WITHIN,
        col(VerificationStep.expires_at).is_not(None),
    )
    if len(desk.session.exec(sent).all()) >= MOST_SENT:
        raise Refused("Enough messages went to this customer within the hour.", "Go on to the next step.")


def _holds(step: VerificationStep, now: datetime) -> bool:
    fresh = step.expires_at is not None and step.expires_at > now
    return fresh and bool(step.digest) and step.outcome == Outcome.SENT and step.lapsed_at is None
