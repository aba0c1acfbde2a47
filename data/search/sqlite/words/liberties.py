"""What a typed word may stand for where one liberty is too little: two words heard wrongly, a nickname and a slip."""

from __future__ import annotations

from itertools import chain

from data.search.scoring import ALSO_CALLED, ALSO_LIKE, EXACT, NICKNAME, SLIP_SWAPPED, TWO_SLIPS
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import Meaning, Word
from data.search.sqlite.words.near import Near

CALLED = 3  # names that a word is short for, or the other way round, beside a word that is only like theirs
SHORT_FOR = 2  # the same where the word is somebody's
COMMON_ITSELF, COMMON_AMONG = 100, 250  # bearers, and one in so many customers: hardly said for another name then
_SHORT_FOR = """
    SELECT w.word, w.id, w.count FROM search_nickname n CROSS JOIN search_word w ON w.word = n.other
    WHERE n.name = ? AND w.count > ? ORDER BY w.count DESC LIMIT +?"""


def heard(lexicon: Lexicon, *words: str) -> list[list[Meaning]]:
    """What each of `words` may well be: itself, or what is said nearly so."""
    likely = {word: [one for one, cost in lexicon.near(word).whole.items() if cost < SLIP_SWAPPED] for word in words}
    known = lexicon.known([*words, *chain.from_iterable(likely.values())])
    return [[_heard(lexicon.near(word), known[one]) for one in (word, *likely[word]) if one in known] for word in words]


def _heard(near: Near, word: Word) -> Meaning:
    if word.word == near.typed:
        return Meaning(near.typed, EXACT, near.typed, "name", word.bearers, id=word.id)
    meaning = near.meaning(word.word, word.bearers, word.id)
    return meaning._replace(cost=meaning.cost + ALSO_LIKE)


def short_for(lexicon: Lexicon, word: Meaning) -> list[Meaning]:
    """The commoner names that who is called `word` may have in full."""
    if word.bearers > max(COMMON_ITSELF, lexicon.customers() // COMMON_AMONG):
        return []
    rows = lexicon.connection.execute(_SHORT_FOR, (word.word, word.bearers, SHORT_FOR))
    cost = NICKNAME + ALSO_CALLED
    return [Meaning(other, cost, word.word, "nickname", bearers, id=id) for other, id, bearers in rows]


def called_nearly(lexicon: Lexicon, word: str) -> list[Meaning]:
    """What those are called whose short name is one slip from `word`."""
    return [
        called._replace(cost=one.cost + called.cost, typed=word, how=f"nickname like {word}")
        for one in lexicon.whole(word)[:CALLED]
        if one.cost < TWO_SLIPS
        for called in lexicon.nicknames(one.word)[:CALLED]
    ]
