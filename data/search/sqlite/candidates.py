"""Which customers a query may mean: the kinds of text told apart, each given to the room that knows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from data.search.codes import PREFIX_LETTERS
from data.search.dates import SHORT_DATE
from data.search.recognise import Query
from data.search.results import COUNTED, Kind
from data.search.scoring import BEGINNING, EXACT, PLACE, SHORTEST_SLIP, SLIP_SWAPPED, UNMATCHED
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import CITY
from data.search.sqlite.names.groups import Groups
from data.search.sqlite.names.initials import initial_and_name, with_initials
from data.search.sqlite.names.nearest import FAR_FETCHED, nearest_names, rarely_called
from data.search.sqlite.names.one_word import begun_by_unsaid, called_twice, one_word
from data.search.sqlite.names.probe import Probe
from data.search.sqlite.names.several import parted_among, several_words, several_words_nearly
from data.search.sqlite.names.two_words import A_PAGE, DOUBTFUL, SHORT, Names
from data.search.sqlite.numbers.by_kind import READERS, by_birth_date, by_number, count_partial
from data.search.sqlite.numbers.nearly import nearest_numbered
from data.search.sqlite.numbers.phones import near_phones
from data.search.sqlite.numbers.ranges import LAST_FOUR, Numbered
from data.search.sqlite.recent import Recent
from data.search.sqlite.texts.misspelt import with_misspelt_places
from data.search.sqlite.texts.mixtures import with_numbers
from data.search.sqlite.texts.places import in_state, with_places, with_places_nearly
from data.search.sqlite.texts.streets import names_a_street, on_streets
from data.search.sqlite.words.lexicon import Lexicon
from data.search.words import PARTICLES, joined, split, told_words

PARTED = 3  # places at which a word that nobody has is parted
LABELLED = frozenset({Kind.ZIP, Kind.IMEI, Kind.MEID, Kind.ESN, Kind.ICCID, Kind.MDN, Kind.ACCOUNT})


def gather(lexicon: Lexicon, query: Query, wanted: int, recent: Recent) -> tuple[Found, bool]:
    """Candidates for `query`, at least `wanted` of them where there are so many; and whether they are only near."""
    found = Found()
    connection = lexicon.connection
    if query.number:
        _number(connection, query, found, wanted)
        if found.unbuilt and recent.customers:
            recent.add_those_numbered(query.number, found)
        if query.numbers:
            with_numbers(lexicon, query, list(query.words), found)
            return found, found.settle()
        if query.words and len(found) < A_PAGE:
            one_word(lexicon, query.words[0], found, wanted)
        return found, _nearest_number(connection, query, found)
    words = list(query.words)
    beside = query.numbers or query.codes or query.emails or query.dates
    if beside:
        met = with_numbers(lexicon, query, words, found) or _spaced_account(connection, query, found)
        if not met and words:
            typing = _still_typing(query) and not names_a_street(words)
            _beside(lexicon, words, query.comma, found, wanted, typing=typing)
    elif words:
        _by_name(lexicon, words, query.comma, found, wanted)
        if found.nobody or (found.all_beyond(FAR_FETCHED) and names_a_street(words)):
            on_streets(lexicon, words, [], found)
        if found.unbuilt and recent.customers:
            recent.add_those_called(lexicon, words, found)
    if not found.best and query.emails:
        _beside(lexicon, split(query.emails[0].partition("@")[0]), False, found, wanted, typing=False)
    if not found.best and len(words) > 1:
        nearest_names(lexicon, words, found)
    far_fetched = FAR_FETCHED + UNMATCHED * len(query.numbers)
    if len(words) > 1 and found.all_beyond(far_fetched) and not (query.codes or query.emails or query.dates):
        rarely_called(lexicon, words, list(query.numbers), found)
    return found, found.settle()


def _spaced_account(connection: Any, query: Query, found: Found) -> int:
    """An account number with a space behind its letters: "sv 93298"; returns how many have it."""
    if (len(query.words), len(query.numbers)) != (1, 1) or len(query.words[0]) > PREFIX_LETTERS:
        return 0
    numbered = by_number(connection, (query.words[0] + query.numbers[0]).upper(), (Kind.ACCOUNT,))
    _add_numbered(found, numbered)
    return len(numbered)


def _still_typing(query: Query) -> bool:
    """Whether all that there is beside the words is the beginning of a number."""
    others = query.codes or query.emails or query.dates
    return not others and all(len(number) < LAST_FOUR for number in query.numbers)


def _beside(lexicon: Lexicon, words: list[str], comma: bool, found: Found, wanted: int, *, typing: bool) -> None:
    """By words alone, where the text has more than these: such hits meet only a part of it, but for one `typing` it."""
    known = lexicon.memory.beside
    key = tuple(words), comma, wanted
    own = known.get(key)
    if own is None:
        own = Found()
        _by_name(lexicon, words, comma, own, wanted)
        known[key] = own
    for one in own.by_words:
        partly = one._replace(cost=one.cost + UNMATCHED, order=one.order + UNMATCHED, partly=True)
        found.add(one if typing else partly)
    found.more, found.unbuilt = found.more or own.more, found.unbuilt + own.unbuilt


def _by_name(lexicon: Lexicon, words: list[str], comma: bool, found: Found, wanted: int) -> None:
    """By words alone."""
    told = told_words(words)
    if len(told) == 1:
        one_word(lexicon, told[0], found, wanted)
        if len(words) == 2:
            begun_by_unsaid(lexicon, words, found, wanted)
        if len(found) < A_PAGE and len(words) > 1:
            with_places(lexicon, words, found)
    elif len(told) == 2:
        two_words(lexicon, told[0], told[1], comma, found, wanted)
    else:
        several_words(lexicon, words, comma, found)
    for widen in _widenings(len(told), comma):
        if found.nobody:
            widen(lexicon, words, found)
    if len(told) == 2:
        with_initials(lexicon, told, found)
    if 1 < len(told) <= 4 and (len(found) < A_PAGE or found.least > PLACE):
        _joined(lexicon, told, comma, found, wanted)
    if len(told) > 1 and found.nobody:
        parted_among(lexicon, told, comma, found)
    if len(told) == 1 and found.doubtful:
        _parted(lexicon, told[0], found, wanted)


def _widenings(words: int, comma: bool) -> tuple[Callable[[Lexicon, list[str], Found], object], ...]:
    """Where customers are looked for, one after the other, as long as nobody has so many `words`."""
    if words < 2:
        return ()
    if words == 2:
        return with_places, with_places_nearly, with_misspelt_places
    nearly = partial(several_words_nearly, comma=comma)
    return with_places_nearly, nearly, in_state, with_misspelt_places


def two_words(lexicon: Lexicon, first: str, second: str, comma: bool, found: Found, wanted: int) -> None:
    """Customers with two words beside each other, in whichever order they were typed; one may be their city."""
    if first == second:
        called_twice(lexicon, first, found)
    groups = Groups(lexicon, comma)
    if len(second) > SHORT:
        lexicon.known([first, second, CITY + first, CITY + second, first + second])  # what is asked for soon, at once
    names = Names(groups, lexicon, first, second)
    names.plainly()
    if groups.likelier_than(SLIP_SWAPPED) < A_PAGE:
        names.nearly()
    elif groups.best() > EXACT:
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
                two_words(lexicon, rest[0], rest[1], comma, found, wanted)


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
                two_words(lexicon, *pair, False, found, wanted)


def _number(connection: Any, query: Query, found: Found, wanted: int) -> None:
    labelled = query.kinds[0] if len(query.kinds) == 1 and query.kinds[0] in LABELLED else None
    kinds = (labelled,) if labelled else tuple(READERS)
    likely = (*query.kinds, Kind.ACCOUNT)
    numbered = by_number(connection, query.number, tuple(kind for kind in kinds if kind in likely), wanted)
    if not any(one.cost == EXACT for one in numbered):
        others = tuple(kind for kind in kinds if kind not in likely)
        numbered += by_number(connection, query.number, others, wanted)
        if Kind.MDN in kinds:
            numbered = near_phones(connection, query.number) + numbered
    _add_numbered(found, numbered)
    if len(numbered) >= wanted:
        found.unbuilt = max(count_partial(connection, query.number) - len(found), 0)
        found.more = len(found) + found.unbuilt > COUNTED
    if query.dates:
        cost = BEGINNING if len(query.number) == SHORT_DATE else EXACT  # six digits are a number's end sooner
        _add_numbered(found, by_birth_date(connection, query.dates, cost))


def _nearest_number(connection: Any, query: Query, found: Found) -> bool:
    """Where nobody has the number: those with a number that comes nearest; returns whether they are all."""
    if found.best:
        return False
    numbered, near = nearest_numbered(connection, query)
    _add_numbered(found, numbered)
    return near and bool(numbered)


def _add_numbered(found: Found, numbered: list[Numbered]) -> None:
    for one in numbered:
        found.add(one)
    found.more = found.more or len(found) > COUNTED
