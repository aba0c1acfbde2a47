"""Candidates by words alone: a name as it was typed, with slips, run together or parted; then a name and a place."""

from __future__ import annotations

from data.search.scoring import (
    EXACT,
    EXACT_FIRST,
    PLACE,
    PREFIX_ENDED,
    SHORTEST_SLIP,
    SLIP,
    SLIP_START,
    SLIP_SWAPPED,
)
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import CITY
from data.search.sqlite.names.groups import Groups
from data.search.sqlite.names.initials import initial_and_name, with_initials
from data.search.sqlite.names.nearest import with_rare_word
from data.search.sqlite.names.one_word import begun_by_unsaid, called_twice, one_word
from data.search.sqlite.names.probe import Probe
from data.search.sqlite.names.several import parted_among, several_words, several_words_nearly
from data.search.sqlite.names.two_words import A_PAGE, SHORT, Names
from data.search.sqlite.texts.fitting import Fitter
from data.search.sqlite.texts.misspelt import with_misspelt_places
from data.search.sqlite.texts.places import at_places, with_places_nearly
from data.search.sqlite.texts.states import called_in, in_state
from data.search.sqlite.texts.streets import names_a_street
from data.search.sqlite.words.lexicon import Lexicon
from data.search.words import BETWEEN, PARTICLES, UNSAID, joined, told_words, written_out, written_short

LIBERTIES = SLIP + 2 * PLACE  # a cost above which who lives in a city may be called otherwise, and another be meant
DOUBTFUL = SLIP + SLIP_START  # a cost above which two words may be one that was typed apart, and one two
PARTED = 3  # places at which a word that nobody has is parted


def by_name(lexicon: Lexicon, words: list[str], comma: bool, found: Found, wanted: int) -> None:
    """Adds who has all of `words`, or what they may stand for: a name, a place beside it, a place alone."""
    told = told_words(words)
    if len(told) == 1:
        one_word(lexicon, told[0], found, wanted)
        if len(words) == 2:
            begun_by_unsaid(lexicon, words, found, wanted)
        if len(found) < A_PAGE and len(words) > 1:
            _with_places(lexicon, words, found)
    else:
        _all_of(lexicon, words, comma, found, wanted)
    said = [word for word in words if word not in BETWEEN]
    if len(told) > 2 and said and said != words and not found.bears(BETWEEN):
        _besides_between(lexicon, words, said, comma, found, wanted)
        return
    if len(told) > 1:
        _stated(lexicon, words, found)
        _otherwise_written(lexicon, words, comma, found, wanted)
    if len(told) > 1 and found.doubtful and not found.nobody:
        with_rare_word(lexicon, words, found)
    if len(told) == 2:
        _widen_two(lexicon, words, found)
    elif len(told) > 2:
        _widen_several(lexicon, words, comma, found)
    if len(told) == 2:
        with_initials(lexicon, told, found)
    if 1 < len(told) <= 4 and (len(found) < A_PAGE or found.least > PLACE):
        _joined(lexicon, told, comma, found, wanted)
    if len(told) > 1 and found.nobody:
        parted_among(lexicon, told, comma, found)
    if len(told) == 1 and found.doubtful:
        _parted(lexicon, told[0], found, wanted)


def _all_of(lexicon: Lexicon, words: list[str], comma: bool, found: Found, wanted: int, *, nearly: bool = True) -> None:
    """Adds who has all of two words or more; `nearly`: of two, what they are like is looked for too."""
    told = told_words(words)
    if len(told) == 2:
        _two_words(lexicon, told[0], told[1], comma, found, wanted, nearly=nearly)
    else:
        several_words(lexicon, words, comma, found)


def _besides_between(
    lexicon: Lexicon, words: list[str], said: list[str], comma: bool, found: Found, wanted: int
) -> None:
    """Who has what is left of `words` without those between a name and a place; first of "john smith in" Indiana's."""
    by_name(lexicon, said, comma, own := Found(), wanted)
    found.take(own)
    if words[-1] in BETWEEN:
        _first_there(lexicon, told_words(said), words[-1], found)


def _stated(lexicon: Lexicon, words: list[str], found: Found) -> None:
    """Who is called so in the state that one of the words names, though that is somebody's name or city, too."""
    told = told_words(words)
    if len(told) > 2:
        in_state(lexicon, words, found, nearly=False)
    elif not found.nobody and (found.doubtful or found.total < A_PAGE):
        in_state(lexicon, words, own := Found(), nearly=False)
        begun = PREFIX_ENDED if min(map(len, told)) <= SHORT else 0.0  # "gonzalez, fl" may be Florence sooner
        found.take(own, begun)
    if len(told) == 2 and len(words) > 2 and words[-1] in UNSAID:
        _first_there(lexicon, told, words[-1], found)


def _first_there(lexicon: Lexicon, words: list[str], last: str, found: Found) -> None:
    """Of those found by `words`, puts first who lives in the state that `last` is, left out so far: "john smith pa"."""
    called_in(lexicon, words, last, own := Found())
    for one in own.by_words:
        if not one.partly and all(why.word == why.typed for why in one.why if why.field == "name"):
            if found.unbuilt and one.customer_id not in found.best:
                found.unbuilt -= 1  # who was counted among those left out
            found.add(one._replace(order=one.order - EXACT_FIRST - 2 * PLACE))


def _otherwise_written(lexicon: Lexicon, words: list[str], comma: bool, found: Found, wanted: int) -> None:
    """Who lives in a city that is abbreviated, in the text or where it is kept: Saint Paul for "st paul"."""
    if (written := written_out(words)) != words:
        _all_of(lexicon, written, comma, found, wanted, nearly=found.nobody)
    if found.nobody and (written := written_short(words)) != words:
        _all_of(lexicon, written, comma, found, wanted)


def _with_places(lexicon: Lexicon, words: list[str], found: Found) -> None:
    """Adds customers for whom some of `words` are a city, a street or a state."""
    at_places(lexicon, words, Fitter(lexicon, words, []), found)
    in_state(lexicon, words, found)


def _widen_two(lexicon: Lexicon, words: list[str], found: Found) -> None:
    """Two words of whom nobody is called so: a place, alone or beside a name; with slips in the one, then the other."""
    if found.nobody or (found.doubtful and names_a_street(lexicon, words)):
        _with_places(lexicon, words, found)
    for widen in (with_places_nearly, with_misspelt_places):
        if found.nobody:
            widen(lexicon, words, found)


def _widen_several(lexicon: Lexicon, words: list[str], comma: bool, found: Found) -> None:
    """More words that nobody has all of: with slips, beside a city or not; in a state; in a city with slips."""
    if found.nobody:
        with_places_nearly(lexicon, words, found)
    if found.nobody or found.least > LIBERTIES:
        several_words_nearly(lexicon, words, found, comma=comma)
    for widen in (in_state, with_misspelt_places):
        if found.nobody:
            widen(lexicon, words, found)


def _two_words(
    lexicon: Lexicon, first: str, second: str, comma: bool, found: Found, wanted: int, *, nearly: bool = True
) -> None:
    """Customers with two words beside each other, in whichever order they were typed; one may be their city."""
    if first == second:
        called_twice(lexicon, first, found)
    groups = Groups(lexicon, comma)
    if len(second) > SHORT:
        lexicon.known([first, second, CITY + first, CITY + second, first + second])  # what is asked for soon, at once
    names = Names(groups, lexicon, first, second)
    names.plainly()
    if nearly and groups.likelier_than(SLIP_SWAPPED) < A_PAGE:
        names.nearly()
    elif nearly and groups.best() > EXACT:
        names.said_alike()
    groups.pour(found, wanted)


def _joined(lexicon: Lexicon, words: list[str], comma: bool, found: Found, wanted: int) -> None:
    """Two words that somebody writes as one: "mac donald" for MacDonald, "ta ylor"; behind "mc" one with a slip."""
    enough = len(found) >= A_PAGE and not found.doubtful
    spare = found.least > (PLACE if len(words) > 2 else DOUBTFUL)
    for at in range(len(words) - 1):
        initial = min(map(len, words[at : at + 2])) == 1
        if enough and initial:
            continue
        one = joined(*words[at : at + 2])
        before = spare and words[at] in PARTICLES and not (initial and len(words) == 2)
        for word in lexicon.known(one) or (one[:1] if before else ()):
            rest = [*words[:at], word, *words[at + 2 :]]
            if len(rest) == 1:
                one_word(lexicon, word, found, wanted)
            elif len(rest) == 2:
                _two_words(lexicon, rest[0], rest[1], comma, found, wanted)


def _parted(lexicon: Lexicon, word: str, found: Found, wanted: int) -> None:
    """One word that is two without the space between them: "johnsmith"; where nobody is called so, with a slip."""
    parts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    known = lexicon.themselves({part for pair in parts for part in pair})
    both = [Probe(known[one], known[other], False) for one, other in parts if one in known and other in known]
    groups = Groups(lexicon, False)
    groups.probe(both or initial_and_name(lexicon, word))
    groups.pour(found, wanted)
    if not groups.count and found.least > DOUBTFUL:
        half = [(max(len(part) for part in pair if part in known), pair) for pair in parts if known.keys() & pair]
        for length, pair in sorted(half, reverse=True)[:PARTED]:
            if length >= SHORTEST_SLIP:
                _two_words(lexicon, *pair, False, found, wanted)
