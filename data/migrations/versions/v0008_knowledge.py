"""Articles, their versions and topics, and what agents flag in them; their words in SQLite's FTS5"""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    pass
