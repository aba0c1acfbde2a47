"""Quiz: decks, clues, games, answers, practice cards, assignments"""

import sqlalchemy as sa
from alembic import op

from data.columns import UTCDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pass
