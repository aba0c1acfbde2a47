"""What a person is told of a file: why a row was rejected, and which values are odd but were kept."""

from __future__ import annotations

from enum import StrEnum


class Rejection(StrEnum):
    """Why a row can't be used; it follows "the row"."""

    UNCLOSED = "opens a quotation mark and never closes it"
    TOO_LONG = "holds a value that is far too long"
    TOO_MANY = "has more values than there are columns"
    TOO_FEW = "has less than half of the values that there are columns"
    HEADINGS = "repeats the headings"
    NO_NAME = "has no name and no company"
    ACCOUNT_ROUNDED = "has an account number that a spreadsheet rounded, such as 1.2E+09"
    ACCOUNT_LONG = "has an account number of more than 40 characters"


class Oddity(StrEnum):
    """What is odd about a value that was kept, or what was done about it."""

    SHORT_ROW = "fewer values than columns; the last ones were taken for empty"
    CONTROL = "control characters, left out"
    CUT = "a text longer than 200 characters, cut there"
    UNREADABLE = "letters that this encoding doesn't know, shown as �"
    PHONE_FOREIGN = "a phone number outside North America, kept as given"
    PHONE_ODD = "a phone number that can't be dialed as it stands, kept as given"
    PHONE_EXTENSION = "a phone number with an extension, kept as given beside the number"
    EMAIL_ODD = "an e-mail address that can't be one, kept as given"
    ZIP_PADDED = "a ZIP that had lost its leading zero, restored"
    ZIP_ODD = "a ZIP that isn't one, kept as given"
    STATE_ODD = "a state that isn't one, kept as given"
    ADDRESS_WHOLE = "an address that couldn't be taken apart, kept in one line"
    DATE_UNREAD = "a date that can't be read, left out"
    DATE_FUTURE = "a birth date in the future, left out"
    DATE_AMBIGUOUS = "a date that may be day or month first, read month first"
    IMEI_CHECK = "an IMEI whose check digit is wrong, kept as given"
    ICCID_CHECK = "an ICCID whose check digit is wrong, kept as given"
    DEVICE_ODD = "a device number of no known kind, kept as given"
    PLAN_NEW = "a plan that the operator doesn't have, added by its name without price and allowances"
    CARRIER_NEW = "a carrier that the operator doesn't have, added by its name"
    NAMES_TOO_MANY = "a plan or carrier beyond the first 200 new ones, left out"
    LIFELINE_ODD = "Lifeline dates that can't be, such as one still to come, left out"
    LIFELINE_OLDER = "Lifeline dates older than what was noted here, left out"
    REPEATED = "a row that stands in the file before, passed over"
    NAME_DIFFERS = "a further row of an account under another name; the first row's was kept"
    ACCOUNT_RENAMED = "an account that had another name before"
    MDN_SHARED = "a phone number that another customer's line has too"
