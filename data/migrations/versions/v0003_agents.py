"""What it takes to sign in: passphrases, tokens, access requests, grants and invitation codes."""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass
