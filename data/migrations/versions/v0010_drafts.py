"""What agents have typed and not saved yet."""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass
