"""What slips of the finger and sounds make of a typed word, of the words that come into question. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from data.search.scoring import (
    PREFIX_LETTER,
    SHORTEST_SLIP,
    SHORTEST_TWO_MISSING,
    SHORTEST_TWO_SLIPS,
    SLIP_AND_PREFIX,
    homophone_cost,
    less_by_sound,
    slip_cost,
    slips,
    sounding_alike,
    within_slips,
)
from data.search.spelling import heard
from data.search.sqlite.index.vocabulary import BEGUN, SOUND, STEM, TWICE, cuts, double_cuts, parted, sounds
from data.search.sqlite.words.meanings import Meaning, beginning_cost

SOUNDING = 32  # words that a typed word sounds like, at most: the likest; 20 lose 0.3 % of misspelt sounds


class Near(NamedTuple):
    """What is near a typed word, each with its cost: words, and longer words and beginnings for who is still typing.

    `sounding`: those of the `whole` words that no slip leads to.
    """

    typed: str
    whole: dict[str, float]
    sounding: frozenset[str]
    longer: dict[str, float]
    begun: dict[str, float]

    def meaning(self, word: str, bearers: int = 1, id: int = 0) -> Meaning:
        """`typed` taken for one of the words."""
        cost = self.whole.get(word)
        if cost is None:
            cost = self.longer[word]
        how = "sounds like" if word in self.sounding else "like"
        return Meaning(word, cost, self.typed, f"{how} {self.typed}", bearers, id=id)

    def beginnings(self) -> list[Meaning]:
        """`typed` taken for each of the beginnings."""
        how = f"like {self.typed}"
        return [Meaning(beginning, cost, self.typed, how, open=True) for beginning, cost in self.begun.items()]


def typed_keys(typed: str) -> set[str]:
    """The keys of search_slip that lead to what is one slip from `typed` or, but for a place, sounds like it."""
    mark, own = parted(typed)
    if len(typed) < SHORTEST_SLIP:
        return set()
    near = {mark + cut for cut in cuts(own[:STEM])}
    return near if mark else near.union(sound_keys(typed))


def far_typed_keys(typed: str) -> set[str]:
    """Those that lead to what is two slips from `typed` or, if it is a place, sounds like it."""
    mark, own = parted(typed)
    if len(own) < SHORTEST_TWO_SLIPS:
        return {TWICE + mark + own} if len(own) >= SHORTEST_TWO_MISSING else set()
    far = {mark + cut for cut in cuts(own[:STEM]) | double_cuts(own[:STEM])}
    far.update([TWICE + cut for cut in far])
    return far.union(sound_keys(typed)) if mark else far


def sound_keys(typed: str) -> list[str]:
    """Those of them that lead to what sounds like it."""
    mark, own = parted(typed)
    return [SOUND + mark + key for key in sounds(own)]


def one_slip_from(typed: str, led: Iterable[tuple[str, str]]) -> Near:
    """What is one slip from `typed` or sounds like it, of all that its keys `led` to."""
    words, heard_so = _told_apart(led)
    words.discard(typed)
    whole = {word: slip_cost(typed, word, 1) for word, _ in within_slips(typed, words, 1) if word[-1] != BEGUN}
    sounding = _add_sounds(typed, heard_so, whole)
    return Near(typed, whole, sounding, _longer(typed, words, whole), _beginnings(typed, words))


def two_slips_from(typed: str, led: Iterable[tuple[str, str]]) -> Near:
    """What is just two slips from `typed`, or of a place what sounds like it, of all that its keys `led` to."""
    words, heard_so = _told_apart(led)
    long = len(parted(typed)[1]) >= SHORTEST_TWO_SLIPS
    whole = {
        word: slip_cost(typed, word, 2)
        for word, distance in within_slips(typed, words, 2)
        if distance == 2 and word[-1] != BEGUN and (long or len(word) > len(typed) + 1)
    }
    return Near(typed, whole, _add_sounds(typed, heard_so, whole), {}, {})


def said_alike(typed: str, led: Iterable[tuple[str, str]]) -> Near:
    """The words that are said just as `typed` is, of all that its sounds `led` to; quicker to tell than all near it."""
    told = heard(typed)
    words = {word for _, words in led for word in words.split() if heard(word) == told}
    words.discard(typed)
    whole, sounding = {}, set()
    for word in words:
        if slips(typed, word, 1) > 1:
            sounding.add(word)
            whole[word] = homophone_cost(typed, word)
        else:
            whole[word] = slip_cost(typed, word, 1) - less_by_sound(typed, word)
    return Near(typed, whole, frozenset(sounding), {}, {})


def _told_apart(led: Iterable[tuple[str, str]]) -> tuple[set[str], list[str]]:
    """The words, and beginnings of words, that letters left out led to, and those that a sound did."""
    slipped: list[str] = []
    heard_so: list[str] = []
    for key, some in led:
        (heard_so if key[0] == SOUND else slipped).append(some)
    return set(" ".join(slipped).split()), list(dict.fromkeys(" ".join(heard_so).split()))


def _add_sounds(typed: str, sounding: list[str], whole: dict[str, float]) -> frozenset[str]:
    """Adds words that sound alike to those that a slip makes, a word less where it is both; returns the others."""
    slipped = [word for word in sounding if word in whole]
    only = set()
    for word, cost in sounding_alike(typed, [word for word in sounding if word != typed], SOUNDING):
        slip = whole.get(word)
        if slip is None or cost < slip - less_by_sound(typed, word):
            whole[word] = cost
            only.add(word)
    for word in slipped:
        if word not in only:
            whole[word] -= less_by_sound(typed, word)
    return frozenset(only)


def _beginnings(typed: str, words: Collection[str]) -> dict[str, float]:
    """The beginnings that `typed` is one slip from, for who is still typing the first letters.

    Where it is the last letter that is wrong, the beginning without it says enough but for what is likelier.
    """
    if not SHORTEST_SLIP < len(typed) < STEM:
        return {}
    right = typed[:-1]
    begun = [word[:-1] for word in words if word[-1] == BEGUN and not word.startswith(typed)] + [right]
    costs = {one: slip_cost(typed, one, 1) + SLIP_AND_PREFIX for one, _ in within_slips(typed, begun, 1)}
    costs[right] -= PREFIX_LETTER  # that letter stands for the next of theirs
    return {one: cost for one, cost in costs.items() if cost <= costs[right] or not one.startswith(right)}


def _longer(typed: str, words: Collection[str], whole: dict[str, float]) -> dict[str, float]:
    """Longer words, for who types on, whose beginning `typed` is one slip from, but for those that it begins."""
    found: dict[str, float] = {}
    own = len(typed)
    if own < STEM - 1:
        return found
    longer = [word for word in words if len(word) > own and not word.startswith(typed) and word[-1] != BEGUN]
    for length in (own, own + 1, own - 1) if own >= STEM else (own + 1,):  # shorter beginnings are entered themselves
        heads = within_slips(typed, {word[:length] for word in longer}, 1)
        costs = {head: slip_cost(typed, head, 1) + SLIP_AND_PREFIX for head, _ in heads}
        for word in longer if costs else ():
            head = word[:length]
            if head in costs and word not in found and word not in whole and head != word:
                found[word] = costs[head] + beginning_cost(head, word)
    return found
