"""Who may grant which credit: one table, and the way that a request goes because of it (docs/credits.md).

$200 and more needs a Release Agreement. Above $200 and below $500 is an On Call Resolution, in the moment and through
a team lead, where the Market allows it: $200.00 is not one, and $500.00 is not one.

Careline's own choice: an agent grants alone up to the operator's own limit ($50 unless a custom rule says
otherwise); a lead grants alone what needs no Release Agreement. Everything else, $500 and more with it, is decided by
a lead who did not ask for it, so that two people stand behind each agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from data import money
from data.agents.rules import Role
from data.credits.rules import CreditKind
from data.text import capital, with_article

AGREEMENT_FROM = Decimal("200.00")
OCR_ABOVE = Decimal("200.00")
OCR_BELOW = Decimal("500.00")
USUAL_OWN_LIMIT = Decimal("50.00")
BELOW_AGREEMENT = AGREEMENT_FROM - money.CENT
NOTHING = Decimal(0)

EVERY_KIND = frozenset(CreditKind)
EVERYDAY = frozenset({CreditKind.ACCESSORY_COUPON, CreditKind.BILL_CREDIT, CreditKind.SETUP_FEE})


@dataclass(frozen=True)
class Authority:
    """What `role` may do with credits of `kinds`, in dollars.

    `alone`: the most that it grants on its own word, None being the operator's own limit for agents. `asks`: whether
    it may ask for more. `decides`: whether it decides what others ask for, of any amount.
    """

    role: Role
    kinds: frozenset[CreditKind]
    alone: Decimal | None
    asks: bool = True
    decides: bool = False


AUTHORITY: tuple[Authority, ...] = (
    Authority(Role.AGENT, EVERYDAY, alone=None),
    Authority(Role.AGENT, EVERY_KIND - EVERYDAY, alone=NOTHING),
    Authority(Role.LEAD, EVERY_KIND, alone=BELOW_AGREEMENT, decides=True),
    Authority(Role.ADMINISTRATOR, EVERY_KIND, alone=BELOW_AGREEMENT, decides=True),
    Authority(Role.TRAINER, EVERY_KIND, alone=NOTHING, asks=False),
)
"""Role × kind × amount. Each role and kind stands in exactly one row."""


@dataclass(frozen=True)
class MarketRule:
    """A Market, as far as credits are concerned."""

    name: str
    allows_ocr: bool


@dataclass(frozen=True)
class Route:
    """Which way a request goes. `approver`: the role that decides, None where nobody else must; `why`: in words."""

    alone: bool
    ocr: bool
    release_agreement: bool
    approver: Role | None
    why: str


def authority(role: Role, kind: CreditKind) -> Authority:
    """The row of AUTHORITY for `role` and `kind`."""
    return next(row for row in AUTHORITY if row.role is role and kind in row.kinds)


def route(
    kind: CreditKind,
    amount: Decimal,
    market: MarketRule | None,
    role: Role,
    *,
    own_limit: Decimal = USUAL_OWN_LIMIT,
    before: Decimal = NOTHING,
) -> Route:
    """The way that a request of `role` for `amount` dollars goes; `market` None: any that allows what it comes to.

    `own_limit`: what the operator lets an agent grant alone. `before`: what was asked for on the same case within
    30 days; an agent's and a lead's own word covers all of it together, or none.
    """
    row = authority(role, kind)
    limit = own_limit if row.alone is None else row.alone
    agreement = amount >= AGREEMENT_FROM
    if not agreement and limit and amount + before <= limit:
        granted = f"{capital(with_article(role))} may grant up to {money.show(limit)} alone."
        return Route(alone=True, ocr=False, release_agreement=False, approver=None, why=granted)
    within = OCR_ABOVE < amount < OCR_BELOW
    ocr = within and (market is None or market.allows_ocr)
    why = [
        _more_than_alone(row, limit, amount, before),
        _about_ocr(amount, market) if amount >= OCR_ABOVE else "",
        f"{money.show(AGREEMENT_FROM)} and more needs a signed Release Agreement." if agreement else "",
    ]
    told = " ".join(filter(None, why))
    return Route(alone=False, ocr=ocr, release_agreement=agreement, approver=Role.LEAD, why=told)


def _more_than_alone(row: Authority, limit: Decimal, amount: Decimal, before: Decimal) -> str:
    who = with_article(row.role)
    if not row.asks:
        return f"{capital(who)} asks for no credits; an agent or a lead does."
    decider = "another lead decides" if row.decides else "a lead decides"
    if not limit:
        return f"{capital(who)} grants none of this kind alone: {decider}."
    if amount <= limit:
        return (
            f"With {money.show(before)} asked for on this case within 30 days it is more than the {money.show(limit)}"
            f" that {who} may grant alone: {decider}."
        )
    return f"It is more than the {money.show(limit)} that {who} may grant alone: {decider}."


def _about_ocr(amount: Decimal, market: MarketRule | None) -> str:
    bounds = f"above {money.show(OCR_ABOVE)} and below {money.show(OCR_BELOW)}"
    if not OCR_ABOVE < amount < OCR_BELOW:
        return f"It is no On Call Resolution, which is {bounds}."
    if market is None:
        return f"It goes as an On Call Resolution ({bounds}), provided that the Market allows those."
    if market.allows_ocr:
        return f"It goes as an On Call Resolution ({bounds}), which {market.name} allows."
    return f"It would be an On Call Resolution ({bounds}), but {market.name} allows none."


def limits_passed(amount: Decimal, together: Decimal, own_limit: Decimal) -> tuple[str, ...]:
    """The limits that requests of `together` dollars pass and that `amount` by itself does not."""
    limits = (
        (own_limit, False, f"more than the {money.show(own_limit)} that an agent may grant alone"),
        (AGREEMENT_FROM, True, f"{money.show(AGREEMENT_FROM)} or more, which needs a Release Agreement"),
        (OCR_BELOW, True, f"{money.show(OCR_BELOW)} or more, which is no On Call Resolution"),
    )
    return tuple(
        words for limit, at, words in limits if _passes(together, limit, at) and not _passes(amount, limit, at)
    )


def _passes(amount: Decimal, limit: Decimal, at: bool) -> bool:
    return amount >= limit if at else amount > limit
