"""Where the outside world is. What has no address here is answered by an embedded stand-in that works offline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Connections:
    """Addresses of the systems that an operator runs beside Careline. Tokens are never shown, not even in a repr.

    `ocs_url`: the charging system's TMF654 root, such as https://ocs.example/tmf-api/prepayBalanceManagement/v4.
    `smtp_url`: the mail server, smtp://USER:PASSWORD@HOST:PORT or smtps://…; without it, mail is written into the
    folder `outbox` (beside the store where None). `mail_from`: the address that mail comes from.
    `text_domain`: the text gateway; a mail to NUMBER@text_domain arrives on that phone. `link_url`: where a customer's
    confirmation page is; a link to it ends with the token that `careline verify confirm` takes.
    """

    ocs_url: str | None = None
    ocs_token: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)  # it may hold a password
    mail_from: str | None = None
    outbox: str | None = None
    text_domain: str | None = None
    link_url: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Connections:
        """What CARELINE_OCS_URL, _OCS_TOKEN, _SMTP_URL, _MAIL_FROM, _OUTBOX, _TEXT_DOMAIN and _LINK_URL say.

        What is unset or empty stays offline.
        """
        return cls(
            ocs_url=environment.get("CARELINE_OCS_URL") or None,
            ocs_token=environment.get("CARELINE_OCS_TOKEN") or None,
            smtp_url=environment.get("CARELINE_SMTP_URL") or None,
            mail_from=environment.get("CARELINE_MAIL_FROM") or None,
            outbox=environment.get("CARELINE_OUTBOX") or None,
            text_domain=environment.get("CARELINE_TEXT_DOMAIN") or None,
            link_url=environment.get("CARELINE_LINK_URL") or None,
        )


OFFLINE = Connections()
