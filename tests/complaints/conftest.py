"""The same case and lead as credits have."""

from tests.credits.conftest import case, lead

__all__ = ["case", "lead"]
