"""Pseudo-ESNs in the search index by the end of their decimal form, in place of the hex read backwards, and the
nicknames that are known by now; SQLite only."""

from typing import Any

from alembic import op

from data.search.sqlite.index.tables import decimal_end, fill_nicknames

revision = "0014"
down_revision = "0013"

_ENDS = f"""
    INSERT OR IGNORE INTO search_number
    SELECT 'd' || printf('%06d', {decimal_end("key")}) || substr(key, -6), who
    FROM search_number WHERE key >= 'p' AND key < 'q'"""


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute("DELETE FROM search_number WHERE key >= '<' AND key < '='")
        driver.execute(_ENDS)
        fill_nicknames(driver)
        driver.execute("UPDATE search_state SET value = '3' WHERE name = 'version' AND value = '2'")
