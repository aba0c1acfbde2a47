"""Who comes nearest where nobody has all the words, or only names that are far from them."""

from __future__ import annotations

from data.search.scoring import UNMATCHED, nearest
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import ID_SHIFT
from data.search.sqlite.lists import listed
from data.search.sqlite.names.one_word import one_word
from data.search.sqlite.texts.comparing import COMPARED, compare
from data.search.sqlite.texts.fitting import FARTHEST, Fitter, Known
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import END

FAR_FETCHED = UNMATCHED + FARTHEST  # a cost above which who has a rare one of the words is as likely
RARE = 30  # bearers of a word who are all looked at, however unlike the text is in the rest
LOOKED_THROUGH = 1_000  # customers with one of the words and the other's first letter, compared when nothing is left
_SIDE_BY_SIDE = """
    SELECT b, who FROM search_pair
    WHERE a = (SELECT id FROM search_word WHERE word = ?) AND b >= ? AND b < ? LIMIT +?"""
_BEARERS = f"SELECT DISTINCT who >> {ID_SHIFT} FROM search_pair WHERE a IN ({{marks}})"


def nearest_names(lexicon: Lexicon, words: list[str], numbers: list[str], found: Found, parts: int) -> None:
    """Nobody has all the words, nor what they are like: those who have one of them beside what comes nearest.

    `parts`: how much the text names besides, which nobody has.
    """
    fitter = Fitter(lexicon, words, numbers)
    near: dict[int, dict[str, Known]] = {}
    for word in sorted(words, key=len, reverse=True)[:2]:
        others = [other for other in words if other != word]
        spans = [(word, other[0], other[0] + END, LOOKED_THROUGH) for other in others]
        rows = [row for span in spans for row in lexicon.connection.execute(_SIDE_BY_SIDE, span).fetchall()]
        alike = nearest(others, {b for b, _ in rows})
        near |= {who >> ID_SHIFT: {} for b, who in rows if b in alike}
    if near:
        compare(lexicon, dict(list(near.items())[:COMPARED]), fitter, found, parts)
    for word in sorted(words, key=len, reverse=True):
        if not found.best:
            own = Found()
            one_word(lexicon, word, own, COMPARED)
            compare(lexicon, {customer: {} for customer in own.best}, fitter, found, parts)


def with_rare_word(lexicon: Lexicon, words: list[str], found: Found) -> None:
    """Adds those who have one of the words itself, where that is rare and of all others only what it is like was met.

    "poythress cha" is a Poythress of Channing before it is Charles Peters.
    """
    met = {why.word for one in found.by_words for why in one.why}
    rare = [word.id for word in lexicon.known(words).values() if word.bearers <= RARE and word.word not in met]
    rows = listed(lexicon.connection, _BEARERS, rare).fetchall() if rare else ()
    compare(lexicon, {customer: {} for (customer,) in rows}, Fitter(lexicon, words, []), own := Found())
    own.settle()
    if not own.nobody:
        found.take(own)


def rarely_called(lexicon: Lexicon, words: list[str], numbers: list[str], found: Found) -> None:
    """Adds those who have one of the words, or what it is like, where that is rare; however unlike the others are."""
    known = lexicon.themselves(words)
    rare: list[int] = []
    for word in words:
        meant = [known[word]] if word in known else lexicon.whole(word)
        if sum(meaning.bearers for meaning in meant) <= RARE:
            rare += [meaning.id for meaning in meant]
    rows = listed(lexicon.connection, _BEARERS, rare).fetchall() if rare else ()
    compare(lexicon, {customer: {} for (customer,) in rows}, Fitter(lexicon, words, numbers), found)
