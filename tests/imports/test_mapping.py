"""What a person says of the columns stands above what was proposed, and a map of it is kept for the next file."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import Misused, NotFound
from data.imports.fields import Field
from data.imports.mapping import check, corrected
from data.imports.maps import load_plan, save_plan
from tests.imports.files import PEOPLE, plan_of, table_of


def test_corrections_stand_above_what_is_proposed(tmp_path: Path) -> None:
    table = table_of(tmp_path, PEOPLE)
    plan = corrected(plan_of(table), table.header, [("phone", "PHONE2"), ("email", ""), ("last_name", "1")])
    assert plan.columns[Field.PHONE] == table.header.index("phone2")
    assert Field.PHONE2 not in plan.columns
    assert Field.EMAIL not in plan.columns
    assert plan.columns[Field.LAST_NAME] == 0
    assert Field.FIRST_NAME not in plan.columns


def test_two_fields_may_be_given_one_column_on_purpose(tmp_path: Path) -> None:
    table = table_of(tmp_path, PEOPLE)
    plan = corrected(plan_of(table), table.header, [("name", "company_name"), ("company", "company_name")])
    assert plan.columns[Field.NAME] == plan.columns[Field.COMPANY] == 2


@pytest.mark.parametrize(
    ("correction", "told"),
    [(("shoe", "zip"), "no field “shoe”"), (("zip", "shoe"), "no column “shoe”"), (("zip", "13"), "no column “13”")],
)
def test_a_correction_that_can_not_be_is_told(tmp_path: Path, correction: tuple[str, str], told: str) -> None:
    table = table_of(tmp_path, PEOPLE)
    with pytest.raises(Misused, match=told):
        corrected(plan_of(table), table.header, [correction])


def test_a_column_named_twice_is_asked_for_by_number(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Name,Phone,Phone\nAna,212-555-0143,212-555-0144\n")
    with pytest.raises(Misused, match="2 or 3"):
        corrected(plan_of(table), table.header, [("phone", "Phone")])
    assert corrected(plan_of(table), table.header, [("phone", "3")]).columns[Field.PHONE] == 2


def test_a_file_without_names_is_refused_with_a_way_on(tmp_path: Path) -> None:
    with pytest.raises(Misused, match="--map name=COLUMN"):
        check(plan_of(table_of(tmp_path, "colour,size\nred,3\n")))


def test_a_map_that_is_saved_is_read_again(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'Naïve "Name",Phone,Phone,x\nAna,212-555-0143,212-555-0144,\n')
    plan = corrected(plan_of(table), table.header, [("name", "1"), ("phone", "3")])
    save_plan(plan, table.header, tmp_path / "m.toml")
    assert load_plan(tmp_path / "m.toml", table.header).columns == plan.columns


@pytest.mark.parametrize("content", ["", "[columns]\n", "columns = 3\n", "no map at all", "\x00"])
def test_what_is_no_map_is_told_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "m.toml").write_text(content)
    with pytest.raises(Misused, match="is not a map"):
        load_plan(tmp_path / "m.toml", ["name"])


def test_a_map_for_other_columns_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_plan(tmp_path / "none.toml", ["name"])
    (tmp_path / "m.toml").write_text('[columns]\nname = "Client"\n')
    with pytest.raises(Misused, match="no column “Client”"):
        load_plan(tmp_path / "m.toml", ["name"])
