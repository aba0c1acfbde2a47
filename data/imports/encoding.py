"""What a file's bytes are: text or not, in which encoding, how many lines. The whole file is looked at once."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from data.errors import Misused

CHUNK = 1 << 20  # bytes
LONGEST_LINE = 1 << 24  # bytes a line on the average; no table of text has such
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NO_TEXT = {
    b"PK\x03\x04": ("an Excel workbook or a ZIP archive", "In Excel, save it as “CSV UTF-8”; unpack an archive."),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", "In Excel, save it as “CSV UTF-8”."),
    b"\x1f\x8b": ("compressed", "Unpack it first."),
    b"%PDF": ("a PDF", "Ask for the same as CSV."),
    b"SQLite format 3": ("a database", "Export its customers as CSV."),
}
CONTROLS = bytes(set(range(32)) - set(b"\t\r\n\f\x1a\x1b\x00"))
ASIAN = ("big5", "cp932", "cp949", "cp950", "euc", "gb18030", "gb2312", "gbk", "hz", "iso2022", "johab", "shift_jis")
ODD_BYTES = 1 << 16  # of lines beyond ASCII: from so many, an encoding is guessed
UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"


@dataclass(frozen=True)
class Survey:
    """`encoding` as Python names it; `lines` in the file; `size` in bytes."""

    encoding: str
    lines: int
    size: int


def survey(path: Path, encoding: str | None = None) -> Survey:
    """Looks at all of the file. Raises Misused where it is no text, or `encoding` is none that exists."""
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise Misused(f"“{encoding}” is not an encoding.", "Give one such as utf-8 or cp1252.") from None
    head = path.open("rb").read(CHUNK)
    _check_text(path, head)
    wide = _with_mark_or_wide(head)
    lines, size, utf8 = _count(path)
    if size and not wide and size / max(lines, 1) > LONGEST_LINE:
        raise Misused(f"{path} has no lines that could be rows.", "Check that it is a CSV file.")
    found = encoding or wide or ("utf-8" if utf8 else _guess(path))
    return Survey(found, lines, size)


def _check_text(path: Path, head: bytes) -> None:
    for magic, (what, remedy) in NO_TEXT.items():
        if head.startswith(magic):
            raise Misused(f"{path} is {what}, not a CSV file.", remedy)
    if _with_mark_or_wide(head):
        return
    strange = len(head) - len(head.translate(None, CONTROLS))
    if strange * 20 > len(head) or head.count(0) * 4 > len(head):
        raise Misused(f"{path} is not a file of text.", "Name a CSV file.")


def _with_mark_or_wide(head: bytes) -> str | None:
    """The encoding that the file's first bytes name, or two bytes a letter without a mark."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    even, odd = head[0::2], head[1::2]
    if len(head) >= 4 and odd.count(0) > 0.7 * len(odd) and even.count(0) * 20 < len(even):
        return "utf-16-le"
    if len(head) >= 4 and even.count(0) > 0.7 * len(even) and odd.count(0) * 20 < len(odd):
        return "utf-16-be"
    return None


def _count(path: Path) -> tuple[int, int, bool]:
    """Lines, bytes, and whether all of it is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    feeds = returns = size = 0
    utf8, last = True, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            feeds += chunk.count(b"\n")
            returns += chunk.count(b"\r") if not feeds else 0
            size += len(chunk)
            last = chunk[-1:]
            if utf8 and not (chunk.isascii() and decoder.getstate()[0] == b""):
                utf8 = _decodes(decoder, chunk)
    utf8 = utf8 and decoder.getstate()[0] == b""
    return (feeds or returns) + (last not in b"\r\n\x00"), size, utf8


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _guess(path: Path) -> str:
    """The encoding of a file that is not UTF-8: Windows' Western one, unless its bytes speak for another script."""
    odd = _odd_lines(path)
    from charset_normalizer import from_bytes

    best = from_bytes(odd).best()
    if best and best.encoding.startswith(ASIAN):
        return str(best.encoding)
    high = [byte for byte in odd if byte > 127]
    if any(byte in UNDEFINED_IN_CP1252 for byte in high):
        return str(best.encoding) if best else "latin-1"
    return "cp1252"


def _odd_lines(path: Path) -> bytes:
    """Lines with bytes beyond ASCII, some ODD_BYTES of them."""
    found = b""
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                found += line[:2_000]
                if len(found) > ODD_BYTES:
                    break
    return found
