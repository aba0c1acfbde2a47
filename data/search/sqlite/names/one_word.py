"""Candidates by a single word: who has it, the commonest full names first, each once; then who has what it begins."""

from __future__ import annotations

from data.search.results import COUNTED, Why
from data.search.scoring import BY_MIDDLE, EXACT, EXACT_FIRST, INACTIVE, in_order
from data.search.sqlite.found import Candidate, Found
from data.search.sqlite.index.entries import CITY, ID_SHIFT, STREET
from data.search.sqlite.lists import listed
from data.search.sqlite.names.commonest import names_with
from data.search.sqlite.names.flags import LOW_BITS, by_middle
from data.search.sqlite.names.groups import Groups
from data.search.sqlite.names.two_words import A_PAGE, ENOUGH, Names
from data.search.sqlite.numbers.ranges import Numbered
from data.search.sqlite.texts.places import places_called
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import END, Meaning
from data.search.words import TITLES, split

ROWS = 4  # rows read for each customer wanted: one has several
CERTAINLY_MORE = 2 * COUNTED  # bearers of words beginning alike, of whom one customer may have several
LATER = 100_000  # by how little of a cost the next name comes later

EXTRA = [  # what makes a customer less likely, by the low bits of an entry's `who`
    (INACTIVE if bits & 1 else 0.0) + (BY_MIDDLE if by_middle(bits) else 0.0) for bits in range(LOW_BITS + 1)
]
MANY = 500  # bearers of a word of whom only those with common other names are looked through
_ROWS = "SELECT who FROM search_pair WHERE a = ? LIMIT +?"
_ALONE = "SELECT who FROM search_pair WHERE a = ? AND b = '' LIMIT +?"
_LIVING = f"SELECT DISTINCT who >> {ID_SHIFT} FROM search_pair WHERE a IN ({{marks}}) LIMIT +?"
# Bearers of all the words that begin alike, whoever has several of them counted once: each two of a customer's words
# are a row, so that only those customers' rows are read.
_COUNT = f"""
    SELECT sum(count) - (
      SELECT coalesce(sum(words - 1), 0) FROM (
        SELECT count(DISTINCT p.a) AS words FROM search_word w CROSS JOIN search_pair p
        ON p.a = w.id AND p.b >= ?1 AND p.b < ?2 WHERE w.word >= ?1 AND w.word < ?2 GROUP BY p.who >> {ID_SHIFT}))
    FROM search_word WHERE word >= ?1 AND word < ?2"""


def one_word(lexicon: Lexicon, typed: str, found: Found, wanted: int) -> None:
    """Customers with the word `typed`, with words that it begins, at a place called so, or with what it is like.

    At least `wanted`, where there are so many: all that may be among the likeliest `wanted`; the others are counted.
    """
    meanings = lexicon.plain(typed)
    bearers = sum([meaning.bearers for meaning in meanings])
    _add_words(lexicon, meanings, found, wanted)
    _count_others(lexicon, typed, meanings, bearers, found)
    if bearers < ENOUGH:
        _add_words(lexicon, lexicon.nicknames(typed), found, wanted)
    if len(found) < A_PAGE:
        _add_places(lexicon, typed, found, wanted)
    for slips in (1, 2):  # two only where nobody has the word nor one that it begins
        if len(found) < A_PAGE and (slips == 1 or found.doubtful):
            _add_words(lexicon, _closed(lexicon, lexicon.like(typed, slips)), found, wanted)


def _count_others(lexicon: Lexicon, typed: str, meanings: list[Meaning], bearers: int, found: Found) -> None:
    """Counts who has one of `meanings`, which `typed` begins and have so many `bearers`, beyond those `found`."""
    if bearers > CERTAINLY_MORE:
        found.more = True
    elif bearers > len(found):
        counted = bearers if len(meanings) == 1 else _count(lexicon, typed)
        found.unbuilt, found.more = max(counted - len(found), 0), counted > COUNTED


def called_twice(lexicon: Lexicon, word: str, found: Found) -> None:
    """Customers whose first and last name are the same `word`, and who have no other: Joseph Joseph."""
    for own in lexicon.known([word]).values():
        rows = lexicon.connection.execute(_ALONE, (own.id, COUNTED))
        for kept in lexicon.kept([who >> ID_SHIFT for (who,) in rows]):
            if kept.last and split(kept.first) == split(kept.last):
                extra = INACTIVE if kept.closed else EXACT
                why = (Why("name", word, word),) * 2
                found.add(Candidate(kept.id, extra, in_order(EXACT, 1) + extra, why))


def begun_by_unsaid(lexicon: Lexicon, words: list[str], found: Found, wanted: int) -> None:
    """Puts first those of whose two names `words` are the beginnings, though one is left out as a rule: "the kirkp"."""
    if words[0] in TITLES:
        return
    groups, own = Groups(lexicon, False), Found()
    Names(groups, lexicon, *words).plainly()
    groups.pour(own, wanted)
    for one in own.by_words:
        found.add(one._replace(order=one.order - 2 * EXACT_FIRST))


def _count(lexicon: Lexicon, typed: str) -> int:
    """How many customers have a word that `typed` begins."""
    counts, key = lexicon.memory.counts, ("count", typed)
    if key not in counts:
        counts[key] = lexicon.connection.execute(_COUNT, (typed, typed + END)).fetchone()[0] or 0
    return counts[key]


def _add_places(lexicon: Lexicon, typed: str, found: Found, wanted: int) -> None:
    """Customers in a city or a street called `typed`; the others of them are counted, who has the name as well once."""
    places = places_called(lexicon, typed, (CITY, STREET))
    _add_words(lexicon, places, found, wanted)
    if sum(place.bearers for place in places) > CERTAINLY_MORE:
        found.more = True
    elif places:
        rows = listed(lexicon.connection, _LIVING, [place.id for place in places], COUNTED + len(found) + 1)
        found.leave_out(len({customer for (customer,) in rows} - found.best.keys()))


def _closed(lexicon: Lexicon, meanings: list[Meaning]) -> list[Meaning]:
    """`meanings`, each beginning among them replaced by the commonest words that it begins."""
    closed = [meaning for meaning in meanings if not meaning.open]
    for meaning in meanings:
        if meaning.open:
            words = lexicon.plain(meaning.word)[:3]
            closed += [meaning.reached(one.word)._replace(bearers=one.bearers, id=one.id, open=False) for one in words]
    return sorted(closed, key=lambda meaning: meaning.order)


def _add_words(lexicon: Lexicon, meanings: list[Meaning], found: Found, wanted: int) -> None:
    """Customers with words that `meanings`, the likeliest first, are; until `wanted` come before all that are left."""
    sure: set[int] = set()
    for meaning in meanings:
        _add_word(lexicon, meaning, found.best, wanted, sure)
        if len(sure) >= wanted:
            return


def _add_word(
    lexicon: Lexicon, meaning: Meaning, best: dict[int, Candidate | Numbered], wanted: int, sure: set[int]
) -> None:
    """Customers with the one word that `meaning` is, until `wanted` are `sure`: who come before all that are left."""
    cost, order, why = meaning.cost, meaning.order, (meaning.why,)
    for place, who in enumerate(_bearers(lexicon, meaning, wanted - len(sure))):
        customer, extra = who >> ID_SHIFT, EXTRA[who & LOW_BITS]
        later = order + extra + place / LATER
        if customer not in best or later < best[customer].order:
            best[customer] = Candidate(customer, cost + extra, later, why)
            if not extra:
                sure.add(customer)
                if len(sure) == wanted:
                    return


def _bearers(lexicon: Lexicon, meaning: Meaning, wanted: int) -> list[int]:
    """Entries of customers with a word: all where they are few, else first one of each of the commonest names."""
    wanted = max(wanted, ENOUGH)
    bearers, key = lexicon.memory.bearers, (meaning.word, wanted)
    if key not in bearers:
        bearers[key] = _find_bearers(lexicon, meaning, wanted)
    return bearers[key]


def _find_bearers(lexicon: Lexicon, meaning: Meaning, wanted: int) -> list[int]:
    found: list[int] = []
    if meaning.bearers > wanted:
        others = lexicon.commonest() if meaning.bearers > MANY else None
        found = [who for _, _, who in names_with(lexicon.connection, meaning.id, others)]
    if len({who >> ID_SHIFT for who in found}) < wanted:
        found += [row[0] for row in lexicon.connection.execute(_ROWS, (meaning.id, ROWS * wanted))]
    return found
