"""Numbers as callers say them and files hold them: known examples, and what must hold for every number."""

from __future__ import annotations

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import imei as stdnum_imei
from stdnum import luhn as stdnum_luhn
from stdnum import meid as stdnum_meid

from data.identifiers import (
    account_value,
    esn_decimal,
    forms,
    iccid_checks,
    is_plain_nanp,
    luhn_digit,
    luhn_holds,
    meid_decimal,
    parse_account,
    parse_case,
    parse_esn,
    parse_iccid,
    parse_imei,
    parse_mdn,
    parse_meid,
    pseudo_esn,
    show_iccid,
    show_imei,
    show_mdn,
    show_meid,
)

digits10 = st.from_regex(r"[0-9]{10}", fullmatch=True)
mdns = digits10.filter(is_plain_nanp)
hex8 = st.integers(0, 2**32 - 1).map("{:08X}".format)
hex14 = st.integers(0, 2**56 - 1).map("{:014X}".format)
digit_strings = st.text("0123456789", min_size=1, max_size=25)
punctuation = st.text(" .-()/", max_size=3)


@pytest.mark.parametrize(
    "text",
    [
        "2125550143",
        "212 555 0143",
        "(212) 555-0143",
        "212.555.0143",
        "1-212-555-0143",
        "+1 212 555 0143",
        "001-212-555-0143",
        "001-212-555-0143x7261",
        "011 1 212 555 0143",
        "(212) 555-0143 x12",
        "212-555-0143 ext. 7",
        "2.125550143E+09",
        "(212)5550143 (cell)",
        "12125550143 home",
        "tel:+1-212-555-0143;ext=12",
        "Mobile: 212-555-0143",
        "2125550143.0",
        "２１２５５５０１４３",
        "\t212-555-0143\xa0",
    ],
)
def test_a_phone_number_is_read_however_it_is_written(text: str) -> None:
    assert parse_mdn(text) == "2125550143"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("555-0143", "no area code"),
        ("2115550143", "N11 is no area code"),
        ("3725550143", "37X is no area code"),
        ("9645550143", "96X is no area code"),
        ("1125550143", "an area code starts with 2 to 9"),
        ("2925550143", "its middle digit is 0 to 8"),
        ("2121550143", "an exchange starts with 2 to 9"),
        ("+44 20 7946 0958", "London"),
        ("+212 555 0143 12", "Morocco"),
        ("+2125550143", "Morocco too"),
        ("212 Blue Gum", "an address"),
        ("212555014", "nine digits"),
        ("21255501433", "eleven, and no 1 before them"),
        ("9" * 100_000, "endless"),
    ],
)
def test_what_is_no_nanp_number_is_refused(text: str, why: str) -> None:
    assert parse_mdn(text) is None, why


def test_an_mdn_is_shown_with_hyphens_and_anything_else_as_it_is() -> None:
    assert show_mdn("2125550143") == "212-555-0143"
    assert show_mdn("+44 20 7946 0958") == "+44 20 7946 0958"


@given(mdns, st.lists(punctuation, min_size=9, max_size=9), st.sampled_from(["", "1", "+1", "+1-", " 1 "]))
def test_any_punctuation_leaves_the_number(mdn: str, between: list[str], before: str) -> None:
    text = before + mdn[0] + "".join(mark + digit for mark, digit in zip(between, mdn[1:], strict=True))
    assert parse_mdn(text) == mdn


@given(mdns)
def test_a_shown_mdn_reads_back(mdn: str) -> None:
    assert parse_mdn(show_mdn(mdn)) == mdn


@given(st.one_of(digits10, st.from_regex(r"[2-9][0-9]{2}[0-9]{3}0[0-9]{3}", fullmatch=True)))
def test_the_fast_path_agrees_with_phonenumbers(digits: str) -> None:
    number = phonenumbers.parse(digits, "US")
    if phonenumbers.is_valid_number(number) and number.country_code == 1:
        assert parse_mdn(digits) == str(number.national_number)
    if is_plain_nanp(digits):
        assert phonenumbers.is_possible_number(number)
        assert str(number.national_number) == digits


@given(st.text(max_size=80))
def test_no_text_breaks_a_parser(text: str) -> None:
    for parse in (parse_mdn, parse_esn, parse_meid, parse_imei, parse_iccid, parse_case):
        found = parse(text)
        assert found is None or parse(found) == found
    parse_account(text, "SV{:06d}")


@pytest.mark.parametrize(("hexadecimal", "decimal"), [("E69FFFFF", "23010485759"), ("2321495F", "03502181471")])
def test_an_esn_in_hex_is_the_same_in_decimal(hexadecimal: str, decimal: str) -> None:
    assert esn_decimal(hexadecimal) == decimal
    assert parse_esn(decimal) == parse_esn(hexadecimal.lower()) == parse_esn(f"0x{hexadecimal}") == hexadecimal


@given(hex8)
def test_every_esn_survives_the_round_trip(esn: str) -> None:
    assert parse_esn(esn_decimal(esn)) == parse_esn(f" {esn[:2]}-{esn[2:]} ") == esn


def test_an_esn_beyond_its_bits_is_none() -> None:
    assert parse_esn("25600000000") is None
    assert parse_esn("00016777216") is None


@pytest.mark.parametrize(
    ("hexadecimal", "decimal"),
    [
        ("A0000000002329", "268435456000009001"),
        ("99000001123456", "256691404901193046"),
        ("A10000004F1A0C", "270113177605184012"),
    ],
)
def test_a_meid_in_hex_is_the_same_in_decimal(hexadecimal: str, decimal: str) -> None:
    assert meid_decimal(hexadecimal) == decimal
    assert parse_meid(decimal) == parse_meid(hexadecimal.lower()) == hexadecimal


def test_a_meid_with_its_check_digit_reads_without_it() -> None:
    assert parse_meid("AF 01 23 45 0A BC DE C") == "AF0123450ABCDE"
    assert parse_meid("29360 87365 0070 3710 0") == "AF0123450ABCDE"
    assert parse_meid("AF 01 23 45 0A BC DE D") is None
    assert parse_meid("999999999999999999") is None


@given(hex14)
def test_every_meid_survives_the_round_trip(meid: str) -> None:
    assert parse_meid(meid_decimal(meid)) == parse_meid(show_meid(meid)) == meid
    assert meid_decimal(meid) == stdnum_meid.format(meid, separator="", format="dec")
    assert pseudo_esn(meid) == stdnum_meid.to_pseudo_esn(meid)


def test_the_pseudo_esn_of_a_meid() -> None:
    assert pseudo_esn("A0000000002329") == "8051F1AB"
    assert esn_decimal("8051F1AB") == "12805370283"
    assert pseudo_esn("AF0123450ABCDE") == "8016B128"


@pytest.mark.parametrize(
    "text",
    [
        "490154203237518",
        "49-015420-323751-8",
        "49015420323751",
        "4901542032375199",
        "IMEI: 490154203237518",
        "490154203237518.0",
    ],
)
def test_an_imei_reads_as_its_fifteen_digits(text: str) -> None:
    assert parse_imei(text) == "490154203237518"


def test_an_imei_with_a_wrong_check_digit_is_none() -> None:
    assert parse_imei("490154203237519") is None
    assert parse_imei("4.90154E+14") is None


@given(st.from_regex(r"[0-9]{14}", fullmatch=True))
def test_every_imei_is_valid_to_python_stdnum_too(body: str) -> None:
    imei = parse_imei(body)
    assert imei is not None
    assert stdnum_imei.is_valid(imei)
    assert parse_imei(show_imei(imei)) == imei


@given(digit_strings)
def test_luhn_agrees_with_python_stdnum(digits: str) -> None:
    assert luhn_holds(digits) == stdnum_luhn.is_valid(digits)
    assert luhn_digit(digits) == stdnum_luhn.calc_check_digit(digits)


def test_an_iccid_is_read_and_its_check_digit_told_apart() -> None:
    assert parse_iccid("8901 4103 2111 1851 0720") == "89014103211118510720"
    assert parse_iccid("8901410321111851072F") == "8901410321111851072"
    assert iccid_checks("89014103211118510720")
    assert parse_iccid("89014103211118510729") == "89014103211118510729"
    assert not iccid_checks("89014103211118510799")
    assert parse_iccid("88014103211118510720") is None
    assert parse_iccid("890141032111185107") is None
    assert show_iccid("89014103211118510720") == "8901 4103 2111 1851 0720"


def test_all_forms_of_a_handset_are_told() -> None:
    assert forms(esn="E69FFFFF") == (("ESN", "E69FFFFF"), ("ESN decimal", "23010485759"))
    assert forms(meid="A0000000002329") == (
        ("MEID", "A0000000002329"),
        ("MEID decimal", "268435456000009001"),
        ("pESN", "8051F1AB"),
        ("pESN decimal", "12805370283"),
    )
    assert forms(imei="490154203237518", iccid="89014103211118510720") == (
        ("IMEI", "490154203237518"),
        ("IMEI 14 digits", "49015420323751"),
        ("ICCID", "89014103211118510720"),
    )


def test_an_imei_of_the_dual_mode_range_is_found_by_its_meid_too() -> None:
    told = dict(forms(imei="990000011234565"))
    assert told["MEID decimal"] == "256691404901193046"
    assert told["pESN"] == pseudo_esn("99000001123456")


def test_numbers_that_are_not_canonical_come_as_they_are() -> None:
    assert forms(esn="lost", meid="?", imei="490154203237519x") == (
        ("ESN", "lost"),
        ("MEID", "?"),
        ("IMEI", "490154203237519x"),
    )


@pytest.mark.parametrize("text", ["SV093298", "sv093298", "SV-93298", " sv 093298 "])
def test_an_account_number_is_read_in_the_operators_pattern(text: str) -> None:
    assert parse_account(text, "SV{:06d}") == "SV093298"
    assert account_value(text, "SV{:06d}") == 93298


def test_another_pattern_another_number() -> None:
    assert parse_account("SV093298", "{:08d}") is None
    assert parse_account("12/77", "12-{}/A") is None
    assert parse_account("12 77 a", "12-{}/A") == "12-77/A"


@given(st.integers(0, 10**17), st.sampled_from(["SV{:06d}", "{:08d}", "A-{}", "{{x}}{:d}!"]))
def test_every_account_number_reads_back(value: int, pattern: str) -> None:
    assert account_value(pattern.format(value), pattern) == value


@pytest.mark.parametrize("text", ["01013864", "Case 01013864", "#01013864", " case #01013864"])
def test_a_case_number_is_eight_digits(text: str) -> None:
    assert parse_case(text) == "01013864"
    assert parse_case("1013864") is None


def test_identifiers_load_no_library_until_they_must() -> None:
    code = (
        "import sys; from data.identifiers import parse_mdn, parse_meid; parse_mdn('212-555-0143');"
        "parse_meid('A0000000002329'); print(sorted({'stdnum', 'phonenumbers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
