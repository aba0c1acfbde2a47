"""The Release Agreement as a document: parties, amount in figures and in words, case, date, lines to sign on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from data.credits.words import amount_in_words
from data.money import show

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN, LINE = 22, 6  # mm
BLANK = "_" * 38


@dataclass(frozen=True)
class Terms:
    """What an agreement says. `months` 1: all at once; `monthly`: dollars of the first month.

    `customer` "": the Orphan Account's; a line is left to fill the name in.
    """

    operator: str
    customer: str
    address: str
    account: str
    case: str
    credit: int
    version: int
    kind: str
    related_to: str
    amount: Decimal
    months: int
    monthly: Decimal
    made_at: datetime

    @property
    def day(self) -> str:
        """The day it was drawn up, MM-DD-YYYY."""
        return f"{self.made_at:%m-%d-%Y}"


def release_agreement(terms: Terms) -> bytes:
    """The agreement as a PDF of one page; the same terms give the same bytes."""
    from fpdf import FPDF

    pdf = FPDF(format="letter")
    pdf.set_creation_date(terms.made_at)
    pdf.set_title(f"Release Agreement {terms.credit}-{terms.version}")
    pdf.set_margin(MARGIN)
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 18)
    _write(pdf, "Release Agreement")
    pdf.set_font("Helvetica", "", 9)
    _write(pdf, f"Credit {terms.credit}, version {terms.version}, drawn up on {terms.day}")
    for heading, text in paragraphs(terms):
        _paragraph(pdf, heading, text)
    for party in (terms.customer, terms.operator):
        _signature(pdf, party)
    return bytes(pdf.output())


def paragraphs(terms: Terms) -> tuple[tuple[str, str], ...]:
    """What the agreement says: each heading with its text."""
    where = ", ".join(
        filter(None, (f"account {terms.account}" if terms.account else "", f"case {terms.case}" if terms.case else ""))
    )
    spread = (
        f" It is given in {terms.months} monthly credits, the first of {show(terms.monthly)}."
        if terms.months > 1
        else " It is given once."
    )
    return (
        (
            "Parties",
            f"{terms.customer or TO_FILL_IN}{f', {terms.address}' if terms.address else ''} (the customer) and "
            f"{terms.operator} (the company), about {where}.",
        ),
        ("Matter", f"{terms.kind}, related to: {terms.related_to}."),
        ("Amount", f"{show(terms.amount)} ({amount_in_words(terms.amount)}).{spread}"),
        (
            "Agreement",
            "The company gives the customer the credit named above. The customer takes it as the full and final answer "
            "to this matter and asks for nothing further because of it. Neither side admits a fault. Other matters, "
            "and rights that no agreement may take away, stay as they are.",
        ),
        ("When it holds", "The credit is given once both parties have signed."),
    )


def _paragraph(pdf: FPDF, heading: str, text: str) -> None:
    pdf.ln(LINE)
    pdf.set_font("Helvetica", "B", 11)
    _write(pdf, heading)
    pdf.set_font("Helvetica", "", 11)
    _write(pdf, text)


def _signature(pdf: FPDF, party: str) -> None:
    pdf.ln(3 * LINE)
    pdf.set_font("Helvetica", "", 11)
    _write(pdf, f"Signature {BLANK}   Date ________________")
    _write(pdf, f"for {party or TO_FILL_IN}")


def _write(pdf: FPDF, text: str) -> None:
    pdf.multi_cell(0, LINE, printable(text), new_x="LMARGIN", new_y="NEXT")


def printable(text: str) -> str:
    """`text` in the letters that the document's typeface has, which is Latin-1.

    Accents beyond it are left out (Š → S); a word in another script becomes a line to fill in by hand, since a name
    on an agreement is right or is left to the person.
    """
    return " ".join(_printable_word(word) for word in text.split(" "))


def _printable_word(word: str) -> str:
    letters = [_latin(letter) for letter in word.translate(PLAIN)]
    return TO_FILL_IN if None in letters else "".join(filter(None, letters))


def _latin(letter: str) -> str | None:
    if ord(letter) < 256:
        return letter
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() and base.isprintable() else None


TO_FILL_IN = "_" * 16
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d"}
)
