"""Who is called what: PyPI `nicknames`, our own list beside it, and the spellings of short forms in -y and -ie."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

VOWELS = frozenset("aeiouy")


def both_ways() -> set[tuple[str, str]]:
    """Pairs of a name and what else its bearer may be called; each pair the other way round too."""
    pairs = {(name, said) for name, short in _known() for said in (short, *spellings(short)) if said != name}
    return pairs | {(said, name) for name, said in pairs}


def spellings(short: str) -> Iterator[str]:
    """Other ways to write a short form, and its own short forms: sammy → sammie, sam → sammy, sammie."""
    if short.endswith("ie"):
        yield short[:-2] + "y"
    elif short.endswith("ey"):
        yield short[:-2] + "ie"
        yield short[:-2] + "y"
    elif short.endswith("y"):
        yield short[:-1] + "ie"
    elif 3 <= len(short) <= 5:
        yield from _with_y(short)


def _with_y(short: str) -> Iterator[str]:
    stem = short[:-1] if short[-1] == "e" else short
    if stem[-1] in VOWELS:
        return
    doubled = stem + stem[-1] if stem[-2] in VOWELS and short[-1] != "e" else stem
    for whole in {stem, doubled}:
        yield whole + "y"
        yield whole + "ie"


def _known() -> Iterator[tuple[str, str]]:
    from nicknames import NickNamer

    for name, others in NickNamer.default_lookup().items():
        yield from ((name, short) for short in others if name.isalpha() and short.isalpha())
    for line in files("data.search").joinpath("nicknames.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, *said = line.split()
            yield from ((name, short) for short in said)
