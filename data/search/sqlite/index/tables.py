"""What the index is made of. Everything here is derived from the rows, and can be dropped and built anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

VERSION = "4"  # of what is kept in the index; another version there means that it must be rebuilt

TABLES = {
    # What a hit shows of a customer, and what the customer's entries are made from: see entries.py.
    "search_customer": """(
        id INTEGER PRIMARY KEY, first TEXT NOT NULL, middle TEXT NOT NULL, last TEXT NOT NULL, company TEXT NOT NULL,
        city TEXT NOT NULL, state TEXT NOT NULL, zip TEXT NOT NULL, street TEXT NOT NULL,
        account_id INTEGER, account TEXT NOT NULL, status TEXT NOT NULL, keys TEXT NOT NULL
    ) STRICT""",
    # Two words of one customer beside each other, both ways round: the first by its id; `who`: see entries.py.
    "search_pair": """(
        a INTEGER NOT NULL, b TEXT NOT NULL, who INTEGER NOT NULL, PRIMARY KEY (a, b, who)
    ) STRICT, WITHOUT ROWID""",
    # The ends of telephone numbers backwards, so that each end is a range.
    "search_phone": """(
        back INTEGER NOT NULL, who INTEGER NOT NULL, PRIMARY KEY (back, who)
    ) STRICT, WITHOUT ROWID""",
    # Numbers that no column of the rows holds as they may be typed.
    "search_number": """(
        key TEXT NOT NULL, who INTEGER NOT NULL, PRIMARY KEY (key, who)
    ) STRICT, WITHOUT ROWID""",
    # Every word of a name, and each city (@), street (~) and ZIP (#); `grade` is the bit length of `count`.
    "search_word": """(
        word TEXT NOT NULL PRIMARY KEY, id INTEGER NOT NULL, count INTEGER NOT NULL, grade INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # What slips and sounds lead to: under each key the words, and the beginnings of words, side by side.
    "search_slip": """(
        key TEXT NOT NULL PRIMARY KEY, words TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "search_nickname": """(
        name TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (name, other)
    ) STRICT, WITHOUT ROWID""",
    # Customers whose entries are to be brought up to date before the transaction ends.
    "search_dirty": "(customer_id INTEGER PRIMARY KEY) STRICT",
    # Ranges of customers who are to be entered later: see later.py.
    "search_later": "(first_id INTEGER PRIMARY KEY, last_id INTEGER NOT NULL) STRICT",
    "search_state": "(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
}
OUTGROWN = ("search_sound",)  # tables of earlier versions
BUILT = (
    "search_customer",
    "search_pair",
    "search_phone",
    "search_number",
    "search_word",
    "search_slip",
)

COMMON = 5  # the grade from which a word is among those offered for one, two or three letters
WORD_INDEXES = {
    f"search_word_{letters}": f"search_word (substr(word, 1, {letters}), grade DESC, word) WHERE grade >= {COMMON}"
    for letters in (1, 2, 3)
}
ACCOUNT_VALUE = "CAST(substr(number, 1 + length(rtrim(number, '0123456789'))) AS INTEGER)"  # SV093298 → 93298
START_DIGITS = 12  # of an IMEI, and of an ICCID after the 89 that all begin with: nearly unique, and small
IMEI_START = f"CAST(substr(imei, 1, {START_DIGITS}) AS INTEGER)"
IMEI_END = "CAST(substr(imei, -6) || substr(imei, -7, 1) AS INTEGER)"  # and the digit before: see imei_ends
ICCID_START = f"CAST(substr(iccid, 3, {START_DIGITS}) AS INTEGER)"
ICCID_END = "CAST(substr(iccid, -6) AS INTEGER)"


def imei_ends(six: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What IMEI_END may be of an IMEI that ends with `six` digits; and with these and a check digit not said."""
    before, five = divmod(six, 100_000)
    return tuple(range(six * 10, six * 10 + 10)), tuple((five * 10 + check) * 10 + before for check in range(10))


def decimal_end(column: str) -> str:
    """The last six digits of a hex number's decimal form, which its last six hex digits alone make."""
    digits = [f"{16**place} * instr('123456789ABCDEF', substr({column}, {-1 - place}, 1))" for place in range(6)]
    return f"({' + '.join(digits)}) % 1000000"


BIRTH_DAY = "CAST(replace(birth_date, '-', '') AS INTEGER)"
ROW_INDEXES = {  # over the rows themselves; SQLite keeps them
    "search_esn": "device (esn) WHERE esn <> ''",
    "search_esn_end": "device (substr(esn, -6)) WHERE esn <> ''",
    "search_esn_decimal": f"device ({decimal_end('esn')}) WHERE esn <> ''",
    "search_meid": "device (meid) WHERE meid <> ''",
    "search_meid_end": "device (substr(meid, -6)) WHERE meid <> ''",
    "search_meid_decimal": f"device ({decimal_end('meid')}) WHERE meid <> ''",
    "search_imei": f"device ({IMEI_START}) WHERE imei <> ''",
    "search_imei_ends": f"device ({IMEI_END}) WHERE imei <> ''",
    "search_iccid": f"device ({ICCID_START}) WHERE iccid <> ''",
    "search_iccid_end": f"device ({ICCID_END}) WHERE iccid <> ''",
    "search_birth_date": f"customer ({BIRTH_DAY}) WHERE birth_date IS NOT NULL",
    "search_account_value": f"account ({ACCOUNT_VALUE})",
    "search_email": "contact (lower(value)) WHERE medium = 'email'",
}
INDEXES = WORD_INDEXES | ROW_INDEXES

_OF_ACCOUNT = "SELECT customer_id FROM account WHERE id = {row}.account_id"
_OF_LINE = (
    "SELECT account.customer_id FROM line JOIN account ON account.id = line.account_id WHERE line.id = {row}.line_id"
)
SOURCES = {  # where each table's rows say whose they are, and the columns that the index is made from
    "customer": (
        "SELECT {row}.id",
        "first_name, middle_name, last_name, company_name, street, city, state, zip",
    ),
    "contact": ("SELECT {row}.customer_id", "customer_id, medium, value, position"),
    "account": ("SELECT {row}.customer_id", "customer_id, number, status"),
    "line": (_OF_ACCOUNT, "account_id, mdn, status"),
    "device": (_OF_LINE, "line_id, meid, imei"),
}


def make_tables(connection: Any) -> None:
    """Makes the index, empty, and the triggers that keep a note of what changed."""
    for name, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {name} {columns}")
    make_indexes(connection)
    make_triggers(connection)
    fill_nicknames(connection)
    connection.execute("INSERT INTO search_state VALUES ('version', ?)", (VERSION,))


def drop_tables(connection: Any) -> None:
    """Takes the whole index away, of whichever version it is."""
    drop_triggers(connection)
    drop_indexes(connection)
    for name in (*TABLES, *OUTGROWN):
        connection.execute(f"DROP TABLE IF EXISTS {name}")


def make_indexes(connection: Any, indexes: Mapping[str, str] = INDEXES) -> None:
    """Makes what of `indexes` is missing."""
    for name, columns in indexes.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


def drop_indexes(connection: Any, names: Iterable[str] = INDEXES) -> None:
    """Drops WORD_INDEXES and ROW_INDEXES, which may be of another version, or those of them called `names`."""
    for name in names:
        connection.execute(f"DROP INDEX IF EXISTS {name}")


def make_triggers(connection: Any) -> None:
    """From now on, a change of a customer's rows puts the customer on the list of those to bring up to date."""
    for table, (whose, columns) in SOURCES.items():
        for event, rows in (("INSERT", ["NEW"]), (f"UPDATE OF {columns}", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            notes = "".join(f"INSERT OR IGNORE INTO search_dirty {whose.format(row=row)}; " for row in rows)
            name = _trigger(table, event)
            connection.execute(f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {table} BEGIN {notes} END")


def drop_triggers(connection: Any) -> None:
    """Changes are noted no more; whoever calls this rebuilds the index in the same transaction."""
    for table in SOURCES:
        for event in ("INSERT", "UPDATE", "DELETE"):
            connection.execute(f"DROP TRIGGER IF EXISTS {_trigger(table, event)}")


def _trigger(table: str, event: str) -> str:
    return f"search_{table}_{event.split()[0].lower()}"


def fill_nicknames(connection: Any) -> None:
    """Writes who is called what, both ways."""
    from data.search.nicknames import both_ways

    connection.execute("DELETE FROM search_nickname")
    connection.executemany("INSERT INTO search_nickname VALUES (?, ?)", sorted(both_ways()))
