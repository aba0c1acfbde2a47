"""What an agent may see this moment, and the one function that masks the rest of a view.

Every query over a customer's data asks `sight_in` once and masks what it returns, so that no screen, command or file
can forget to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import bindparam, literal, null, select, union_all
from sqlmodel import Session

from data.columns import columns
from data.desk import Desk
from data.errors import Refused
from data.verification.rules import FIELDS, LEVELS, LONGEST_CALL, MASK, Field, Level, Method, Outcome, opened
from data.verification.tables import Call, Reveal, VerificationStep

V = TypeVar("V")
Hidden = frozenset[Field]
Places = Mapping[str, Field]  # a view's own field → what it belongs to

ALL = frozenset(FIELDS)
NOTHING: Hidden = frozenset()

call, step, reveal = columns(Call), columns(VerificationStep), columns(Reveal)
OPEN = union_all(
    select(step.customer_id, step.method, null().label("field"))
    .join(Call, call.id == step.call_id)
    .where(
        call.agent_id == bindparam("agent"),
        call.ended_at.is_(None),
        call.begun_at > bindparam("forgotten"),
        step.outcome == Outcome.PASSED,
        step.lapsed_at.is_(None),
        step.customer_id.is_not(None),
    ),
    select(reveal.customer_id, literal(""), reveal.field).where(
        reveal.agent_id == bindparam("agent"),
        reveal.ended_at.is_(None),
        reveal.until > bindparam("now"),
    ),
)


@dataclass(frozen=True)
class Sight:
    """What an agent may see unmasked now: customer id → fields and level. What is not named is masked."""

    fields: Mapping[int, frozenset[Field]]
    levels: Mapping[int, Level]

    def hidden(self, customer_id: int | None) -> Hidden:
        """What is masked of that customer; nothing where there is no customer behind it."""
        if customer_id is None:
            return NOTHING
        return ALL - self.fields.get(customer_id, NOTHING)

    def level(self, customer_id: int | None) -> Level:
        """How far that customer is verified on the call that goes on."""
        return self.levels.get(customer_id, Level.NONE) if customer_id is not None else Level.NONE


def sight_in(session: Session, desk: Desk) -> Sight:
    """What the agent at this desk may see now, within a snapshot that is already open: one statement."""
    now = desk.now()
    chosen = {"agent": desk.agent.id, "now": now, "forgotten": now - LONGEST_CALL}
    levels: dict[int, Level] = {}
    fields: dict[int, frozenset[Field]] = {}
    for customer_id, method, field in session.connection().execute(OPEN, chosen):
        if method:
            level = levels[customer_id] = max(levels.get(customer_id, Level.NONE), LEVELS[Method(method)])
            seen = opened(level)
        else:
            seen = frozenset({Field(field)})
        fields[customer_id] = fields.get(customer_id, NOTHING) | seen
    return Sight(fields, levels)


def see(session: Session, desk: Desk, customer_id: int, field: Field) -> None:
    """Raises Refused where `field` of that customer is masked: for what is shown whole or not at all."""
    if field in sight_in(session, desk).hidden(customer_id):
        raise Refused(
            f"The {field} of this account {'are' if field.endswith('s') else 'is'} masked: no caller is verified.",
            "Verify the caller (v), or show it alone and say why (V).",
        )


def masked(view: V, hidden: Hidden, places: Places) -> V:
    """A copy of `view` without what is hidden: in each hidden place a text becomes MASK, anything else empty.

    An empty place stays as it is. If the view has a field `masked`, it lists what was masked, in the order of FIELDS.
    """
    if not hidden:
        return view
    changed: dict[str, Any] = {}
    behind = set()
    for name, field in places.items():
        value = getattr(view, name)
        if field in hidden and value not in ("", None, ()):
            behind.add(field)
            changed[name] = MASK if isinstance(value, str) else () if isinstance(value, tuple) else None
    if hasattr(view, "masked"):
        changed["masked"] = in_order(behind | set(view.masked))
    return replace(view, **changed) if changed else view  # type: ignore[type-var]


def in_order(behind: set[Field]) -> tuple[Field, ...]:
    """Fields in the order of the table, each once."""
    return tuple(field for field in FIELDS if field in behind)
