"""Makes the search index anew in a smaller form, sorted once; SQLite only (PostgreSQL has pg_trgm)"""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pass
