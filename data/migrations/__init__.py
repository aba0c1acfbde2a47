"""The schema, step by step: Alembic migrations that run when a store is opened."""
