"""Indexes for the last six digits of handsets' numbers as they are read out: an IMEI's without its check digit, and
those of decimal ESNs and MEIDs; SQLite only."""

from typing import Any

from alembic import op

from data.search.sqlite.index.tables import ROW_INDEXES, make_indexes

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        make_indexes(driver, ROW_INDEXES)
