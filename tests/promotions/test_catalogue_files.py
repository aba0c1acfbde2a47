"""The catalogue from a shell: out into files, back in, and what was rejected to be mended; the demo's at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.demo.making import ZONE
from data.demo.promotions import Offers
from data.demo.purchases import CAST
from data.demo.rows import Rows
from data.desk import Desk
from data.errors import Invalid
from data.lines.tables import Plan
from data.promotions.files import read_file, read_toml, rejects_text, write_csv, write_toml
from data.promotions.queries import promotions
from data.promotions.reading import read_terms
from tests.shell import typed

Careline = Callable[..., tuple[int, str, str]]


@pytest.fixture
def careline(demo: Desk, capsys: pytest.CaptureFixture[str]) -> Careline:
    def call(*words: str, agent: str = "lead03") -> tuple[int, str, str]:
        return typed(capsys, "--store", str(demo.store.path), "--agent", agent, "promo", *words)

    return call


@pytest.mark.parametrize("name", ["all.toml", "all.csv"])
def test_what_was_exported_is_there_already(demo: Desk, careline: Careline, tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name)
    before = promotions(demo)
    assert careline("export", "--out", path)[0] == 0
    assert careline("export", "--out", path)[0] == 2, "a file that is there stays"
    code, out, _ = careline("import", path)
    assert (code, out.strip()) == (0, f"0 new, {len(before)} already here, 0 rejected.")
    assert promotions(demo) == before


def test_what_is_rejected_can_be_mended_and_imported(careline: Careline, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("ost,name,gives,amount,valid_from\n9001,Good,one-time credit,$50,2026-12-01\n"
                    "9002,Bad,one-time credit,twelve,2026-12-01\n", encoding="utf-8")  # fmt: skip
    code, out, _ = careline("import", str(path))
    assert code == 1
    assert "line 3, OST 9002: “twelve” is not an amount." in out
    rejects = tmp_path / "mine.csv.rejects.csv"
    mended = rejects.read_text("utf-8").replace(",twelve,", ",12.00,")
    rejects.write_text(mended, encoding="utf-8")
    assert careline("import", str(rejects))[0] == 0
    assert "$12.00" in careline("show", "9002")[1]


GOOD = {"ost": "9001", "name": "Good", "gives": "one-time credit", "amount": "50.00", "valid_from": date(2026, 12, 1)}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('trade_ins = [{ good = "50.00" }]', "trade_ins"),
        ('trade_ins = [{ devices = "Galaxy S21", good = "50.00" }]', "trade_ins"),
        ('trade_ins = [{ devices = [7], good = "50.00" }]', "trade_ins"),
        ('devices = [["Galaxy S25"]]', "devices"),
        ("valid_to = 10:00:00", "valid_to"),
        ('"my own" = "tab\\t, bell\\u0007, DEL\\u007F"', "my own"),
    ],
)
def test_an_entry_of_another_form_is_rejected_by_itself(line: str, wrong: str) -> None:
    (good,) = read_toml(write_toml([read_terms(GOOD)]))
    _, bad = read_toml(write_toml([read_terms(GOOD)]) * 2 + line)
    assert read_terms(good.plain)
    with pytest.raises(Invalid) as refused:
        read_terms(bad.plain)
    assert list(refused.value.fields) == [wrong]
    (again,) = read_toml(rejects_text([(bad, "why")], toml=True))
    with pytest.raises(Invalid):
        read_terms(again.plain)


@pytest.mark.parametrize(
    ("trade_ins", "wrong"),
    [
        ("S21: good 40, cracked 20 | Galaxy S21, S22: good 30",
         "It takes in S21 (good) for $40.00 and the same phone, Galaxy S21 (good) for $30.00; leave one of them out."),
        ("S21: good 40, cracked 20, good 30", "Phones stand there with two amounts for good; leave one out."),
        ([{"devices": ["S21"], "no power": "4.00", "no_power": "3.00"}], "two amounts for no power"),
        ("S21: good 40 | S21: cracked 20", ""),
        ("S21: good 40, cracked 20 | S21, S22: good 40", ""),
    ],
)  # fmt: skip
def test_a_phone_brings_one_amount_in_a_condition(trade_ins: object, wrong: str) -> None:
    if not wrong:
        assert len(read_terms({**GOOD, "trade_ins": trade_ins}).trade_ins) == 2
        return
    with pytest.raises(Invalid) as refused:
        read_terms({**GOOD, "trade_ins": trade_ins})
    assert wrong in refused.value.fields["trade_ins"]


@pytest.mark.parametrize(("field", "kept"), [("name", 120), ("notes", 2_000)])
def test_what_is_said_of_a_promotion_is_kept_whole_or_turned_down(field: str, kept: int) -> None:
    assert len(getattr(read_terms({**GOOD, field: "x" * kept}), field)) == kept
    with pytest.raises(Invalid, match=f"That has {kept + 1:,} characters; {kept:,} are kept."):
        read_terms({**GOOD, field: "x" * (kept + 1)})


def test_a_day_with_a_time_is_that_day() -> None:
    (entry,) = read_toml(write_toml([read_terms(GOOD)]).replace("2026-12-01", "2026-12-01T10:30:00"))
    assert read_terms(entry.plain) == read_terms(GOOD)


def test_a_cell_is_no_formula_and_comes_back_as_it_was(tmp_path: Path) -> None:
    plain = {"ost": "9001", "name": "=1+1", "gives": "accessory", "amount": "5.00", "valid_from": date(2026, 1, 1)}
    terms = read_terms(plain)
    path = tmp_path / "one.csv"
    path.write_text(write_csv([terms]), encoding="utf-8")
    assert "'=1+1" in path.read_text("utf-8")
    assert [read_terms(entry.plain) for entry in read_file(path)] == [terms]


@pytest.mark.parametrize("text", ["x = [", "[[offer]]\nost = 1", "promotion = 3", "\0"])
def test_a_file_that_is_none_is_misuse(careline: Careline, tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    code, _, err = careline("import", str(path))
    assert code == 2
    assert err


def test_an_agent_imports_none(careline: Careline, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("", encoding="utf-8")
    assert careline("import", str(path), agent="agent07")[0] == 1


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2026, 1, 3), date(2027, 8, 1), date(2031, 12, 24)])
def test_the_casts_purchases_qualify_whenever_the_demo_is_made(today: date) -> None:
    offers = Offers.add(Rows(), today, ZONE)
    for place, ost in ((3, "5020"), (21, "5030")):
        buyer = CAST[place]
        bought = buyer.lines[0]
        on = date.fromordinal(today.toordinal() - (bought.days or 0))
        found = offers.fitting(bought.facts(on, Plan(name=bought.plan, monthly_cents=3500), buyer.account))
        assert found
        assert found[1].ost == ost
