"""Candidates by a name and the state that another of the words names, is like or begins."""

from __future__ import annotations

from data.search.results import COUNTED, Why
from data.search.scoring import PLACE, PLACE_BEGUN, SLIP, within_slips
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import ID_SHIFT
from data.search.sqlite.texts.comparing import COMPARED, Pool, compare
from data.search.sqlite.texts.fitting import Fitter, Known
from data.search.sqlite.texts.places import SHORTEST_BEGUN, Span, rarest_of
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import END
from data.search.words import ABBREVIATIONS, STATES, told_words

ROWS_OF_TWO = 2_000  # entries of two names beside each other that are looked through
ROWS_OF_ONE = 20_000  # entries of one name: 40 ms
SHORTEST, LONG = 4, 8  # letters of a state's name with a slip in it, and with two
_IN_STATE = f"""
    SELECT k.id FROM (
        SELECT DISTINCT who >> {ID_SHIFT} AS id FROM search_pair WHERE a = ? AND b >= ? AND b < ? LIMIT +?
    ) p CROSS JOIN search_customer k ON k.id = p.id WHERE k.state = ? LIMIT +?"""


def in_state(lexicon: Lexicon, words: list[str], found: Found, *, nearly: bool = True) -> int:
    """Customers called so in the state that one of `words` names, or `nearly`, or that the last of several begins.

    Returns how many met every word.
    """
    met = 0
    for typed in dict.fromkeys(words):
        states = _states(typed) or (_states_like(typed) if nearly else {})
        if typed == words[-1] and len(words) > 2:
            states = _states_begun(typed) | states
        if states and (rest := told_words([word for word in words if word != typed])):
            met += _called_in(lexicon, rest, typed, states, found)
    return met


def called_in(lexicon: Lexicon, words: list[str], typed: str, found: Found) -> int:
    """Customers with `words` in the state that is `typed`; returns how many met every word."""
    return _called_in(lexicon, words, typed, _states(typed), found)


def _called_in(lexicon: Lexicon, words: list[str], typed: str, states: dict[str, Known], found: Found) -> int:
    """The same for `states` that `typed` may be; single very common names are looked through in part."""
    met = 0
    for state, known in states.items():
        span = _span_of(lexicon, words)
        most = ROWS_OF_ONE if len(words) == 1 else ROWS_OF_TWO
        rows = lexicon.connection.execute(_IN_STATE, (*span, most, state, COUNTED + 1)).fetchall()
        pool: Pool = {customer: {typed: known} for (customer,) in rows[:COMPARED]}
        met += compare(lexicon, pool, Fitter(lexicon, words, []), found, 1)
        if len(words) <= 2:  # so that whoever the index leads to meets all
            found.leave_out(len(rows) - COMPARED)
    return met


def _span_of(lexicon: Lexicon, words: list[str]) -> Span:
    """The range of who has the rarest of `words` that is no initial, and the first of the others beside it."""
    rarest = rarest_of(lexicon, [word for word in words if len(word) > 1] or words)
    others = sorted((word for word in words if word != rarest), key=lambda word: len(word) == 1)
    beside = others[0] if others else ""
    ids = [word.id for word in lexicon.known([rarest]).values()]
    return ids[0] if ids else 0, beside, beside + END


def _states(typed: str) -> dict[str, Known]:
    """The state that `typed` names or abbreviates."""
    state = STATES.get(typed, typed.upper())
    return {state: Known(PLACE, Why("state", state, typed, ""))} if state in ABBREVIATIONS else {}


def _states_like(typed: str) -> dict[str, Known]:
    """The states that slips make of `typed`."""
    most = 0 if len(typed) < SHORTEST else 1 if len(typed) < LONG else 2
    near = within_slips(typed, list(STATES), most) if most else []
    why = Why(f"state like {typed}", "", typed, "")
    return {STATES[name]: Known(PLACE + SLIP * slips, why) for name, slips in near}


def _states_begun(typed: str) -> dict[str, Known]:
    """The states whose name `typed` begins."""
    begun = [STATES[name] for name in STATES if name.startswith(typed) and len(typed) >= SHORTEST_BEGUN]
    return {state: Known(PLACE_BEGUN, Why("state", state, typed, "")) for state in begun}
