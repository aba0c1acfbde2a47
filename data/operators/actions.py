"""Founding an operator's store, and setting its custom rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from data import audit
from data.agents.finding import NAME_LIMIT
from data.agents.rules import Permission, Role
from data.agents.tables import Agent, Credential, id_of
from data.desk import Desk, action, system_clock
from data.errors import Invalid, NotFound
from data.lines.tables import Carrier, Feature, Plan
from data.money import to_cents
from data.operators.catalog import Catalog, default_catalog
from data.operators.rules import (
    DEFAULT_ACCOUNT_PATTERN,
    OperatorKind,
    custom_rule_name,
    wrong_custom_rule,
    wrong_pattern,
    wrong_time_zone,
)
from data.operators.tables import CustomRule, Market, Operator
from data.store import Store, driver_of, open_store
from data.store_making import making_store
from data.text import LIMIT, clean, refuse_long


@dataclass(frozen=True)
class Founding:
    """What a new store must know. `admin` is the first administrator's sign-in name; `time_zone` an IANA name.

    `passphrase`: what they sign in with; "" where whoever can open the file is let in until one is chosen.
    `catalog`: what the operator sells; None takes the default.
    """

    kind: OperatorKind = OperatorKind.RESELLER
    name: str = "My operator"
    admin: str = "admin"
    time_zone: str = "America/New_York"
    account_pattern: str = DEFAULT_ACCOUNT_PATTERN
    catalog: Catalog | None = None
    demo: bool = False
    passphrase: str = field(default="", repr=False)


def found_store(where: str | Path, founding: Founding, *, now: datetime | None = None) -> Store:
    """Makes the store at `where` for a new operator with one administrator.

    Raises Invalid where a field of `founding` can't be, Refused where a file is already there, StoreTrouble where no
    store can be made.
    """
    check_founding(founding)
    now = now or system_clock()
    with making_store(where) as draft, draft.writing() as session:
        found(session, founding, now, audit.new_key(now))
    return open_store(where)


def check_founding(founding: Founding) -> None:
    """Raises Invalid, by field, where a field of `founding` can't be."""
    refuse_long(LIMIT, name=founding.name)
    refuse_long(NAME_LIMIT, admin=founding.admin)
    wrong = {"account_pattern": wrong_pattern(founding.account_pattern) or ""}
    if not clean(founding.name):
        wrong["name"] = "The operator needs a name."
    if not clean(founding.admin):
        wrong["admin"] = "The first administrator needs a name."
    wrong["time_zone"] = wrong_time_zone(founding.time_zone) or ""
    if founding.passphrase:
        from data.agents.passphrases import wrong_passphrase  # it loads Argon2

        wrong["passphrase"] = wrong_passphrase(founding.passphrase, (founding.admin, founding.name)) or ""
    if wrong := {field: sentence for field, sentence in wrong.items() if sentence}:
        raise Invalid(wrong, "No store was made.")


def found(session: Session, founding: Founding, now: datetime, key: str) -> None:
    """Writes a new operator, its catalog and its first administrator into an empty store; `key` is the audit's."""
    name, admin = clean(founding.name), clean(founding.admin)
    session.add(
        Operator(
            name=name,
            kind=founding.kind,
            account_pattern=founding.account_pattern,
            next_account=1,
            demo=founding.demo,
            created_at=now,
        )
    )
    agent = Agent(
        name=admin,
        display_name=admin,
        role=Role.ADMINISTRATOR,
        time_zone=founding.time_zone,
        created_at=now,
    )
    session.add(agent)
    if founding.passphrase:
        from data.agents.passphrases import hashed

        session.flush()
        session.add(Credential(agent_id=id_of(agent), hash=hashed(founding.passphrase), set_at=now))
    _stock(session, founding.catalog or default_catalog())
    event = audit.Event(detail={"kind": founding.kind, "name": name})
    audit.record(driver_of(session), event, key=key, at=now, agent=admin, action="operator.found")


def _stock(session: Session, catalog: Catalog) -> None:
    for carrier in catalog.carriers:
        session.add(Carrier(name=carrier.name, ocs_enabled=carrier.ocs))
    for plan in catalog.plans:
        session.add(
            Plan(
                name=plan.name,
                monthly_cents=to_cents(plan.monthly),
                voice_minutes=plan.voice,
                text_messages=plan.text,
                data_mb=plan.data,
                lifeline=plan.lifeline,
            )
        )
    for feature in catalog.features:
        session.add(Feature(name=feature.name, monthly_cents=to_cents(feature.monthly)))
    for market in catalog.markets:
        session.add(Market(name=market.name, states=market.states, allows_ocr=market.ocr, email=market.email))


@action("operator.set_rule", needs=Permission.ADMINISTER)
def set_rule(desk: Desk, name: str, value: str) -> None:
    """Sets the custom rule `name`. Raises NotFound where there is none such, Invalid where it can't hold `value`."""
    name, value = _known(name), value.strip()
    if wrong := wrong_custom_rule(name, value):
        raise Invalid({name: wrong}, "Nothing was changed.")
    rule = _rule(desk, name) or CustomRule(name=name, value="")
    desk.event.tell(rule=name, before=rule.value or None, after=value)
    rule.value = value
    desk.session.add(rule)


@action("operator.unset_rule", needs=Permission.ADMINISTER)
def unset_rule(desk: Desk, name: str) -> None:
    """Takes the custom rule `name` back to what holds without it; one that isn't set stays so."""
    name = _known(name)
    rule = _rule(desk, name)
    desk.event.tell(rule=name, before=rule.value if rule else None, after=None)
    if rule:
        desk.session.delete(rule)


def _rule(desk: Desk, name: str) -> CustomRule | None:
    return desk.session.exec(select(CustomRule).where(col(CustomRule.name) == name)).first()


def _known(name: str) -> str:
    known = custom_rule_name(name)
    if not known:
        raise NotFound(f"There is no custom rule called {clean(name)}.", "`careline rule list` shows them all.")
    return known
