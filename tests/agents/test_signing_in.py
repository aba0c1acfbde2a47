"""Signing in: who may sit where, which passphrases will do, and how long the way in stays shut after wrong ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from data.agents.lockout import LONGEST, in_words, lock_after
from data.agents.own import change_profile, choose_passphrase
from data.agents.passphrases import wrong_passphrase
from data.agents.queries import idle_limit, shut_out_since
from data.agents.rules import Permission, Role
from data.agents.staff import add_agent, agents, change_role, lock_agent, reset_passphrase, unlock_agent
from data.agents.tables import Credential, Grant
from data.audit import AuditEvent
from data.cases.actions import open_case
from data.customers.actions import open_account
from data.customers.queries import account
from data.desk import Desk
from data.errors import Invalid, NotFound, NotPermitted, Refused, SignInNeeded
from data.operators.actions import set_rule
from data.operators.rules import EXTENDED_SESSION_RULE, IDLE_RULE
from data.store import Store
from tests.agents.conftest import OURS, At
from tests.builders import add_customer
from tests.conftest import NOW


def told(store: Store) -> list[str]:
    """The agents' own events in the audit, as "who: what"."""
    with store.reading() as session:
        rows = session.exec(select(AuditEvent).where(col(AuditEvent.action).startswith("agent.")))
        return [f"{row.agent}: {row.action}" for row in rows]


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 720), (999, 720)],
)
def test_the_way_in_is_shut_longer_each_time(failures: int, minutes: int) -> None:
    assert lock_after(failures) == timedelta(minutes=minutes)


@given(st.integers(0, 10_000))
def test_another_wrong_try_never_opens_it_sooner(failures: int) -> None:
    assert timedelta() <= lock_after(failures) <= lock_after(failures + 1) <= LONGEST


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"), (3600, "1 hour"), (3601, "2 hours")],
)
def test_how_long_is_told_in_words(seconds: float, words: str) -> None:
    assert in_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "otters swim",
        "password1234",
        "qwertyuiop123",
        "agent07agent07",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "x" * 257,
    ],
)
def test_what_is_short_common_or_made_of_the_name_will_not_do(passphrase: str) -> None:
    assert wrong_passphrase(passphrase, ("agent07",))


@pytest.mark.parametrize(
    "passphrase", ["mariaalvarez1", "Maria_Alvarez-2026", "northline wireless 1", "Careline-Maria 99"]
)
def test_names_count_for_nothing_however_many_there_are(passphrase: str) -> None:
    about = ("maria", "Maria Alvarez", "Northline Wireless")
    assert wrong_passphrase(passphrase, about)
    assert wrong_passphrase(f"{passphrase} quiet otters swim", about) is None


@pytest.mark.parametrize("passphrase", [OURS, "correct horse battery staple", "Zwölf Boxkämpfer jagen", "b7#kQ2!xW9@z"])
def test_words_that_do_not_belong_together_will(passphrase: str) -> None:
    assert wrong_passphrase(passphrase, ("agent07",)) is None


def test_a_store_is_open_until_an_administrator_has_a_passphrase(at: At, admin: Desk) -> None:
    assert at().agent.name == "admin01"
    assert at("agent07").agent.role is Role.AGENT
    with pytest.raises(Refused, match="an administrator's"):
        choose_passphrase(at("agent07"), OURS)
    choose_passphrase(admin, OURS)
    for name in (None, "agent07", "admin01"):
        with pytest.raises(SignInNeeded):
            at(name)
    assert at("ADMIN01", OURS).agent.name == "admin01"


def test_scripts_that_hold_the_file_are_trusted(guarded: Store, at: At) -> None:
    assert at("agent07", trusted=True).agent.name == "agent07"
    with pytest.raises(Refused):
        at("admin01", "something else", trusted=True)


def test_a_wrong_name_and_a_wrong_passphrase_are_told_alike(guarded: Store, at: At) -> None:
    sentences = set()
    for name in ("admin01", "agent07", "nobody"):
        with pytest.raises(Refused) as refused:
            at(name, "not the right words")
        sentences.add(str(refused.value))
    assert len(sentences) == 1


def test_who_fails_too_often_waits_and_the_lead_is_told(guarded: Store, at: At) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            at("admin01", "not the right words")
    with pytest.raises(Refused, match="shut for 1 minute more"):
        at("admin01", OURS)
    assert told(guarded)[-2:] == ["admin01: agent.wrong_passphrase", "admin01: agent.locked_out"]
    lead = at("lead03", trusted=True)
    (shut,) = shut_out_since(lead, NOW - timedelta(hours=1))
    assert (shut.agent, shut.failures, shut.until) == ("admin01", 5, NOW + timedelta(minutes=1))
    assert shut_out_since(at("agent07", trusted=True), NOW - timedelta(hours=1)) == ()
    with pytest.raises(Refused, match="shut for 2 minutes now"):
        at("admin01", "not the right words", seconds=60)
    assert at("admin01", OURS, minutes=3).agent.name == "admin01"
    assert shut_out_since(lead, NOW - timedelta(hours=1)) == ()
    with pytest.raises(Refused, match="do not fit"):
        at("admin01", "not the right words", minutes=4)  # the count began anew


def test_an_administrator_opens_the_way_in_again(guarded: Store, at: At, admin: Desk) -> None:
    given_ = add_agent(admin, "kim").temporary_passphrase
    for _ in range(6):
        with pytest.raises(Refused):
            at("kim", "not the right words")
    unlock_agent(admin, "kim")
    assert at("kim", given_).agent.temporary


def test_a_temporary_passphrase_opens_nothing_but_the_choice_of_ones_own(guarded: Store, at: At, admin: Desk) -> None:
    add_customer(admin)
    given_ = reset_passphrase(admin, "agent07").temporary_passphrase
    desk = at("agent07", given_)
    for attempt in (lambda: account(desk, "SV000001"), lambda: open_account(desk, "SV000001")):
        with pytest.raises(NotPermitted, match="temporary"):
            attempt()
    with pytest.raises(Invalid, match="easily guessed"):
        choose_passphrase(desk, "Northline agent07", given_)
    choose_passphrase(desk, "nine green lanterns hum", given_)
    assert account(at("agent07", "nine green lanterns hum"), "SV000001").number == "SV000001"
    with pytest.raises(Refused):
        at("agent07", given_)


def test_a_passphrase_is_kept_one_way_only(guarded: Store) -> None:
    with guarded.reading() as session:
        (kept,) = session.exec(select(Credential))
    assert kept.hash.startswith("$argon2id$")
    assert OURS.encode() not in guarded.path.read_bytes()


def test_choosing_another_asks_for_the_old_one(guarded: Store, at: At) -> None:
    desk = at("admin01", OURS)
    for old in (None, "not the right words"):
        with pytest.raises(Refused):
            choose_passphrase(desk, "nine green lanterns hum", old)
    with pytest.raises(Invalid):
        choose_passphrase(desk, OURS, OURS)
    choose_passphrase(desk, "nine green lanterns hum", OURS)
    assert at("admin01", "nine green lanterns hum").agent.name == "admin01"


def test_who_is_locked_meanwhile_does_nothing_more(desk: Desk, admin: Desk) -> None:
    add_customer(admin)
    open_account(desk, "SV000001")
    lock_agent(admin, "agent07")
    with pytest.raises(Refused, match="no access any more"):
        open_account(desk, "SV000001")
    unlock_agent(admin, "agent07")
    open_account(desk, "SV000001")


def test_a_role_that_is_lost_holds_at_once(desk: Desk, admin: Desk) -> None:
    change_role(admin, "agent07", Role.TRAINER)
    with pytest.raises(NotPermitted, match="A trainer may not work cases"):
        open_case(desk, "The bill is too high")


def test_somebody_can_always_administer(admin: Desk, guarded: Store) -> None:
    add_agent(admin, "second", role=Role.ADMINISTRATOR)  # has not signed in yet
    with pytest.raises(Refused, match="Nobody but admin01"):
        change_role(admin, "admin01", Role.AGENT)
    with pytest.raises(Refused, match="locks themselves"):
        lock_agent(admin, "admin01")
    assert [one.role for one in agents(admin) if one.name == "admin01"] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize("name", ["", "   ", "AGENT07", "-x"])
def test_a_name_that_can_not_be_adds_nobody(admin: Desk, name: str) -> None:
    before = agents(admin)
    with pytest.raises(Invalid):
        add_agent(admin, name)
    assert agents(admin) == before


def test_only_an_administrator_sees_and_changes_who_works_here(desk: Desk) -> None:
    for attempt in (lambda: agents(desk), lambda: add_agent(desk, "kim"), lambda: reset_passphrase(desk, "lead03")):
        with pytest.raises(NotPermitted):
            attempt()


def test_the_console_waits_as_long_as_the_rule_says_or_the_agent_may_extend(desk: Desk, admin: Desk, at: At) -> None:
    assert idle_limit(desk) == timedelta(minutes=15)
    set_rule(admin, IDLE_RULE, "5")
    assert idle_limit(desk) == timedelta(minutes=5)
    change_profile(desk, session_hours=8, time_zone="America/Denver", display_name="Jo")
    seated = at("agent07")
    assert (idle_limit(seated), seated.agent.zone.key, seated.agent.display_name) == (
        timedelta(hours=8),
        "America/Denver",
        "Jo",
    )
    with pytest.raises(Invalid, match="8 hours at most"):
        change_profile(desk, session_hours=9)
    set_rule(admin, EXTENDED_SESSION_RULE, "2")
    assert idle_limit(seated) == timedelta(hours=2)
    set_rule(admin, EXTENDED_SESSION_RULE, "0")
    assert idle_limit(seated) == timedelta(minutes=5)
    with pytest.raises(Invalid, match="not extended here"):
        change_profile(desk, session_hours=1)


@pytest.mark.parametrize(("rule", "value"), [(IDLE_RULE, "0"), (IDLE_RULE, "241"), (EXTENDED_SESSION_RULE, "25")])
def test_a_rule_holds_only_what_it_can(admin: Desk, rule: str, value: str) -> None:
    with pytest.raises(Invalid):
        set_rule(admin, rule, value)


def test_who_is_not_there_is_not_found(admin: Desk) -> None:
    for attempt in (lambda: lock_agent(admin, "nobody"), lambda: change_role(admin, "nobody", Role.LEAD)):
        with pytest.raises(NotFound):
            attempt()


def test_a_granted_or_unknown_permission_in_the_store_never_breaks_a_desk(store: Store, at: At) -> None:
    with store.writing() as session:
        session.add(Grant(agent_id=2, permission="fly", granted_by="admin01", granted_at=NOW))
        session.add(Grant(agent_id=2, permission=Permission.SEND_MAIL, granted_by="admin01", granted_at=NOW))
    desk = at("agent07")
    assert desk.may(Permission.SEND_MAIL)
    assert not desk.may(Permission.ADMINISTER)
