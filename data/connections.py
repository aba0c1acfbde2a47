"""Where the outside world is. What has no address here is answered by an embedded stand-in that works offline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Connections:
    """Addresses of the systems that an operator runs beside Careline. Tokens are never shown, not even in a repr.

    `ocs_url`: the charging system's TMF654 root, such as https://ocs.example/tmf-api/prepayBalanceManagement/v4.
    """

    ocs_url: str | None = None
    ocs_token: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Connections:
        """CARELINE_OCS_URL and CARELINE_OCS_TOKEN; what is unset or empty stays offline."""
        return cls(
            ocs_url=environment.get("CARELINE_OCS_URL") or None,
            ocs_token=environment.get("CARELINE_OCS_TOKEN") or None,
        )


OFFLINE = Connections()
