"""Makes the search index anew in a smaller form: words by their ids, numbers as numbers; SQLite only."""

from typing import Any

from alembic import context, op

from data.search.sqlite.index.tables import VERSION, drop_tables, make_tables

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    driver: Any = connection.connection.driver_connection
    row = driver.execute("SELECT value FROM search_state WHERE name = 'version'").fetchone()
    if row and row[0] == VERSION:
        return  # an index that was made just now, by an earlier migration of the same run
    from data.search.sqlite.index.building import rebuild

    drop_tables(driver)
    make_tables(driver)
    tell = context.config.attributes.get("progress")
    rebuild(driver, tell and (lambda done, count: tell("making the search index", done, count)))
