"""Candidates by a name and initials: "J. D. Verdugo", "verdugo jd"; of common names those whom the initials fit."""

from __future__ import annotations

from data.search.scoring import NICKNAME
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import ID_SHIFT
from data.search.sqlite.names.probe import Probe
from data.search.sqlite.texts.comparing import COMPARED, compare
from data.search.sqlite.texts.fitting import Fitter
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import END, ONLY, Meaning

SHORTEST_NAME = 4  # letters beside an initial that is written in one with them
TWO = 2  # letters that may be two initials
LOOKED_THROUGH = 1_500  # bearers of a name with one first initial
LIKE = 6  # words that a name with a slip is taken for
_FITTING = f"""
    SELECT k.id FROM (SELECT who >> {ID_SHIFT} AS id FROM search_pair WHERE a = ? AND b >= ? AND b < ? LIMIT +?) p
    CROSS JOIN search_customer k ON k.id = p.id
    WHERE substr(k.first, 1, 1) COLLATE NOCASE IN (?, ?) AND substr(k.middle, 1, 1) = ? COLLATE NOCASE LIMIT +?"""


def with_initials(lexicon: Lexicon, words: list[str], found: Found) -> None:
    """Adds those of two `words` of which one is two initials, where it begins nobody's name beside the other."""
    short = [word for word in words if len(word) == TWO]
    names = [word for word in words if word not in short]
    if len(short) == 1 and found.least > NICKNAME and lexicon.known(names):
        add_with_initials(lexicon, [*short[0], *names], found)


def initial_and_name(lexicon: Lexicon, word: str) -> list[Probe]:
    """Who is meant by a `word` that begins, or ends, with an initial and is a name without it: "jyeager", "yeagerj"."""
    known = lexicon.themselves([word[1:], word[:-1]]) if len(word) > SHORTEST_NAME else {}
    ways = ((word[1:], word[0], True), (word[:-1], word[-1], False))
    return [Probe(known[name], Meaning.beginning(initial), turned) for name, initial, turned in ways if name in known]


def add_with_initials(lexicon: Lexicon, words: list[str], found: Found) -> int:
    """Adds those whom the initials among `words` fit, beside one name or two; the last initial is the middle one.

    Returns how many met all of it.
    """
    initials = [word for word in words if len(word) == 1]
    names = [word for word in words if len(word) > 1]
    if not initials or len(names) not in (1, 2) or len(initials) + len(names) <= TWO:
        return 0
    if len(names) == 1:
        first = initials[0]
        meant = list(lexicon.themselves(names).values()) or lexicon.whole(names[0])[:LIKE]
        asked = [(one, first, first + END, first, first, initials[1]) for one in meant]
    else:
        one, other = names
        known = lexicon.themselves([one])
        asked = [(known[one], other, other + ONLY, one[0], other[0], initials[0])] if known else []
    fitting = {
        row[0]
        for word, low, high, *letters in asked
        for row in lexicon.connection.execute(_FITTING, (word.id, low, high, LOOKED_THROUGH, *letters, COMPARED))
    }
    return compare(lexicon, {customer: {} for customer in fitting}, Fitter(lexicon, words, []), found)
