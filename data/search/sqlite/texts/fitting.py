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
    SLIP,
    STREET_ALONE,
    UNMATCHED,
    UNTYPED,
    slip_cost,
    slips,
    sounding_alike,
    within_slips,
)
from data.search.sqlite.found import Candidate
from data.search.sqlite.index.entries import Kept, name_words
from data.search.sqlite.index.vocabulary import sounds
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import beginning_cost
from data.search.words import ABBREVIATIONS, DIRECTIONS, LONG_KINDS, MOST_WORDS, PARTICLES, STATES, STREET_KINDS, UNSAID
from data.text import fold

Fit = tuple[float, Why]
FARTHEST = 5  # slips
NO_FIT = UNMATCHED + FARTHEST, Why("", "", "")
LOOSE_INITIAL = 3.0  # a letter that begins none of the words kept, such as one in a company's name
HALF_SAID = 0.5  # a word such as "street" or "inc" that the customer's own lacks; more for "ct", which may be the state
LIKEST = 24  # words that may sound as a typed one does, of those that are compared in full
LONGEST_RUN = 4  # words of a place's name that are compared as one
SHORTEST_PLACE = 3  # letters that are looked for within a city's or a street's name


class Known(NamedTuple):
    """A typed part that an index has already found at a customer."""

    cost: float
    why: Why
    detail: str = ""
    account_id: int | None = None
    mdn: str | None = None


_NOTHING = Known(0.0, NO_FIT[1])


class Fitter:
    """Compares the parts of one text with customers; what was compared once is remembered."""

    def __init__(self, lexicon: Lexicon, words: list[str], numbers: list[str]) -> None:
        self.words = words
        self.numbers = numbers
        self._typed = frozenset(words)
        self._lexicon = lexicon
        self._runs = {word: _runs_with(word, words) for word in words}
        self._costs: dict[str, dict[str, Fit]] = {word: {} for word in words}
        self._nicknames: dict[str, dict[str, float]] = {}

    def resembling(self, typed: str, words: list[str]) -> set[str]:
        """Those of `words` that `typed` may begin or stand for: told quickly, and rather too many than too few."""
        initial = len(typed) == 1 and len(max(self.words, key=len)) > 1  # which begins a name of nearly everybody
        found = {word for word in words if word.startswith(typed)} if not initial else set()
        found.update(self._called(typed))
        most = 2 if len(typed) >= SHORTEST_TWO_SLIPS else 1
        found.update(word for word, _ in within_slips(typed, words, most))
        found.update(word for word, _ in sounding_alike(typed, words, LIKEST))
        return found

    def fit(self, kept: Kept, known: dict[str, Known], parts: int = 0) -> Candidate:
        """`kept` as a candidate: partly where a part of the text was not met, or fewer than `parts` are known."""
        cost, whys, met, named = 0.0, [], True, 0
        taken: tuple[str, ...] = ()
        named_words = _named(kept.first, kept.middle, kept.last, kept.company)
        for part in known.values():
            cost += part.cost
            whys.append(part.why)
        for typed in self.words:
            if typed in known:
                continue
            part_cost, why = self._best(typed, kept, named_words)
            if len(self.words) == 1 and why.word != named_words[0]:
                part_cost += LONE_FIRST
            if (why.how == "initial" and len(typed) > 1) or _is_like(why):  # one initial stands for one name
                part_cost, taken = (UNMATCHED if why.word in taken else part_cost), (*taken, why.word)
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
        met = met and sum(part not in self.numbers for part in known) >= parts
        cost += UNTYPED * max(len(named_words) - named, 0)
        order = cost + (INACTIVE if kept.closed else 0.0)
        last = next((part for part in known.values() if part.detail or part.account_id or part.mdn), _NOTHING)
        shown = (last.detail, last.account_id, last.mdn)
        return Candidate(kept.id, cost, order, tuple(whys), *shown, partly=not met)

    def _best(self, typed: str, kept: Kept, named: tuple[str, ...]) -> Fit:
        if typed in named:
            return EXACT, Why("name", typed, typed)
        costs, best = self._costs[typed], NO_FIT
        for word in named:
            fit = costs.get(word)
            if fit is None:
                fit = costs[word] = self._word(typed, word)
            if fit < best and not (word in self._typed and _is_like(fit[1]) and named.count(word) == 1):
                best = fit
        if best[0] > INITIAL and kept.middle and (initial := _initial(typed, kept.middle)):
            return initial
        if (
            best[0] > PLACE
            and (place := _place(typed, self._runs[typed], kept, kept.house in self.numbers))
            and place[0] < best[0]
        ):
            return place
        alone = len(typed) == 1 and not self.numbers  # "gary s mullins" lives on no South Street
        if best[0] >= UNMATCHED and not alone and (typed in UNSAID or typed in STREET_KINDS or typed in DIRECTIONS):
            return HALF_SAID + (PLACE if typed.upper() in ABBREVIATIONS else 0.0), NO_FIT[1]
        if best[0] >= UNMATCHED and kept.house in self.numbers and is_nearly_a_kind(typed):
            return SLIP, NO_FIT[1]
        if best[0] >= UNMATCHED and typed in PARTICLES and f" {typed} " in f" {fold(kept.last)} ":
            return EXACT, NO_FIT[1]
        if best[0] >= UNMATCHED and len(typed) == 1:
            return LOOSE_INITIAL, NO_FIT[1]
        return best

    def _word(self, typed: str, word: str) -> Fit:
        """What it costs that `typed` stands for another `word`, whichever way is the cheapest."""
        if word.startswith(typed):
            return beginning_cost(typed, word), Why("name", word, typed)
        if len(word) == 1 and typed[0] == word:
            return beginning_cost(word, typed[:2]), Why("initial", word, typed)
        if (cost := self._called(typed).get(word)) is not None:
            return cost, Why("nickname", word, typed)
        return _alike(typed, word)

    def _called(self, typed: str) -> dict[str, float]:
        known = self._nicknames.get(typed)
        if known is None:
            known = {meaning.word: meaning.cost for meaning in self._lexicon.nicknames(typed)}
            self._nicknames[typed] = known
        return known


def _is_like(why: Why) -> bool:
    """Whether a word of the name is only like the typed one, or sounds so."""
    return "like" in why.how and why.field == "name"


@lru_cache(maxsize=4096)
def _named(first: str, middle: str, last: str, company: str) -> tuple[str, ...]:
    """The words of a name."""
    return tuple(word for word, _ in name_words(first, middle, last, company)[:MOST_WORDS])


@lru_cache(maxsize=8192)
def _alike(typed: str, word: str) -> Fit:
    """What it costs that `typed` is a slip of `word`, or sounds like it."""
    most = 2 if len(typed) >= SHORTEST_TWO_SLIPS else 1
    distance = slips(typed, word, FARTHEST) if len(typed) >= SHORTEST_SLIP else FARTHEST
    costs = [(UNMATCHED + distance, Why(f"near {typed}", word, typed))] if distance < FARTHEST else []
    if distance <= most:
        costs.append((slip_cost(typed, word, distance), Why(f"like {typed}", word, typed)))
    for _, cost in sounding_alike(typed, [word]):  # quicker to compare than to work out the sound of every word
        if not _sounds(typed).isdisjoint(_sounds(word)):
            costs.append((cost, Why(f"sounds like {typed}", word, typed)))
    return min(costs, default=NO_FIT)


@lru_cache(maxsize=4096)
def _sounds(word: str) -> set[str]:
    return set(sounds(word))


@lru_cache(maxsize=1024)
def is_nearly_a_kind(typed: str) -> bool:
    """Whether a slip makes "street" or such a word of `typed`."""
    return bool(within_slips(typed, LONG_KINDS, 1))


def _initial(typed: str, middle: str) -> Fit | None:
    """Where a letter was typed for a middle name, or the other way round."""
    own = fold(middle)
    if typed[:1] == own[:1] and (len(typed) == 1 or len(own.rstrip(".")) == 1):
        return INITIAL, Why("initial", own, typed)
    return None


def _runs_with(typed: str, words: list[str]) -> tuple[str, ...]:
    """`typed` and the words beside it in one word, as places of several words are kept: san, sanju for "san ju"."""
    return tuple(
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 2, min(start + LONGEST_RUN, len(words)) + 1)
        if typed in words[start:end]
    )


def _place(typed: str, runs: tuple[str, ...], kept: Kept, housed: bool) -> Fit | None:
    """Where `typed` is the city, the street or the state, or a part of its name; `runs`: it with words beside it."""
    for field, place, how in (("city", kept.town, "city"), ("", kept.road, "street")):
        within = len(typed) >= SHORTEST_PLACE and typed in place
        if within or place.startswith(typed) or place.startswith(runs):
            run = next((run for run in runs if place.startswith(run)), "") if place != typed else ""
            cost = _place_cost(run or typed, place) if field or housed else STREET_ALONE
            return cost / 2 if run else cost, Why(how, place, run or typed, field)
    if kept.state and (typed == kept.state.lower() or STATES.get(typed) == kept.state):
        return PLACE, Why("state", kept.state, typed, "")
    return None


def _place_cost(typed: str, place: str) -> float:
    if typed == place:
        return PLACE
    return PLACE_BEGUN if place.startswith(typed) else PLACE_WITHIN


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
