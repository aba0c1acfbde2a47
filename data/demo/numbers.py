"""Numbers that look right and are nobody's: telephone numbers, and those of handsets and SIMs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from data.demo.lists import Handset, Lists, Place
from data.errors import Misused
from data.identifiers import luhn_digit

FICTION = range(100, 200)  # 555-0100 to 555-0199 belong to nobody
EXCHANGE = range(10_000)  # once lines have all of fiction, the rest of 555
STEP = 387_421  # has no factor with 10 and 2, so that counting by it meets every number once
BAD_SIM = 0.02  # real SIMs circulate whose check digit is wrong


class Numbers:
    """Hands out numbers, each once, in an order that `rng` gives."""

    def __init__(self, lists: Lists, rng: random.Random) -> None:
        self._rng = rng
        codes = sorted({code for place in lists.places for code in place.area_codes})
        self._pools = [{code: self._shuffled(code, numbers) for code in codes} for numbers in (FICTION, EXCHANGE)]
        self._given: dict[str, int] = {}

    def mdn(self, place: Place) -> str:
        """A telephone number of `place` that no line has; of elsewhere once the place has given all of its own."""
        for pool in self._pools:
            own = [code for code in place.area_codes if code in pool]
            while pool:
                code = self._rng.choice(own or list(pool))
                if number := next(pool[code], None):
                    return number
                del pool[code]
                own = [other for other in own if other != code]
        raise Misused("There are not enough fictional telephone numbers for so many customers.", "Ask for fewer.")

    def telephone(self, place: Place) -> str:
        """A telephone number of `place` for a contact; others may have it too."""
        return f"{self._rng.choice(place.area_codes)}555{self._rng.choice(FICTION):04d}"

    def handset(self, model: Handset) -> dict[str, str]:
        """The serial number of a handset of that model, as its column and canonical form; never given twice."""
        match model.number:
            case "imei":
                body = f"{model.begins}{self._next(model.begins, 10**6):06d}"
                return {"imei": body + luhn_digit(body)}
            case "meid":
                return {"meid": f"{model.begins}{self._next(model.begins, 16**6):06X}"}
            case _:
                digits = 8 - len(model.begins)
                return {"esn": f"{model.begins}{self._next(model.begins, 16**digits):0{digits}X}"}

    def iccid(self) -> str:
        """A SIM's number: 20 digits, of which the last, as with real ones, is now and then wrong."""
        body = f"8901{555}{self._next('sim', 10**12):012d}"
        digit = luhn_digit(body)
        return body + (str((int(digit) + 1) % 10) if self._rng.random() < BAD_SIM else digit)

    def _shuffled(self, code: str, numbers: Sequence[int]) -> Iterator[str]:
        for number in self._rng.sample(numbers, len(numbers)):
            if numbers is FICTION or number not in FICTION:
                yield f"{code}555{number:04d}"

    def _next(self, sort: str, size: int) -> int:
        """The next serial number below `size`; each comes once before any comes again."""
        if sort not in self._given:
            self._given[sort] = self._rng.randrange(size)
        self._given[sort] = (self._given[sort] + STEP) % size
        return self._given[sort]
