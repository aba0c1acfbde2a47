"""Markets, the carrier's regions: which a customer is in, whether it allows On Call Resolutions, and its mailbox."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.desk import Desk, action
from data.errors import Invalid, NotFound
from data.operators.rules import market_states, wrong_market
from data.operators.tables import Market
from data.text import LIMIT, clean, refuse_long

NAME_LIMIT = 60  # characters


@dataclass(frozen=True)
class MarketView:
    """A Market. `states`: two-letter states, a space between; `email`: where complaints go, "" where nobody said."""

    id: int
    name: str
    states: str
    allows_ocr: bool
    email: str


def markets(desk: Desk) -> tuple[MarketView, ...]:
    """Every Market, by name."""
    with desk.reading() as session:
        return tuple(sorted(map(_view, session.exec(select(Market)).all()), key=lambda market: market.name))


def market(session: Session, name: str) -> MarketView:
    """The Market of that name, in any case. Raises NotFound where there is none."""
    rows = session.exec(select(Market)).all()
    for row in rows:
        if row.name.casefold() == name.strip().casefold():
            return _view(row)
    known = ", ".join(sorted(row.name for row in rows)) or "none yet; an administrator adds them"
    raise NotFound(f"There is no Market called {clean(name, 60)}.", f"Markets: {known}.")


def market_with_id(session: Session, market_id: int | None) -> MarketView | None:
    """The Market with that id."""
    row = session.get(Market, market_id) if market_id else None
    return _view(row) if row else None


def market_of_state(session: Session, state: str) -> MarketView | None:
    """The Market that covers `state` (two letters), if one does."""
    if not state:
        return None
    rows = session.exec(select(Market).order_by(col(Market.id))).all()
    return next((_view(row) for row in rows if state.strip().upper() in row.states.split()), None)


@action("market.set", needs=Permission.ADMINISTER)
def set_market(
    desk: Desk,
    name: str,
    *,
    states: str | None = None,
    allows_ocr: bool | None = None,
    email: str | None = None,
) -> MarketView:
    """Changes the Market `name`, or adds it; None leaves a field as it is. Raises Invalid by field."""
    refuse_long(NAME_LIMIT, name=name)
    refuse_long(LIMIT, email=email or "")
    named = clean(name, NAME_LIMIT)
    if not named:
        raise Invalid({"name": "A Market needs a name."}, "Nothing was changed.")
    rows = desk.session.exec(select(Market)).all()
    row = next((row for row in rows if row.name.casefold() == named.casefold()), None)
    row = row or Market(name=named, states="", allows_ocr=False)
    if states is not None:
        row.states = market_states(clean(states, len(states)))
    if allows_ocr is not None:
        row.allows_ocr = allows_ocr
    if email is not None:
        row.email = clean(email)
    _check(row, [other for other in rows if other is not row], states=row.states if states is not None else "")
    desk.session.add(row)
    desk.session.flush()
    desk.event.tell(market=row.name, states=row.states, allows_ocr=row.allows_ocr, email=row.email)
    return _view(row)


def _check(row: Market, others: list[Market], *, states: str) -> None:
    """Raises Invalid for what can't be. `states`: those that are given now; what stood there is not looked at again."""
    if wrong := wrong_market(states, row.email):
        raise Invalid({"states" if "state" in wrong else "email": wrong}, "Nothing was changed.")
    for other in others:
        if shared := set(states.split()) & set(other.states.split()):
            raise Invalid({"states": f"{min(shared)} is in {other.name} already."}, "Nothing was changed.")


def _view(row: Market) -> MarketView:
    assert row.id is not None
    return MarketView(row.id, row.name, row.states, row.allows_ocr, row.email)
