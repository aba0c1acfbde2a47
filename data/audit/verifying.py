"""Whether the audit is as it was written: every event follows from the one before, and none is gone.

What this can't know: whoever can write the store's file can also make the whole chain anew, and its head with it. An
end that was noted elsewhere (`careline audit verify` prints it, and every backup has it) shows that, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from data.agents.rules import Permission
from data.audit.chain import COLUMNS, GENESIS, Link, hash_after
from data.desk import Desk, permit
from data.errors import Misused

GUARDS = ("audit_event_stays", "audit_event_remains")  # triggers, made by the migration that chained the audit
TELL_EVERY = 20_000  # events
Progress = Callable[[int, int], None]  # events checked, events in all


class End(NamedTuple):
    """Where the chain ended when somebody noted it: an event and its hash. Written "ID:HASH"."""

    event_id: int
    hash: str

    def __str__(self) -> str:
        return f"{self.event_id}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> End:
        """The end that `text` writes down. Raises Misused where it writes none."""
        number, colon, digest = text.strip().partition(":")
        if not (colon and number.isdigit() and len(digest) == len(GENESIS)):
            raise Misused(f"“{text}” is no end of an audit.", "Give ID:HASH, as careline audit verify printed it.")
        return cls(int(number), digest.lower())


@dataclass
class Verdict:
    """What came of looking at `events` events. `problems`: a sentence each; `remarks`: what is odd, and no proof."""

    events: int = 0
    end: End = field(default_factory=lambda: End(0, GENESIS))
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, taken out or put in, as far as can be known."""
        return not self.problems


def verify(desk: Desk, noted: Iterable[End] = (), progress: Progress | None = None) -> Verdict:
    """Looks at every event of the store; `noted` are ends that were kept elsewhere, as on paper or in backups."""
    permit(desk, Permission.READ_AUDIT)
    with desk.store.raw() as connection:
        connection.execute("BEGIN")  # one snapshot, whoever writes meanwhile
        try:
            return look_over(connection, noted, progress)
        finally:
            if connection.in_transaction:  # not where the disk failed: SQLite has given it up then
                connection.execute("ROLLBACK")


def end_of(connection: Any) -> End | None:
    """Where the chain of the store that `connection` reads ends, as its second place has it."""
    head = connection.execute("SELECT event_id, hash FROM audit_head").fetchone()
    return End(*head) if head else None


def look_over(connection: Any, noted: Iterable[End] = (), progress: Progress | None = None) -> Verdict:
    """`verify` on a driver connection that holds a snapshot."""
    show = progress or (lambda done, total: None)
    total = connection.execute("SELECT count(*) FROM audit_event").fetchone()[0]
    rows = connection.execute(f"SELECT hash, {COLUMNS} FROM audit_event ORDER BY id")
    verdict = check(_told(((Link(*row[1:]), row[0]) for row in rows), total, show), end_of(connection))
    for end in noted:
        verdict.problems += _differs_from(connection, end)
    guards = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    if not set(GUARDS) <= {name for (name,) in guards}:
        verdict.problems.append("The triggers that keep events from being changed are gone.")
    return verdict


def check(chain: Iterable[tuple[Link, str]], head: End | None) -> Verdict:
    """Judges events with their hashes, in order; `head` is where the chain ends, as its second place has it. Pure."""
    verdict = Verdict()
    last, good = 0, GENESIS  # the event before, and the hash that the next one should follow
    doubtful: tuple[int, str] | None = None  # an event that did not follow, and its own hash
    at = ""
    for link, own in chain:
        verdict.events += 1
        if link.at < at:
            verdict.remarks.append(f"Event {link.id} says an earlier time than the one before: a clock was set back.")
        at = link.at
        if doubtful:
            inserted = own == hash_after(good, link)
            verdict.problems.append(_put_in(doubtful[0]) if inserted else f"Event {doubtful[0]} was changed.")
            good = good if inserted else doubtful[1]
            doubtful = None
        if own == hash_after(good, link):
            good = own
        elif link.id != last + 1:
            verdict.problems.append(f"{_events(last + 1, link.id - 1)} missing.")
            good = own
        else:
            doubtful = (link.id, own)
        last = link.id
    verdict.end = End(last, good)
    verdict.problems += _at_the_end(last, good, doubtful, head)
    return verdict


def _at_the_end(last: int, good: str, doubtful: tuple[int, str] | None, head: End | None) -> Iterator[str]:
    if head is None:
        yield "The note of where the audit ends is missing."
        return
    if doubtful:
        if head.event_id < last and head.hash == good:
            yield _put_in(last)
        else:
            yield f"Event {last} was changed."
    elif head.event_id > last:
        yield f"{_events(last + 1, head.event_id)} missing at the end."
    elif head.event_id < last:
        yield f"{_events(head.event_id + 1, last)} not noted as the end: put in from outside."
    elif head.hash != good:
        yield f"Event {last} is not the one that was noted as the end."


def _put_in(event: int) -> str:
    return f"Event {event} was put in from outside."


def _events(first: int, last: int) -> str:
    return f"Event {first} is" if first == last else f"Events {first} to {last} are"


def _differs_from(connection: Any, noted: End) -> Iterator[str]:
    row = connection.execute("SELECT hash FROM audit_event WHERE id = ?", (noted.event_id,)).fetchone()
    if row is None:
        yield f"Event {noted.event_id}, which was noted elsewhere, is missing."
    elif row[0] != noted.hash:
        yield f"Event {noted.event_id} is not the one that was noted elsewhere: the audit was made anew."


def _told(chain: Iterable[tuple[Link, str]], total: int, progress: Progress) -> Iterator[tuple[Link, str]]:
    for done, link in enumerate(chain):
        if done % TELL_EVERY == 0:
            progress(done, total)
        yield link
