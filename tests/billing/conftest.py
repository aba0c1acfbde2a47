"""Bills are tested at the demo operator that the promotions have."""

from tests.promotions.conftest import demo, demo_file, lead

__all__ = ["demo", "demo_file", "lead"]
