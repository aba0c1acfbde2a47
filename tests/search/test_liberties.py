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
    "|Katherine O'Brien|Catherine Varian"
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


def test_a_slip_alone_comes_before_a_slip_and_a_nickname(village: Desk) -> None:
    add_customer(village, "SV000099", first_name="Thomas", last_name="Fime")
    add_customer(village, "SV000100", first_name="Tom", last_name="Fimes")
    assert names(village, "tom fimer")[0] == "Tom Fimes"
