"""The same case as credits have."""

from tests.credits.conftest import case

__all__ = ["case"]
