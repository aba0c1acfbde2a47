"""The words that names, companies and places are compared by: folded, split, without noise. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from data.text import fold


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


MOST_WORDS = 5  # of one customer that are paired with one another; a sixth adds rows and finds nobody new
LONGEST = 24  # letters of a word that are kept
NOISE = _listed("inc incorporated llc llp lp ltd limited co corp corporation company plc pc pa pllc the and of dba")
SUFFIXES = _listed("jr sr ii iii iv esq md phd dds cpa")
TITLES = _listed("mr mrs ms miss dr prof rev")
PARTICLES = _listed("de del della der den di da dos das do du la las le los van von el al bin ibn st y mac mc o")
MAC = ("mac", "mc")  # what is said alike before a name
BETWEEN = _listed("from in at on near")  # what a caller says between a name and a place
UNSAID = NOISE | SUFFIXES | TITLES  # what a caller says or leaves out
STREET_KINDS = _listed(
    "st street ave avenue av rd road dr drive ln lane blvd boulevard ct court pl place ter terrace cir circle way"
    " hwy highway pkwy parkway sq square trl trail loop aly alley plz plaza pike run path"
    " expy expressway fwy freeway tpke turnpike rte rt route xing crossing cv cove pt point"
    " apt unit ste suite fl floor"
)
LONG_KINDS = sorted(kind for kind in STREET_KINDS if len(kind) > 4)  # in which a slip tells
DIRECTIONS = _listed("n s e w ne nw se sw north south east west northeast northwest southeast southwest")

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´](?=\w)|(?<=\w)&(?=\w)|(?<=\b\w)\.(?=\w\b)")


def split(text: str) -> list[str]:
    """The folded words of `text`: "O'Brien-Núñez, J.R." → obrien, nunez, jr; at most LONGEST letters each."""
    folded = fold(text)
    if folded.isalpha():
        return [folded[:LONGEST]]
    if (words := folded.split()) and "".join(words).isalnum():
        return [word[:LONGEST] for word in words]
    return [word[:LONGEST] for word in _WORD.findall(_APOSTROPHES.sub("", folded))]


def joined(one: str, other: str) -> list[str]:
    """What two words may be as one: mac donald → macdonald, mcdonald."""
    return [start + other for start in MAC] if one in MAC else [one + other]


@lru_cache(maxsize=4096)
def place_word(city: str) -> str:
    """A city's name as one word: "New York" → newyork."""
    return "".join(split(city))[:LONGEST]


def street_parts(street: str) -> tuple[str, str]:
    """The house number and the street's own name as one word: "6649 N Blue Gum St" → ("6649", "bluegum")."""
    house, _, rest = street.partition(" ")
    if house.isdecimal() and house.isascii() and (own := _street_name(rest)):  # so are nearly all
        return house[:LONGEST], own
    words = split(street.partition("#")[0])
    house = words.pop(0) if len(words) > 1 and words[0][0].isdigit() else ""
    return house, _own_name(words)


@lru_cache(maxsize=32_768)
def _street_name(street: str) -> str:
    """The own name of a street without a house number; many customers live in one."""
    words = split(street.partition("#")[0])
    return _own_name(words) if words else ""


def _own_name(words: list[str]) -> str:
    kind = next((at for at, word in enumerate(words) if at and word in STREET_KINDS), len(words))
    own = [word for word in words[:kind] if word not in STREET_KINDS and word not in DIRECTIONS] or words[:1]
    while len(own) > 1 and own[-1].isdigit():
        own.pop()
    return "".join(own[:3])[:LONGEST]


def told_words(words: list[str]) -> list[str]:
    """`words` without noise; all of them where nothing else is left."""
    return [word for word in words if word not in UNSAID] or words


_WRITTEN_SHORT = {
    "st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "pt": "port", "n": "north", "s": "south", "e": "east",
    "w": "west", "no": "north", "so": "south", "spgs": "springs", "spg": "spring", "hts": "heights", "bch": "beach",
    "vlg": "village", "jct": "junction", "ctr": "center", "hls": "hills", "lk": "lake", "vly": "valley", "grv": "grove",
    "cty": "city", "pk": "park", "fls": "falls", "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth",
    "5th": "fifth", "6th": "sixth", "7th": "seventh", "8th": "eighth", "9th": "ninth", "10th": "tenth",
}  # fmt: skip
_BEGINNINGS = _listed("st ste ft mt pt lk")  # of a place's name
_WRITTEN_LONG = {long: short for short, long in reversed(_WRITTEN_SHORT.items())}


def written_out(words: list[str]) -> list[str]:
    """`words` with what a place's name is abbreviated by in full: "paul walker st paul" → paul walker saint paul."""
    return _written(words, _WRITTEN_SHORT)


def written_short(words: list[str]) -> list[str]:
    """`words` as a place's name may be abbreviated: "walker fort worth" → walker ft worth."""
    return _written(words, _WRITTEN_LONG)


def _written(words: list[str], forms: dict[str, str]) -> list[str]:
    """A letter is a point of the compass only between other words, and nothing that a name begins with ends a text."""
    written, last = [], len(words) - 1
    for at, word in enumerate(words):
        other = forms.get(word, word)
        letter, begins = min(len(word), len(other)) == 1, not _BEGINNINGS.isdisjoint((word, other))
        written.append(word if (letter and not 0 < at < last) or (begins and at == last) else other)
    return written


STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID",
    "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "ohio": "OH",
    "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "tennessee": "TN", "texas": "TX", "utah": "UT",
    "vermont": "VT", "virginia": "VA", "washington": "WA", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip
ABBREVIATIONS = frozenset(STATES.values()) | _listed(
    "DC NH NJ NM NY NC ND RI SC SD WV PR"
)  # those of two words are typed short
