"""Values of other people's files become what the store keeps; what is odd is kept and counted."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.identifiers import parse_mdn
from data.imports import phones, values
from data.imports.addresses import Address, split_address
from data.imports.dates import Order, is_ambiguous, order_of, read_date
from data.imports.names import Name, split_name
from data.imports.reasons import Oddity
from data.text import clean

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("James Butterworth", Name("James", "", "Butterworth")),
        ("Butterworth, James", Name("James", "", "Butterworth")),
        ("BUTTERWORTH, JAMES Q", Name("JAMES", "Q", "BUTTERWORTH")),
        ("James Q. Butterworth", Name("James", "Q.", "Butterworth")),
        ("Dr. Maria de la Cruz III", Name("Maria", "", "de la Cruz III")),
        ("Smith, John, Jr.", Name("John", "", "Smith Jr.")),
        ("van der Berg, Jan", Name("Jan", "", "van der Berg")),
        ("John & Mary Smith", Name("John & Mary", "", "Smith")),
        ("O'Brien, Patrick", Name("Patrick", "", "O'Brien")),
        ('Robert "Bob" Jones', Name("Robert (Bob)", "", "Jones")),
        ("Madonna", Name("", "", "Madonna")),
        ("Li Wu", Name("Li", "", "Wu")),
        ("Charlotte Church", Name("Charlotte", "", "Church")),
        ("First Baptist Church", Name(company="First Baptist Church")),
        ("Acme Plumbing LLC", Name(company="Acme Plumbing LLC")),
        ("Smith & Sons, Inc.", Name(company="Smith & Sons, Inc.")),
        ("City of Boston", Name(company="City of Boston")),
        ("7-Eleven", Name(company="7-Eleven")),
        ("", Name()),
    ],
)
def test_full_names_are_taken_apart(text: str, name: Name) -> None:
    assert split_name(text) == name


@given(st.text(max_size=60).map(clean))
def test_no_name_is_lost(text: str) -> None:
    assert bool(text) == any(split_name(text))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("123 Main St, Springfield, IL 62701", Address("123 Main St", "", "Springfield", "IL", "62701")),
        ("12 Main St\nApt 4\nTroy, NY 12180-1234\nUSA", Address("12 Main St", "Apt 4", "Troy", "NY", "12180-1234")),
        ("9 Elm, New York, New York 10001", Address("9 Elm", "", "New York", "New York", "10001")),
        ("somewhere in Ohio", Address("somewhere in Ohio")),
        ("", Address()),
    ],
)
def test_whole_addresses_are_taken_apart(text: str, address: Address) -> None:
    assert split_address(text) == address


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("1980-02-29", None, date(1980, 2, 29)),
        ("2/29/1980", None, date(1980, 2, 29)),
        ("29.02.1980", None, date(1980, 2, 29)),
        ("03/04/1980", Order.MONTH_FIRST, date(1980, 3, 4)),
        ("03/04/1980", Order.UNSURE, date(1980, 3, 4)),
        ("03/04/1980", Order.DAY_FIRST, date(1980, 4, 3)),
        ("03/31/1980", Order.DAY_FIRST, date(1980, 3, 31)),
        ("3-Apr-1980", None, date(1980, 4, 3)),
        ("April 3rd, 1980", None, date(1980, 4, 3)),
        ("19800403", None, date(1980, 4, 3)),
        ("1980-04-03 00:00:00", None, date(1980, 4, 3)),
        ("4/3/1980 12:00 AM", None, date(1980, 4, 3)),
        ("4/3/80", None, date(1980, 4, 3)),
        ("4/3/26", None, date(2026, 4, 3)),
        ("29314", None, date(1980, 4, 3)),
        ("2/30/1980", None, None),
        ("0/0/00", None, None),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_dates_in_every_form(text: str, order: Order | None, day: date | None) -> None:
    assert read_date(text, order, 2026) == day


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["01/02/1980", "13/02/1980"], Order.DAY_FIRST),
        (["01/02/1980", "02/13/1980"], Order.MONTH_FIRST),
        (["01/02/1980", "03/04/1980"], Order.UNSURE),
        (["05/05/1980", "1980-01-02", ""], None),
        (["13/02/1980", "02/13/1980", "02/14/1980"], Order.MONTH_FIRST),
    ],
)
def test_the_order_of_day_and_month_is_the_columns(column: list[str], order: Order | None) -> None:
    assert order_of(column) == order


FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%d %b %Y", "%B %d, %Y", "%Y%m%d")


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)), st.sampled_from(FORMS))
def test_a_written_date_reads_back(day: date, form: str) -> None:
    assert read_date(day.strftime(form), Order.MONTH_FIRST, 2030) == day


def test_only_what_could_be_another_day_is_ambiguous() -> None:
    assert is_ambiguous("03/04/1980")
    assert not any(map(is_ambiguous, ["04/04/1980", "04/13/1980", "1980-03-04", "soon"]))


def test_birth_dates_in_the_future_or_long_ago_are_left_out_and_told() -> None:
    odd: Counter[str] = Counter()
    tomorrow = (TODAY + timedelta(1)).isoformat()
    assert values.birth_dates([tomorrow, TODAY.isoformat(), "1/2/1850", "x", ""], odd, None, TODAY) == [
        "",
        TODAY.isoformat(),
        "",
        "",
        "",
    ]
    assert odd == {Oddity.DATE_FUTURE: 1, Oddity.DATE_UNREAD: 2}


@pytest.mark.parametrize(("days", "year"), [(0, TODAY.year), (1, TODAY.year - 100)])
def test_a_birth_date_with_a_short_year_is_never_to_come(days: int, year: int) -> None:
    day = TODAY + timedelta(days)
    odd: Counter[str] = Counter()
    assert values.birth_dates([f"{day:%m/%d/%y}"], odd, None, TODAY) == [day.replace(year=year).isoformat()]
    assert not odd


def test_zips_get_their_zero_back() -> None:
    odd: Counter[str] = Counter()
    given_zips = ["8014", "08014", "080141234", "08014-1234", "8014.0", "K1A 0B1", ""]
    assert values.zips(given_zips, odd) == ["08014", "08014", "08014-1234", "08014-1234", "08014", "K1A 0B1", ""]
    assert odd == {Oddity.ZIP_PADDED: 2, Oddity.ZIP_ODD: 1}


def test_states_are_two_letters() -> None:
    odd: Counter[str] = Counter()
    given_states = ["ny", "New York", "N.Y.", "District of Columbia", "Ontario", "NY", ""]
    assert values.states(given_states, odd) == ["NY", "NY", "NY", "DC", "Ontario", "NY", ""]
    assert odd == {Oddity.STATE_ODD: 1}


def test_emails_are_told_apart() -> None:
    odd: Counter[str] = Counter()
    given_emails = ["a@x.example", "a@x.example; b@x.example", "<a@x.example>", "nobody", ""]
    assert values.emails(given_emails, odd) == [
        ("a@x.example",),
        ("a@x.example", "b@x.example"),
        ("a@x.example",),
        ("nobody",),
        (),
    ]
    assert odd == {Oddity.EMAIL_ODD: 1}


def test_texts_are_cleaned_and_words_for_nothing_are_nothing() -> None:
    odd: Counter[str] = Counter()
    given_texts = [" a  b ", "NULL", '="007"', "x\x1b[31my", "N/A", "z" * 300]
    assert values.texts(given_texts, odd) == ["a b", "", "007", "x[31my", "", "z" * 200]
    assert odd == {Oddity.CONTROL: 1, Oddity.CUT: 1}
    assert values.texts(["Null", "None"], odd, nothing=False) == ["Null", "None"]


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_a_column_in_one_piece_reads_as_value_by_value(column: list[str]) -> None:
    alone = [values.texts([value], Counter())[0] for value in column]
    assert values.texts(column, Counter()) == alone


@pytest.mark.parametrize(
    ("text", "mdn", "others", "odd"),
    [
        ("212-555-0143", "2125550143", (), None),
        ("+1 (212) 555-0143", "2125550143", (), None),
        ("(212) 555-0143 x12", "2125550143", ("(212) 555-0143 x12",), Oddity.PHONE_EXTENSION),
        ("+44 20 7946 0958", "", ("+44 20 7946 0958",), Oddity.PHONE_FOREIGN),
        ("555-0143", "", ("555-0143",), Oddity.PHONE_ODD),
        ("1-800-FLOWERS", "", ("1-800-FLOWERS",), Oddity.PHONE_ODD),
        ("212-555-0143; 212-555-0144", "2125550143", ("2125550144",), None),
        ("+44 20 7946 0958 ::: 212-555-0143", "2125550143", ("+44 20 7946 0958",), Oddity.PHONE_FOREIGN),
    ],
)
def test_one_cell_of_telephones(text: str, mdn: str, others: tuple[str, ...], odd: Oddity | None) -> None:
    told: Counter[str] = Counter()
    assert phones.numbers([text], told) == [phones.Phone(mdn, others)]
    assert told == ({odd: 1} if odd else {})


telephones = st.one_of(
    st.from_regex(r"\+?1?[ .-]?\(?[2-9][0-8][0-9]\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}", fullmatch=True),
    st.just(""),
    st.text("0123456789+-() x", max_size=14).map(clean),
)


@given(st.lists(telephones, min_size=1, max_size=6))
def test_a_plain_column_of_telephones_reads_as_number_by_number(column: list[str]) -> None:
    plain = phones.plain_numbers(column)
    if plain is not None:
        assert plain == [parse_mdn(value) or "" for value in column]


@pytest.mark.parametrize(
    ("text", "meant", "read", "odd"),
    [
        ("490154203237518", "imei", ("imei", "490154203237518"), None),
        ("490154203237518", "esn", ("imei", "490154203237518"), None),
        ("E69FFFFF", "device", ("esn", "E69FFFFF"), None),
        ("23010485759", "esn", ("esn", "E69FFFFF"), None),
        ("A0000000002329", "device", ("meid", "A0000000002329"), None),
        ("268435456000009001", "imei", ("meid", "A0000000002329"), None),
        ("99000001123456", "meid", ("meid", "99000001123456"), None),
        ("490154203237519", "imei", ("imei", "490154203237519"), Oddity.IMEI_CHECK),
        ("4.90154E+14", "imei", ("imei", "4.90154E+14"), Oddity.DEVICE_ODD),
    ],
)
def test_a_handsets_number_goes_where_it_belongs(
    text: str, meant: str, read: tuple[str, str], odd: Oddity | None
) -> None:
    told: Counter[str] = Counter()
    assert values.devices([text], told, meant) == [read]
    assert told == ({odd: 1} if odd else {})


def test_an_iccid_that_fails_its_check_digit_is_kept() -> None:
    odd: Counter[str] = Counter()
    column = ["8901 4103 2111 1851 0720", "89014103211118510799", "none of it", ""]
    assert values.iccids(column, odd) == ["89014103211118510720", "89014103211118510799", "none of it", ""]
    assert odd == {Oddity.ICCID_CHECK: 1, Oddity.DEVICE_ODD: 1}


def test_the_operators_own_account_numbers_are_brought_into_its_form() -> None:
    assert values.accounts(["sv-93298", "C-17", ""], "SV{:06d}") == ["SV093298", "C-17", ""]
    assert values.accounts(["77", "C-17"], "{:06d}") == ["000077", "C-17"]
