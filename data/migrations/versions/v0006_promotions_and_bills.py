"""Promotions and what was put on lines; bills, device payments, charges, return labels"""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    pass
