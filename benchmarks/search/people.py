"""Customers for the search benchmark: US census names by their frequency, real cities and ZIPs, seeded.

Names come from PyPI `names` (the census lists of 1990), places from PyPI `zipcodes`. What the search engine knows of
names (its nickname table, its noise words) has no part in this.
"""

from __future__ import annotations

import random
import sqlite3
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import accumulate


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


TRADES = _listed(
    "Plumbing Roofing Electric Bakery Cleaners Auto Motors Dental Pharmacy Foods Farms Logistics Trucking Printing "
    "Media Studio Design Consulting Partners Holdings Realty Insurance Travel Medical Clinic Fitness Salon Florist "
    "Hardware Supply Machine Tool Metal Glass Paint Carpet Furniture Marine Aviation Security Systems Software Labs"
)
ADJECTIVES = _listed(
    "Blue Green Golden Silver First United National American Pacific Atlantic Northern Southern Eastern Western Sunny "
    "Royal Prime Summit Valley River Lake Ocean Mountain Prairie Desert Liberty Pioneer Heritage Frontier Metro Capital"
)
FORMS = ("Inc", "LLC", "Inc.", "Co.", "& Sons", "Group", "Corp", "Ltd", "")
STREETS = _listed(
    "Main Oak Park Maple Cedar Elm View Washington Lake Hill Walnut Spring North Ridge Church Willow Mill Sunset"
)
STREET_KINDS = _listed("St Ave Rd Dr Ln Blvd Ct Pl Way")
MAILS = ("gmail.com", "yahoo.com", "hotmail.com", "aol.com", "outlook.com", "icloud.com")
LINES = (1, 1, 1, 1, 1, 1, 2, 2, 2, 4)  # 1.6 on average
MAKERS = tuple(f"35{number:06d}" for number in range(100_000, 900_000, 4_001))  # the first eight digits of an IMEI


@dataclass
class Customer:
    """One customer as generated; `lines`: (MDN, ESN, MEID, IMEI, ICCID)."""

    id: int
    first: str
    middle: str
    last: str
    company: str
    birth: str
    street: str
    city: str
    state: str
    zip: str
    number: str
    status: str
    email: str
    phone: str
    lines: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip() or self.company


class Weighted:
    """Draws names by their frequency."""

    def __init__(self, file: str) -> None:
        rows = [line.split() for line in (files("names") / file).read_text().splitlines() if line.strip()]
        self.names = [row[0].title() for row in rows]
        self.sums = list(accumulate(max(float(row[1]), 0.0005) for row in rows))

    def draw(self, rng: random.Random) -> str:
        return self.names[min(bisect(self.sums, rng.random() * self.sums[-1]), len(self.names) - 1)]


def people(count: int, seed: int = 7) -> Iterator[Customer]:
    """`count` customers, the same for the same seed."""
    import zipcodes

    rng = random.Random(seed)
    last, female, male = (Weighted(f"dist.{part}") for part in ("all.last", "female.first", "male.first"))
    places = [
        (place["city"].title(), place["state"], place["zip_code"])
        for place in zipcodes.list_all()
        if place["zip_code_type"] == "STANDARD"
    ]
    used: set[int] = set()
    for id in range(1, count + 1):
        yield _customer(id, rng, last, female if rng.random() < 0.5 else male, places, used)


def _customer(
    id: int, rng: random.Random, last: Weighted, first: Weighted, places: list[tuple[str, str, str]], used: set[int]
) -> Customer:
    city, state, code = rng.choice(places)
    one = Customer(
        id=id,
        first=first.draw(rng),
        middle="",
        last=last.draw(rng),
        company="",
        birth=f"{rng.randint(1932, 2006)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        street=f"{rng.randint(1, 9999)} {_street(rng, last)} {rng.choice(STREET_KINDS)}",
        city=city,
        state=state,
        zip=code,
        number=f"SV{id:07d}",
        status=rng.choices(("active", "suspended", "closed"), (86, 4, 10))[0],
        email="",
        phone=_phone(rng, used) if rng.random() < 0.2 else "",
    )
    kind = rng.random()
    if kind < 0.07:
        one.company, one.first, one.last, one.birth = _company(rng, last), "", "", ""
    elif kind < 0.10:
        one.last = f"{one.last}-{last.draw(rng)}"
    elif kind < 0.25:
        one.middle = first.draw(rng)
    if one.first and rng.random() < 0.5:
        one.email = f"{one.first}.{one.last.split('-')[0]}{rng.randint(1, 999)}@{rng.choice(MAILS)}".lower()
    one.lines = [_line(rng, used) for _ in range(rng.choice(LINES))]
    return one


def _street(rng: random.Random, last: Weighted) -> str:
    draw = rng.random()
    if draw < 0.3:
        return rng.choice(STREETS)
    return f"{rng.randint(1, 120)}th" if draw < 0.4 else last.draw(rng)


def _company(rng: random.Random, last: Weighted) -> str:
    head = last.draw(rng) if rng.random() < 0.6 else f"{rng.choice(ADJECTIVES)} {rng.choice(ADJECTIVES)}"
    return " ".join(f"{head} {rng.choice(TRADES)} {rng.choice(FORMS)}".split())


def _phone(rng: random.Random, used: set[int]) -> str:
    while True:
        area = f"{rng.randint(2, 9)}{rng.randint(0, 8)}{rng.randint(2, 9)}"
        number = int(f"{area}{rng.randint(200, 999)}{rng.randint(0, 9999):04d}")
        if number not in used:
            used.add(number)
            return str(number)


def _line(rng: random.Random, used: set[int]) -> tuple[str, str, str, str, str]:
    mdn = _phone(rng, used)
    iccid = f"8901{rng.choice(('260', '410', '480'))}{rng.randrange(10**13):013d}"
    kind = rng.random()
    if kind < 0.03:
        return mdn, f"{rng.randrange(1 << 32):08X}", "", "", ""
    if kind < 0.08:
        return mdn, "", f"A{rng.randrange(1 << 52):013X}", "", iccid
    body = f"{rng.choice(MAKERS)}{rng.randrange(10**6):06d}"
    return mdn, "", "", body + luhn(body), iccid


def luhn(body: str) -> str:
    """The check digit that belongs after `body`."""
    total = sum(int(digit) if at % 2 else sum(divmod(2 * int(digit), 10)) for at, digit in enumerate(reversed(body)))
    return str(-total % 10)


def write_rows(connection: sqlite3.Connection, customers: Iterator[Customer], batch: int = 5_000) -> None:
    """Writes `customers` into a founded store's tables, in the open transaction."""
    pending: list[Customer] = []
    line_id = 0
    for customer in customers:
        pending.append(customer)
        if len(pending) == batch:
            line_id = _write(connection, pending, line_id)
            pending = []
    _write(connection, pending, line_id)


def _write(connection: sqlite3.Connection, batch: list[Customer], line_id: int) -> int:
    made = "2026-01-01 00:00:00.000000"
    connection.executemany(
        "INSERT INTO customer (id, kind, first_name, middle_name, last_name, company_name, birth_date, street, street2,"
        " city, county, state, zip, version, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, '', ?, ?, 1, ?)",
        [
            (
                *(one.id, "business" if one.company else "person", one.first, one.middle, one.last, one.company),
                *(one.birth or None, one.street, one.city, one.state, one.zip, made),
            )
            for one in batch
        ],
    )
    connection.executemany(
        "INSERT INTO account (id, customer_id, number, status, company_name, agent_name, opened_on)"
        " VALUES (?, ?, ?, ?, '', '', '2024-01-01')",
        [(one.id, one.id, one.number, one.status) for one in batch],
    )
    connection.executemany(
        "INSERT INTO contact (customer_id, medium, value, position) VALUES (?, ?, ?, 0)",
        [(one.id, "email", one.email) for one in batch if one.email]
        + [(one.id, "phone", one.phone) for one in batch if one.phone],
    )
    lines, devices = [], []
    for one in batch:
        for mdn, *device in one.lines:
            line_id += 1
            lines.append((line_id, one.id, mdn, "active"))
            devices.append((line_id, *device))
    connection.executemany("INSERT INTO line (id, account_id, mdn, status) VALUES (?, ?, ?, ?)", lines)
    connection.executemany(
        "INSERT INTO device (line_id, esn, meid, imei, iccid, make, model) VALUES (?, ?, ?, ?, ?, '', '')", devices
    )
    return line_id
