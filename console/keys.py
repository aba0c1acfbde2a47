"""docs/keys.md, made from the bindings themselves: `python -m console.keys` prints it, `--check` compares it.

A key that is not in the code is not in the document, and CI fails where the two differ.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from console.app import CarelineApp
from screens.account import AccountScreen
from screens.agent_deeds import AgentDeeds
from screens.article import ArticleScreen
from screens.audit import AuditScreen
from screens.bill import BillScreen
from screens.bulk import BulkScreen
from screens.case import CaseScreen
from screens.case_credits import CaseCredits
from screens.case_deeds import CaseDeeds
from screens.complaint_report import ReportScreen
from screens.complaints import ComplaintsScreen
from screens.credit import CreditScreen
from screens.deciding import DecidingScreen
from screens.dialog import Question
from screens.editing import EditingScreen
from screens.eligibility import EligibilityScreen
from screens.form import Form
from screens.help import HelpScreen
from screens.home import HomeScreen
from screens.knowledge import KnowledgeScreen
from screens.line import LineScreen
from screens.mail import MailScreen, Preview
from screens.menu import Menu
from screens.once import Once
from screens.overlay import Overlay
from screens.pending import PendingScreen
from screens.pending_deeds import PendingDeeds
from screens.promotion_deeds import PromotionDeeds
from screens.promotions import AskBox, PromotionsScreen
from screens.quiz import QuizScreen
from screens.quiz_ask import AskScreen
from screens.quiz_class_deeds import ClassDeeds
from screens.quiz_deck import DeckScreen
from screens.quiz_results import ResultsScreen
from screens.remark import RemarkScreen
from screens.review import ReviewScreen
from screens.search import SearchInput
from screens.seat import SeatedApp
from screens.setup_fee import SetUpFeeWalk
from screens.sheet import Sheet
from screens.sign_in import SignInScreen
from screens.telephone import EndCall
from screens.verify import Verify
from screens.versions import Versions
from screens.widgets.board import Board
from screens.widgets.choices import Answers, Choices
from screens.widgets.hit_list import HitList
from screens.widgets.one_of import OneOf
from screens.widgets.words_box import WordsBox
from screens.workspace import Workspace

PLACES: tuple[tuple[str, type[DOMNode]], ...] = (
    ("Everywhere", Workspace),
    ("In the whole console", CarelineApp),
    ("Who sits here", SeatedApp),
    ("At the door and the lock", SignInScreen),
    ("At home", HomeScreen),
    ("In the search box", SearchInput),
    ("In the list of hits", HitList),
    ("In any other list", Choices),
    ("In a box above a list", WordsBox),
    ("On an account", AccountScreen),
    ("On a line", LineScreen),
    ("On a case", CaseDeeds),
    ("Reading a case", CaseScreen),
    ("Asking in a case", CaseCredits),
    ("While editing", EditingScreen),
    ("Between two versions", Versions),
    ("In a remark for the carrier", RemarkScreen),
    ("On the pending dashboard", PendingScreen),
    ("With what waits there", PendingDeeds),
    ("Before many cases are changed", BulkScreen),
    ("Looking for a promotion", PromotionsScreen),
    ("In the box for what a customer says", AskBox),
    ("On a promotion", PromotionDeeds),
    ("On a bill", BillScreen),
    ("On what an account may have", EligibilityScreen),
    ("On a credit", CreditScreen),
    ("Deciding about credits", DecidingScreen),
    ("In the list of complaints", ComplaintsScreen),
    ("Reviewing a complaint", ReviewScreen),
    ("In the report on complaints", ReportScreen),
    ("In the list of who works here", AgentDeeds),
    ("Where a secret is shown once", Once),
    ("In Infomanager", KnowledgeScreen),
    ("On an article", ArticleScreen),
    ("In the audit", AuditScreen),
    ("In the queue of mail", MailScreen),
    ("Before a mail goes", Preview),
    ("In the quiz", QuizScreen),
    ("Answering a clue", AskScreen),
    ("In a class game", ClassDeeds),
    ("On the board of a class game", Board),
    ("In a quiz's results", ResultsScreen),
    ("Editing a deck", DeckScreen),
    ("Over a screen", Overlay),
    ("In a form", Form),
    ("In a longer form", Sheet),
    ("Where one of a few is chosen", OneOf),
    ("In a menu", Menu),
    ("Among the answers to a question", Answers),
    ("In the walk through a set-up fee", SetUpFeeWalk),
    ("In a question", Question),
    ("While a caller is verified", Verify),
    ("In the question that ends a call", EndCall),
    ("In the help", HelpScreen),
)
HEAD = """# Keys

Made from the program's own bindings by `python -m console.keys`; a test keeps it true.
The name in the last column is what you write in `careline.toml` to give a key of your own (see the agent's guide).
"""


def document() -> str:
    """The whole of docs/keys.md."""
    return "\n".join([HEAD, *(line for place, widget in PLACES for line in _section(place, widget))])


def _section(place: str, widget: type[DOMNode]) -> Iterator[str]:
    yield from (f"## {place}", "", "| keys | what they do | name |", "|---|---|---|")
    for binding in widget.BINDINGS:
        if isinstance(binding, Binding) and binding.tooltip:
            keys = " ".join(f"`{_shown(key)}`" for key in binding.key.split(","))
            yield f"| {keys} | {binding.tooltip} | {binding.id or ''} |"
    yield ""


def _shown(key: str) -> str:
    """A key as it is printed on a keyboard: "left_square_bracket" → "["."""
    return format_key(key).replace("|", "\\|")


def main(words: list[str]) -> int:
    """Prints the document, or with --check compares it with docs/keys.md; returns the exit code."""
    if words != ["--check"]:
        sys.stdout.write(document())
        return 0
    kept = Path(__file__).parent.parent / "docs" / "keys.md"
    if kept.exists() and kept.read_text(encoding="utf-8") == document():
        return 0
    sys.stderr.write("docs/keys.md is behind the bindings: run `python -m console.keys > docs/keys.md`.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
