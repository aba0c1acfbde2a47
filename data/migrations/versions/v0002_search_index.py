"""What search finds customers by, kept right by triggers; SQLite only (PostgreSQL has pg_trgm)"""

from alembic import op

from data.search.sqlite.index.tables import make_tables

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    driver = connection.connection.driver_connection
    make_tables(driver)
    from data.search.sqlite.index.building import rebuild

    rebuild(driver)
