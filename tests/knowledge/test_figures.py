"""The figures in the articles that come with Careline are those that its rules have."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.billing.entitlements import GUARANTEE
from data.cases.rules import UNDO_CLOSING_WITHIN
from data.credits.authority import AGREEMENT_FROM, OCR_ABOVE, OCR_BELOW
from data.credits.setup_fee import FEE
from data.credits.words import number_in_words
from data.knowledge.folders import shipped_articles
from data.lifeline import dates
from data.lifeline.notices import LAST_BUSINESS_DAYS
from data.money import CENT, show
from data.verification.rules import LEAST_ASKED, MOST_SENT, SENT_FOR, TEMPORARY_DIGITS, TEMPORARY_TRIES

LIMITS = tuple(map(show, (AGREEMENT_FROM - CENT, AGREEMENT_FROM, OCR_BELOW - CENT, OCR_BELOW)))
FIGURES = (
    ("credit-limits", "{} needs no Release Agreement, {} does; {} can be an On Call Resolution, {} cannot.", LIMITS),
    ("on-call-resolution", "above ${:.0f} and below ${:.0f}, through a team lead", (OCR_ABOVE, OCR_BELOW)),
    ("release-agreement", "A credit of **${:.0f} or more** needs a Release Agreement", (AGREEMENT_FROM,)),
    ("set-up-fee", "The fee is **${:.0f}**.", (FEE,)),
    ("early-upgrade", "when **50% or more** of the device payment agreement (DPA) is paid", ()),
    ("return-by-label", "Within the **{}-day** guarantee (WFG)", (GUARANTEE.days,)),
    ("lifeline-deadlines", "| answer to a recertification | {} days |", (dates.WINDOW_DAYS,)),
    ("lifeline-deadlines", "| federal notices begin | {} days before the anniversary |", (dates.NOTICE_DAYS,)),
    ("lifeline-deadlines", "| California's letter | {} days before |", (dates.CALIFORNIA_NOTICE_DAYS,)),
    ("lifeline-deadlines", "| no answer: de-enroll | within {} business days", (dates.DE_ENROL_BUSINESS_DAYS,)),
    ("lifeline-deadlines", "| not eligible: time to prove | {} days", (dates.PROOF_DAYS,)),
    ("lifeline-deadlines", "| free service not used | {} days, then {} days' notice",
     (dates.NON_USE_DAYS, dates.CURE_DAYS)),
    ("lifeline-changes", "within **{} business days**", (dates.TELL_CHANGE_BUSINESS_DAYS,)),
    ("lifeline-changes", "With {} business days left it turns urgent.", (number_in_words(LAST_BUSINESS_DAYS),)),
    ("lifeline-de-enrollment", "within **{} business day**", (dates.TELL_DE_ENROLMENT_BUSINESS_DAYS,)),
    ("temporary-pins", "A temporary PIN has {} digits", (number_in_words(TEMPORARY_DIGITS),)),
    ("temporary-pins", "It works once, and for {} minutes.", (number_in_words(SENT_FOR.seconds // 60),)),
    ("temporary-pins", "{} wrong tries make it void.", (number_in_words(TEMPORARY_TRIES).capitalize(),)),
    ("temporary-pins", "at most {} messages an hour", (number_in_words(MOST_SENT),)),
    ("rq-verification", "ask at least {} questions", (number_in_words(LEAST_ASKED),)),
    ("cloning-a-case", "within an hour" * (timedelta(hours=1) == UNDO_CLOSING_WITHIN) or "another time", ()),
)  # fmt: skip
"""An article, what it says, and the figures in it as the rules have them."""


@pytest.mark.parametrize(("slug", "says", "figures"), FIGURES)
def test_an_article_tells_the_figures_that_the_rules_have(slug: str, says: str, figures: tuple[object, ...]) -> None:
    assert says.format(*figures) in dict(shipped_articles())[slug].body
