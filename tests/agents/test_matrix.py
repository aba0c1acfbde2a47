"""The permission matrix: every action and every screen, for every role, against the one table in data/agents/rules."""

from __future__ import annotations

import pkgutil
import random
from importlib import import_module
from pathlib import Path

import pytest
from textual.screen import Screen

import data
import screens
from console.app import CarelineApp
from console.settings import Settings
from data.agents.rules import PERMISSIONS, Permission, Role, who_may
from data.desk import ACTIONS, Desk, Registered, open_desk
from data.errors import NotPermitted
from data.operators.functions import FUNCTIONS, functions
from data.operators.rules import OperatorKind
from data.store import Store
from screens.workspace import Workspace
from tests.builders import add_customer
from tests.conftest import NOW
from tests.screens.conftest import Person
from tests.stores import everything

WHO = {Role.AGENT: "agent07", Role.LEAD: "lead03", Role.TRAINER: "trainer05", Role.ADMINISTRATOR: "admin01"}


def modules(package: object) -> list[str]:
    """Every module of a floor."""
    path, name = package.__path__, package.__name__  # type: ignore[attr-defined]
    return [one.name for one in pkgutil.walk_packages(path, f"{name}.") if ".migrations" not in one.name]


for name in (*modules(data), *modules(screens)):
    import_module(name)
OURS = sorted((one for one in ACTIONS.values() if one.run.__module__.startswith("data.")), key=lambda one: one.name)


def desk_of(store: Store, role: Role) -> Desk:
    return open_desk(store, WHO[role], clock=lambda: NOW, random=random.Random(7))


def is_refused(desk: Desk, one: Registered) -> bool:
    """Whether the action is refused for want of a permission; without arguments, it gets no further than that."""
    try:
        one.run(desk)
    except NotPermitted:
        return True
    except Exception:
        return False
    return False


def test_the_walk_finds_the_actions() -> None:
    names = {one.name for one in OURS}
    assert len(OURS) > 60
    assert {"case.open", "customer.edit", "credit.approve", "agent.add", "access.approve", "token.make"} <= names


@pytest.mark.parametrize("role", Role)
def test_every_action_is_done_by_who_may_and_refused_to_others(store: Store, desk: Desk, role: Role) -> None:
    add_customer(desk)
    sits = desk_of(store, role)
    before = everything(store)
    refused = {one.name for one in OURS if one.needs not in PERMISSIONS[role] and is_refused(sits, one)}
    assert everything(store) == before
    assert refused == {one.name for one in OURS if one.needs not in PERMISSIONS[role]}
    allowed = {one.name for one in OURS if one.needs in PERMISSIONS[role] and not is_refused(sits, one)}
    assert allowed == {one.name for one in OURS if one.needs in PERMISSIONS[role]}


def test_an_administrator_may_all_and_everybody_keeps_their_own_way_in() -> None:
    assert PERMISSIONS[Role.ADMINISTRATOR] == set(Permission)
    for role in Role:
        assert {Permission.READ_ACCOUNTS, Permission.KEEP_OWN_SIGN_IN} <= PERMISSIONS[role]
    assert all(who_may(permission).endswith("administrator") for permission in Permission)


@pytest.mark.parametrize("kind", OperatorKind)
@pytest.mark.parametrize("role", Role)
def test_every_screen_function_is_offered_to_who_may(kind: OperatorKind, role: Role) -> None:
    offered = {function.id for function in functions(kind, role)}
    assert offered == {one.id for one in FUNCTIONS if kind in one.kinds and one.needs in PERMISSIONS[role]}


def workspaces(of: type[Screen[str]] = Workspace) -> set[type[Workspace]]:
    """Every kind of workspace that there is."""
    below = {deeper for kind in of.__subclasses__() for deeper in workspaces(kind)}
    return below | {kind for kind in of.__subclasses__() if kind.__module__.startswith("screens.")}


def test_every_workspace_says_what_it_takes_to_see_it() -> None:
    kinds = workspaces()
    assert len(kinds) > 8
    assert all(kind.needs_permission in Permission for kind in kinds)
    assert {kind.__name__ for kind in kinds if kind.needs_permission is not Permission.READ_ACCOUNTS} >= {
        "AgentsScreen",
        "ClassScreen",
        "DeckScreen",
    }


SOME = (Permission.READ_ACCOUNTS, Permission.LEAD_TEAM, Permission.BUILD_DECKS, Permission.ADMINISTER)


class Probe(Workspace):
    """A workspace of the test's own that tells when it was let in."""

    came = 0

    def desk_came(self) -> None:
        type(self).came += 1


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR])
async def test_a_workspace_reads_nothing_for_who_may_not_see_it(store: Store, role: Role) -> None:
    desk = desk_of(store, role)
    app = CarelineApp(Settings(), desk=desk)
    async with app.run_test() as pilot:
        person = Person(pilot)
        await person.rest()
        for needed in SOME:
            kind = type(f"Needs{needed.name}", (Probe,), {"needs_permission": needed, "came": 0})
            screen = kind()
            await app.push_screen(screen)
            await pilot.pause()
            screen.action_reload()
            assert bool(kind.came) is (needed in PERMISSIONS[role])  # type: ignore[attr-defined]
            trouble = str(screen.trouble.content)
            assert (f"may not {needed}" in trouble) is (needed not in PERMISSIONS[role])
            await app.pop_screen()


def test_the_guide_shows_the_table_as_it_is() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
    for permission in Permission:
        marks = " | ".join("✓" if permission in PERMISSIONS[role] else "" for role in Role)
        assert f"| {permission} | {marks} |" in guide
