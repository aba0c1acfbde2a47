"""Letters to customers whom no mail and no text reaches."""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    pass
