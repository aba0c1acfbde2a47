"""What a file or a form says of a promotion → terms, checked field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import product
from typing import Any, TypeVar

from data.cases.free_text import refuse_secrets
from data.errors import CarelineError, Invalid
from data.money import from_cents, parse, show, to_cents
from data.promotions.names import key
from data.promotions.records import FIELDS, USUAL, Plain
from data.promotions.rules import (
    NAME_LIMIT,
    NOTES_LIMIT,
    Ends,
    Gives,
    Kind,
    Loyalty,
    Shape,
    Terms,
    TradeInOffer,
    wrong_terms,
)
from data.text import clean, clean_lines, refuse_long

Word = TypeVar("Word", bound=StrEnum)
Brings = Sequence[tuple[str, Any]]  # a condition and its amount, as they are written


def read_terms(plain: Plain) -> Terms:
    """What a file or a form says → terms. Raises Invalid by field."""
    reader = _Reader(plain)
    terms = reader.terms()
    wrong = reader.wrong or wrong_terms(terms) or _taken_twice(terms)
    if unknown := set(plain) - set(FIELDS):
        wrong = wrong | {min(unknown): f"A promotion has no “{clean(min(unknown), 40)}”."}
    if wrong:
        raise Invalid(wrong, "Mend it and try again.")
    return terms


class _Reader:
    """Reads field after field and gathers what is wrong."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.wrong: dict[str, str] = {}

    def terms(self) -> Terms:
        """The terms, as far as they could be read."""
        return Terms(
            ost=clean(str(self.plain.get("ost", "")).upper().removeprefix("OST").strip()),
            name=clean(self.text("name", NAME_LIMIT), NAME_LIMIT),
            gives=self.word("gives", Gives, Gives.ONE_TIME, must=True),
            cents=self.cents("amount"),
            percent=self.number("percent", 0),
            months=self.number("months", 1),
            valid_from=self.day("valid_from") or self.miss("valid_from", "Say the first day of purchase."),
            valid_to=self.day("valid_to"),
            devices=self.names("devices"),
            trade_ins=self.trade_ins(),
            plans=self.names("plans"),
            kinds=self.words("kinds", Kind, USUAL.kinds),
            loyalty=self.word("loyalty", Loyalty, Loyalty.EITHER),
            current=self.yes("current", True),
            stacks=self.yes("stacks", False),
            tenure_days=self.number("tenure_days", 0),
            arrival_days=self.number("arrival_days", 0),
            begins=self.begins(),
            ends=self.words("ends", Ends, USUAL.ends),
            notes=clean_lines(self.text("notes", NOTES_LIMIT), NOTES_LIMIT),
        )

    def miss(self, field: str, sentence: str) -> date:
        """Notes that a field that must be there is not."""
        self.wrong.setdefault(field, sentence)
        return USUAL.valid_from

    def text(self, field: str, limit: int) -> str:
        """What stands there; notes where it is too long to be kept whole, or holds what is kept nowhere."""
        value = str(self.plain.get(field, ""))
        try:
            refuse_secrets(**{field: value})
            refuse_long(limit, **{field: value})
        except Invalid as error:
            self.wrong.update(error.fields)
        return value

    def given(self, field: str) -> Any:
        """What stands there; None for nothing."""
        value = self.plain.get(field)
        return None if value is None or (isinstance(value, str) and not value.strip()) else value

    def word(self, field: str, kind: type[Word], usual: Word, *, must: bool = False) -> Word:
        value = self.given(field)
        if value is None and not must:
            return usual
        found = _word(value, kind)
        if found is None:
            self.wrong[field] = f"{field} is one of {', '.join(kind)}."
        return found or usual

    def words(self, field: str, kind: type[Word], usual: tuple[Word, ...]) -> tuple[Word, ...]:
        value = self.given(field)
        if value is None:
            return usual
        found = [_word(one, kind) for one in (value if isinstance(value, list) else str(value).split("|"))]
        if None in found:
            self.wrong[field] = f"{field} are some of {', '.join(kind)}."
        return tuple(one for one in kind if one in found)

    def names(self, field: str) -> tuple[str, ...]:
        value = self.given(field)
        parts = value if isinstance(value, list) else str(value or "").split("|")
        if not all(isinstance(part, str) for part in parts):
            self.wrong[field] = f"{field} is a list of names."
            return ()
        return tuple(dict.fromkeys(filter(None, map(clean, parts))))

    def cents(self, field: str) -> int:
        value = self.given(field)
        return 0 if value is None else self.amount(field, value)

    def amount(self, field: str, value: Any) -> int:
        if isinstance(value, float):
            self.wrong[field] = 'An amount is a decimal in quotes, such as "24.99".'
            return 0
        try:
            return to_cents(parse(str(value)))
        except CarelineError as error:
            self.wrong[field] = str(error)
            return 0

    def number(self, field: str, usual: int) -> int:
        value = self.given(field)
        if value is None:
            return usual
        text = str(value).strip().removesuffix("%")
        if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) <= 6):
            self.wrong[field] = f"{field} is a whole number."
            return usual
        return int(text)

    def day(self, field: str) -> date | None:
        from data.imports.dates import read_date

        value = self.given(field)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        found = read_date(str(value), None, 2099)
        if found is None:
            self.wrong[field] = f"“{clean(str(value), 30)}” is not a day; write 05-01-2026 or 2026-05-01."
        return found

    def yes(self, field: str, usual: bool) -> bool:
        value = self.given(field)
        if value is None or isinstance(value, bool):
            return usual if value is None else value
        known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
        found = known.get(str(value).strip().lower())
        if found is None:
            self.wrong[field] = f"{field} is yes or no."
        return usual if found is None else found

    def begins(self) -> tuple[int, int]:
        value = self.given("begins")
        if value is None:
            return USUAL.begins
        first, _, last = str(value).partition("-")
        if not all(part.strip().isdecimal() and len(part.strip()) < 3 for part in (first, last or first)):
            self.wrong["begins"] = "begins says after how many bills, such as 1-2."
            return USUAL.begins
        return int(first), int(last or first)

    def trade_ins(self) -> tuple[TradeInOffer, ...]:
        value = self.given("trade_ins")
        if value is None:
            return ()
        try:
            offers = map(_table, value) if isinstance(value, list) else map(_cell, str(value).split("|"))
            return tuple(self._trade_in(named, brings) for named, brings in offers)
        except (ValueError, TypeError, KeyError):
            self.wrong["trade_ins"] = "Write Galaxy S21, Galaxy S22: good 800.00, cracked 400.00 | … ."
            return ()

    def _trade_in(self, named: Any, brings: Brings) -> TradeInOffer:
        if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
            raise TypeError("devices is a list of names")
        devices = tuple(dict.fromkeys(filter(None, map(clean, named))))
        read = [(_word(shape, Shape), self.amount("trade_ins", value)) for shape, value in brings]
        amounts = dict(read)
        if None in amounts:
            self.wrong["trade_ins"] = f"A phone's condition is one of {', '.join(Shape)}."
        for shape, cents in read:
            if amounts[shape] != cents:
                self.wrong.setdefault("trade_ins", f"Phones stand there with two amounts for {shape}; leave one out.")
        return TradeInOffer(devices, {shape: cents for shape, cents in amounts.items() if shape})


def _table(offer: Any) -> tuple[Any, Brings]:
    """A phone that is taken in as a TOML file has it → its names, and what each condition brings."""
    rest = dict(offer)
    return rest.pop("devices"), list(rest.items())


def _cell(text: str) -> tuple[Any, Brings]:
    """ "Galaxy S21, Galaxy S22: good 800.00, no power 100.00" → the same."""
    devices, _, amounts = text.partition(":")
    parts = [part.strip().rpartition(" ") for part in amounts.split(",")]
    return [name.strip() for name in devices.split(",") if name.strip()], [(one[0].strip(), one[2]) for one in parts]


def _taken_twice(terms: Terms) -> dict[str, str]:
    """What is wrong where one phone brings two amounts in one condition, however its name is spelt."""
    standing: dict[tuple[str, Shape], tuple[str, int]] = {}
    for offer in terms.trade_ins:
        for name, (shape, cents) in product(offer.devices, offer.amounts.items()):
            first, amount = standing.setdefault((key(name), shape), (name, cents))
            if amount != cents:
                both = (
                    f"{one} ({shape}) for {show(from_cents(each))}" for one, each in ((first, amount), (name, cents))
                )
                return {"trade_ins": f"It takes in {' and the same phone, '.join(both)}; leave one of them out."}
    return {}


def _word(value: Any, kind: type[Word]) -> Word | None:
    plain = str(value).strip().lower().replace("_", " ").replace("cancelled", "canceled")
    return next((one for one in kind if plain in (one.value, one.value.replace("-", " "))), None)
