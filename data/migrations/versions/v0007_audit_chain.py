"""Chains the audit: each event carries the hash of the one before, and the last one's stands in a second place."""

import sqlalchemy as sa
from alembic import op

from data.audit.writing import chain_the_rest

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("audit_event", sa.Column("hash", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    chain_the_rest(op.get_bind().connection.driver_connection)
    stays = "BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
    op.execute(f"CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event WHEN OLD.hash <> '' {stays}")
    op.execute(f"CREATE TRIGGER audit_event_remains BEFORE DELETE ON audit_event {stays}")
