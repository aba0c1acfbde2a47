"""What an operator sells: the usual catalog, or a file's, which says why where it can't be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from data.audit import AuditEvent
from data.desk import open_desk
from data.errors import Misused
from data.lines.tables import Carrier, Feature, Plan
from data.operators.actions import Founding, found_store
from data.operators.catalog import default_catalog, default_catalog_text, parse_catalog
from data.store import Store
from tests.operators.conftest import Told


def rows(store: Store, table: type[Any]) -> list[Any]:
    with store.reading() as session:
        return list(session.exec(select(table).order_by(table.id)).all())


def test_a_new_operator_sells_what_is_usual(tmp_path: Path) -> None:
    store = found_store(tmp_path / "a.store", Founding())
    usual = default_catalog()
    assert [plan.name for plan in rows(store, Plan)] == [offer.name for offer in usual.plans]
    assert [row.ocs_enabled for row in rows(store, Carrier)] == [offer.ocs for offer in usual.carriers]
    assert {True, False} == {row.ocs_enabled for row in rows(store, Carrier)}
    assert any(plan.lifeline for plan in rows(store, Plan))
    assert rows(store, Feature)
    [event] = rows(store, AuditEvent)
    assert (event.action, event.agent) == ("operator.found", "admin")


CATALOG = """
[[carrier]]
name = "Lakeside"
ocs = true
[[plan]]
name = "Small"
monthly = "9.90"
voice = 100
text = 0
[[feature]]
name = "Echo"
monthly = 2
"""


def test_a_catalog_file_says_what_is_sold(careline: Told, tmp_path: Path) -> None:
    file = tmp_path / "catalog.toml"
    file.write_text(CATALOG, encoding="utf-8")
    assert careline("init", "--catalog", str(file))[0] == 0
    store = open_desk(tmp_path / "a.store").store
    [plan] = rows(store, Plan)
    assert (plan.name, plan.monthly_cents) == ("Small", 990)
    assert (plan.voice_minutes, plan.text_messages, plan.data_mb, plan.lifeline) == (100, 0, None, False)
    [carrier], [feature] = rows(store, Carrier), rows(store, Feature)
    assert (carrier.name, carrier.ocs_enabled, feature.name, feature.monthly_cents) == ("Lakeside", True, "Echo", 200)


def test_the_usual_catalog_can_be_shown_and_used(careline: Told, tmp_path: Path) -> None:
    code, out, _ = careline("init", "--show-catalog")
    assert (code, out) == (0, default_catalog_text())
    assert parse_catalog(out) == default_catalog()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[plan]", "can't be read"),
        ("[[plans]]\nname = 'x'", "[[plans]] is not known"),
        ("plan = 3", "begins with a line [[plan]]"),
        ("[[plan]]\nmonthly = 3", "has a name"),
        ("[[plan]]\nname = ''", "has a name"),
        ("[[plan]]\nname = 'x'\nminutes = 3", "a plan has no “minutes”"),
        ("[[plan]]\nname = 'x'\nvoice = 1.5", "voice of “x” is a whole number"),
        ("[[plan]]\nname = 'x'\ndata = -1", "data of “x” is a whole number"),
        ("[[plan]]\nname = 'x'\ntext = true", "text of “x” is a whole number"),
        ("[[plan]]\nname = 'x'\nmonthly = '1.999'", "not an amount in whole cents"),
        ("[[plan]]\nname = 'x'\nmonthly = -1", "costs less than nothing"),
        ("[[plan]]\nname = 'x'\nlifeline = 1", "lifeline of “x” is true or false"),
        ("[[carrier]]\nname = 'x'\n[[carrier]]\nname = 'X'", "“x” is listed twice"),
    ],
)
def test_a_catalog_that_cannot_be_says_why(text: str, sentence: str) -> None:
    with pytest.raises(Misused) as misused:
        parse_catalog(text)
    assert sentence in str(misused.value)
