"""What the benchmark asks of an engine, and what an engine is given of a customer: words, places, numbers."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from benchmarks.search.people import Customer

TEN = 10


def words_of(one: Customer) -> list[str]:
    """The words that a peer is given of a customer's name."""
    return re.findall(r"\w+", f"{one.first} {one.middle} {one.last} {one.company}".lower())


def place_of(one: Customer) -> list[str]:
    """The words of where a customer lives; of the birth date and the e-mail too."""
    return re.findall(r"\w+", f"{one.city} {one.street} {one.zip} {one.birth.replace('-', '')} {one.email}".lower())


def numbers_of(one: Customer) -> list[str]:
    """Every number of a customer: those of the lines and their devices, then the account's."""
    return [number.lower() for line in one.lines for number in line if number] + [one.number.lower()]


class Engine(ABC):
    """One engine. `each`: how many queries of a kind it is asked, fewer where it is slow."""

    name: str
    each = 2_000  # queries of a kind at most

    def __init__(self, everyone: Sequence[Customer]) -> None:
        self.everyone = everyone
        self.count = len(everyone)
        self.built_s = 0.0
        self.disk_mb = 0.0

    @abstractmethod
    def open(self) -> None:
        """Makes the engine ready, building its index where there is none yet."""

    @abstractmethod
    def find(self, text: str) -> list[int]:
        """The ids of the ten customers that come first."""

    def close(self) -> None:  # noqa: B027 - most have nothing to let go of
        """Lets go of what was opened."""

    @property
    def files(self) -> Path | None:
        """Where its index is kept: a file or a folder; None where it is all in memory."""
        return None
