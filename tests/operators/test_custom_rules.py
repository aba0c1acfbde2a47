"""Custom rules: what an administrator sets for the whole operator, kept with what it was before."""

from __future__ import annotations

import json

import pytest
from sqlmodel import col, select

from data.audit import AuditEvent
from data.desk import Desk
from data.errors import Invalid, NotFound, Refused
from data.operators.actions import set_rule, unset_rule
from data.operators.queries import custom_rule
from data.operators.rules import CUSTOM_RULES, RECERTIFICATION_DISPLAY_RULE
from tests.shell import typed


def test_a_rule_is_set_and_unset(admin: Desk) -> None:
    assert custom_rule(admin, RECERTIFICATION_DISPLAY_RULE) is None
    set_rule(admin, RECERTIFICATION_DISPLAY_RULE.lower(), " 90 ")
    assert custom_rule(admin, RECERTIFICATION_DISPLAY_RULE) == "90"
    set_rule(admin, RECERTIFICATION_DISPLAY_RULE, "0")
    assert custom_rule(admin, RECERTIFICATION_DISPLAY_RULE) == "0"
    unset_rule(admin, RECERTIFICATION_DISPLAY_RULE)
    unset_rule(admin, RECERTIFICATION_DISPLAY_RULE)
    assert custom_rule(admin, RECERTIFICATION_DISPLAY_RULE) is None


def test_the_audit_keeps_what_a_rule_was_before(admin: Desk) -> None:
    set_rule(admin, RECERTIFICATION_DISPLAY_RULE, "90")
    set_rule(admin, RECERTIFICATION_DISPLAY_RULE, "30")
    with admin.reading() as session:
        event = session.exec(select(AuditEvent).order_by(col(AuditEvent.id).desc())).first()
    assert event is not None
    detail = {"rule": RECERTIFICATION_DISPLAY_RULE, "before": "90", "after": "30"}
    assert (event.agent, json.loads(event.detail)) == ("admin01", detail)


@pytest.mark.parametrize("value", ["", "soon", "-1", "367", "1.5", "٣", "1" * 400])
def test_a_rule_does_not_take_what_it_cannot_hold(admin: Desk, value: str) -> None:
    with pytest.raises(Invalid, match="a number of days from 0 to 366"):
        set_rule(admin, RECERTIFICATION_DISPLAY_RULE, value)
    assert custom_rule(admin, RECERTIFICATION_DISPLAY_RULE) is None


def test_a_rule_that_there_is_not_is_not_set(admin: Desk) -> None:
    with pytest.raises(NotFound, match="no custom rule called"):
        set_rule(admin, "SOME_RULE", "1")


def test_only_an_administrator_sets_a_rule(desk: Desk) -> None:
    for change in (lambda: set_rule(desk, RECERTIFICATION_DISPLAY_RULE, "1"), lambda: unset_rule(desk, "x")):
        with pytest.raises(Refused, match="Ask an administrator"):
            change()


def test_rules_from_the_command_line(admin: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    def careline(*words: str) -> tuple[int, str, str]:
        return typed(capsys, "--store", str(admin.store.path), "--agent", "admin01", "rule", *words)

    assert f"{RECERTIFICATION_DISPLAY_RULE}: not set" in careline("list")[1]
    assert careline("set", RECERTIFICATION_DISPLAY_RULE, "45")[0] == 0
    unset = dict.fromkeys(CUSTOM_RULES)
    assert json.loads(careline("list", "--json")[1]) == unset | {RECERTIFICATION_DISPLAY_RULE: "45"}
    assert careline("set", RECERTIFICATION_DISPLAY_RULE, "soon")[0] == 2
    assert careline("unset", "NO_SUCH_RULE")[0] == 1
    assert careline("unset", RECERTIFICATION_DISPLAY_RULE)[0] == 0
    assert json.loads(careline("list", "--json")[1]) == unset
