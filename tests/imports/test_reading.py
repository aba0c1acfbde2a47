"""A file is read however it is written, and nothing in it stops the reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import CarelineError, Misused, NotFound
from data.imports import reading
from data.imports.parsing import END, LONGEST, TOO_LONG, UNCLOSED, Batch
from data.imports.reading import Table, open_table
from tests.imports.files import PEOPLE, table_of

NAMES = "first_name,last_name,phone\n"


def all_rows(table: Table) -> Batch:
    """All batches as one."""
    whole = Batch()
    for batch in table.batches():
        whole.lines += batch.lines
        whole.rows += batch.rows
        whole.broken += batch.broken
    return whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_found_out(tmp_path: Path, encoding: str, end: str) -> None:
    text = "first_name,last_name,city\nZoë,Brontë,Cañon City\nJosé,Núñez,Española\n".replace("\n", end)
    table = table_of(tmp_path, text.encode(encoding))
    assert table.header == ("first_name", "last_name", "city")
    assert all_rows(table).rows == [["Zoë", "Brontë", "Cañon City"], ["José", "Núñez", "Española"]]


def test_windows_quotation_marks_tell_cp1252_from_latin_1(tmp_path: Path) -> None:
    table = table_of(tmp_path, "name,company\nAna,“Núñez” – Söhne\n".encode("cp1252"))
    assert table.survey.encoding == "cp1252"
    assert all_rows(table).rows == [["Ana", "“Núñez” – Söhne"]]


def test_an_accent_far_down_is_seen(tmp_path: Path) -> None:
    table = table_of(tmp_path, ("name\n" + "Ana\n" * 300_000 + "José\n").encode("cp1252"))
    assert table.survey.encoding == "cp1252"


def test_an_encoding_that_is_named_is_believed(tmp_path: Path) -> None:
    table = table_of(tmp_path, "name\nJosé\n".encode("cp850"), encoding="cp850")
    assert all_rows(table).rows == [["José"]]
    with pytest.raises(Misused, match="not an encoding"):
        table_of(tmp_path, "name\n", encoding="klingon")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_stands_between_values_is_found_out(tmp_path: Path, delimiter: str) -> None:
    lines = [["name", "phone", "city"], ["Smith; John, Jr", "212-555-0143", "A|B"], ["Doe", "", "C, NY"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table = table_of(tmp_path, text)
    assert table.dialect.delimiter == delimiter
    assert all_rows(table).rows == lines[1:]


def test_commas_in_every_name_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    table = table_of(tmp_path, "name;phone;city\nSmith, John;1;X\nDoe, Jane;2;Y\n")
    assert table.dialect.delimiter == ";"


def test_excels_first_line_names_the_delimiter(tmp_path: Path) -> None:
    table = table_of(tmp_path, "sep=;\nname;phone\nA, B;212-555-0143\n")
    assert (table.header, all_rows(table).rows) == (("name", "phone"), [["A, B", "212-555-0143"]])
    assert all_rows(table).lines == [3]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "above", ["Customers of the North\n\n", "Customers, November 23, 2026\nMade by: Kim\n", "Customers{0}{0}{0}{0}\n"]
)
def test_what_a_report_says_above_its_headings_is_passed_over(tmp_path: Path, above: str, sign: str) -> None:
    lines = (
        ["First Name", "Last Name", "Phone", "City", "Zip", "Tier"],
        ["Ana", "Ruiz", "212-555-0143", "Troy", "12180", "A"],
    )
    text = above.format(sign) + "".join(sign.join(line) + "\n" for line in lines)
    table = table_of(tmp_path, text)
    assert (table.named, table.header, table.rows_about) == (True, tuple(lines[0]), 1)
    assert (all_rows(table).rows, all_rows(table).lines) == ([lines[1]], [text.count("\n")])


def test_a_narrow_row_without_headings_below_it_stays(tmp_path: Path) -> None:
    text = "Bright Day Care,,,\nBen Cho,212-555-0143,Troy,NY\n"
    assert table_of(tmp_path, text, named=False).rows_about == table_of(tmp_path, text, named=True).rows_about + 1 == 2
    headings_below = "Name,,,\nFirst name,Phone,City,State\n"
    assert table_of(tmp_path, headings_below, named=False).rows_about == 2


def test_quotes_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'name,note,city\n"A ""B"" C","one\ntwo, three",X\nD,,Y\n')
    assert all_rows(table).rows == [['A "B" C', "one\ntwo, three", "X"], ["D", "", "Y"]]
    assert all_rows(table).lines == [2, 4]


def test_single_quotes_and_backslashes_are_found_out(tmp_path: Path) -> None:
    single = table_of(tmp_path, "'name','city'\n'Smith, John','New York'\n")
    assert all_rows(single).rows == [["Smith, John", "New York"]]
    slashed = table_of(tmp_path, '"name","city"\n"A \\"B\\" C","New York"\n')
    assert all_rows(slashed).rows == [['A "B" C', "New York"]]


@pytest.mark.parametrize("before", [0, 3, 12, 30])
def test_a_stray_quote_costs_its_own_line_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int) -> None:
    monkeypatch.setattr(reading, "BATCH", 10)
    good = [f"F{number},L{number},212-555-{number:04d}" for number in range(40)]
    lines = [*good[:before], 'Bob,"Oops,212-555-0199', *good[before:]]
    batch = all_rows(table_of(tmp_path, NAMES + "\n".join(lines) + "\n"))
    assert [row[0] for row in batch.rows] == [f"F{number}" for number in range(40)]
    assert batch.broken == [(before + 2, ["Bob", '"Oops', "212-555-0199"], UNCLOSED)]


def test_a_stray_quote_before_a_quoted_value_costs_its_own_line_only(tmp_path: Path) -> None:
    batch = all_rows(table_of(tmp_path, 'name,last,company,x\nA,"B,C,1\nD,E,"F, Inc",2\nG,H,I,3\n'))
    assert [row[0] for row in batch.rows] == ["D", "G"]
    assert [line for line, _, _ in batch.broken] == [2]


def test_an_endless_value_costs_its_own_line_only(tmp_path: Path) -> None:
    batch = all_rows(table_of(tmp_path, NAMES + f"A,{'x' * (LONGEST + 1)},1\nB,C,2\n"))
    assert batch.rows == [["B", "C", "2"]]
    assert [why for _, _, why in batch.broken] == [TOO_LONG]


def test_rows_are_cut_into_batches_without_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH", 7)
    text = NAMES + "".join(f'F{number},"L\n{number}",{number}\n' for number in range(50))
    table = table_of(tmp_path, text)
    sizes = [len(batch.rows) for batch in table.batches()]
    assert sum(sizes) == 50
    assert max(sizes) <= 7
    assert all_rows(table).lines == list(range(2, 102, 2))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n\n \n", "is empty"),
        (b",,,\n,,\n", "is empty"),
        (b"PK\x03\x04 and so on", "Excel"),
        (b"\xd0\xcf\x11\xe0 and so on", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"SQLite format 3\x00", "database"),
        (bytes(range(256)) * 20, "not a file of text"),
    ],
)
def test_what_is_no_table_is_told_so(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(Misused, match=told):
        table_of(tmp_path, content)


def test_no_file_and_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(Misused, match="is not a file"):
        open_table(tmp_path)


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = table_of(tmp_path, NAMES)
    assert (table.header, all_rows(table).rows) == (("first_name", "last_name", "phone"), [])


def test_rows_without_headings_are_seen_to_have_none(tmp_path: Path) -> None:
    table = table_of(tmp_path, "John,Smith,212-555-0143,12201\nJane,Doe,212-555-0144,12202\n")
    assert not table.named
    assert table.header == ("column 1", "column 2", "column 3", "column 4")
    assert len(all_rows(table).rows) == 2
    assert table_of(tmp_path, PEOPLE).named


@pytest.mark.parametrize("sign", ["\t", "|"])
def test_as_many_commas_inside_values_do_not_hide_the_sign_between_them(tmp_path: Path, sign: str) -> None:
    rows = ["2125550143;Smith, John;12 Oak St, Albany NY", "2125550144;Doe, Jane;13 Oak St, Albany NY"]
    table = table_of(tmp_path, "\n".join(rows).replace(";", sign) + "\n")
    assert table.sample[0] == ("2125550143", "Smith, John", "12 Oak St, Albany NY")


def test_unknown_headings_are_seen_to_be_headings(tmp_path: Path) -> None:
    assert table_of(tmp_path, "Bil,Bol\nAna,212-555-0143\nBob,212-555-0144\n").named


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: ("name,phone\n" + text).encode("utf-8", "replace")),
        st.text('",\n\r;\t ab\\', max_size=120).map(str.encode),
    )
)
def test_no_bytes_break_the_reading(tmp_path: Path, content: bytes) -> None:
    try:
        table = table_of(tmp_path, content)
    except CarelineError:
        return
    batch = all_rows(table)
    assert len(batch.rows) == len(batch.lines)
    assert not any(END in cell for row in batch.rows for cell in row)
    assert batch.lines == sorted(batch.lines)
