"""Cities and streets in the search index by what sounds like them and by two slips; in the room that it takes, one
index of IMEIs' ends with and without the check digit, in place of two; SQLite only."""

from typing import Any

from alembic import op

from data.search.sqlite.index.tables import ROW_INDEXES, make_indexes
from data.search.sqlite.index.vocabulary import slip_rows

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    driver: Any = connection.connection.driver_connection
    for outgrown in ("search_imei_end", "search_imei_serial"):
        driver.execute(f"DROP INDEX IF EXISTS {outgrown}")
    make_indexes(driver, ROW_INDEXES)
    places = driver.execute("SELECT word FROM search_word WHERE substr(word, 1, 1) IN ('@', '~')")
    keys = slip_rows([word for (word,) in places])  # those of one slip are there
    driver.executemany("INSERT OR IGNORE INTO search_slip VALUES (?, ?)", keys)
    driver.execute("UPDATE search_state SET value = '4' WHERE name = 'version' AND value = '3'")
