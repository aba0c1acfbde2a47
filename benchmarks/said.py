"""How often a search finds who was meant, by the ways in which people say who they are, spelt right.

    python -m benchmarks.said [--customers 1000000] [--each 200] [--seed 1]

The customers are those of benchmarks.search, whose store is made where there is none. Of what names several people,
such as a last name with an area code, not everybody can stand first.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from benchmarks.search.people import Customer
from benchmarks.search.stored import Stored
from benchmarks.search.stores import SEED, careline_store
from data.desk import Desk, open_desk
from data.search import search

NOWHERE = 999  # the place of who is not among the hits
SHORT = {"Saint": "St", "Fort": "Ft", "Mount": "Mt", "North": "N", "West": "W", "Springs": "Spgs", "Heights": "Hts"}
Said = Callable[[Customer], str]  # "" where it can't be said of somebody


def mdn(one: Customer) -> str:
    return one.lines[0][0]


def imei(one: Customer) -> str:
    return one.lines[0][3]


def iccid(one: Customer) -> str:
    return one.lines[0][4]


def spaced(digits: str, *lengths: int) -> str:
    """`digits` in groups of these lengths."""
    starts = [sum(lengths[:at]) for at in range(len(lengths))]
    return " ".join(digits[start : start + length] for start, length in zip(starts, lengths, strict=True))


def short_city(one: Customer) -> str:
    """The city abbreviated; "" where it can't be."""
    short = " ".join(SHORT.get(word, word) for word in one.city.split())
    return short if short != one.city else ""


def born(one: Customer, form: str) -> str:
    return f"{one.last} {date.fromisoformat(one.birth):{form}}" if one.birth else ""


def with_email(one: Customer, form: str) -> str:
    local, _, provider = one.email.partition("@")
    return form.format(one=one, local=local, provider=provider) if one.email else ""


FORMS: dict[str, Said] = {
    "a telephone number, (212) 555-0143": lambda one: f"({mdn(one)[:3]}) {mdn(one)[3:6]}-{mdn(one)[6:]}",
    "with an extension": lambda one: f"{mdn(one)[:3]}-{mdn(one)[3:6]}-{mdn(one)[6:]} ext. 12",
    "+1, tel:, cell#": lambda one: random.Random(one.id).choice(("+1{}", "tel:+1{}", "cell# {}")).format(mdn(one)),
    "digits apart, or o for 0": lambda one: " ".join(mdn(one)) if one.id % 2 else mdn(one).replace("0", "o"),
    "a name and the whole number": lambda one: f"{one.first} {one.last} {mdn(one)}",
    "a last name and the last four": lambda one: f"{one.last} {mdn(one)[-4:]}",
    "a first name and the last four": lambda one: f"{one.first} {mdn(one)[-4:]}",
    "a last name, ending in": lambda one: f"{one.last} ending in {mdn(one)[-4:]}",
    "a last name, area code and exchange": lambda one: f"{one.last} {mdn(one)[:6]}",
    "a name and the area code": lambda one: f"{one.first} {one.last} {mdn(one)[:3]}",
    "a last name and the area code": lambda one: f"{one.last} ({mdn(one)[:3]})",
    "a name with its middle initial": lambda one: one.middle and f"{one.first} {one.middle[0]}. {one.last}",
    "last name first, with the middle name": lambda one: one.middle and f"{one.last}, {one.first} {one.middle}",
    "with a middle name that is not kept": lambda one: "" if one.middle else f"{one.first} Quincy {one.last}",
    "Mr., Jr., in capitals": lambda one: f"MR. {one.first} {one.last} JR".upper(),
    "a double name without its hyphen": lambda one: (
        f"{one.first} {one.last.replace('-', ' ')}" if "-" in one.last else ""
    ),
    "half of a double name": lambda one: f"{one.first} {one.last.split('-')[1]}" if "-" in one.last else "",
    "an initial and the last name": lambda one: f"{one.first[0]}. {one.last}",
    "a name and the city": lambda one: f"{one.first} {one.last} {one.city}",
    "a first name from a city": lambda one: f"{one.first} from {one.city}",
    "a last name, city and state": lambda one: f"{one.last}, {one.city} {one.state}",
    "a last name and an abbreviated city": lambda one: f"{one.last} {city}" if (city := short_city(one)) else "",
    "a last name and the ZIP": lambda one: f"{one.zip} {one.last}",
    "a last name, house number and street": lambda one: f"{one.last} {one.street}",
    "a last name and the house number": lambda one: f"{one.last} {one.street.split()[0]}",
    "a last name and the street": lambda one: f"{one.last} {one.street.partition(' ')[2]}",
    "an address as on a letter": lambda one: (
        f"{one.first} {one.last}\n{one.street} apt 4\n{one.city}, {one.state} {one.zip}"
    ),
    "a house number and street": lambda one: one.street,
    "a last name born on 5/12/1956": lambda one: born(one, "%m/%d/%Y"),
    "a last name born May 12 1956": lambda one: born(one, "born %B %d %Y"),
    "a last name born 12-may-56": lambda one: born(one, "%d-%b-%y"),
    "an e-mail": lambda one: with_email(one, "{one.email}"),
    "an e-mail as far as its @": lambda one: with_email(one, "{local}"),
    "an e-mail at another provider": lambda one: with_email(one, "{local}@example.com"),
    "an e-mail said, at and dot": lambda one: re.sub(r"\.(com)$", r" dot \1", with_email(one, "{local} at {provider}")),
    "an account number": lambda one: one.number,
    "acct #, without its zeros": lambda one: f"acct # {one.number.lstrip('SV').lstrip('0')}",
    "a last name and the account": lambda one: f"{one.last} {one.number}",
    "an IMEI in groups": lambda one: imei(one) and spaced(imei(one), 2, 6, 6, 1),
    "a last name and an IMEI's last six": lambda one: imei(one) and f"{one.last} {imei(one)[-6:]}",
    "an ICCID in fours": lambda one: iccid(one) and spaced(iccid(one), 4, 4, 4, 4, 4),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    path, _ = careline_store(options.customers)
    desk, customers = open_desk(path), Stored(path, options.customers, SEED)
    for form, say in FORMS.items():
        rng = random.Random(f"{options.seed} {form}")
        places, times = _asked(desk, customers, say, options.each, rng)
        shares = [sum(place < most for place in places) / len(places) for most in (1, 10)]
        last = sorted(times)[int(len(times) * 0.99)]
        print(f"{form:42} {shares[0]:.3f} {shares[1]:.3f}   {median(times):5.2f} / {last:.1f} ms", flush=True)
    desk.store.close()


def _asked(desk: Desk, customers: Stored, say: Said, each: int, rng: random.Random) -> tuple[list[int], list[float]]:
    """Where who was meant stands among ten, and the milliseconds that each search took."""
    places: list[int] = []
    times: list[float] = []
    while len(places) < each:
        one = customers[rng.randrange(len(customers))]
        if not (one.first and one.last and (text := say(one))):
            continue
        started = time.perf_counter()
        hits = search(desk, text, 10).hits
        times.append((time.perf_counter() - started) * 1e3)
        places.append(next((at for at, hit in enumerate(hits) if hit.customer_id == one.id), NOWHERE))
    return places, times


if __name__ == "__main__":
    main()
