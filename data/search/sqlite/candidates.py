"""Which customers a query may mean: the kinds of text told apart, each given to the room that knows it."""

from __future__ import annotations

from typing import Any

from data.search.codes import PREFIX_LETTERS
from data.search.dates import SHORT_DATE
from data.search.recognise import Query
from data.search.results import COUNTED, Kind, Why
from data.search.scoring import BEGINNING, EXACT, PLACE, UNMATCHED
from data.search.sqlite.by_name import by_name
from data.search.sqlite.found import Found
from data.search.sqlite.names.nearest import FAR_FETCHED, nearest_names, rarely_called
from data.search.sqlite.names.one_word import one_word
from data.search.sqlite.names.two_words import A_PAGE
from data.search.sqlite.numbers.by_kind import READERS, by_birth_date, by_email, by_number, count_partial
from data.search.sqlite.numbers.nearly import nearest_numbered
from data.search.sqlite.numbers.phones import near_phones, of_customer
from data.search.sqlite.numbers.ranges import LAST_FOUR, Numbered
from data.search.sqlite.recent import Recent
from data.search.sqlite.texts.mixtures import with_begun_email, with_numbers
from data.search.sqlite.texts.streets import at_house_number, names_a_street, on_streets
from data.search.sqlite.words.lexicon import Lexicon
from data.search.words import ABBREVIATIONS, BETWEEN, STREET_KINDS, split

LONGEST_BEGUN = 5  # digits of a telephone number, or a house's, that is being typed
SOONER = 2.0  # by what a name comes first whose bearer has the area code or the house number
LETTERS = 2  # of a word that tell too little of it; of a place's, one more
LAST_BEGUN = 6.0  # what such a word costs where nobody has one that begins so
LABELLED = frozenset({Kind.ZIP, Kind.IMEI, Kind.MEID, Kind.ESN, Kind.ICCID, Kind.MDN, Kind.ACCOUNT})


def gather(lexicon: Lexicon, query: Query, wanted: int, recent: Recent) -> tuple[Found, bool]:
    """Candidates for `query`, at least `wanted` of them where there are so many; and whether they are only near."""
    found = Found()
    words = list(query.words)
    if query.number:
        return found, _whole(lexicon, query, found, wanted, recent)
    if with_begun_email(lexicon, query, found):
        return found, found.settle()
    if query.numbers or query.codes or query.emails or query.dates:
        _several_parts(lexicon, query, found, wanted)
    elif words:
        by_name(lexicon, words, query.comma, found, wanted)
        _by_handle(lexicon.connection, query, found)
        if found.nobody or (found.all_beyond(FAR_FETCHED) and names_a_street(lexicon, words)):
            on_streets(lexicon, words, [], found)
        if found.unbuilt and recent.customers:
            recent.add_those_called(lexicon, words, found)
    if found.only_like and _begins_a_word(query, 2 if found.nobody else 3):
        _without_last(lexicon, query, found, wanted, recent)
    if not found.best and query.emails:
        _beside(lexicon, split(query.emails[0].partition("@")[0]), False, found, wanted)
    if not found.best and len(words) > 1:
        nearest_names(lexicon, words, list(query.numbers), found, query.others)
    far_fetched = FAR_FETCHED + UNMATCHED * len(query.numbers)
    if len(words) > 1 and found.all_beyond(far_fetched) and not (query.codes or query.emails or query.dates):
        rarely_called(lexicon, words, list(query.numbers), found)
    return found, found.settle()


def _whole(lexicon: Lexicon, query: Query, found: Found, wanted: int, recent: Recent) -> bool:
    """By a text that is one number or code, or may be; returns whether those found are only near."""
    _number(lexicon.connection, query, found, wanted)
    if found.unbuilt and recent.customers:
        recent.add_those_numbered(query.number, found)
    if query.numbers:
        with_numbers(lexicon, query, list(query.words), found)
        return found.settle()
    if query.words and len(found) < A_PAGE:
        one_word(lexicon, query.words[0], found, wanted)
    _by_handle(lexicon.connection, query, found)
    return _nearest_number(lexicon.connection, query, found)


def _several_parts(lexicon: Lexicon, query: Query, found: Found, wanted: int) -> None:
    """By a text of several parts, not all of which are words; then by its words alone."""
    words, numbers = list(query.words), list(query.numbers)
    if numbers and len(words) > 1 and words[-1] in BETWEEN:  # "maria from 77002"
        words.pop()
    met = with_numbers(lexicon, query, words, found)
    met = met or _spaced_account(lexicon.connection, query, found) or _by_handle(lexicon.connection, query, found)
    met = met or _called_like_a_code(lexicon, query, found, wanted)
    if numbers and (not met or found.least > 2 * PLACE):
        at_house_number(lexicon, [word for word in words if word not in BETWEEN], numbers, found)
    typing = _still_typing(query) and not names_a_street(lexicon, words)
    if words and (not met or (typing and _ends_with_number(query))):
        _beside(lexicon, words, query.comma, found, wanted, query.numbers, typing=typing)


def _begins_a_word(query: Query, parts: int) -> bool:
    """Whether a text of so many `parts` ends with a few letters, which may be the beginning of anything."""
    if not query.words or len(query.words) + len(query.numbers) < parts:
        return False
    last = query.words[-1]
    place = bool(query.numbers) or not BETWEEN.isdisjoint(query.words[-2:-1])
    return len(last) <= LETTERS + place and query.text.lower().endswith(last) and last not in STREET_KINDS


def _without_last(lexicon: Lexicon, query: Query, found: Found, wanted: int, recent: Recent) -> None:
    """By the text without its last word, of which too little was typed yet: who was found before it stays.

    Where somebody meets all of it, or it may be a state, only those who have just the rest.
    """
    anybody = found.nobody and query.words[-1].upper() not in ABBREVIATIONS
    words = list(query.words[:-1])
    while words and words[-1] in BETWEEN:
        words.pop()
    own, _ = gather(lexicon, query._replace(text="", words=tuple(words)), wanted, recent)
    for one in own.by_words:
        if anybody or not (one.partly or any("like" in why.how for why in one.why)):
            cost, order = one.cost + LAST_BEGUN, one.order + LAST_BEGUN
            found.add(one._replace(cost=cost, order=order, partly=True))


def _by_handle(connection: Any, query: Query, found: Found) -> int:
    """Who has an e-mail that begins so, where the text may be one without its @, unless somebody has just the text."""
    if not query.handle or not found.doubtful:
        return 0
    numbered = by_email(connection, query.handle)
    _add_numbered(found, numbered)
    return len(numbered)


def _spaced_account(connection: Any, query: Query, found: Found) -> int:
    """An account number with a space behind its letters: "sv 93298"; returns how many have it."""
    if (len(query.words), len(query.numbers)) != (1, 1) or len(query.words[0]) > PREFIX_LETTERS:
        return 0
    numbered = by_number(connection, (query.words[0] + query.numbers[0]).upper(), (Kind.ACCOUNT,))
    _add_numbered(found, numbered)
    return len(numbered)


def _called_like_a_code(lexicon: Lexicon, query: Query, found: Found, wanted: int) -> int:
    """Who is called what may be a code as well: "3m company", "x10 wireless"; returns how many meet all of it."""
    codes = [code.lower() for code in query.codes]
    others = query.numbers or query.emails or query.dates
    if others or not codes or len(lexicon.known(codes)) < len(set(codes)):
        return 0
    by_name(lexicon, [*codes, *query.words], False, own := Found(), wanted)
    found.take(own)
    return 0 if own.nobody else len(own)


def _still_typing(query: Query) -> bool:
    """Whether all that there is beside the words is the beginning of a number."""
    others = query.codes or query.emails or query.dates
    return not others and all(len(number) < LAST_FOUR for number in query.numbers)


def _ends_with_number(query: Query) -> bool:
    """Whether a number comes last, and nothing but words before it: "allen 944" is Allen sooner than 944 Allen St."""
    return query.text.rstrip(")#. ")[-1:].isdigit() and not query.text.lstrip("(# ")[:1].isdigit()


def _beside(
    lexicon: Lexicon,
    words: list[str],
    comma: bool,
    found: Found,
    wanted: int,
    numbers: tuple[str, ...] = (),
    *,
    typing: bool = False,
) -> None:
    """By words alone, where the text has more than these: such hits meet only a part of it, but for one still `typing`.

    The number may be the beginning of a telephone's, or of a house: whoever has it comes first.
    """
    known = lexicon.memory.beside
    key = tuple(words), comma, wanted
    own = known.get(key)
    if own is None:
        own = Found()
        by_name(lexicon, words, comma, own, wanted)
        known[key] = own
    for one in own.by_words:
        if typing:
            found.add(one)
        else:
            found.add(one._replace(cost=one.cost + UNMATCHED, order=one.order + UNMATCHED, partly=True))
    if len(numbers) == 1 and len(numbers[0]) <= LONGEST_BEGUN:
        _put_first(lexicon, numbers[0], own, found)
    if typing:
        found.more, found.unbuilt = found.more or own.more, found.unbuilt + own.unbuilt


def _put_first(lexicon: Lexicon, number: str, named: Found, found: Found) -> None:
    """Puts those of `found` first who have a telephone number that begins with `number`, or live at that house.

    Whoever was `named` by all of the words meets all of the text then.
    """
    known = {one.customer_id: one for one in found.by_words}
    for kept in lexicon.kept(known):
        one, mdns = known[kept.id], of_customer(kept, number)
        own = named.best.get(kept.id)
        if one.partly and own and not own.partly:
            one = one._replace(cost=own.cost, order=own.order, partly=False)
        if kept.house == number:
            why = Why("house number", number, number, "")
            found.add(one._replace(order=one.order - 2 * SOONER, why=(*one.why, why)))
        elif mdns:
            why, _, mdn = mdns[0].told
            found.add(one._replace(order=one.order - SOONER, why=(*one.why, why), mdn=mdn))


def _number(connection: Any, query: Query, found: Found, wanted: int) -> None:
    """Adds who has the number in any form that it may be of, the likely ones first, or as a birth date."""
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
