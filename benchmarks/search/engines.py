"""The engines side by side: each is built from the same customers, and answers a text with the ids of ten customers.

Every peer gets the configuration that served it best; where a text is digits, a peer is asked for a number.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.search.engine import TEN, Engine, numbers_of, place_of, words_of
from benchmarks.search.people import Customer
from benchmarks.search.stores import WORK, careline_store

PHONE_DIGITS = 10
_DIGITS = re.compile(r"\d+")


class Careline(Engine):
    name = "Careline"

    def open(self) -> None:
        from data.desk import open_desk
        from data.search import search

        path, facts = careline_store(self.count)
        self.built_s, self.disk_mb = facts["index_s"], facts["index_mb"]
        self.desk, self.search = open_desk(path), search

    def find(self, text: str) -> list[int]:
        return [hit.customer_id for hit in self.search(self.desk, text, TEN).hits]

    def close(self) -> None:
        self.desk.store.close()

    @property
    def files(self) -> Path:
        return careline_store(self.count)[0]


class Tantivy(Engine):
    """One field a kind of token: names fuzzy (a swap is one slip) and as prefixes, numbers exact and by their end."""

    name = "tantivy, tuned"

    def open(self) -> None:
        import tantivy

        path = self.files
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, indexed=True)
        for field in ("name", "place", "number", "end"):
            schema.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
        self.schema = schema.build()
        built = path / "built"
        if not built.exists():
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
            started = time.perf_counter()
            self._fill(tantivy, tantivy.Index(self.schema, path=str(path)))
            built.write_text(str(time.perf_counter() - started))
        self.built_s = float(built.read_text())
        self.disk_mb = folder_mb(path)
        self.tantivy = tantivy
        self.index = tantivy.Index(self.schema, path=str(path), reuse=True)
        self.index.reload()
        self.searcher = self.index.searcher()

    @property
    def files(self) -> Path:
        return WORK / f"tantivy-{self.count}"

    def _fill(self, tantivy: Any, index: Any) -> None:
        writer = index.writer(heap_size=256_000_000, num_threads=2)
        for one in self.everyone:
            document = tantivy.Document()
            document.add_integer("id", one.id)
            document.add_text("name", " ".join(words_of(one)))
            document.add_text("place", " ".join(place_of(one)))
            numbers = numbers_of(one)
            document.add_text("number", " ".join(numbers))
            document.add_text("end", " ".join(number[-length:] for number in numbers for length in (4, 6, 7)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def find(self, text: str) -> list[int]:
        found = self._ids(self.tantivy.Query.boolean_query(self._parts(text.lower())))
        if not found and len(text) == PHONE_DIGITS and text.isdigit():  # a slip in it is looked for only then
            return self._ids(self.tantivy.Query.fuzzy_term_query(self.schema, "number", text, 1, True, False))
        return found

    def _ids(self, query: Any) -> list[int]:
        found = self.searcher.search(query, TEN, count=False).hits
        return [self.searcher.doc(address)["id"][0] for _, address in found]

    def _parts(self, text: str) -> list[Any]:
        make, must = self.tantivy.Query, self.tantivy.Occur.Must
        email = re.findall(r"\S+@\S+", text)
        tokens = re.findall(r"\w+", text)
        digits = "".join(_DIGITS.findall(text))
        if len(tokens) == len(re.findall(r"\b\d+\b", text)) and len(digits) >= 4:
            digits = digits[1:] if len(digits) == 11 else digits
            forms = [make.term_query(self.schema, field, digits) for field in ("number", "end")]
            if len(digits) < PHONE_DIGITS:  # may be the beginning of a number as well, which nobody says
                forms.append(make.regex_query(self.schema, "number", f"{digits}.*"))
            return [(must, make.boolean_query([(self.tantivy.Occur.Should, form) for form in forms]))]
        return [(must, self._token(token, bool(email))) for token in tokens]

    def _token(self, token: str, exact: bool) -> Any:
        make, should = self.tantivy.Query, self.tantivy.Occur.Should
        if token[0].isdigit() or exact:
            fields = ("number", "end", "place", "name")
            return make.boolean_query([(should, make.term_query(self.schema, field, token)) for field in fields])
        distance = 1 if len(token) < 5 else 2
        parts = [
            (should, make.boost_query(make.term_query(self.schema, "name", token), 3.0)),
            (should, make.term_query(self.schema, "place", token)),
            (should, make.fuzzy_term_query(self.schema, "name", token, distance, True, False)),
            (should, make.regex_query(self.schema, "name", f"{token}.*")),
        ]
        return make.boolean_query(parts)


class BruteForce(Engine):
    """rapidfuzz over every name: as good as comparing whole names gets."""

    each = 30

    def __init__(self, everyone: Sequence[Customer], scorer: str) -> None:
        super().__init__(everyone)
        self.name = f"rapidfuzz {scorer}"
        self.scorer = scorer

    def open(self) -> None:
        from rapidfuzz import fuzz

        started = time.perf_counter()
        self.names = {one.id: " ".join(words_of(one)) for one in self.everyone}
        self.built_s = time.perf_counter() - started
        self.compare = getattr(fuzz, self.scorer)

    def find(self, text: str) -> list[int]:
        from rapidfuzz import process

        return [key for _, _, key in process.extract(text.lower(), self.names, scorer=self.compare, limit=TEN)]


class FullText(Engine):
    """SQLite FTS5 by words and their beginnings, ranked."""

    name = "FTS5 prefix"
    each = 200
    options = "prefix='2 3 4'"

    def open(self) -> None:
        path = self.files
        self.connection = sqlite3.connect(path)
        if not self.connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'built'").fetchone():
            self.connection.execute("DROP TABLE IF EXISTS t")
            started = time.perf_counter()
            self.connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(words, content='', {self.options})")
            self.connection.executemany(
                "INSERT INTO t (rowid, words) VALUES (?, ?)",
                ((one.id, " ".join(words_of(one) + place_of(one) + numbers_of(one))) for one in self.everyone),
            )
            self.connection.commit()
            self.connection.execute("CREATE TABLE built (s)")
            self.connection.execute("INSERT INTO built VALUES (?)", (time.perf_counter() - started,))
            self.connection.commit()
        self.built_s = self.connection.execute("SELECT s FROM built").fetchone()[0]
        self.disk_mb = path.stat().st_size / 1e6

    @property
    def files(self) -> Path:
        return WORK / f"{self.name.replace(' ', '-')}-{self.count}.db"

    def find(self, text: str) -> list[int]:
        rows = self.connection.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (self.match(text),)
        )
        return [row[0] for row in rows]

    def match(self, text: str) -> str:
        return " ".join(f'"{token}"*' for token in re.findall(r"\w+", text.lower())) or '""'

    def close(self) -> None:
        self.connection.close()


class Trigrams(FullText):
    """SQLite FTS5 by trigrams: any of the text's, the most shared first."""

    name = "FTS5 trigram"
    each = 50
    options = "tokenize='trigram', detail='none'"

    def match(self, text: str) -> str:
        grams = {token[at : at + 3] for token in re.findall(r"\w+", text.lower()) for at in range(len(token) - 2)}
        return " OR ".join(f'"{gram}"' for gram in sorted(grams)) or '"zzz"'


class Postgres(Engine):
    """PostgreSQL 18 with pg_trgm: a GIN index over the name, one over the numbers backwards."""

    name = "PostgreSQL pg_trgm"
    each = 50

    def open(self) -> None:
        from benchmarks.search.postgres import open_postgres

        self.server, self.connection, self.built_s, self.disk_mb = open_postgres(self.everyone, self.files)

    @property
    def files(self) -> Path:
        return WORK / f"postgres-{self.count}"

    def find(self, text: str) -> list[int]:
        tokens = re.findall(r"\w+", text.lower())
        digits = "".join(_DIGITS.findall(text))
        if all(token.isdigit() for token in tokens) and digits:
            back = (digits[1:] if len(digits) == 11 else digits)[::-1]
            return self._rows("SELECT customer FROM number WHERE back LIKE %s LIMIT 10", (f"{back}%",))
        numbers = [token for token in tokens if token.isdigit() and len(token) >= 4]
        if numbers and len(tokens) > len(numbers):
            words = " ".join(token for token in tokens if token not in numbers)
            return self._rows(
                "SELECT p.id FROM number n JOIN person p ON p.id = n.customer WHERE n.back LIKE %s"
                " ORDER BY p.name <-> %s LIMIT 10",
                (f"{numbers[0][::-1]}%", words),
            )
        return self._rows(
            "SELECT id FROM person WHERE name %% %s ORDER BY name <-> %s LIMIT 10", (" ".join(tokens), " ".join(tokens))
        )

    def _rows(self, statement: str, values: tuple[Any, ...]) -> list[int]:
        return [row[0] for row in self.connection.execute(statement, values).fetchall()]

    def close(self) -> None:
        self.connection.close()
        self.server.cleanup()


def folder_mb(path: Path) -> float:
    """What all files under `path` take."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6


def engines(everyone: Sequence[Customer]) -> list[Engine]:
    """All of them, Careline first."""
    brute = [BruteForce(everyone, scorer) for scorer in ("WRatio", "token_sort_ratio")]
    others = [FullText(everyone), Trigrams(everyone), Postgres(everyone)]
    return [Careline(everyone), Tantivy(everyone), *brute, *others]
