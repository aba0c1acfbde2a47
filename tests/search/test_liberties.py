"""Names of which neither word is as it was typed: heard, called or written otherwise, with a slip besides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from data.desk import Desk, open_desk
from data.search import search
from data.store import open_store
from tests.builders import add_customer

PEOPLE = (
    "John Kish|Christopher Johnny Kish|William Conner|John William Connor|Thomas Shine|Thomas Reed|Tom Fine|Shane Tom"
    "|David Gribble|David Lee|Dave Gibbs|Michael Mansoor|Michael Baer|Mike Manson|William Battle|Wm Gregory Basse"
    "|Katherine O'Brien|Catherine Varian|James David Verdugo|James Ray Verdugo|Diane Verdugo|Gary Steven Mullins"
    "|Gary Mullins|Chelsea Connie Johnson|Cara Johnson|Jean Mckee|William Lestourgeon|John Taylor|Andrew Smith"
    "|Lee Smith|Theresa Kirkpatrick|Ann Kirkpatrick"
)


@pytest.fixture(scope="module")
def village(empty_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    store = open_store(copy(empty_store_file, tmp_path_factory.mktemp("village") / "village.store"))
    desk = open_desk(store, "agent07")
    for number, name in enumerate(PEOPLE.split("|")):
        first, *middle, last = name.split()
        add_customer(
            desk, f"SV{number:06d}", first_name=first, middle_name=" ".join(middle), last_name=last, city="Yonkers"
        )
    yield desk
    store.close()


def names(desk: Desk, text: str) -> list[str]:
    return [hit.name for hit in search(desk, text)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("johnn khish", "John Kish"),
        ("wiliam connor", "William Conner"),  # whom nobody hides who has William for a middle name
        ("tom ahine", "Thomas Shine"),
        ("ahine, tom", "Thomas Shine"),
        ("dave gribbgle", "David Gribble"),
        ("mkie mansoor", "Michael Mansoor"),
        ("wm battle", "William Battle"),
        ("catherin obrian", "Katherine O'Brien"),
    ],
)
def test_who_is_meant_is_found(village: Desk, text: str, meant: str) -> None:
    assert meant in names(village, text)[:3]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("J.D. Verdugo", "James David Verdugo"),
        ("verdugo, j. d.", "James David Verdugo"),
        ("jd verdugo", "James David Verdugo"),
        ("j r verdugo", "James Ray Verdugo"),
        ("mullins, gary s", "Gary Steven Mullins"),  # S is no street to the south
        ("gary s. mullins", "Gary Steven Mullins"),
        ("c c johnson", "Chelsea Connie Johnson"),
        ("jean mac kee", "Jean Mckee"),
        ("william le stourgeoh", "William Lestourgeon"),
        ("john ta ylor", "John Taylor"),
        ("and smi", "Andrew Smith"),
        ("gmullins", "Gary Mullins"),
        ("shinet", "Thomas Shine"),
        ("the kirkp", "Theresa Kirkpatrick"),
        ("my name is john taylor", "John Taylor"),
        ("for jean mckee", "Jean Mckee"),
        ("caller: gary steven mullins", "Gary Steven Mullins"),
    ],
)
def test_who_is_written_otherwise_comes_first(village: Desk, text: str, meant: str) -> None:
    assert names(village, text)[0] == meant


def test_initials_lead_to_who_has_the_name_and_not_to_a_place_called_so(village: Desk) -> None:
    for number in range(11):  # a page of them
        first, last = f"C{'abcdefghijk'[number]}l", f"C{'abcdefghijk'[number]}mp"
        add_customer(village, f"P{number}", first_name=first, last_name=last, city="Johnson City")
    assert names(village, "c. c. johnson")[0] == "Chelsea Connie Johnson"


def test_a_street_with_a_slip_comes_before_a_name_beside_a_number_that_ends_so(village: Desk) -> None:
    add_customer(village, "SV000201", first_name="Martin", last_name="Schoeben", street="6755 Maple Way")
    add_customer(village, "SV000202", first_name="Mapli", last_name="Allen", mdns=["2125556755"])
    assert names(village, "6755 maply way")[0] == "Martin Schoeben"
    assert names(village, "maply 6755")[0] == "Mapli Allen"


def test_an_initial_is_no_beginning_of_a_name_that_somebody_has(village: Desk) -> None:
    add_customer(village, "SV000501", first_name="Otis", last_name="Shealy")
    add_customer(village, "SV000502", first_name="Vera", last_name="Oshealy")
    assert names(village, "o wshealy")[0] == "Otis Shealy"
    assert names(village, "o shealy")[:2] == ["Vera Oshealy", "Otis Shealy"]


def test_two_words_of_a_company_may_be_run_together(village: Desk) -> None:
    add_customer(village, "SV000601", kind="business", company_name="Brown Travel & Sons")
    add_customer(village, "SV000602", kind="business", company_name="Smith Travel & Sons")
    assert names(village, "browntravel & sons")[0] == names(village, "brown travelsons")[0] == "Brown Travel & Sons"


def test_one_initial_stands_for_one_name(village: Desk) -> None:
    add_customer(village, "SV000301", first_name="Celeste", last_name="Chauvin", mdns=["3257019820"])
    add_customer(village, "SV000302", first_name="May", middle_name="C", last_name="Pan", mdns=["3257769802"])
    assert names(village, "celeste chauvin 9802")[0] == "Celeste Chauvin"
    assert names(village, "may chen pan 9802")[0] == "May C Pan"


def test_what_stands_before_a_name_may_be_typed_apart_beside_a_number(village: Desk) -> None:
    add_customer(village, "SV000401", first_name="Adrian", last_name="De La Cruz", mdns=["3257014444"])
    add_customer(village, "SV000402", first_name="Delia", last_name="Lara", mdns=["3257764444"])
    results = search(village, "de la cruz 4444")
    assert [hit.name for hit in results] == ["Adrian De La Cruz"] and not results.near


def test_a_slip_alone_comes_before_a_slip_and_a_nickname(village: Desk) -> None:
    add_customer(village, "SV000099", first_name="Thomas", last_name="Fime")
    add_customer(village, "SV000100", first_name="Tom", last_name="Fimes")
    assert names(village, "tom fimer")[0] == "Tom Fimes"
