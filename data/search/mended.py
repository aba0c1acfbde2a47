"""A text as it was meant to be written down: what a file's encoding, a scan or a note made of it taken back. Pure."""

from __future__ import annotations

import re

_LOST = re.compile(r"(?<=[^\W\d_])[?#\ufffd]+(?=[^\W\d_])|(?<=[^\W\d_])\ufffd+")  # where a letter was: N?ez, N#ez
_EMAIL_APART = re.compile(r"(?<=[\w.\-])(?:\s+@\s*|@\s+)(?=[\w\-]+\.[a-z])", re.IGNORECASE)
_LINKED = re.compile(r"(?<!\w)mailto:", re.IGNORECASE)
_EMAIL_SAID = re.compile(r"(\S+)\s+at\s+(\S+)\s+dot\s+(com|net|org|edu|gov|us)\b", re.IGNORECASE)
_INITIALS = re.compile(r"(?<![^\s,])([a-z])\.\s?([a-z])\.?(?=[\s,]|$)", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\w)\(?[\doOlI]{3}\)?[\s./\-]*[\doOlI]{3}[\s.\-]*[\doOlI]{4}(?!\w)")
_LETTERED = re.compile(r"\d[oOlI]|[oOlI]\d|[oOlI][\s.\-]\d")
_DIGITS = str.maketrans("oOlI", "0011")
_PHONE_DIGITS = 7  # of ten that must be digits, where the others are letters like them
_MASKED = re.compile(r"(?<!\w)[xX]{2,}(?:[\s.\-]+[xX]{2,})*[\s.\-]*(?=\d)")  # left out of a number: xxx-xxx-0143
_UNDERLINED = re.compile(r"(?<=\d)_(?=\d)")
_ZIP_PLUS = re.compile(r"(?<![\d\-])(\d{5})\s?-\s?\d{4}(?![\d\-])")


def mended(text: str) -> str:
    """`text` with such faults mended; as it is where it has none."""
    if not text.isascii():
        text = _decoded(text)
    if "?" in text or "#" in text or "\ufffd" in text:
        text = _LOST.sub("", text)
    if "@" in text:
        text = _LINKED.sub("", text)
        return _EMAIL_APART.sub("@", text) if " @" in text or "@ " in text else text
    if " dot " in text.lower():
        text = _EMAIL_SAID.sub(r"\1@\2.\3", text)
    if "xx" in text or "XX" in text:
        text = _MASKED.sub("", text)
    if "_" in text:
        text = _UNDERLINED.sub("-", text)
    if "." in text:
        text = _INITIALS.sub(r"\1 \2", text)
    if _LETTERED.search(text):
        text = _PHONE.sub(_in_digits, text)
    if "-" in text and any(map(str.isalpha, text)):
        text = _ZIP_PLUS.sub(r"\1", text)
    return text


def _decoded(text: str) -> str:
    """UTF-8 that was read as Western: "JosÃ©" is José."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _in_digits(phone: re.Match[str]) -> str:
    told = phone[0].translate(_DIGITS)
    return told if sum(map(str.isdigit, phone[0])) >= _PHONE_DIGITS else phone[0]
