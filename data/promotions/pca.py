"""PCA: a promotion that fits is put on a line at once; seen before it is done, and undone the same day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from data import money
from data.agents.rules import Permission, Role, may
from data.billing.masking import refuse_masked_bills
from data.billing.rules import month_later, next_bill, scheduled
from data.billing.tables import BillingAccount
from data.cases.rules import EntryKind
from data.cases.tables import Case
from data.cases.writing import case_row, tell
from data.customers.tables import Account
from data.desk import Desk, action
from data.errors import NotFound, Refused
from data.identifiers import show_mdn
from data.lines.rules import LineStatus
from data.lines.tables import Line
from data.promotions.conditions import Condition, Facts, State, check
from data.promotions.facts import LineFacts, lines_facts, on_the_line
from data.promotions.gifts import gift
from data.promotions.queries import on_line, revisions
from data.promotions.records import terms_of
from data.promotions.rules import Gives, Terms
from data.promotions.standing import REPLACED_BY, put_there_since, replaced_by
from data.promotions.tables import LinePromotion, PromotionRevision
from data.promotions.views import Installment, OnLine, PcaPreview
from data.text import capital

USUAL_BILL_DAY = 1  # of an account that nobody has said it of
APPLY = "promotion.apply"  # what PCA is called in the audit, and what an article explains
CREDIT_INSTEAD = "Ask for a credit instead: r, or `careline credit request`."
LATER = ("arrival", "stacking")  # conditions that need not be met yet: the phone has time, what stands is replaced


def preview(desk: Desk, line_id: int, ost: str, given: Mapping[str, Any] | None = None, case: str = "") -> PcaPreview:
    """What putting the promotion on the line would do. `given`: facts that the store does not have, by name (Facts).

    Raises NotFound; Refused where the bills are masked, or with the condition that is not met, and the next best step.
    """
    with desk.reading() as session:
        try:
            return _previewed(desk, session, line_id, ost, given or {}, case)[0]
        except Refused as refused:
            refused.about = APPLY
            raise


@action(APPLY, needs=Permission.APPLY_PROMOTIONS)
def apply(
    desk: Desk,
    line_id: int,
    ost: str,
    given: Mapping[str, Any] | None = None,
    *,
    case: str = "",
    replacing: bool | Collection[str] = False,
) -> OnLine:
    """Puts a promotion on a line, with a note on the case (the account's newest open one, unless `case` names one).

    What does not stack with it ends, where `replacing` says so: True, or the OST numbers that were confirmed to end.
    Raises what `preview` raises, and Refused where something would end that nobody confirmed.
    """
    seen, revision, whose, facts = _previewed(desk, desk.session, line_id, ost, given or {}, case)
    if unsaid := [one.in_words for one in seen.replaces if replacing is not True and one.ost not in (replacing or ())]:
        raise Refused(f"It would end {' and '.join(unsaid)}.", "Look at it anew, and confirm what it ends (--replace).")
    note = _note_case(desk, whose, case)
    row = _row(desk, line_id, seen, revision, note, facts)
    desk.session.add(row)
    for one in seen.replaces:
        old = desk.session.get_one(LinePromotion, one.id)
        old.ended_on, old.ended_why = seen.starts_on, REPLACED_BY.format(ost=seen.ost)
    desk.session.flush()
    where = f" on {show_mdn(seen.line)}" if seen.line else ""
    text = f"PCA: OST {seen.ost} {seen.name}{where}, {seen.in_words}."
    if note:
        tell(desk, note, EntryKind.NOTE, text)
    desk.event.tell(
        account_id=whose.id, ost=seen.ost, line=seen.line, gives=seen.in_words, on_line=row.id, given=list(seen.given),
        replaces=[one.ost for one in seen.replaces],
    )  # fmt: skip
    return on_line(row, revision)


@action("promotion.undo", needs=Permission.APPLY_PROMOTIONS)
def undo(desk: Desk, on_line_id: int) -> OnLine:
    """Takes back what was put on a line today, by whoever did it or by a lead; what it replaced stands again.

    Raises NotFound; Refused on a later day, where it is undone already, or where what came since is in the way.
    """
    row = desk.session.get(LinePromotion, on_line_id)
    if row is None:
        raise NotFound("There is no such promotion on a line.", "Open the line again.")
    if row.undone_at is not None:
        raise Refused(f"{row.undone_by} took it back already.", "There is nothing left to undo.")
    if row.applied_at.astimezone(desk.agent.zone).date() != desk.today():
        raise Refused("It was put there on another day.", "A promotion is taken back the same day only.")
    if row.applied_by != desk.agent.name and not may(desk.agent.role, Permission.EDIT_PROMOTIONS):
        raise Refused(f"{row.applied_by} put it there.", f"Let them take it back, or a {Role.LEAD}.")
    revision = desk.session.get_one(PromotionRevision, row.revision_id)
    replaced = replaced_by(desk.session, row, revision.ost)
    if replaced and (later := put_there_since(desk.session, row)):
        raise Refused(f"OST {later} was put there since.", "Take that back first.")
    row.undone_by, row.undone_at = desk.agent.name, desk.now()
    for old in replaced:
        old.ended_on, old.ended_why = None, ""
    line = desk.session.get_one(Line, row.line_id)
    text = f"PCA undone: OST {revision.ost} {revision.name} taken back."
    if row.case_id:
        tell(desk, desk.session.get_one(Case, row.case_id), EntryKind.NOTE, text)
    desk.event.tell(account_id=line.account_id, ost=revision.ost, line=line.mdn, on_line=row.id)
    return on_line(row, revision)


def _row(
    desk: Desk, line_id: int, seen: PcaPreview, revision: PromotionRevision, note: Case | None, facts: Facts
) -> LinePromotion:
    """What stands in the store for a promotion that was put on a line."""
    return LinePromotion(
        line_id=line_id,
        revision_id=revision.id or 0,
        case_id=note.id if note else None,
        cents=money.to_cents(seen.amount),
        months=seen.months,
        first_bill_on=seen.starts_on,
        bought_on=facts.on or desk.today(),
        device=facts.device or "",
        trade_in=facts.trade_in or "",
        shape=facts.shape or "",
        applied_by=desk.agent.name,
        applied_at=desk.now(),
    )


def _previewed(
    desk: Desk, session: Session, line_id: int, ost: str, given: Mapping[str, Any], case: str
) -> tuple[PcaPreview, PromotionRevision, Account, Facts]:
    line = session.get(Line, line_id)
    if line is None:
        raise NotFound("That line is not here any more.", "Open the account again.")
    account = session.get_one(Account, line.account_id)
    refuse_masked_bills(session, desk, account)
    if line.status == LineStatus.DISCONNECTED:
        raise Refused("This line is disconnected: no bill would have the credits.", CREDIT_INSTEAD)
    whose = next(one for one in lines_facts(session, account, desk.today()) if one.line_id == line_id)
    facts, added = _facts(whose, given)
    standing, of_line = on_the_line(session, line_id, facts.on, desk.today())
    facts = replace(facts, **of_line)
    revision = _revision(session, ost, facts)
    terms = terms_of(revision)
    conditions = _checked(terms, facts)
    got = gift(terms, facts)
    if got.cents is None:
        raise Refused(
            f"What OST {terms.ost} comes to is not known: {got.words}.", "Say which phone, and its condition."
        )
    first = next_bill(_bill_day(session, account), desk.today())
    seen = PcaPreview(
        ost=terms.ost,
        name=terms.name,
        line=line.mdn,
        amount=money.from_cents(got.cents),
        months=got.months,
        schedule=_schedule(got.cents, got.months, _on_bill(first, terms.begins[0])),
        starts_by=_on_bill(first, terms.begins[1]),
        replaces=tuple(on_line(*pair) for pair in standing if not (terms.stacks and pair[1].stacks)),
        conditions=conditions,
        ends=tuple(map(str, terms.ends)),
        notes=terms.notes,
        given=added,
        case=_case_number(session, account, case),
    )
    return seen, revision, account, facts


def _bill_day(session: Session, account: Account) -> int:
    billing = session.get(BillingAccount, account.id)
    return billing.bill_day if billing else USUAL_BILL_DAY


def _on_bill(first: date, count: int) -> date:
    """The day of the bill that is so many cycles away; the next one is one."""
    return month_later(first, max(count, 1) - 1)


def _schedule(cents: int, months: int, starts_on: date) -> tuple[Installment, ...]:
    return tuple(
        Installment(month_later(starts_on, month), money.from_cents(scheduled(cents, months, month + 1)))
        for month in range(months)
    )


def _facts(whose: LineFacts, given: Mapping[str, Any]) -> tuple[Facts, tuple[str, ...]]:
    """What the store knows; only what it does not know is taken from the agent, and named."""
    added = {name: value for name, value in given.items() if value is not None and whose.facts.get(name) is None}
    names = tuple(name for name in added if name not in ("slack", "traded", "amount", "monthly", "months", "percent"))
    return Facts(**whose.facts | added), names


def _revision(session: Session, ost: str, facts: Facts) -> PromotionRevision:
    """The revision for the day of purchase; the last one where none fits or the day is not known."""
    rows = revisions(session, ost)
    return next((row for row in rows if facts.on is not None and terms_of(row).holds_on(facts.on)), rows[-1])


def _checked(terms: Terms, facts: Facts) -> tuple[Condition, ...]:
    """The conditions, where nothing stands against it. Raises Refused with the one that does."""
    if terms.gives is Gives.ACCESSORY:
        raise Refused(
            f"OST {terms.ost} gives an accessory, which does not stand on a bill.",
            "Ask for it as a credit: careline credit request accessory-coupon.",
        )
    conditions = check(terms, facts)
    if terms.ost in (facts.others or ()):
        raise Refused(f"The line has OST {terms.ost} already.", "Look at what the line has.")
    if terms.ost in (facts.had or ()):
        raise Refused(f"The line had OST {terms.ost} for this purchase, until another took its place.", CREDIT_INSTEAD)
    for one in conditions:
        if one.state is State.NOT_MET and one.name != "stacking":
            raise Refused(
                f"OST {terms.ost} does not fit, {one.name}: {one.why}.", f"{capital(one.wanted)}. {CREDIT_INSTEAD}"
            )
        if one.state is State.UNKNOWN and one.name not in LATER:
            raise Refused(
                f"OST {terms.ost}, {one.name}: {one.why}, and nobody has said so.",
                "Ask, and add it to what the customer says.",
            )
    return conditions


def _case_number(session: Session, account: Account, case: str) -> str | None:
    if case:
        row = case_row(session, case, to_write=False)
        if row.account_id != account.id:
            raise Refused(f"Case {row.number} is not this account's.", "Name one of this account's cases, or none.")
        return row.number
    newest = select(Case.number).where(Case.account_id == account.id, col(Case.closed_at).is_(None))
    return session.exec(newest.order_by(col(Case.id).desc()).limit(1)).first()


def _note_case(desk: Desk, account: Account, case: str) -> Case | None:
    number = _case_number(desk.session, account, case)
    return case_row(desk.session, number) if number else None
