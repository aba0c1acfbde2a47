"""How well and how fast customers are found, by Careline and by the engines that one would put beside it.

    python -m benchmarks.search [--customers 1000000] [--each 2000] [--seed 1] [--only Careline,tantivy]

Needs the `bench` extra. The customers are built once (some minutes) and kept in benchmarks/.work/. All engines answer
the same queries in turn in one run: times on a busy machine drift, the ratios are the figures.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from benchmarks.search.answerable import without_others_names
from benchmarks.search.at_hand import at_hand
from benchmarks.search.engine import Engine
from benchmarks.search.engines import BruteForce, Careline, engines
from benchmarks.search.machine import machine, memory_and_cold, one_edit
from benchmarks.search.people import Customer, people
from benchmarks.search.queries import KINDS, Asked, queries
from benchmarks.search.stored import Stored
from benchmarks.search.stores import SEED, WORK, careline_store

AT_ONCE = 20  # queries that one engine is asked before the next: in turn, as times drift, yet each with warm caches
TRACES = 25  # queries of each kind that are typed letter by letter
MOST_IN_MEMORY = 2_000_000  # customers, some 2 KB each
TRACED = ("Careline", "tantivy, tuned")
Answers = dict[str, dict[str, list[tuple[float, int]]]]  # kind → engine → (ms, place of the right one)


def main() -> None:
    options = _options()
    everyone = _everyone(options.customers)
    _set_aside()
    chosen = [one for one in engines(everyone) if _wanted(one.name, options.only)]
    for one in chosen:
        one.open()
        print(f"{one.name} is ready: built in {one.built_s:.0f} s, {one.disk_mb:.0f} MB", flush=True)
    asked = list(queries(random.Random(5).sample(everyone, min(60_000, len(everyone))), options.each, options.seed))
    _set_aside()
    with at_hand(chosen):
        answers = _ask(chosen, asked, everyone)
        _set_aside()
        traces = _trace([one for one in chosen if one.name in TRACED], asked, options.each)
    (WORK / "last.json").write_text(json.dumps(answers))
    for one in chosen:
        one.close()
    name = chosen[0].name
    places = {kind: [place for _, place in by.get(name, [])] for kind, by in answers.items()}
    answerable = without_others_names(name, places, asked, everyone)
    report = _report(chosen, answers, traces, options, answerable)
    print(report)
    if options.markdown:
        Path(options.markdown).write_text(report, encoding="utf-8")


def _set_aside() -> None:
    """What the benchmark itself holds is not looked through for garbage while an engine's time is taken."""
    gc.collect()
    gc.freeze()


def _everyone(count: int) -> Sequence[Customer]:
    """The customers: in memory as long as they fit."""
    if count <= MOST_IN_MEMORY:
        return list(people(count, SEED))
    return Stored(careline_store(count)[0], count, SEED)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=2_000, help="queries of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of engines, or beginnings of them")
    parser.add_argument("--markdown", help="also write the table there")
    return parser.parse_args()


def _wanted(name: str, only: str) -> bool:
    return not only or any(name.startswith(one.strip()) for one in only.split(","))


def _ask(chosen: list[Engine], asked: list[Asked], everyone: Sequence[Customer]) -> Answers:
    """Every engine the same queries, a few at a time in turn; a slow one gets the first of each kind only."""
    answers: Answers = defaultdict(lambda: defaultdict(list))
    for kind, some in groupby(asked, attrgetter("kind")):
        queries = list(some)
        for start in range(0, len(queries), AT_ONCE):
            for engine in chosen:
                for one in queries[start : min(start + AT_ONCE, engine.each)]:
                    if isinstance(engine, BruteForce) and one.by not in ("name", "company"):
                        continue
                    started = time.perf_counter()
                    ids = engine.find(one.text)
                    took = (time.perf_counter() - started) * 1000
                    answers[kind][engine.name].append((took, _place(one, ids, everyone)))
    return answers


def _place(asked: Asked, ids: list[int], everyone: Sequence[Customer]) -> int:
    """Where the first right one stands, from 0; 999 where there is none."""
    return next((place for place, id in enumerate(ids) if _right(asked, everyone[id - 1])), 999)


def _right(asked: Asked, hit: Customer) -> bool:
    meant = asked.meant
    if asked.by == "name":
        return (hit.first, hit.last) == (meant.first, meant.last) or meant.id == hit.id
    if asked.by == "company":
        return hit.company.split()[:2] == meant.company.split()[:2]
    if asked.by == "last":
        return hit.city == meant.city and meant.last in f"{hit.first} {hit.middle} {hit.last}"
    if asked.by == "last four":
        ending = meant.lines[0][0][-4:]
        return hit.last == meant.last and any(line[0].endswith(ending) for line in hit.lines)
    if asked.by == "ZIP":
        return (hit.first, hit.zip) == (meant.first, meant.zip)
    if asked.by == "mdn":
        return hit.id == meant.id or any(line[0].endswith(asked.text) for line in hit.lines)
    if asked.by == "beginning":
        return any(line[0].startswith(asked.text) for line in hit.lines)
    return hit.id == meant.id


def _trace(chosen: list[Engine], asked: list[Asked], each: int) -> dict[str, list[float]]:
    """The time of every key of some queries, each typed letter by letter into one engine, then into the next."""
    times: dict[str, list[float]] = defaultdict(list)
    step = max(each // TRACES, 1)
    for one in asked[::step]:
        for engine in chosen:
            for length in range(1, len(one.text) + 1):
                started = time.perf_counter()
                try:
                    engine.find(one.text[:length])
                except Exception:  # a peer's syntax error is no answer, and quick
                    if isinstance(engine, Careline):
                        raise
                    continue
                times[engine.name].append((time.perf_counter() - started) * 1000)
    return times


def _report(
    chosen: list[Engine],
    answers: Answers,
    traces: dict[str, list[float]],
    options: argparse.Namespace,
    answerable: list[str],
) -> str:
    lines = [
        f"{options.customers:,} customers, {options.each} queries of each kind (fewer where an engine is slow),"
        f" seed {options.seed}; {machine()}",
        "",
        "| kind | " + " | ".join(one.name for one in chosen) + " |",
        "|---|" + "---|" * len(chosen),
    ]
    for kind in KINDS:
        cells = [_cell(answers[kind].get(one.name, [])) for one in chosen]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    lines.append(
        "| **each key typed**: p50 / p99 / worst | "
        + " | ".join(_traced(traces.get(one.name)) for one in chosen)
        + " |"
    )
    built = [f"{one.built_s:.0f} s / {one.disk_mb:.0f} MB" for one in chosen]
    lines.append("| built in / on disk | " + " | ".join(built) + " |")
    lines += ["", "Each cell: p50 / p95 / p99 in ms · recall@1 / recall@10.", ""]
    lines += _ratios(chosen, answers) + answerable
    print("\n".join(lines), flush=True)  # what follows takes a while
    lines += ["", *memory_and_cold(options.customers), *one_edit(options.customers)]
    _, facts = careline_store(options.customers)
    lines.append(
        f"- index: {facts['index_mb'] * 1e6 / options.customers:.0f} bytes a customer, built in {facts['index_s']} s"
    )
    return "\n".join(lines) + "\n"


def _cell(found: list[tuple[float, int]]) -> str:
    if not found:
        return "–"
    times = sorted(took for took, _ in found)
    first, ten = (sum(place < most for _, place in found) / len(found) for most in (1, 10))
    return f"{_at(times, 0.5)} / {_at(times, 0.95)} / {_at(times, 0.99)} · {first:.3f} / {ten:.3f}"


def _traced(times: list[float] | None) -> str:
    if not times:
        return "–"
    times = sorted(times)
    return f"{_at(times, 0.5)} / {_at(times, 0.99)} / {times[-1]:.0f}"


def _at(times: list[float], share: float) -> str:
    value = times[min(int(len(times) * share), len(times) - 1)]
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def _ratios(chosen: list[Engine], answers: Answers) -> list[str]:
    """How many times as long as Careline each engine takes, in the middle of all kinds it answers."""
    found = []
    for one in chosen[1:]:
        ratios = [
            statistics.median(took for took, _ in by[one.name])
            / statistics.median(took for took, _ in by[chosen[0].name])
            for by in answers.values()
            if by.get(one.name) and by.get(chosen[0].name)
        ]
        if ratios:
            found.append(
                f"- {one.name}: {statistics.median(ratios):.1f} × Careline's time"
                f" ({min(ratios):.1f} to {max(ratios):.1f} by kind)"
            )
    return found


if __name__ == "__main__":
    main()
