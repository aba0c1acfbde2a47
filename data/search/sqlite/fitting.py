"""How well a whole text fits one customer: each typed part against the words, the place and the numbers kept."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from data.search.results import Why
from data.search.scoring import (
    EXACT,
    INACTIVE,
    INITIAL,
    LONE_FIRST,
    PLACE,
    PLACE_BEGUN,
    PLACE_WITHIN,
    SHORTEST_SLIP,
    SHORTEST_TWO_SLIPS,
    STREET_ALONE,
    UNMATCHED,
    UNTYPED,
    slip_cost,
    slips,
    sounding_alike,
    within_slips,
)
from data.search.sqlite.entries import Kept
from data.search.sqlite.found import Candidate
from data.search.sqlite.lexicon import Lexicon
from data.search.sqlite.meanings import beginning_cost
from data.search.sqlite.vocabulary import sounds
from data.search.words import DIRECTIONS, STATES, STREET_KINDS, UNSAID
from data.text import fold

Fit = tuple[float, Why]
FARTHEST = 5  # slips
NO_FIT = UNMATCHED + FARTHEST, Why("", "", "")
LOOSE_INITIAL = 3.0  # a letter that begins none of the words kept, such as one in a company's name
HALF_SAID = 0.5  # a word such as "street" or "inc" that the customer's own lacks
LIKEST = 24  # words that may sound as a typed one does, of those that are compared in full
LONGEST_RUN = 4  # words of a place's name that are compared as one
SHORTEST_PLACE = 3  # letters of a city or street that are taken for its beginning


class Known(NamedTuple):
    """A typed part that an index has already found at a customer."""

    cost: float
    why: Why
    detail: str = ""
    account_id: int | None = None
    mdn: str | None = None


class Fitter:
    """Compares the parts of one text with customers; what was compared once is remembered."""

    def __init__(self, lexicon: Lexicon, words: list[str], numbers: list[str]) -> None:
        self.words = words
        self.numbers = numbers
        self._lexicon = lexicon
        telling = [word for word in words if len(word) > 1] or words  # an initial begins a name of nearly everybody
        self._beginnings = [f" {word}" for word in telling]
        self._runs = {word: _runs_with(word, words) for word in words}
        self._costs: dict[tuple[str, str], Fit] = {}
        self._nicknames: dict[str, dict[str, float]] = {}
        self._sounds: dict[str, set[str]] = {}

    def begins(self, told: str) -> bool:
        """Whether a typed word begins one of the folded words in `told`."""
        spaced = f" {told}"
        return any(beginning in spaced for beginning in self._beginnings)

    def resembling(self, words: list[str]) -> set[str]:
        """Those of `words` that a typed word may stand for: told quickly, and rather too many than too few."""
        found: set[str] = set()
        for typed in self.words:
            most = 2 if len(typed) >= SHORTEST_TWO_SLIPS else 1
            found.update(word for word, _ in within_slips(typed, words, most))
            found.update(word for word, _ in sounding_alike(typed, words, LIKEST))
            found.update(self._called(typed))
        return found

    def fit(self, kept: Kept, known: dict[str, Known]) -> tuple[Candidate, bool]:
        """`kept` as a candidate, and whether every part of the text was met."""
        cost, whys, met, named = 0.0, [], True, 0
        details = list(known.values())
        lone = len(self.words) == 1
        named_words = [word for word, _ in kept.named]
        for part in known.values():
            cost += part.cost
            whys.append(part.why)
        for typed in self.words:
            if typed in known:
                continue
            part_cost, why = self._best(typed, kept, named_words)
            if lone and why.word != named_words[0]:
                part_cost += LONE_FIRST
            met = met and part_cost < UNMATCHED
            cost += part_cost
            named += why.field == "name"
            if why.how:
                whys.append(why)
        for number in self.numbers:
            if number not in known:
                part_cost, why = _number(number, kept)
                met = met and part_cost < UNMATCHED
                cost += part_cost
                if why.how:
                    whys.append(why)
        cost += UNTYPED * max(len(named_words) - named, 0)
        closed = bool(kept.who & 1)
        order = cost + (INACTIVE if closed else 0.0)
        last = next((part for part in details if part.detail or part.account_id or part.mdn), None)
        shown = (last.detail, last.account_id, last.mdn) if last else ("", None, None)
        return Candidate(kept.id, cost, order, tuple(whys), closed, *shown), met

    def word(self, typed: str, word: str) -> Fit:
        """What it costs that `typed` stands for `word`, whichever way is the cheapest."""
        known = self._costs.get((typed, word))
        if known is None:
            known = self._costs[typed, word] = self._word(typed, word)
        return known

    def _best(self, typed: str, kept: Kept, named: list[str]) -> Fit:
        best = min([self.word(typed, word) for word in named], default=NO_FIT)
        if best[0] > INITIAL and kept.middle and (initial := _initial(typed, kept.middle)):
            return initial
        if (
            best[0] > PLACE
            and (place := _place(typed, self._runs[typed], kept, kept.house in self.numbers))
            and place[0] < best[0]
        ):
            return place
        if best[0] >= UNMATCHED and (typed in UNSAID or typed in STREET_KINDS or typed in DIRECTIONS):
            return HALF_SAID, NO_FIT[1]
        if best[0] >= UNMATCHED and len(typed) == 1:
            return LOOSE_INITIAL, NO_FIT[1]
        return best

    def _word(self, typed: str, word: str) -> Fit:
        if typed == word:
            return EXACT, Why("name", word, typed)
        if word.startswith(typed):
            return beginning_cost(typed, word), Why("name", word, typed)
        if len(word) == 1 and typed[0] == word:
            return beginning_cost(word, typed[:2]), Why("initial", word, typed)
        if (cost := self._called(typed).get(word)) is not None:
            return cost, Why("nickname", word, typed)
        return self._alike(typed, word)

    def _alike(self, typed: str, word: str) -> Fit:
        most = 2 if len(typed) >= SHORTEST_TWO_SLIPS else 1
        distance = slips(typed, word, FARTHEST) if len(typed) >= SHORTEST_SLIP else FARTHEST
        costs = [(UNMATCHED + distance, Why(f"near {typed}", word, typed))] if distance < FARTHEST else []
        if distance <= most:
            costs.append((slip_cost(typed, word, distance), Why(f"like {typed}", word, typed)))
        for _, cost in sounding_alike(typed, [word]):  # quicker to compare than to work out the sound of every word
            if self._sound(typed) & self._sound(word):
                costs.append((cost, Why(f"sounds like {typed}", word, typed)))
        return min(costs, default=NO_FIT)

    def _called(self, typed: str) -> dict[str, float]:
        known = self._nicknames.get(typed)
        if known is None:
            known = {meaning.word: meaning.cost for meaning in self._lexicon.nicknames(typed)}
            self._nicknames[typed] = known
        return known

    def _sound(self, word: str) -> set[str]:
        known = self._sounds.get(word)
        if known is None:
            known = self._sounds[word] = _sounds(word)
        return known


@lru_cache(maxsize=4096)
def _sounds(word: str) -> set[str]:
    return set(sounds(word))


def _initial(typed: str, middle: str) -> Fit | None:
    """Where a letter was typed for a middle name, or the other way round."""
    own = fold(middle)
    if typed[:1] == own[:1] and (len(typed) == 1 or len(own.rstrip(".")) == 1):
        return INITIAL, Why("initial", own, typed)
    return None


def _runs_with(typed: str, words: list[str]) -> list[str]:
    """`typed` and the words beside it in one word, as places of several words are kept: san, sanju for "san ju"."""
    return [
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 2, min(start + LONGEST_RUN, len(words)) + 1)
        if typed in words[start:end]
    ]


def _place(typed: str, runs: list[str], kept: Kept, housed: bool) -> Fit | None:
    """Where `typed` is the city, the street or the state, or a part of its name; `runs`: it with words beside it."""
    for field, place, how in (("city", kept.town, "city"), ("", kept.road, "street")):
        if place == typed:
            return PLACE if field or housed else STREET_ALONE, Why(how, place, typed, field)
        if place and (run := next((run for run in runs if place.startswith(run)), "")):
            cost = STREET_ALONE if not field and not housed else PLACE if run == place else PLACE_BEGUN
            return cost / 2, Why(how, place, run, field)
        begun = place.startswith(typed)
        if begun or (len(typed) >= SHORTEST_PLACE and typed in place):
            if not field and not housed:
                return STREET_ALONE, Why(how, place, typed, field)
            return PLACE_BEGUN if begun else PLACE_WITHIN, Why(how, place, typed, field)
    if kept.state and (typed == kept.state.lower() or STATES.get(typed) == kept.state):
        return PLACE, Why("state", kept.state, typed, "")
    return None


def _number(number: str, kept: Kept) -> Fit:
    """Where a group of digits is the house number, the ZIP, the end of a telephone or of the account number."""
    if number == kept.house:
        return PLACE, Why("house number", number, number, "")
    if kept.zip and kept.zip.startswith(number) and len(number) >= SHORTEST_PLACE:
        return PLACE, Why("ZIP", kept.zip, number, "")
    for key in kept.keys.split() if len(number) >= 4 else ():
        if key.endswith(number):
            return PLACE, Why(f"MDN ending {number}", key[1:], number, "mdn")
    if len(number) >= 4 and kept.account.endswith(number):
        return PLACE, Why("account", kept.account, number, "account")
    return NO_FIT if len(number) >= 4 else (HALF_SAID, NO_FIT[1])
