"""Telephone, device, account and case numbers: parsed, checked, shown and converted (docs/glossary.md).

Each `parse_…` takes what a person types or a file holds and returns the one canonical form, or None where the text
is no such number. Everything here is pure; a library is loaded only for what is not plainly written.
"""

from data.identifiers.accounts import account_value, case_number_in, parse_account, parse_case
from data.identifiers.devices import (
    DUAL_MODE,
    esn_decimal,
    forms,
    iccid_checks,
    meid_decimal,
    parse_esn,
    parse_iccid,
    parse_imei,
    parse_meid,
    pseudo_esn,
    show_iccid,
    show_imei,
    show_meid,
)
from data.identifiers.luhn import luhn_digit, luhn_holds
from data.identifiers.phones import is_plain_nanp, parse_mdn, show_mdn

__all__ = [
    "DUAL_MODE",
    "account_value",
    "case_number_in",
    "esn_decimal",
    "forms",
    "iccid_checks",
    "is_plain_nanp",
    "luhn_digit",
    "luhn_holds",
    "meid_decimal",
    "parse_account",
    "parse_case",
    "parse_esn",
    "parse_iccid",
    "parse_imei",
    "parse_mdn",
    "parse_meid",
    "pseudo_esn",
    "show_iccid",
    "show_imei",
    "show_mdn",
    "show_meid",
]
