"""What a caller says about a promotion → facts: dates, amounts, devices, condition, plan, what was done. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from data.promotions.names import MAKERS, digits, key, words
from data.promotions.phrases import EMPTY, MENDED, TOWARDS, TRADE
from data.promotions.saying import READERS, Said, said_date
from data.text import fold

NO_NAMES = EMPTY | MAKERS | TRADE | TOWARDS
LIKE = 80  # of 100: how much words must be like a name to be meant by a slip
LONGEST = 5  # words of a name, at most


@dataclass(frozen=True)
class Names:
    """The devices and plans of a catalogue, ready to be recognised."""

    devices: tuple[str, ...]
    plans: tuple[str, ...]
    _by_digits: dict[tuple[str, ...], list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for role, names in (("device", self.devices), ("plan", self.plans)):
            for name in names:
                for spelling in _spellings(name, role):
                    self._by_digits[digits(name)].append((spelling, name, role))

    def like(self, wanted: str, numbers: tuple[str, ...]) -> tuple[float, str, str]:
        """The likest name with exactly those numbers: how like of 100, the name, "device" or "plan"."""
        best = (0.0, "", "")
        for spelling, name, role in self._by_digits.get(numbers, ()):
            if abs(len(spelling) - len(wanted)) <= 3 and (like := _like(wanted, spelling)) > best[0]:
                best = (like, name, role)
        return best


def _like(wanted: str, spelling: str) -> float:
    """How like two squeezed spellings are; a slip or two that exchange letters count little."""
    if wanted == spelling:
        return 100.0
    return max(fuzz.ratio(wanted, spelling), 100.0 * (1 - OSA.distance(wanted, spelling) / max(len(wanted), 1))) - 0.5


def _spellings(name: str, role: str) -> Iterator[str]:
    """The whole name squeezed, and what people shorten it to."""
    yield key(name)
    parts = [part for part in words(name) if part not in MAKERS]
    if role == "plan" and parts[:1] == ["unlimited"] and len(parts) > 1:
        yield "".join(parts[1:])
        yield "unl" + "".join(parts[1:])
    if role == "device" and parts[0] in ("iphone", "pixel", "z", "moto") and len(parts) > 2:
        yield "".join(parts[1:])


@dataclass(frozen=True)
class Understood:
    """The facts that were recognised, by name as Facts has them. `words`: what is left and may be of a name."""

    facts: dict[str, Any]
    words: tuple[str, ...]


def recognise(text: str, names: Names, today: date) -> Understood:
    """What `text` says, as far as it can be told."""
    left = " ".join(_mended(word) for word in fold(text[:500]).split())
    facts: dict[str, Any] = {}
    for said in said_date(left, today):
        left = _take(left, said, facts)
    for read in READERS:
        for said in sorted(read(left), key=lambda one: -one.start):
            left = _take(left, said, facts)
    parts = [match[0] for match in re.finditer(r"[\w+']+|[,;.]", left)]
    taken = _devices_and_plans(parts, names, facts)
    left_over = (part for at, part in enumerate(parts) if at not in taken and len(part) > 2)
    rest = [part for part in left_over if part not in NO_NAMES]
    return Understood(facts, tuple(rest))


def _take(text: str, said: Said, facts: dict[str, Any]) -> str:
    """`text` without what was said, and the fact noted; the place keeps its length."""
    facts.setdefault(said.fact, said.value)
    return text[: said.start] + " " * (said.end - said.start) + text[said.end :]


def _mended(word: str) -> str:
    """A word that is one slip away from one of ours, as that one."""
    plain = word.strip(".,;:!?")
    if len(plain) < 5 or not plain.isalpha() or plain in MENDED:
        return word
    near = next((known for known in sorted(MENDED) if OSA.distance(plain, known, score_cutoff=1) <= 1), None)
    return word.replace(plain, near) if near else word


@dataclass(frozen=True)
class _Found:
    """A name over the words from `start` to `end`; `length`: letters and digits that it was taken from."""

    like: float
    start: int
    end: int
    name: str
    role: str
    length: int

    @property
    def weight(self) -> float:
        """How much of a name it covers, and how well: a long name with a slip beats a short one without."""
        return self.length * (self.like / 100) ** 3


def _devices_and_plans(parts: list[str], names: Names, facts: dict[str, Any]) -> set[int]:
    """Notes the device, the traded-in phone and the plan; returns the places of the words that named them."""
    taken: set[int] = set()
    found: list[_Found] = []
    for one in sorted(_windows(parts, names), key=lambda one: (-one.weight, one.start)):
        if not taken & set(range(one.start, one.end)):
            taken |= set(range(one.start, one.end))
            found.append(one)
    phones = []
    for one in sorted(found, key=lambda one: one.start):
        if one.role == "plan":
            facts.setdefault("plan", one.name)
        else:
            phones.append((one, _is_traded(parts, one, found)))
    for one, traded in phones:
        facts.setdefault("trade_in" if traded else "device", one.name)
    if len(phones) == 2 and "trade_in" not in facts and phones[0][0].name != phones[1][0].name:
        facts["trade_in"] = phones[1][0].name  # two phones and no word on which: the new one is named first
    if "trade_in" in facts:
        facts["traded"] = True
    return taken


def _windows(parts: list[str], names: Names) -> Iterator[_Found]:
    for start in range(len(parts)):
        for end in range(start + 1, min(start + LONGEST, len(parts)) + 1):
            window = parts[start:end]
            if any(part in ",;." for part in window) or window[0] in EMPTY or window[-1] in EMPTY:
                continue
            text = " ".join(window)
            wanted = key(text)
            if len(wanted) < 2 or wanted in MENDED - {"unlimited", "ultimate"}:
                continue
            like, name, role = names.like(wanted, digits(text))
            if like >= LIKE and (like == 100 or len(wanted) > 4):
                yield _Found(like, start, end, name, role, len(wanted))


def _is_traded(parts: list[str], one: _Found, found: Iterable[_Found]) -> bool:
    """Whether the words around a phone say that it is traded in, rather than bought."""
    before: list[str] = []
    inside = {at for other in found if other is not one for at in range(other.start, other.end)}
    for at in range(one.start - 1, max(-1, one.start - 6), -1):
        if at in inside or parts[at] in ".;":
            break
        before.append(parts[at])
    for word in before:
        if word in TRADE:
            return True
        if word in TOWARDS:
            return False
    said = False
    for at in range(one.end, min(one.end + 5, len(parts))):
        if at in inside:
            return False  # "S25, traded S21": the word belongs to what follows
        if parts[at] in TOWARDS or parts[at] in ",.;":
            break
        said = said or parts[at] in TRADE
    return said


def both(*groups: Iterable[str]) -> tuple[str, ...]:
    """The names of all groups, each once however spelt, the first spelling kept."""
    kept: dict[str, str] = {}
    for group in groups:
        for name in group:
            kept.setdefault(key(name), name)
    return tuple(kept.values())
