"""How often a search finds who was meant, by misspellings of other rules than those of benchmarks.search.

    python -m benchmarks.misspelt --people PEOPLE.csv [--among 200000] [--half 1] [--seed 1]

PEOPLE.csv has first_name, last_name, company_name, address, city, state, zip, phone1 and email, as the public samples
of 500 people have. They are put among customers of the search benchmark's; half of them is asked for, so that the
other half can be kept unseen.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.search.people import Customer, people, write_rows
from data.desk import Desk, open_desk
from data.operators.actions import Founding, found_store
from data.search import search

ROWS = ("qwertyuiop", "asdfghjkl ", "zxcvbnm   ")
MISREAD = "rn:m m:rn cl:d d:cl l:1 o:0 i:1 s:5 b:6 vv:w w:vv n:ri h:b e:c u:v li:h t:f"
SOUNDS = (
    "ph:f f:ph c:k k:c ck:k k:ck gh: ie:ei ei:ie ee:ea ea:ee y:i i:y ey:y y:ey ow:ou ou:ow o:aw au:o ai:ay ay:ai z:s"
    " s:z tz:ts sch:sh sch:sk x:cks qu:kw er:ur ur:er ar:er or:er e:i i:e a:e o:u u:oo wh:w kn:n wr:r gn:n th:t dt:t"
    " ll:l l:ll nn:n n:nn tt:t t:tt ss:s s:ss rr:r mm:m j:g g:j dg:j tch:ch sh:ch ch:sh v:w w:v b:p p:b d:t t:d m:n"
    " n:m le:el el:le son:sen sen:son ski:sky sky:ski berg:burg burg:berg man:mann mann:man oe:o ae:a ez:es es:ez"
    " ce:se se:ce e: h:"
)
NOWHERE = 999  # the place of who is not among the hits
Person = dict[str, str]
Maker = Callable[[str, str, Person, random.Random], str | None]


def key_slip(word: str, rng: random.Random) -> str:
    """One key missed, doubled, hit beside the right one, hit as well, or too early."""
    at = rng.randrange(len(word))
    how, letter = rng.choice("mdbet"), word[at]
    if how == "t":
        at = min(at, len(word) - 2)
        return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    made = {"m": "", "d": letter * 2, "b": beside(letter, rng), "e": beside(letter, rng) + letter}[how]
    return word[:at] + made + word[at + 1 :]


def beside(letter: str, rng: random.Random) -> str:
    """A key that touches `letter`'s."""
    places = [(row, keys.index(letter)) for row, keys in enumerate(ROWS) if letter in keys]
    near = [
        ROWS[row + down][at + right]
        for row, at in places
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
        if (down or right) and 0 <= row + down < len(ROWS) and 0 <= at + right < len(ROWS[0])
    ]
    return rng.choice([key for key in near if key.strip()] or ["e"])


def exchanged(word: str, rules: str, rng: random.Random) -> str | None:
    """`word` with one of the `rules` ("old:new …") applied once; None where none fits."""
    pairs = [tuple(rule.split(":")) for rule in rules.split()]
    fits = [(at, old, new) for old, new in pairs for at in range(len(word)) if word.startswith(old, at)]
    if not fits:
        return None
    at, old, new = rng.choice(fits)
    return word[:at] + new + word[at + len(old) :]


def digit_slip(digits: str, rng: random.Random) -> str:
    """One digit wrong."""
    at = rng.randrange(len(digits))
    return digits[:at] + rng.choice("0123456789".replace(digits[at], "")) + digits[at + 1 :]


def in_one(first: str, last: str, rng: random.Random, made: Callable[[str], str | None]) -> str | None:
    """The name with a longer word of it made another."""
    if len(last) < 4 or (rng.random() < 0.35 and len(first) > 4):
        return f"{word} {last}" if (word := made(first)) else None
    return f"{first} {word}" if (word := made(last)) else None


def _digits(person: Person) -> str:
    return "".join(filter(str.isdigit, person["phone1"]))


def _longest_slipped(text: str, rng: random.Random) -> str:
    words = text.lower().replace(",", "").split()
    longest = max(words, key=len)
    return " ".join(key_slip(word, rng) if word is longest else word for word in words)


KINDS: dict[str, Maker] = {
    "as it is": lambda first, last, who, rng: f"{first} {last}",
    "a key wrong": lambda first, last, who, rng: in_one(first, last, rng, lambda w: key_slip(w, rng)),
    "two keys wrong": lambda first, last, who, rng: in_one(first, last, rng, lambda w: key_slip(key_slip(w, rng), rng)),
    "a key in each": lambda first, last, who, rng: (
        f"{key_slip(first, rng)} {key_slip(last, rng)}" if min(len(first), len(last)) > 3 else None
    ),
    "a sound": lambda first, last, who, rng: in_one(first, last, rng, lambda w: exchanged(w, SOUNDS, rng)),
    "two sounds": lambda first, last, who, rng: in_one(
        first, last, rng, lambda w: exchanged(exchanged(w, SOUNDS, rng) or w, SOUNDS, rng)
    ),
    "misread": lambda first, last, who, rng: in_one(first, last, rng, lambda w: exchanged(w, MISREAD, rng)),
    "last name first": lambda first, last, who, rng: f"{key_slip(last, rng)}, {first}" if len(last) > 3 else None,
    "run together": lambda first, last, who, rng: first + last,
    "run together, a key wrong": lambda first, last, who, rng: key_slip(first + last, rng),
    "a space too many": lambda first, last, who, rng: f"{first} {last[:3]} {last[3:]}" if len(last) > 5 else None,
    "initial": lambda first, last, who, rng: f"{first[0]} {key_slip(last, rng)}" if len(last) > 4 else None,
    "three and four letters": lambda first, last, who, rng: f"{first[:3]} {last[:4]}" if len(last) > 5 else None,
    "last name only": lambda first, last, who, rng: key_slip(last, rng) if len(last) > 5 else None,
    "name, city": lambda first, last, who, rng: (
        f"{key_slip(last, rng)} {who['city'].lower()}" if len(last) > 3 else None
    ),
    "name, city wrong": lambda first, last, who, rng: (
        f"{last} {key_slip(who['city'].lower(), rng)}" if who["city"].isalpha() else None
    ),
    "name, ZIP": lambda first, last, who, rng: (
        f"{key_slip(last, rng)} {who['zip'].zfill(5)}" if len(last) > 3 else None
    ),
    "name, last four": lambda first, last, who, rng: (
        f"{key_slip(last, rng)} {_digits(who)[-4:]}" if len(last) > 3 else None
    ),
    "name, number wrong": lambda first, last, who, rng: f"{last} {digit_slip(_digits(who), rng)}",
    "company": lambda first, last, who, rng: _longest_slipped(who["company_name"], rng),
    "street": lambda first, last, who, rng: " ".join(
        key_slip(w, rng) if w.isalpha() and len(w) > 4 else w for w in who["address"].lower().split()
    ),
    "e-mail": lambda first, last, who, rng: (
        key_slip(who["email"].partition("@")[0], rng) + "@" + who["email"].partition("@")[2]
    ),
    "telephone": lambda first, last, who, rng: digit_slip(_digits(who), rng),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=Path, required=True)
    parser.add_argument("--among", type=int, default=200_000)
    parser.add_argument("--half", type=int, choices=(1, 2), default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    everyone = list(csv.DictReader(options.people.open(encoding="utf-8-sig")))
    with tempfile.TemporaryDirectory() as folder:
        desk = _desk(Path(folder) / "misspelt.store", everyone, options.among)
        places: dict[str, list[int]] = defaultdict(list)
        for kind, text, meant in _asked(everyone, options.half, options.seed):
            hits = search(desk, text).hits
            places[kind].append(next((at for at, hit in enumerate(hits) if hit.customer_id == meant), NOWHERE))
        desk.store.close()
    for kind, found in places.items():
        print(f"{kind:26} {_share(found, 1):.3f} {_share(found, 10):.3f}  of {len(found)}")
    means = [sum(_share(found, most) for found in places.values()) / len(places) for most in (1, 10)]
    print(f"{'every kind alike':26} {means[0]:.3f} {means[1]:.3f}")


def _share(found: list[int], most: int) -> float:
    return sum(at < most for at in found) / len(found)


def _asked(everyone: list[Person], half: int, seed: int) -> Iterator[tuple[str, str, int]]:
    """(kind, text, the id of who is meant)."""
    middle = len(everyone) // 2
    rng = random.Random(seed)
    for kind, make in KINDS.items():
        for id, person in enumerate(everyone, 1):
            first, last = person["first_name"].lower(), person["last_name"].lower()
            asked = (id > middle) == (half == 2) and first.isalpha() and last.isalpha()
            if asked and (text := make(first, last, person, rng)):
                yield kind, text, id


def _desk(path: Path, everyone: list[Person], among: int) -> Desk:
    found_store(path, Founding(name="Benchmark", admin="bench"), now=datetime(2026, 1, 1, tzinfo=UTC)).close()
    desk = open_desk(path)
    others = people(among, 11)
    with desk.store.writing() as session:
        connection: Any = session.connection().connection.driver_connection
        with desk.search_engine.loading(connection):
            write_rows(
                connection, chain(map(_customer, range(1, len(everyone) + 1), everyone), _after(others, everyone))
            )
    return desk


def _after(others: Iterator[Customer], everyone: list[Person]) -> Iterator[Customer]:
    for one in others:
        one.id += len(everyone)
        yield one


def _customer(id: int, person: Person) -> Customer:
    return Customer(
        id=id,
        first=person["first_name"],
        middle="",
        last=person["last_name"],
        company=person["company_name"],
        birth="",
        street=person["address"],
        city=person["city"],
        state=person["state"],
        zip=person["zip"].zfill(5),
        number=f"US{id:05d}",
        status="active",
        email=person["email"],
        phone="",
        lines=[(_digits(person), "", "", "", "")],
    )


if __name__ == "__main__":
    main()
