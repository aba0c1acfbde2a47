"""Words before a number that say what it is: "cell# 713-555-0143", "acct no. SV093298", "SIM card: 8901…". Pure."""

from __future__ import annotations

import re

from data.search.dates import MONTHS
from data.search.results import Kind

_BEFORE_DIGITS = {
    Kind.MDN: "mdn mtn ctn phone telephone tel cell cellphone mobile callback",
    Kind.CASE: "case",
    Kind.ZIP: "zip",
}
_BEFORE_CODES = {
    Kind.ACCOUNT: "account acct a/c",
    Kind.ESN: "esn pesn",
    Kind.MEID: "meid",
    Kind.IMEI: "imei",
    Kind.ICCID: "iccid",
}
_BEFORE_DATES = {Kind.BIRTH_DATE: "dob d.o.b birthdate birthday born"}
_BEFORE_LONG = {
    Kind.MDN: "ph cb cbr call number ptn tn min alt home work contact wireless",
    Kind.ICCID: "sim",
}  # which may be somebody's name or initials
_MONTH = rf"(?:{MONTHS})[a-z]{{0,6}}\.?"
_FOLLOWED = (
    (_BEFORE_DIGITS, r"[+(]?\d"),
    (_BEFORE_CODES, r"[a-z]{0,3}[\s\-]?\d|[0-9a-f](?:[\s\-]?[0-9a-f]){5}"),
    (_BEFORE_DATES, rf"\d{{1,4}}[\s/.\-]\d|\d{{6,8}}(?!\d)|{_MONTH}\s\d"),
    (_BEFORE_LONG, r"(?!\d{1,2}[/.\-]\d{1,2}[/.\-]\d)[+(]?(?:\d[\s.()/\-]*){7}"),
)
_KINDS = {word: kind for labels, _ in _FOLLOWED for kind, words in labels.items() for word in words.split()}
_BESIDE = r"(?:\s*(?:card|back|phone|number|nbr|num)|\s+(?:no|is))*(?![a-z])[\s.:#=]*"  # words that say nothing more


def _label(labels: dict[Kind, str], followed: str) -> str:
    words = "|".join(re.escape(word) for words in labels.values() for word in words.split())
    return rf"({words}){_BESIDE}(?={followed})"


_LABEL = re.compile(
    rf"(?<![^\s,;|/(\[])(?:{'|'.join(_label(labels, followed) for labels, followed in _FOLLOWED)})", re.IGNORECASE
)
_BEHIND = re.compile(r"(?<=\d{4})[\s,]*\(?(?:cell|cellphone|home|work|mobile)\)?$", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?<=\d{4})[\s,]*\(?(?:x|extn?|extension)[\s.:#]*\d{1,6}\)?(?!\w)", re.IGNORECASE
)  # of a telephone
_ENDING = re.compile(
    r"(?<!\w)(?:(?:ending|ends)(?:\s+(?:in|with|on))?|last\s+(?:4|four)(?:\s+digits?)?(?:\s+(?:is|are|of))?)[\s:#]+(?=\d)",
    re.IGNORECASE,
)  # before the end of a number
_WHO = re.compile(r"(?<![^\s,;|])(?:cust|customer|caller|client|subscriber|name|attn):", re.IGNORECASE)
_SAYING = re.compile(
    r"(?:(?:my |the )?name is|this is|it'?s|for|re|cust|customer|caller(?: is)?|spoke (?:with|to|w/))\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)  # before a name of two words or more


def take_labels(text: str) -> tuple[str, Kind | None]:
    """`text` without such words, and what the one that it begins with says."""
    if ":" in text:
        text = _WHO.sub(" ", text).strip()
    if saying := _SAYING.match(text):
        text = text[saying.end() :]
    if not any(map(str.isdigit, text)):
        return text, None
    text = _ENDING.sub(" ", _EXTENSION.sub("", text))
    if not text[-1].isdigit():
        text = _BEHIND.sub("", text)
    begun = _LABEL.match(text)
    return _LABEL.sub(" ", text).strip(), _KINDS[begun[begun.lastindex or 1].lower()] if begun else None
