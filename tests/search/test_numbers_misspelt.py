"""Numbers as people write them down: with a word before them, letters for digits, or a slip; dates and e-mails too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.desk import Desk, open_desk
from data.search import Kind, recognise, search
from data.search.codes import misread
from data.search.dates import take_dates
from data.store import open_store
from tests.builders import add_customer

IMEI, MEID, ICCID, ESN = "490154203237518", "A0000000F0232B", "89014103211118510720", "E69F0A51"


@pytest.fixture(scope="module")
def desk_with_one(empty_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at a store where Homer Tate is, and a few others whose numbers are unlike his."""
    store = open_store(copy(empty_store_file, tmp_path_factory.mktemp("numbers") / "numbers.store"))
    desk = open_desk(store, "agent07")
    add_customer(
        desk,
        "SV210435",
        first_name="Homer",
        last_name="Tate",
        mdns=["7135550143"],
        device={"imei": IMEI, "meid": MEID, "iccid": ICCID},
        emails=["homer.tate7@example.com"],
        birth_date=date(1956, 5, 12),
    )
    add_customer(
        desk,
        "SV210888",
        first_name="Homer",
        last_name="Olsen",
        mdns=["2025550111"],
        device={"esn": ESN},
        birth_date=date(1980, 1, 2),
    )
    add_customer(desk, "SV777001", first_name="Cella", last_name="Phan", mdns=["4045559876"], emails=["cp@example.com"])
    yield desk
    store.close()


def first(desk: Desk, text: str) -> str:
    return next((hit.name for hit in search(desk, text)), "")


@pytest.mark.parametrize("name", ["doberstein", "dobis", "esner", "bornstein", "born", "altman", "homer", "callis"])
@pytest.mark.parametrize("behind", ["3016", "77002", "SV093298", "houston 3016"])
def test_a_name_that_begins_as_such_a_word_is_a_name(name: str, behind: str) -> None:
    assert recognise(f"{name} {behind}").words[0] == name


@pytest.mark.parametrize(
    "text",
    [
        "cell# 713-555-0143",
        "Cell phone (713)555-0143",
        "ph 713.555.0143",
        "phone number is 7135550143",
        "CB# 1-713-555-0143",
        "acct no. SV210435",
        "Account number: sv-210435",
        "a/c SV210435",
        "IMEI#490154203237518",
        "imei 49-015420-323751-8",
        "sim card 89014103211118510720",
        "SIM# 89014103211118510720F",
        "0xA0000000F0232B",
        "dob 051256",
        "D.O.B.: May 12, 1956",
        "12-MAY-1956",
        "may-12-56",
        "5 12 1956",
        "051256",
        "tate 05121956",
        "tate dob 5 12 1956",
        "Cust: Homer Tate  MDN: 713-555-0143  Acct: SV210435",
        "homer tate cell 713 555 0143",
        "SV21O435",
        "SV2lO435",
        "5V210435",
        "A0OOOO0OF0232B",
        "homer.tate7 @ example.com",
        "Homer.Tate7 at example dot com",
        "homer.tate7@another.net",
        "homer.tate7",
        "tate SV2l0435",
        "tate SV210453",
        "tate 490154203237581",
        "713-555-O143",
        "(7l3) 555-o143",
        "713.555.0143 cell",
        "713-555-0143 (home)",
        "alt# 713-555-0143",
        "tate #0143",  # no apartment: no house was named
        "tate ***0143",
        "xxx-xxx-0143",
        "tate ending in 0143",
        "tate, last 4 digits: 0143",
        "(713) 555-0143 ext. 5",
        "713-555-0143 x12",
        "713_555_0143",
        "mailto:homer.tate7@example.com",
        "homr.tate7@example.com",
        "homer.tate77@example.com",
        "homer.tate7@exmaple.cmo",
        "homer.tate7+bills@example.com",
    ],
)
def test_who_is_meant_comes_first(desk_with_one: Desk, text: str) -> None:
    assert first(desk_with_one, text) == "Homer Tate"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("NuÃ±ez", "nunez"),  # UTF-8 read as Western
        ("Nu?ez", "nuez"),  # a letter was lost
        ("Nu#ez", "nuez"),
        ("Nu\ufffdez", "nuez"),
        ("Núñez", "nunez"),
        ("Nuñez?", "nunez"),
    ],
)
def test_what_an_encoding_made_of_a_name_is_taken_back(text: str, meant: str) -> None:
    assert recognise(text).words == (meant,)


@pytest.mark.parametrize(
    ("text", "words", "numbers"),
    [
        ("marquez 53079-2443", ("marquez",), ("53079",)),
        ("12 oak st #4", ("oak", "st"), ("12",)),
        ("12 oak st apt 4", ("oak", "st"), ("12",)),
        ("oolo illo looo", ("oolo", "illo", "looo"), ()),
        ("713-5559", (), ()),
    ],
)
def test_what_belongs_to_an_address_is_left_out(text: str, words: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    query = recognise(text)
    assert (query.words, query.numbers) == (words, numbers)


@st.composite
def slipped(draw: st.DrawFn) -> tuple[str, str]:
    """A number and the same with a character wrong, missing or too many, or two swapped."""
    number = draw(st.sampled_from(["SV210435", IMEI, MEID, ICCID, ESN]))
    at = draw(st.integers(2, len(number) - 1))  # what it begins with says of which kind it is
    other = draw(st.sampled_from("123456789"))
    how = draw(st.sampled_from(["wrong", "missing", "extra", "swapped"]))
    if how == "swapped":
        at = min(at, len(number) - 2)
        return number, number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    made = {"wrong": other, "missing": "", "extra": other + number[at]}[how]
    return number, number[:at] + made + number[at + 1 :]


@settings(max_examples=60, deadline=None)
@given(slipped())
def test_a_slip_in_the_number_of_a_handset_a_sim_or_an_account_hides_nobody(
    desk_with_one: Desk, slip: tuple[str, str]
) -> None:
    number, typed = slip
    assert first(desk_with_one, typed) == ("Homer Olsen" if number == ESN else "Homer Tate")


def test_a_slip_says_that_it_is_one_and_shows_no_number_that_was_not_typed(desk_with_one: Desk) -> None:
    results = search(desk_with_one, IMEI.replace("0154", "0145"))
    (hit,) = results
    assert (results.near, results.total, hit.matched) == (True, 0, "IMEI, nearly")
    assert IMEI not in repr(hit)


@pytest.mark.parametrize(
    "number", ["256691404901193046", "293608736500703710", *("9" * digits for digits in range(16, 22))]
)
def test_a_number_that_nobody_has_finds_nobody_however_long_it_is(desk_with_one: Desk, number: str) -> None:
    assert list(search(desk_with_one, number)) == []


@pytest.mark.parametrize(
    ("typed", "imei", "matched"),
    [
        ("256691404901193046", "990000011234566", "MEID decimal"),  # of MEID 99000001123456
        ("256691404901193046", "990000011234574", ""),  # of the next one
        ("99000001123456", "990000011234566", "IMEI"),
        ("122482384003290961", "490154203237518", ""),  # an IMEI of another range is no MEID
    ],
)
def test_a_dual_mode_handset_is_found_by_the_decimal_meid_that_its_imei_holds(
    desk: Desk, typed: str, imei: str, matched: str
) -> None:
    add_customer(desk, first_name="Homer", last_name="Tate", mdns=["7135550143"], device={"imei": imei})
    assert [hit.matched for hit in search(desk, typed) if "nearly" not in hit.matched] == [matched] * bool(matched)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("sim 0143", [Kind.NAME, Kind.MDN]),  # Mr. Sim
        ("ph 0143", [Kind.NAME, Kind.MDN]),
        ("case ann 0143", [Kind.NAME, Kind.MDN]),
        ("phil 7135550143", [Kind.NAME, Kind.MDN]),
        ("cell 7135550143", [Kind.MDN]),
        ("051256", [Kind.IMEI, Kind.MDN, Kind.ACCOUNT]),  # as a day last of all
        ("1 713 555 0143", [Kind.MDN]),
        ("713 555 1980", [Kind.MDN]),
    ],
)
def test_a_name_is_no_label_and_a_number_no_day(text: str, kinds: list[Kind]) -> None:
    assert list(recognise(text).kinds[: len(kinds)]) == kinds


@given(st.dates(date(1900, 1, 1), date(2049, 12, 31)))
def test_a_day_is_read_in_whichever_way_it_is_written(day: date) -> None:
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%m %d %Y", "%B %d, %Y", "%d-%b-%Y", "%b-%d-%y", "dob %m%d%Y"):
        assert day.isoformat() in recognise(day.strftime(form)).dates, form
    assert take_dates(f"smith {day:%m%d%Y}", bare=False) == ("smith  ", (day.isoformat(),))


@given(st.from_regex("SV[0-9]{5}7", fullmatch=True), st.sampled_from(["0O", "1I", "1L", "5S", "8B"]))
def test_a_letter_read_for_a_digit_is_read_back(number: str, pair: str) -> None:
    typed = number[:2] + number[2:].replace(pair[0], pair[1])
    assert typed == number or number in misread(typed)
