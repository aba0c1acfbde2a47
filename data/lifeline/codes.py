"""The vendor's error codes: what each means, and what an agent does next.

The codes are NLAD's published ones. California's and the states' files answer with the same names here; a code that
is not in the table is shown as it came, with the advice to look it up.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.lifeline.rules import NoticeRemedy as Remedy


@dataclass(frozen=True)
class VendorError:
    """`meaning` follows the code after a colon; `next_step` is one or two sentences for the agent.

    `passing`: the vendor could not judge; it may accept the same information later, so the daily timer sends it again.
    `field`: the customer's field to begin with, "" where none is named.
    """

    code: str
    meaning: str
    next_step: str
    remedy: Remedy = Remedy.HOW
    passing: bool = False
    field: str = ""


ERRORS = {
    error.code: error
    for error in (
        VendorError(
            "DUPLICATE_SUBSCRIBER",
            "this person already has Lifeline with a provider.",
            "Do they want the benefit moved here? `careline lifeline submit ACCOUNT --transfer`."
            " If not: `careline lifeline de-enroll ACCOUNT`.",
        ),
        VendorError(
            "DUPLICATE_ADDRESS",
            "someone at this building has Lifeline, and no apartment tells the households apart.",
            "Ask for the apartment or unit and edit the address. If they share it, they sign the household worksheet:"
            " `careline lifeline amend ACCOUNT --household MM-DD-YYYY`.",
            Remedy.EDIT,
            field="street2",
        ),
        VendorError(
            "DUPLICATE_PRIMARY_ADDRESS",
            "someone else at this address has Lifeline, and only one benefit is allowed for each household.",
            "If they are a household of their own, have them sign the household worksheet:"
            " `careline lifeline amend ACCOUNT --household MM-DD-YYYY`, then submit.",
        ),
        VendorError(
            "DUPLICATE_PHONE_NUMBER",
            "this phone number is registered for another Lifeline customer.",
            "Check the number on the line. If it is right, the customer who had it before must be de-enrolled first.",
            Remedy.EDIT,
        ),
        VendorError(
            "TPIV_FAIL",
            "the identity could not be confirmed.",
            "Check the name, the birth date and the last four SSN digits or the Tribal ID; correct them and submit.",
            Remedy.EDIT,
            field="first_name",
        ),
        VendorError(
            "TPIV_FAIL_NAME_SSN4",
            "the name and the last four digits of the SSN do not belong together.",
            "Ask for the name as on the Social Security card and for the four digits; correct them and submit.",
            Remedy.EDIT,
            field="last4_ssn",
        ),
        VendorError(
            "TPIV_FAIL_DOB",
            "the birth date does not match.",
            "Ask for the birth date, correct it and submit.",
            Remedy.EDIT,
            field="birth_date",
        ),
        VendorError(
            "TPIV_FAIL_IDENTITY_NOT_FOUND",
            "nobody is known by this name, birth date and number.",
            "Check the spelling of the legal name. If all is right, the customer proves who they are with a document.",
            Remedy.EDIT,
            field="first_name",
        ),
        VendorError(
            "TPIV_FAIL_DECEASED",
            "this person is recorded as deceased.",
            "Check the birth date and the four digits. If they are right, it needs a document: ask a team lead.",
            Remedy.EDIT,
            field="birth_date",
        ),
        VendorError(
            "TPIV_WEBSERVICE_ERROR",
            "the identity service did not answer.",
            "Nothing is wrong with the customer's information. Submit again later; the daily submission does so too.",
            Remedy.SUBMIT,
            passing=True,
        ),
        VendorError(
            "INVALID_ADDRESS",
            "the address is not written as the vendor needs it.",
            "Correct the street, the city, the state or the ZIP. It must be where the customer lives, not a PO box.",
            Remedy.EDIT,
            field="street",
        ),
        VendorError(
            "AMS_FAILURE_ANALYSIS",
            "the postal address service does not know this address.",
            "Check the house number, the street and the ZIP with the customer, correct them and submit.",
            Remedy.EDIT,
            field="street",
        ),
        VendorError(
            "CANNOT_TRANSFER_WITHIN_60_DAYS",
            "the benefit was moved less than 60 days ago and can't be moved yet.",
            "Tell the customer the day from which it can move. Then: `careline lifeline submit ACCOUNT --transfer`.",
        ),
        VendorError(
            "SAC_NOT_SIX_DIGITS",
            "the study area code is not six digits.",
            "Correct it with `careline lifeline amend ACCOUNT --sac CODE`, then submit.",
        ),
        VendorError(
            "SUBSCRIBER_UNDER_18",
            "the customer is younger than 18.",
            "Check the birth date. A minor can't have Lifeline, unless emancipated: then it needs a document.",
            Remedy.EDIT,
            field="birth_date",
        ),
    )
}


def error_for(code: str) -> VendorError:
    """What `code` means; one that is not published gets the advice to look it up."""
    return ERRORS.get(code) or VendorError(
        code, "Careline does not know this code.", "Look it up in the vendor's guide, then correct and submit again."
    )
