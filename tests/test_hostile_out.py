"""Hostile text on its way out of Careline: documents, mail, decks; and in, from files."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.fuzz.hostile import SORTS, hostile, storable
from console.command_line import run
from data.audit.queries import audit_events
from data.cases.filters import CaseFilter, list_cases
from data.credits.document import Terms, release_agreement
from data.desk import Desk
from data.errors import CarelineError, Misused
from data.files import named
from data.mail.carriers import Letter
from data.quiz.formats import FORMATS, read_deck

ALL = sorted({text for sort in SORTS for text in sort})
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.mark.parametrize("text", [*ALL[::6], "x" * 4000], ids=lambda text: ascii(text)[:30])
def test_a_document_is_made_of_any_text(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    terms = Terms(text, text, text, "SV000001", "", 1, 1, text, text, Decimal(200), 1, Decimal(200), NOW)
    assert release_agreement(terms).startswith(b"%PDF")


@pytest.mark.parametrize("text", ALL, ids=ascii)
def test_no_text_makes_a_heading_of_a_mail(text: str) -> None:
    text = f"{text}\r\nBcc: someone@else.example".encode("utf-8", "ignore").decode()
    written = bytes(Letter("<k@careline>", "care@careline.example", "to@customer.example", text, text, NOW))
    head, _, _ = written.partition(b"\r\n\r\n")
    assert b"\nBcc:" not in head
    assert head.count(b"\r\nSubject:") == 1


@pytest.mark.parametrize("seed", range(12))
def test_a_hostile_deck_is_read_or_turned_down_in_words(seed: int) -> None:
    rng = random.Random(seed)
    text = "\n".join(hostile(rng, longest=3000) for _ in range(20))
    for name in ["", *[one.NAME for one in FORMATS]]:
        try:
            deck = read_deck(text, "deck", name)
        except CarelineError:
            continue
        assert all(clue.text.isprintable() or "\n" in clue.text for clue in deck.clues)


@pytest.mark.parametrize("seed", range(4))
def test_a_hostile_file_of_customers_is_imported_or_turned_down_in_words(
    admin: Desk, tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(seed)
    rows = [[storable(rng, longest=5000) for _ in range(5)] for _ in range(40)]
    file = tmp_path / "customers.csv"
    lines = ["First Name,Last Name,Street,City,Phone", *(",".join(row) for row in rows)]
    file.write_bytes("\n".join(lines).encode("utf-8") + b"\x00\xff,\x80")
    words = ["--store", str(admin.store.path), "--agent", "admin01", "import", "customers", str(file), "--yes"]
    assert run(words) in (0, 1, 2)
    printed = capsys.readouterr()
    assert "Careline made a mistake" not in printed.err
    assert all(line.isprintable() for line in (printed.out + printed.err).splitlines())


@pytest.mark.parametrize(
    "text", ["🇺🇳" * 10_000, "a " * 5_000, "%_" * 9_000, "\x00", "'"], ids=lambda text: ascii(text)[:12]
)
def test_no_filter_is_too_long_for_the_store(admin: Desk, text: str) -> None:
    assert audit_events(admin, words=text) is not None
    assert list_cases(admin, CaseFilter(text=text)) is not None


@pytest.mark.parametrize("text", ["\ud800.csv", "a\0b", "~nobody-here/x.csv", "\udcff" * 9 + "\ud801"], ids=ascii)
def test_what_can_be_no_name_of_a_file_is_told_in_words(text: str) -> None:
    with pytest.raises(Misused, match="No file can be called that"):
        named(text)


def test_a_file_is_named_from_home_and_without_the_spaces_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert [named(text) for text in ("~/x.csv", "  x.csv ")] == [Path("/home/ana/x.csv"), Path("x.csv")]
