"""What a typed text may be: words of a name or place, numbers, dates, e-mails. Pure, and quick enough for each key."""

from __future__ import annotations

import re
from typing import NamedTuple

from data.search.dates import LONG_DATE, SHORT_DATE, bare_days, take_dates, without_begun
from data.search.labels import take_labels
from data.search.mended import mended
from data.search.results import Kind
from data.search.words import split
from data.text import harmless

LONGEST = 120  # characters of a text that are read
MOST_WORDS = 8  # of a text that are searched for
MISREAD, LETTERS_A_DIGIT = 2, 3  # digits that may stand for letters in a word, and letters beside each

_EMAIL = re.compile(r"\S*[^\s@]@\S*")
_HANDLE = re.compile(r"(?=.*[\d._+])[A-Za-z][\w.+-]{4,}", re.ASCII)
_BEGUN_EMAIL = re.compile(r"[A-Za-z][\w+-]*[._+][\w.+-]*\w\w", re.ASCII)
_SPACED = re.compile(r"[\s,;/\-.()+#:]+")
_PHONE = re.compile(
    r"(?<![\w])(?:\+?1[\s.\-]*)?\(?\d{3}\)?[\s.\-]*\d{3}[\s.\-]*\d{4}(?![\w])|(?<![\w])\d{3}[\s.\-]+\d{4}(?![\w])"
)
_WHOLE_PHONE = re.compile(r"(?:\+?(1)[ .-]?)?(?:\((\d{3})\)|(\d{3})[ .-])[ .-]?(\d{3})[ .-]?(\d{4})", re.ASCII)
_NAME_AND_NUMBER = re.compile(r"(?P<name>[A-Za-z]{3,})\s+(?P<number>\d{4,})|(?P<house>\d+)\s+(?P<street>[A-Za-z]{3,})")
_UNIT = re.compile(
    r"(?<=\w)[\s,]+(?:(?:apt|unit|suite)\.?\s+#?\w{1,5}|ste\.?\s+#?(?:[a-z]|[a-z]?\d\w{0,4}))\b", re.IGNORECASE
)  # of a house; Sault Ste Marie has none
_UNIT_SIGN = re.compile(r"(\d.*?\w)[\s,]+#\s*\w{1,5}\b")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")  # of a street
_ICCID = "89"  # what every ICCID begins with
_HEX = frozenset("0123456789ABCDEF")


class Query(NamedTuple):
    """A text, read. All parts are folded; `kinds`: what the whole may be, likelier first, () for an empty text.

    `words`: letters, as a name or a place; `numbers`: groups of digits, a telephone number in one piece;
    `codes`: letters and digits mixed, upper case; `number`: the whole text as one number or code, "" where it has
    words besides; `emails`; `dates`: days in ISO form, each a reading of a date typed; `comma`: last name first.
    """

    text: str
    kinds: tuple[Kind, ...]
    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    number: str = ""
    emails: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    comma: bool = False

    @property
    def handle(self) -> str:
        """The whole text where it may be what stands before the @ of an e-mail: "maria.garcia61"; else ""."""
        return self.text.lower() if _HANDLE.fullmatch(self.text) else ""

    @property
    def others(self) -> int:
        """How much it names besides words and numbers: each code, each e-mail, and a date."""
        return len(self.codes) + len(self.emails) + bool(self.dates)

    @property
    def beside_handle(self) -> Query | None:
        """A name before what may be such a beginning of an e-mail, read as both: "garcia maria.ga"; else None."""
        before, _, last = self.text.rpartition(" ")
        if not before or self.emails or not _BEGUN_EMAIL.fullmatch(last):
            return None
        return recognise(before)._replace(text=self.text, emails=(last.lower(),), comma=self.comma)


def recognise(text: str) -> Query:
    """Reads `text`; says what it may be, searches nothing."""
    text = text[:LONGEST].strip()
    if text.isascii() and text.isalpha():
        return Query(text, _word_kinds(text), (text.lower()[:24],))
    if (number := _plain_number(text)) and len(number) != LONG_DATE:
        dates = bare_days(number) if len(number) == SHORT_DATE else ()
        return Query(text, _number_kinds(number, bool(dates)), number=number, dates=dates)
    text = harmless(text).strip()
    rest, label = take_labels(mended(text))
    emails = tuple(found.strip(".,;<>()").lower() for found in _EMAIL.findall(rest))
    rest = _EMAIL.sub(" ", rest)
    whole = _as_number(rest) if not emails else ""
    rest, dates = take_dates(rest if whole else without_begun(rest.rstrip()), bare=bool(whole))
    if whole and (not dates or rest.strip()):  # a date with its strokes is a date and nothing else
        kinds = (label,) if label else _number_kinds(whole, bool(dates))
        name, ending = ("", "") if label else _name_and_number(rest)
        if name:
            return Query(text, (*kinds, Kind.NAME), (name,), (ending,), number=whole)
        return Query(text, kinds, number=whole, dates=dates, words=_words_in(whole), emails=emails)
    rest = _UNIT.sub(" ", rest)
    rest, numbers = _take_phones(_UNIT_SIGN.sub(r"\1", rest) if "#" in rest else rest)
    words: list[str] = []
    codes: list[str] = []
    for part in split(rest):
        if part.isdigit():
            numbers.append(part)
        elif any(map(str.isdigit, part)) and not (_ORDINAL.fullmatch(part) or _misread(part)):
            codes.append(part.upper())
        else:
            words.append(part)
    kinds = _mixed_kinds(words, numbers, codes, emails, dates)
    return Query(text, kinds, tuple(words[:MOST_WORDS]), tuple(numbers), tuple(codes), "", emails, dates, "," in text)


def _plain_number(text: str) -> str:
    """The digits of a text that is nothing but one number, or a telephone number with its punctuation; else ""."""
    if text.isascii() and text.isdigit():
        return text
    phone = _WHOLE_PHONE.fullmatch(text)
    return "".join(phone.groups("")) if phone else ""


def is_hex(text: str) -> bool:
    """Whether `text` (upper case) is hex digits only."""
    return _HEX.issuperset(text)


def _misread(word: str) -> bool:
    """Whether `word` is one of letters, in which a letter or two was taken for a digit: "sm1th"."""
    digits = sum(map(str.isdigit, word))
    return digits <= MISREAD and len(word) - digits >= LETTERS_A_DIGIT * digits


def _as_number(text: str) -> str:
    """`text` without punctuation, upper case, where all of it may be one number or code; else ""."""
    pieces = [piece for piece in _SPACED.split(text) if piece]
    compact = "".join(pieces).upper()
    if compact.startswith(_ICCID) and compact.endswith("F"):  # which fills it up
        compact = compact.rstrip("F")
    if not (compact.isascii() and compact.isalnum()) or not any(map(str.isdigit, compact)):
        return ""
    if compact.isdigit():
        return compact if _is_one_number(pieces) else ""
    mixed = [piece for piece in pieces if any(map(str.isdigit, piece))]
    if len(pieces) == 1 or (is_hex(compact) and len(mixed) >= len(pieces) / 2 and len(compact) in (8, 14, 15)):
        return compact
    letters = "".join(piece for piece in pieces if piece not in mixed)
    one_code = len(pieces) == 2 and not pieces[0].isdigit() and pieces[1].isdigit() and len(letters) <= 3
    return compact if one_code and not re.search(r"\s", text.strip()) else ""


def _is_one_number(pieces: list[str]) -> bool:
    """Whether groups of digits are one number that was read out in groups, not a house number and a ZIP."""
    return len(pieces) <= 10


def _take_phones(text: str) -> tuple[str, list[str]]:
    """`text` without its telephone numbers, and those as digits."""
    found = [re.sub(r"\D", "", number) for number in _PHONE.findall(text)]
    return (_PHONE.sub(" ", text) if found else text), found


def _name_and_number(text: str) -> tuple[str, str]:
    """The name and the number that a code in two pieces may be as well: Babb 5278 or 6561 Cade, which read as hex."""
    match = _NAME_AND_NUMBER.fullmatch(text.strip())
    return ((match["name"] or match["street"]).lower(), match["number"] or match["house"]) if match else ("", "")


def _words_in(number: str) -> tuple[str, ...]:
    """The words of a code: "3M" and "A1" are names of companies too."""
    return () if number.isdigit() else (number.lower(),)


def _word_kinds(word: str) -> tuple[Kind, ...]:
    if len(word) in (8, 14) and is_hex(word.upper()):
        return (Kind.NAME, Kind.ESN if len(word) == 8 else Kind.MEID)
    return (Kind.NAME,) if word else ()


def _mixed_kinds(
    words: list[str], numbers: list[str], codes: list[str], emails: tuple[str, ...], dates: tuple[str, ...]
) -> tuple[Kind, ...]:
    kinds: list[Kind] = []
    if words:
        kinds.append(Kind.NAME)
    if emails:
        kinds.append(Kind.EMAIL)
    if dates:
        kinds.append(Kind.BIRTH_DATE)
    for number in numbers:
        kinds += _number_kinds(number, False)[:1] if len(number) >= 4 and len(number) != 5 else []
        kinds += [Kind.ZIP] if len(number) == 5 else []
    kinds += [Kind.ACCOUNT] if codes else []
    if words and numbers and len(numbers[0]) < 6:
        kinds.append(Kind.ADDRESS)
    return tuple(dict.fromkeys(kinds))


def _number_kinds(number: str, dated: bool) -> tuple[Kind, ...]:
    """What a number standing alone may be, by its length and shape; likelier first."""
    if not number.isdigit():
        return _code_kinds(number)
    kinds = list(_digit_kinds(number))
    if dated:
        kinds.insert({LONG_DATE: 1, SHORT_DATE: len(kinds)}.get(len(number), 0), Kind.BIRTH_DATE)
    return tuple(dict.fromkeys(kinds))


def _digit_kinds(digits: str) -> tuple[Kind, ...]:
    length = len(digits)
    if digits.startswith("89") and length > 11:
        return (Kind.ICCID, Kind.IMEI) if length in (14, 15, 16) else (Kind.ICCID,)
    if length <= 4:
        return (Kind.MDN, Kind.ACCOUNT)
    if length == 5:
        return (Kind.ZIP, Kind.MDN, Kind.ACCOUNT)
    if length == 6:
        return (Kind.IMEI, Kind.MDN, Kind.ACCOUNT, Kind.ICCID, Kind.MEID, Kind.ESN)
    if length == 8:
        return (Kind.CASE, Kind.MDN, Kind.ACCOUNT, Kind.ESN, Kind.IMEI)
    if length == 10:
        return (Kind.MDN, Kind.ACCOUNT) if digits[0] > "1" else (Kind.ACCOUNT, Kind.ESN, Kind.IMEI)
    if length == 11:
        return (Kind.MDN, Kind.ESN) if digits[0] == "1" and digits[1] > "1" else (Kind.ESN, Kind.IMEI)
    if length < 10:
        return (Kind.MDN, Kind.ACCOUNT, Kind.IMEI, Kind.ICCID, Kind.MEID, Kind.ESN)
    if length <= 13:
        return (Kind.IMEI, Kind.MEID, Kind.ACCOUNT)
    if length == 14:
        return (Kind.IMEI, Kind.MEID)
    if length <= 16:
        return (Kind.IMEI,)
    return (Kind.MEID,) if length <= 18 else (Kind.ICCID,)


def _code_kinds(code: str) -> tuple[Kind, ...]:
    if not is_hex(code):
        return (Kind.ACCOUNT, Kind.NAME)
    if len(code) == 8:
        return (Kind.ESN, Kind.ACCOUNT)
    if len(code) in (14, 15):
        return (Kind.MEID, Kind.ACCOUNT)
    return (Kind.MEID, Kind.ESN, Kind.ACCOUNT) if len(code) < 14 else (Kind.ACCOUNT,)
