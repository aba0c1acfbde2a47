"""Spelling is forgiven; key terms, order where it is the answer, and figures are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.grading.__main__ import RIGHT, judged_answers
from data.quiz.grading import Verdict, grade
from data.quiz.rules import Clue, lettered

LEAD = Clue(category="a", value=1, text="Who takes it, who reads it?", answer="us, and it is reviewed by a team lead")
STEPS = Clue(
    category="a",
    value=1,
    text="The order in which a caller is verified.",
    answer="the link, the 6-digit temporary PIN, then the 4-digit PIN of their own",
    key_terms=("link|push", "temporary|6 digit", "own|4 digit"),
    ordered=True,
)
DAYS = Clue(category="a", value=1, text="How long does one have?", answer="60 days")
RANGE = Clue(
    category="a",
    value=1,
    text="Between what?",
    answer="above $200 and below $500",
    key_terms=("above 200|over 200|more than 200", "below 500|under 500|less than 500"),
)
FROM = Clue(category="a", value=1, text="Which requests need an RA?", answer="$200 or more")
ABOVE = Clue(category="a", value=1, text="Which are in the moment?", answer="more than $200")
HALF = Clue(category="a", value=1, text="Paid for an early upgrade?", answer="50% or more")
WITHIN = Clue(category="a", value=1, text="How soon?", answer="5 business days")
RA = Clue(category="a", value=1, text="The paper that is signed.", answer="the Release Agreement (RA)")
COUPON = Clue(category="a", value=1, text="What comes second?", answer="an accessory coupon")
STATES = Clue(category="a", value=1, text="Which three?", answer="California, Oregon and Texas")
QUOTE = Clue(
    category="a",
    value=1,
    text="In a quote this is included, and that is excluded.",
    answer="Autopay is included and taxes/fees are excluded",
)
WHOSE = Clue(
    category="a",
    value=1,
    text="A customer complains of a dealer: who takes it, and who has reviewed it?",
    answer="us (Customer Service) and it is reviewed by a Team Lead",
)

ACCEPTED = [
    (WHOSE, "Who is us and it is reviewed by a team lead?"),
    (WHOSE, "customer service, and it is reviewed by a team lead"),
    (QUOTE, "autopay included, fees excluded"),
    (QUOTE, "taxes are excluded and autopay is included"),
    (LEAD, "Us, and it's reviewed by a team lead"),
    (LEAD, "what is us and a team leed reviews it"),
    (STEPS, "push, temp PIN, their own PIN"),
    (STEPS, "first the link, then 6 digits, then their 4 digits"),
    (DAYS, "What is 60 days?"),
    (DAYS, "sixty"),
    (DAYS, "it is 60 days"),
    (RANGE, "over two hundred dollars and under five hundred"),
    (RANGE, "less than $500 but more than $200.00"),
    (FROM, "at least $200"),
    (FROM, "$200"),
    (ABOVE, "more than two hundred dollars"),
    (HALF, "half or more"),
    (WITHIN, "five working days"),
    (RA, "RA"),
    (RA, "who is the relase agrement"),
    (RA, "THE RELEASE AGREEMENT!!"),
    (COUPON, "accesory coupon"),
    (STATES, "texas, california & oregon"),
]
NOT_ACCEPTED = [
    (QUOTE, "taxes included, autopay excluded", Verdict.WRONG),
    (QUOTE, "autopay included", Verdict.PARTLY),
    (QUOTE, "autopay is not included and taxes are excluded", Verdict.WRONG),
    (QUOTE, "autopay is included and taxes are not excluded", Verdict.WRONG),
    (WHOSE, "it is reviewed by a team lead", Verdict.PARTLY),
    (DAYS, "less than 60 days", Verdict.WRONG),
    (DAYS, "nearly 60 days", Verdict.WRONG),
    (RA, "the lost release agreement", Verdict.PARTLY),
    (LEAD, "team lead", Verdict.PARTLY),
    (LEAD, "us, and it is not reviewed by a team lead", Verdict.WRONG),
    (STEPS, "own 4-digit PIN, temporary 6-digit PIN, link", Verdict.WRONG),
    (STEPS, "link, 4-digit temporary PIN, own 6-digit PIN", Verdict.WRONG),
    (STEPS, "link and temporary PIN", Verdict.PARTLY),
    (DAYS, "30 days", Verdict.WRONG),
    (DAYS, "60 months", Verdict.WRONG),
    (DAYS, "60 business days", Verdict.WRONG),
    (DAYS, "600", Verdict.WRONG),
    (DAYS, "60 or 90 days", Verdict.WRONG),
    (RANGE, "below $200 and above $500", Verdict.WRONG),
    (RANGE, "above $200", Verdict.PARTLY),
    (FROM, "more than $200", Verdict.WRONG),
    (FROM, "above 200", Verdict.WRONG),
    (FROM, "up to $200", Verdict.WRONG),
    (FROM, "$200 or less", Verdict.WRONG),
    (FROM, "more", Verdict.WRONG),
    (ABOVE, "$200 or more", Verdict.WRONG),
    (ABOVE, "at least $200", Verdict.WRONG),
    (HALF, "more than half", Verdict.WRONG),
    (WITHIN, "5 days", Verdict.WRONG),
    (RA, "lease agreement", Verdict.WRONG),
    (RA, "not the release agreement", Verdict.WRONG),
    (RA, "anything but the RA", Verdict.WRONG),
    (RA, "RB", Verdict.WRONG),
    (COUPON, "an accessory column", Verdict.PARTLY),
    (STATES, "California, Oregon, Texas and Florida", Verdict.PARTLY),
    (STATES, "Carolina, Oregon and Texas", Verdict.PARTLY),
    (COUPON, "", Verdict.WRONG),
    (COUPON, "what is ?", Verdict.WRONG),
]


@pytest.mark.parametrize(("clue", "typed"), ACCEPTED)
def test_what_is_right_is_accepted(clue: Clue, typed: str) -> None:
    judgement = grade(clue, typed)
    assert judgement.right, judgement


@pytest.mark.parametrize(("clue", "typed", "verdict"), NOT_ACCEPTED)
def test_what_is_wrong_is_not(clue: Clue, typed: str, verdict: Verdict) -> None:
    judgement = grade(clue, typed)
    assert not judgement.right
    assert judgement.verdict is verdict, judgement


def test_what_was_missing_is_said() -> None:
    assert grade(STATES, "Texas and Oregon").told == "Missing: California."
    assert grade(STEPS, "link, own PIN, temporary PIN").told == "All of it is there, in another order."
    assert grade(FROM, "more than $200").told == "Not “more than”."
    assert grade(FROM, "up to $200").told == "Not “up to”."
    assert grade(LEAD, "us").told == "That says nothing by itself."
    assert grade(DAYS, "30 days").told == "30 is another figure."


def test_an_alternative_that_a_trainer_added_is_right_from_then_on() -> None:
    assert not grade(COUPON, "twenty-five bucks for a case").right
    more = Clue(category="a", value=1, text="", answer="a coupon", alternatives=("twenty-five bucks for a case",))
    assert grade(more, "25 bucks for a case").right


def test_figures_that_a_trainer_names_must_be_there() -> None:
    clue = Clue(category="a", value=1, text="Which?", answer="0 and 1", key_terms=("digits",), figures=("0", "1"))
    assert grade(clue, "the digits 0 and 1").right
    assert not grade(clue, "the digits 0").right


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([LEAD, STEPS, DAYS, RANGE, RA, COUPON, STATES]), st.text(max_size=60))
def test_no_text_breaks_the_grader_and_hardly_any_is_right(clue: Clue, typed: str) -> None:
    assert grade(clue, typed).verdict in set(Verdict)


@given(st.permutations(["California", "Oregon", "Texas"]))
@settings(max_examples=6, deadline=None)
def test_order_does_not_matter_where_it_is_not_the_answer(states: list[str]) -> None:
    assert grade(STATES, ", ".join(states)).right


def test_answers_judged_by_hand_are_graded_as_they_were_judged() -> None:
    answers = list(judged_answers())
    assert len(answers) >= 300
    graded = [(one.kind in RIGHT, grade(one.clue, one.typed).right) for one in answers]
    assert not [one for one in graded if one == (False, True)]
    right = [accepted for is_right, accepted in graded if is_right]
    assert sum(right) / len(right) >= 0.95


def test_where_there_are_options_their_letters_count() -> None:
    clue = Clue(category="a", value=1, text="Left?", answer="port", choices=("starboard", "bow"))
    assert lettered(clue) == "A bow · B port · C starboard"
    assert [grade(clue, typed).right for typed in ("b", "B)", "port", "a", "starboard", "d")] == [True] * 3 + [
        False
    ] * 3
    assert lettered(DAYS) == "" and not grade(DAYS, "a").right
