"""Access requests, tokens and invitation codes: what opens, for whom, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from data.agents.access import (
    RequestState,
    access_requests,
    approve_access,
    deny_access,
    permission_named,
    request_access,
    revoke_access,
    waiting_requests,
)
from data.agents.codes import kept, new_code
from data.agents.invitations import invitations, invite, join, revoke_invitation
from data.agents.rules import INVITATION_DAYS, ONLY_BY_ROLE, Permission, Role
from data.agents.staff import agents, change_role
from data.agents.tokens import make_token, revoke_token, tokens
from data.audit import AuditEvent
from data.cases.actions import open_case
from data.customers.queries import account
from data.desk import Desk, permit
from data.errors import Invalid, NotFound, NotPermitted, Refused
from data.store import Store
from tests.agents.conftest import OURS, At
from tests.builders import add_customer
from tests.conftest import NOW

THEIRS = "nine green lanterns hum"


@pytest.fixture
def lead(at: At) -> Desk:
    return at("lead03", trusted=True)


@pytest.fixture
def trainer(at: At) -> Desk:
    return at("trainer05", trusted=True)


def test_what_is_granted_holds_at_once_and_both_stand_on_the_record(trainer: Desk, lead: Desk, at: At) -> None:
    asked = request_access(trainer, Permission.WORK_CASES, "I stand in for Kit this week")
    assert waiting_requests(lead) == 1
    assert waiting_requests(trainer) == 0
    granted = approve_access(lead, asked.id, "until Friday")
    assert (granted.state, granted.decided_by, granted.answer) == (RequestState.APPROVED, "lead03", "until Friday")
    assert open_case(trainer, "The bill is too high").number
    assert at("trainer05").may(Permission.WORK_CASES)
    with trainer.store.reading() as session:
        events = session.exec(select(AuditEvent).where(col(AuditEvent.action).startswith("access.")))
        assert [(one.agent, one.action) for one in events] == [
            ("trainer05", "access.request"),
            ("lead03", "access.approve"),
        ]


def test_what_is_denied_says_why_and_changes_nothing(trainer: Desk, lead: Desk) -> None:
    asked = request_access(trainer, Permission.WORK_CASES, "to see how it is")
    with pytest.raises(Invalid):
        deny_access(lead, asked.id, "  ")
    deny_access(lead, asked.id, "Look over a shoulder instead")
    (mine,) = access_requests(trainer, waiting=False)
    assert (mine.state, mine.answer) == (RequestState.DENIED, "Look over a shoulder instead")
    with pytest.raises(NotPermitted):
        open_case(trainer, "The bill is too high")
    with pytest.raises(Refused, match="decided about it already"):
        approve_access(lead, asked.id)


def test_asking_twice_is_one_request(trainer: Desk) -> None:
    first = request_access(trainer, Permission.WORK_CASES, "this week")
    assert request_access(trainer, Permission.WORK_CASES, "please").id == first.id


@pytest.mark.parametrize("permission", sorted(ONLY_BY_ROLE))
def test_some_permissions_come_with_a_role_only(desk: Desk, permission: Permission) -> None:
    with pytest.raises(Refused, match="by itself"):
        request_access(desk, permission, "please")


def test_nobody_decides_their_own_nor_grants_what_they_may_not_do(desk: Desk, lead: Desk, admin: Desk) -> None:
    own = request_access(lead, Permission.BUILD_DECKS, "for the new ones")
    with pytest.raises(Refused, match="their own"):
        approve_access(lead, own.id)
    other = request_access(desk, Permission.BUILD_DECKS, "for the new ones")
    with pytest.raises(NotPermitted, match="can't grant"):
        approve_access(lead, other.id)
    with pytest.raises(NotPermitted):
        approve_access(desk, own.id)
    assert approve_access(admin, other.id).state is RequestState.APPROVED


def test_a_grant_ends_by_revoking_and_by_another_role(desk: Desk, admin: Desk) -> None:
    for end in (
        lambda: revoke_access(admin, "agent07", Permission.SEND_MAIL),
        lambda: change_role(admin, "agent07", Role.AGENT),
    ):
        approve_access(admin, request_access(desk, Permission.SEND_MAIL, "for the flyers").id)
        (mine,) = [one for one in agents(admin) if one.name == "agent07"]
        assert mine.granted == (Permission.SEND_MAIL,)
        end()
        assert [one.granted for one in agents(admin) if one.name == "agent07"] == [()]
    with pytest.raises(NotFound):
        revoke_access(admin, "agent07", Permission.SEND_MAIL)


def test_what_one_has_is_not_asked_for(desk: Desk) -> None:
    with pytest.raises(Refused, match="already"):
        request_access(desk, Permission.WORK_CASES, "please")
    with pytest.raises(Invalid):
        request_access(desk, Permission.SEND_MAIL, " ")


def test_a_permission_is_named_in_the_words_of_the_refusal() -> None:
    for permission in Permission:
        assert permission_named(permission.value.upper()) is permission
    assert permission_named("decide about") is Permission.DECIDE_CREDITS
    for text in ("", "fly", "decide"):
        with pytest.raises(Invalid):
            permission_named(text)


def test_a_token_opens_its_rights_until_its_time_is_over(desk: Desk, at: At) -> None:
    add_customer(desk)
    made = make_token(desk, "nightly", days=3)
    script = at(token=made.secret)
    assert (script.agent.name, account(script, "SV000001").number) == ("agent07", "SV000001")
    for permission in set(Permission) - {Permission.READ_ACCOUNTS}:
        with pytest.raises(NotPermitted, match="not for this"):
            permit(script, permission)
    with pytest.raises(NotPermitted):
        open_case(script, "The bill is too high")
    assert at(token=made.secret.lower().replace("CARELINE", "careline"), days=2.99).agent.name == "agent07"
    for token, later in ((made.secret, 3), (made.secret[:-1], 0), ("", 0)):
        with pytest.raises(Refused, match="opens nothing"):
            at(token=token, days=later)
    with pytest.raises(Refused, match="agent07's"):
        at("lead03", token=made.secret)


def test_a_token_that_is_revoked_meanwhile_does_nothing_more(desk: Desk, at: At) -> None:
    made = make_token(desk, "cases", rights=[Permission.READ_ACCOUNTS, Permission.WORK_CASES])
    script = at(token=made.secret)
    open_case(script, "The bill is too high")
    revoke_token(desk, made.token.id)
    with pytest.raises(Refused, match="ended"):
        open_case(script, "The bill is too high")
    assert tokens(desk) == ()
    assert [one.ended for one in tokens(desk, ended=True)] == [True]


def test_the_audit_says_that_a_token_did_it(desk: Desk, at: At) -> None:
    made = make_token(desk, "cases", rights=[Permission.WORK_CASES])
    with pytest.raises(NotPermitted):
        account(at(token=made.secret), "SV000001")
    open_case(at(token=made.secret), "The bill is too high")
    with desk.store.reading() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "case.open")).one()
    assert (event.agent, f'"token":{made.token.id}' in event.detail) == ("agent07", True)


def test_a_token_is_not_kept_and_gives_nothing_that_its_agent_has_not(desk: Desk, admin: Desk, store: Store) -> None:
    made = make_token(admin, "nightly", agent="agent07")
    assert made.secret.encode() not in store.path.read_bytes()
    assert kept(made.secret) != made.secret
    for wrong in (
        {"rights": [Permission.ADMINISTER]},
        {"rights": [Permission.KEEP_OWN_SIGN_IN]},
        {"rights": []},
        {"days": 0},
        {"days": 366},
        {"name": "nightly"},
    ):
        with pytest.raises(Invalid):
            make_token(desk, **({"name": "other"} | wrong))
    with pytest.raises(NotPermitted):
        make_token(desk, "theirs", agent="lead03")
    lead_token = make_token(admin, "theirs", agent="lead03").token
    with pytest.raises(NotPermitted):
        revoke_token(desk, lead_token.id)
    with pytest.raises(NotPermitted):
        tokens(desk, everybodys=True)
    assert {one.agent for one in tokens(admin, everybodys=True)} == {"agent07", "lead03"}


def test_several_join_with_one_code_until_it_is_used_up(guarded: Store, admin: Desk, at: At) -> None:
    made = invite(admin, Role.TRAINER, uses=2)
    for name in ("kim", "lee"):
        assert join(guarded, made.code.lower(), name, THEIRS, now=NOW) == name
        assert at(name, THEIRS).agent.role is Role.TRAINER
    with pytest.raises(Refused, match="opens nothing"):
        join(guarded, made.code, "pat", THEIRS, now=NOW)
    assert invitations(admin) == ()
    assert [(one.used, one.ended) for one in invitations(admin, ended=True)] == [(2, True)]


def test_a_code_ends_after_45_days(guarded: Store, admin: Desk) -> None:
    made = invite(admin)
    assert join(guarded, made.code, "kim", THEIRS, now=NOW + timedelta(days=INVITATION_DAYS, seconds=-1)) == "kim"
    with pytest.raises(Refused):
        join(guarded, made.code, "lee", THEIRS, now=NOW + timedelta(days=INVITATION_DAYS))
    with pytest.raises(Invalid):
        invite(admin, days=46)


def test_a_code_that_is_ended_or_guessed_opens_nothing(guarded: Store, admin: Desk) -> None:
    made = invite(admin)
    revoke_invitation(admin, made.invitation.id)
    for code in (made.code, new_code(admin.random), ""):
        with pytest.raises(Refused):
            join(guarded, code, "kim", THEIRS, now=NOW)


def test_joining_takes_a_name_and_a_passphrase_that_will_do(guarded: Store, admin: Desk) -> None:
    made = invite(admin, uses=1)
    for name, passphrase in (("agent07", THEIRS), ("kim", "password1234"), ("kim", "Northline-kim-26"), ("", THEIRS)):
        with pytest.raises(Invalid):
            join(guarded, made.code, name, passphrase, now=NOW)
    assert [one.used for one in invitations(admin)] == [0]


def test_nobody_is_invited_as_administrator_nor_before_somebody_signs_in(admin: Desk) -> None:
    with pytest.raises(Invalid):
        invite(admin, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="Nobody signs in"):
        invite(admin)
    assert OURS  # the first passphrase is what is missing
