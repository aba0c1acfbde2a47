"""Whatever a notice tells to do can be done from it: its commands are steps, and read as words on a screen."""

from __future__ import annotations

import pytest

from data.lifeline import notices
from data.lifeline.codes import ERRORS
from data.lifeline.steps import Step, day_must_be_said, in_words, steps


@pytest.mark.parametrize(
    ("how", "named"),
    [
        (notices.NOT_YET, ()),
        (notices.NOTICED, (Step.RECERTIFY,)),
        (notices.RECERTIFY, (Step.RECERTIFY,)),
        (notices.ANSWERED, (Step.RECERTIFY, Step.DE_ENROL)),
        (notices.DUPLICATE, (Step.DE_ENROL, Step.SETTLE)),
        (notices.PROVEN, (Step.SETTLE, Step.DE_ENROL)),
        (notices.USED, (Step.USE, Step.DE_ENROL)),
        (notices.HAND_OVER, (Step.HAND_OVER,)),
        (ERRORS["DUPLICATE_SUBSCRIBER"].next_step, (Step.TRANSFER, Step.DE_ENROL)),
        (ERRORS["DUPLICATE_ADDRESS"].next_step, (Step.HOUSEHOLD,)),
        (ERRORS["SAC_NOT_SIX_DIGITS"].next_step, ()),
    ],
)
def test_a_notice_names_its_steps(how: str, named: tuple[Step, ...]) -> None:
    assert steps(how) == named
    assert steps(notices.for_account(how, "SV093001")) == named


@pytest.mark.parametrize(
    ("how", "must"),
    [
        (notices.NOTICED, set()),
        (notices.RECERTIFY, set()),
        (notices.ANSWERED, {Step.RECERTIFY}),
        (notices.USED, set()),
        (ERRORS["DUPLICATE_ADDRESS"].next_step, set()),
    ],
)
def test_the_day_must_be_said_where_today_would_be_too_late(how: str, must: set[Step]) -> None:
    assert {step for step in Step if day_must_be_said(step, notices.for_account(how, "SV093001"))} == must


def test_on_a_screen_the_steps_read_as_words() -> None:
    said = in_words(notices.for_account(notices.ANSWERED, "SV093001"))
    assert said == "Answered in time? Note the recertification. If not: de-enroll."
    assert in_words(ERRORS["SAC_NOT_SIX_DIGITS"].next_step) == ERRORS["SAC_NOT_SIX_DIGITS"].next_step


def test_no_step_is_left_in_the_language_of_the_shell() -> None:
    told = [value for name, value in vars(notices).items() if name.isupper() and isinstance(value, str)]
    told += [error.next_step for error in ERRORS.values() if error.code != "SAC_NOT_SIX_DIGITS"]
    assert [how for how in told if "careline" in in_words(how)] == []
