"""What an agent can reach: common to resellers and MVNOs, or of one only; and never what a role may not do."""

from __future__ import annotations

import pytest

from data.agents.rules import Role
from data.desk import Desk
from data.errors import StoreTrouble
from data.operators.actions import set_rule
from data.operators.functions import FUNCTIONS, Form, Place, functions, has
from data.operators.queries import custom_rule, operator
from data.operators.rules import RECERTIFICATION_DISPLAY_RULE, OperatorKind
from data.operators.tables import Operator

RESELLER_ONLY = {"business", "lifeline", "services"}
MVNO_ONLY = {"services-area"}


def ids(kind: OperatorKind, role: Role = Role.AGENT, **only: Place | Form) -> set[str]:
    return {function.id for function in functions(kind, role, **only)}  # type: ignore[arg-type]


def test_each_kind_of_operator_has_its_own_and_what_is_common() -> None:
    reseller, mvno = ids(OperatorKind.RESELLER), ids(OperatorKind.MVNO)
    assert reseller - mvno == RESELLER_ONLY
    assert mvno - reseller == MVNO_ONLY
    assert {"find", "edit", "submit", "timeline", "line", "ocs"} <= reseller & mvno


@pytest.mark.parametrize("kind", OperatorKind)
def test_services_stand_in_one_place(kind: OperatorKind) -> None:
    (services,) = [function for function in functions(kind, Role.AGENT) if function.title == "Services"]
    assert services.form is (Form.MENU if kind is OperatorKind.RESELLER else Form.AREA)


def test_what_a_role_may_not_do_is_not_offered() -> None:
    agents = {"edit", "submit", "new-case", "credit", "call", "verify", "reveal"}
    assert ids(OperatorKind.RESELLER) - ids(OperatorKind.RESELLER, Role.TRAINER) == agents
    assert ids(OperatorKind.RESELLER, Role.LEAD) - ids(OperatorKind.RESELLER) == {
        "audit",
        "decide-credits",
        "complaints",
    }


def test_functions_are_found_by_place_and_form() -> None:
    assert ids(OperatorKind.MVNO, place=Place.LINE) == {"line", "ocs"}
    assert "edit" not in ids(OperatorKind.MVNO, form=Form.AREA)


@pytest.mark.parametrize("kind", OperatorKind)
def test_no_two_functions_of_one_place_share_a_key(kind: OperatorKind) -> None:
    for place in Place:
        here = [f.key for f in functions(kind, Role.ADMINISTRATOR) if f.key and f.place in (place, Place.ANYWHERE)]
        assert len(here) == len(set(here))


def test_every_function_says_what_it_does_and_has_a_name_of_its_own() -> None:
    assert len({function.id for function in FUNCTIONS}) == len(FUNCTIONS)
    assert all(function.help.endswith(".") and function.title for function in FUNCTIONS)
    assert has(OperatorKind.RESELLER, "lifeline") and not has(OperatorKind.MVNO, "lifeline")
    assert not has(OperatorKind.MVNO, "no such function")


def test_the_operator_is_known(desk: Desk) -> None:
    view = operator(desk)
    assert (view.name, view.kind, view.demo) == ("Northline", OperatorKind.RESELLER, False)


def test_a_store_without_an_operator_says_so(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.delete(session.get_one(Operator, 1))
    with pytest.raises(StoreTrouble, match="no operator"):
        operator(desk)


def test_a_custom_rule_is_none_until_it_is_set(desk: Desk, admin: Desk) -> None:
    assert custom_rule(desk, RECERTIFICATION_DISPLAY_RULE) is None
    set_rule(admin, RECERTIFICATION_DISPLAY_RULE, "30")
    assert custom_rule(desk, RECERTIFICATION_DISPLAY_RULE) == "30"
