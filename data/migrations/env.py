"""Alembic's way in: runs the migrations on the connection that the store hands over."""

from alembic import context

from data.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=False,  # the store's own transaction holds them all
    render_as_batch=True,
)
context.run_migrations()
