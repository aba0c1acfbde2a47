"""A call: one at a time, about somebody; when it is over, what it opened is masked again."""

from __future__ import annotations

import pytest
from sqlmodel import select

from data.customers.actions import open_account
from data.desk import Desk
from data.errors import Refused
from data.verification.actions import begin_call, end_call, keep_call, put_on_call, reveal
from data.verification.queries import calls_of, current_call
from data.verification.rules import LONGEST_CALL, Field, Level, Outcome
from data.verification.sight import ALL, Sight
from data.verification.tables import VerificationStep
from data.verification.verifying import call_back, verify_rq
from tests.conftest import NOW
from tests.verification.calling import Messages, audited, later, level, sight, verified


def test_one_call_at_a_time(desk: Desk, maria: str) -> None:
    assert current_call(desk) is None
    begun = begin_call(desk, maria)
    assert (begun.name, begun.told) == ("Maria Alvarez", "not verified")
    assert current_call(desk) == begun
    with pytest.raises(Refused, match="goes on already"):
        begin_call(desk)
    ended = end_call(later(desk, seconds=134))
    assert ended.seconds(NOW) == 134
    assert current_call(desk) is None
    with pytest.raises(Refused, match="Nobody is on the line"):
        end_call(desk)


def test_a_call_belongs_to_one_agent(desk: Desk, admin: Desk, maria: str) -> None:
    begin_call(desk, maria)
    assert current_call(admin) is None
    begin_call(admin)


def test_the_account_that_is_opened_is_on_the_call_until_someone_is_verified(
    desk: Desk, maria: str, john: str, messages: Messages
) -> None:
    begin_call(desk)
    open_account(desk, john)
    open_account(desk, maria)
    assert current_call(desk).account == maria
    verified(desk, maria, messages)
    open_account(desk, john)
    assert current_call(desk).account == maria
    assert [one.account for one in calls_of(desk)] == [maria]


def test_a_call_that_was_forgotten_verifies_nobody_and_makes_way(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    next_day = later(desk, seconds=LONGEST_CALL.total_seconds() + 1)
    assert current_call(next_day) is None
    assert sight(next_day).levels == {}
    assert begin_call(next_day).account is None


def test_a_call_gone_on_with_after_a_crash_is_verified_anew(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    kept = keep_call(desk)
    assert (kept.account, kept.level) == (maria, Level.NONE)
    assert level(desk, maria) is Level.NONE
    assert sight(desk).levels == {}


def test_a_call_back_is_a_call_of_its_own(desk: Desk, maria: str, john: str) -> None:
    first = begin_call(desk, maria)
    back = call_back(desk, maria)
    assert (back.id != first.id, back.outgoing, back.told) == (True, True, "verified by call-back")
    assert sight(desk).hidden(1) == frozenset()
    with pytest.raises(Refused, match="no number of record"):
        call_back(desk, john)


def test_rq_is_for_who_never_had_an_account_and_opens_none(desk: Desk, maria: str) -> None:
    begin_call(desk)
    assert not verify_rq(desk, [("Which store?", True), ("When?", True)])
    assert not verify_rq(desk, [("Which store?", True), ("When?", True), ("What for?", False)])
    assert verify_rq(desk, [("Which store?", True), ("When?", True), ("What for?", True)])
    assert current_call(desk).told == "verified by RQ, no account"
    assert sight(desk) == Sight({}, {})
    assert audited(desk, "verify.rq")[-1]["asked"] == [["Which store?", True], ["When?", True], ["What for?", True]]
    put_on_call(desk, maria)
    with pytest.raises(Refused, match="An account is on this call"):
        verify_rq(desk, [("Which store?", True)])


def test_the_end_of_the_call_masks_everything(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    reveal(desk, maria, Field.BIRTH_DATE, "the vendor asks for it")
    assert sight(desk).hidden(1) == {Field.CALL_DETAIL}
    end_call(desk)
    assert sight(desk).hidden(1) == ALL


def test_another_caller_on_the_same_call_is_verified_alone(
    desk: Desk, maria: str, john: str, messages: Messages
) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    assert sight(desk).hidden(2) == ALL


def test_every_step_is_kept_with_the_call(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    with desk.reading() as session:
        step = session.exec(select(VerificationStep)).one()
    assert (step.outcome, step.digest) == (Outcome.PASSED, "")
