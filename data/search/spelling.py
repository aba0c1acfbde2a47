"""How names are heard and which keys touch: what makes one misspelling likelier than another. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

VOWELS = "aeiouy"
DIGITS = "0123456789"
_KEYS = (
    "q:wa w:qeas e:wrsd r:etdf t:ryfg y:tugh u:yihj i:uojk o:ipkl p:ol a:qwsz s:weadzx d:ersfxc f:rtdgcv g:tyfhvb"
    " h:yugjbn j:uihknm k:iojlm l:opk z:asx x:zsdc c:xdfv v:cfgb b:vghn n:bhjm m:njk"
)
TOUCHING = frozenset(key + other for key, others in (entry.split(":") for entry in _KEYS.split()) for other in others)
_BEGUN = (("kn", "n"), ("gn", "n"), ("pn", "n"), ("wr", "r"), ("ps", "s"), ("gh", "g"), ("x", "s"), ("y", "Y"))
_ALIKE = (
    ("sch", "$"), ("tch", "&"), ("ch", "&"), ("sh", "$"), ("ck", "k"), ("ph", "f"), ("gh", ""), ("dg", "j"),
    ("qu", "kw"), ("q", "k"), ("x", "ks"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"),
    ("ge", "je"), ("gi", "ji"), ("gy", "ji"), ("z", "s"),
    ("ay", "ai"), ("aw", "au"), ("ow", "ou"), ("oo", "u"),
    ("ey", "i"), ("ie", "i"), ("ei", "i"), ("ee", "i"), ("ea", "i"), ("y", "i"),
)  # fmt: skip
_SILENT = str.maketrans("", "", "h")
_AGAIN = re.compile(r"(.)\1+")


@lru_cache(maxsize=16_384)
def heard(word: str) -> str:
    """`word` spelt one way for all that are said alike: smith and smyth, kelly and kelley, clark and clarke."""
    for begun, told in _BEGUN:
        if word.startswith(begun):
            word = told + word[len(begun) :]
            break
    for written, told in _ALIKE:
        if written in word:
            word = word.replace(written, told)
    word = _AGAIN.sub(r"\1", word[:1] + word[1:].translate(_SILENT))
    return word[:-1] if len(word) > 2 and word[-1] == "e" else word


def one_slip(text: str, length: int, letters: str) -> set[str]:
    """What one slip makes of `text` that is `length` long: a character wrong, missing or extra, or two swapped."""
    places = range(len(text))
    if length == len(text):
        found = {text[:at] + letter + text[at + 1 :] for at in places for letter in letters}
        return found | {text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :] for at in places[:-1]}
    if length == len(text) + 1:
        return {text[:at] + letter + text[at:] for at in range(length) for letter in letters}
    return {text[:at] + text[at + 1 :] for at in places} if length == len(text) - 1 else set()
