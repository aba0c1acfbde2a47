"""The main job by keyboard, from an empty folder: found a store, import a file, find, open, edit, submit."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.app import CarelineApp
from console.command_line import run
from console.settings import Settings
from tests.screens.conftest import SMALL, Person

CUSTOMERS = """\
First Name,Last Name,Company,Street,City,State,ZIP,Phone,E-mail,Birth date,Lifeline start date
James,Ortega,"Chandler, Price & Sons",6649 Blue Gum St,New Orleans,LA,70116,504-555-0127,james@example.com,,
Josephine,Darakwell,,4 Ridge Blvd,Brighton,MI,48116,810-555-0188,jo@example.org,03/14/1961,02/03/2021
Art,Venn,,8 W Cerritos Ave,Bridgeport,NJ,8014,856-555-0149,art@example.org,,
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A real store, founded and filled from the command line in an empty folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    where, file = tmp_path / "real.store", tmp_path / "customers.csv"
    file.write_text(CUSTOMERS, encoding="utf-8")
    assert run(["--store", str(where), "init", "--admin", "ana", "--yes"]) == 0
    assert run(["--store", str(where), "import", "customers", str(file), "--yes"]) == 0
    assert "3 added" in capsys.readouterr().out
    return where


async def test_from_a_file_of_customers_to_a_change_that_nlad_knows(store: Path) -> None:
    app = CarelineApp(Settings(store=str(store)))
    app.animation_level = "none"
    async with app.run_test(size=SMALL) as pilot:
        person = Person(pilot)
        while app.desk is None:
            await person.rest()
        await person.type("darakwel")
        person.sees("Josephine Darakwell", "810-555-0188")
        await person.press("enter")
        person.sees("Josephine Darakwell", "✓ active", "This customer's Lifeline certification will expire on")
        await person.press("e")
        await person.press("tab", "tab")
        await person.type("Darakjy")
        await person.press("ctrl+s")
        person.sees("No caller is verified for this account")
        await person.type("by letter")
        await person.press("ctrl+s")
        person.sees(
            "✓ Saved: last name.",
            "Customer Verification has failed or needs to be updated with NLAD",
            "s Submit customer information now",
        )
        await person.press("s")
        person.sees("NLAD")
        person.does_not_see("Saved:")
        await person.press("escape")
        await person.type("0188")
        person.sees("Josephine Darakjy")
