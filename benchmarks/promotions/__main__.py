"""How often the promotion that a caller means is found, and how long that takes.

    python -m benchmarks.promotions [--questions 2400] [--seed 2026] [--promotions 5000] [--wrong 20]

Quality: questions about the demo's catalogue (asking.py), the first and the first three answers. Time: the same kind of
questions asked of a store with 5,000 promotions, each beside a scan of all of them by rapidfuzz's token_set_ratio, in
turn, in one run. `--wrong` shows questions that were not answered.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.promotions.asking import Question, questions
from data.demo.promotions import WRITTEN_ON, catalogue
from data.desk import Desk, open_desk
from data.operators.actions import Founding, found_store
from data.promotions.queries import find
from data.promotions.records import columns_of
from data.promotions.rules import Terms
from data.promotions.tables import PromotionRevision

NOW = datetime(WRITTEN_ON.year, WRITTEN_ON.month, WRITTEN_ON.day, 15, tzinfo=UTC)


def store_with(path: Path, revisions: list[Terms]) -> Desk:
    """A desk at a new store that has this catalogue."""
    store = found_store(path, Founding(name="Bench", admin="admin01"), now=NOW)
    with store.writing() as session:
        for number, terms in enumerate(revisions, start=1):
            made = {"made_by": "bench", "made_at": NOW, "edition": number}
            session.add(PromotionRevision(**columns_of(terms), **made))
    return open_desk(store, "admin01", clock=lambda: NOW)


def many(revisions: Sequence[Terms], count: int, seed: int) -> list[Terms]:
    """So many promotions more, made from those there are: other days, other amounts, other numbers."""
    rng = random.Random(seed)
    made: list[Terms] = []
    while len(made) < count:
        one = rng.choice(revisions)
        days = timedelta(rng.randrange(-1_200, 1_200))
        first, last = one.valid_from + days, one.valid_to + days if one.valid_to else None
        part = rng.choice((60, 70, 80, 90, 110, 120))
        offers = tuple(
            replace(offer, amounts={shape: cents * part // 10_000 * 100 for shape, cents in offer.amounts.items()})
            for offer in one.trade_ins
        )
        made.append(
            replace(
                one, ost=f"{10_000 + len(made)}", valid_from=first, valid_to=last, trade_ins=offers,
                cents=one.cents * part // 10_000 * 100, name=f"{one.name} {len(made)}",
            )
        )  # fmt: skip
    return made


def told(terms: Terms) -> str:
    """A promotion as one text, for the scan."""
    traded = " ".join(name for offer in terms.trade_ins for name in offer.devices)
    kinds = " ".join(terms.kinds)
    return (
        f"{terms.name} {' '.join(terms.devices)} {traded} {' '.join(terms.plans)} {kinds} {terms.cents // 100}".lower()
    )


def quality(desk: Desk, revisions: list[Terms], asked: list[Question], shown: int) -> None:
    """Prints how often the right promotion came first, and among the first three, by what is odd about a question."""
    texts = {terms.ost: told(terms) for terms in revisions}
    counts: Counter[tuple[str, str]] = Counter()
    for question in asked:
        places = [match.terms.ost for match in find(desk, question.text, limit=3).matches]
        scan = [
            ost for _, _, ost in process.extract(question.text.lower(), texts, scorer=fuzz.token_set_ratio, limit=3)
        ]
        for kind in ("all", *sorted(question.kinds)):
            counts[kind, "asked"] += 1
            counts[kind, "top-1"] += places[:1] == [question.ost]
            counts[kind, "top-3"] += question.ost in places
            counts[kind, "scan-1"] += scan[:1] == [question.ost]
            counts[kind, "scan-3"] += question.ost in scan
        if places[:1] != [question.ost] and shown > 0:
            shown -= 1
            print(f"  wanted {question.ost}, found {places}: {question.text}")
    print(f"{'':<14}{'asked':>7}{'top-1':>9}{'top-3':>9}   token_set_ratio: top-1, top-3")
    for kind in ("all", *sorted({kind for kind, _ in counts} - {"all"})):
        number = counts[kind, "asked"]
        parts = [f"{100 * counts[kind, name] / number:8.1f}%" for name in ("top-1", "top-3", "scan-1", "scan-3")]
        print(f"{kind:<14}{number:>7,}{parts[0]}{parts[1]}   {parts[2]}{parts[3]}")


def speed(desk: Desk, revisions: list[Terms], asked: list[Question]) -> None:
    """Prints the milliseconds of a lookup beside those of the scan.

    At work: what the processor spent on it, without what it spent on others meanwhile.
    """
    texts = {terms.ost: told(terms) for terms in revisions}
    find(desk, "first")  # reads the catalogue
    taken: dict[str, list[float]] = {"lookup": [], "of which at work": [], "scan": []}
    for question in asked:
        began, at_work = time.perf_counter(), time.thread_time()
        find(desk, question.text)
        between = time.perf_counter()
        taken["of which at work"].append((time.thread_time() - at_work) * 1000)
        process.extract(question.text.lower(), texts, scorer=fuzz.token_set_ratio, limit=10)
        taken["lookup"].append((between - began) * 1000)
        taken["scan"].append((time.perf_counter() - between) * 1000)
    for name, times in taken.items():
        cuts = statistics.quantiles(times, n=100)
        print(f"{name:<18} p50 {cuts[49]:6.2f}  p95 {cuts[94]:6.2f}  p99 {cuts[98]:6.2f}  worst {max(times):6.2f} ms")
    ratio = statistics.median(scan / own for own, scan in zip(taken["lookup"], taken["scan"], strict=True))
    print(f"scan ÷ lookup, median of the pairs: {ratio:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=2_400)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--promotions", type=int, default=5_000)
    parser.add_argument("--wrong", type=int, default=0)
    options = parser.parse_args()
    today: date = WRITTEN_ON
    demo = list(catalogue())
    with tempfile.TemporaryDirectory() as folder:
        print(f"{len({one.ost for one in demo})} promotions, {len(demo)} revisions, seed {options.seed}")
        asked = questions(demo, today, options.questions, options.seed)
        quality(store_with(Path(folder) / "demo", demo), demo, asked, options.wrong)
        large = demo + many(demo, max(0, options.promotions - len(demo)), options.seed)
        print(f"\n{len({one.ost for one in large}):,} promotions")
        speed(store_with(Path(folder) / "large", large), large, asked[:600])


if __name__ == "__main__":
    main()
