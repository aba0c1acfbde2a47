"""How a row is recognized when it comes again: by two 64-bit hashes, of all it says and of whom it is about. Pure.

The store keeps them from one import to the next, so what goes into them must never change.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from data.customers.rules import ContactMedium
from data.imports.values import BETWEEN
from data.text import fold

NAMES = ("first_name", "last_name", "company_name")

Columns = Mapping[str, Sequence[str]]
Contacts = Mapping[str, Sequence[Sequence[str]]]


def hashes(columns: Columns, contacts: Contacts) -> array[int]:
    """The hash of each row over all that it says; see rows.Rows for what comes in."""
    told = [columns[name] for name in sorted(columns)]
    reach = [_in_one(contacts[medium]) for medium in sorted(contacts)]
    signature = " ".join([*sorted(columns), *sorted(contacts)]).encode()
    sort = blake2b(signature, digest_size=16).digest()
    return _numbers(map(BETWEEN.join, zip(*told, *reach, strict=True)), sort)


def handles(columns: Columns, contacts: Contacts, count: int) -> array[int]:
    """The hash of whom each of `count` rows is about: by account number, else e-mail, else address, else name."""
    return _numbers(_told_by(columns, contacts, count), b"handle")


def _in_one(places: Sequence[Sequence[str]]) -> Iterable[str]:
    """The values of each row in one text."""
    if len(places) == 1:
        return places[0]
    return [BETWEEN.join(values).rstrip(BETWEEN) for values in zip(*places, strict=True)]


def _told_by(columns: Columns, contacts: Contacts, count: int) -> Iterable[str]:
    nothing = [""] * count
    account = columns.get("account") or nothing
    if all(account):
        return account
    email = contacts.get(ContactMedium.EMAIL, [nothing])[0]
    if account is not nothing:
        email = [number or mail.lower() for number, mail in zip(account, email, strict=True)]
    else:
        email = BETWEEN.join(email).lower().split(BETWEEN)
    return email if all(email) else [told or _last_told_by(columns, at) for at, told in enumerate(email)]


def _last_told_by(columns: Columns, at: int) -> str:
    def told(name: str) -> str:
        return columns[name][at] if name in columns else ""

    if street := told("street"):
        return f"{street.lower()} {told('zip')[:5]}"
    return fold(" ".join(map(told, NAMES)))


def _numbers(texts: Iterable[str], sort: bytes) -> array[int]:
    """A 64-bit hash of each text, always the same; `sort` keeps the hashes of different sorts of text apart."""
    begun = blake2b(digest_size=8, person=sort).copy
    digests = []
    for text in texts:
        digest = begun()
        digest.update(text.encode())
        digests.append(digest.digest())
    numbers = array("q", b"".join(digests))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
