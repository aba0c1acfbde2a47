"""Calls, how far callers are verified, customers' PINs, reveals, and looks without a call"""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass
