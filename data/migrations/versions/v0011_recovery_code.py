"""The recovery code of a store, with which an administrator who forgot the passphrase gets in."""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    pass
