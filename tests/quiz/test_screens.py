"""The quiz by keyboard: a deck by oneself, practice, results, and the deck editor."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings
from data.desk import Desk
from data.quiz.actions import assign
from data.quiz.practice import practise
from data.quiz.queries import deck, decks
from data.quiz.results import results
from data.quiz.views import DeckView
from screens.menu import Menu
from screens.quiz import QuizScreen
from screens.quiz_deck import DeckScreen
from screens.quiz_practice import PracticeScreen
from screens.quiz_solo import SoloScreen
from tests.conftest import NOW
from tests.quiz.conftest import Clock, ClueId
from tests.quiz.decks import PAGE
from tests.quiz.screens import large, open_quiz
from tests.screens.conftest import Console, console

__all__ = ["console"]


async def test_an_agent_plays_a_deck_that_was_assigned(
    console: Console, agent: Desk, trainer: Desk, sailing: DeckView, clock: Clock
) -> None:
    assign(trainer, "Sailing", ["agent07"], NOW.date())
    async with console(at=agent) as person:
        await person.press("f9")
        person.sees("Play the quiz deck Sailing")
        await person.press("enter")
        assert isinstance(person.app.screen, SoloScreen)
        person.sees("0 of 6 answered · 0 points · 3:00 left", "Ships · 100")
        person.put("what is prot")
        clock.go_on(seconds=12)
        await person.press("enter")
        person.sees("× Wrong", "Answer: port", "1 of 6 answered", "2:48 left")
        await person.press("enter")
        person.put("pier")
        await person.press("enter")
        person.sees("✓ Right", "100 points")
        await person.press("escape", "enter")
        person.sees("2 of 6 answered", "Winds · 100")
        clock.go_on(minutes=4)
        person.app.screen.tick()
        await person.rest()
        assert large(person) == "1 of 6 right 100 of 900 points"
        await person.press("enter")
        person.does_not_see("Play the quiz deck Sailing")


async def test_a_sitting_of_practice(console: Console, agent: Desk, sailing: DeckView, clock: Clock) -> None:
    for view in sailing.clues[:4]:
        practise(agent, view.id, view.clue.answer)
    async with console(at=agent) as person:
        await open_quiz(person)
        person.sees("0 due · 2 new · 1 day in a row")
        await person.press("p")
        assert isinstance(person.app.screen, PracticeScreen)
        await person.press("enter")
        person.sees("Nothing is typed.", "0 asked")
        await person.press("enter")
        person.sees("× Wrong", "2 more after this one")
        await person.press("enter")
        for view in (sailing.clues[5], sailing.clues[4]):
            assert large(person) == view.clue.text
            person.put(view.clue.answer)
            await person.press("enter")
            person.sees("✓ Right", "Comes again 10:")
            await person.press("enter")
        assert large(person) == "2 of 3 right"
        person.sees("1 day in a row", "6 clues in practice", "Sun █ 6")
        await person.press("enter")
        assert isinstance(person.app.screen, QuizScreen)
        await person.press("p")
        assert large(person) == "Nothing to practice now"
        clock.go_on(hours=1)
        await person.press("enter", "escape")
        person.sees("6 Quiz clues to practice again")


async def test_an_agent_is_offered_nothing_of_a_trainer_s(console: Console, agent: Desk, sailing: DeckView) -> None:
    async with console(at=agent) as person:
        await open_quiz(person)
        for key in ("c", "e", "a", "i", "X"):
            await person.press(key)
            assert isinstance(person.app.screen, QuizScreen)
            person.sees("An agent may not")


async def test_results_are_narrowed_overruled_and_written_out(
    console: Console, trainer: Desk, agent: Desk, sailing: DeckView, clue: ClueId, tmp_path: Path
) -> None:
    practise(agent, clue("port"), "larboard")
    practise(agent, clue("pier"), "pier")
    async with console(at=trainer) as person:
        await open_quiz(person)
        await person.press("r")
        person.sees("By category · last 90 days · 1 of 2 right", "0% 0 of 1 Sailing · Ships", "11-16 ▅ 50%")
        await person.press("b")
        person.sees("By clue", "Ships 100: Ships for 100?")
        await person.press("b", "b")
        person.sees("By agent", "▲ 50% 1 of 2 agent07")
        await person.press("enter")
        person.sees("By category · last 90 days · 1 of 2 right · agent07")
        await person.press("o")
        assert isinstance(person.app.screen, Menu)
        person.sees("“larboard” · agent07 · Ships 100")
        await person.press("enter")
        person.sees("It counts as right", "2 of 2 right")
        await person.press("x")
        field = person.app.screen.query_one("#form-file")
        field.value = str(tmp_path / "out.csv")  # type: ignore[attr-defined]
        await person.press("enter")
        person.sees("Written to")
        assert (tmp_path / "out.csv").read_text().count("\n") == 3
        await person.press("escape", "t")
        person.sees("last 30 days")
    assert results(agent).whole.right == 2


async def test_a_trainer_mends_a_deck(console: Console, trainer: Desk, tmp_path: Path) -> None:
    file = tmp_path / "sailing.txt"
    file.write_text(PAGE, "utf-8")
    async with console(at=trainer) as person:
        await open_quiz(person)
        person.sees("No deck yet.")
        await person.press("i")
        person.app.screen.query_one("#form-file", Input).value = str(file)
        await person.press("ctrl+s")
        person.sees("✓ sailing: 6 clues in 3 categories. 3 to look at: e opens the deck.", "! 2 to mend")
        await person.press("e")
        assert isinstance(person.app.screen, DeckScreen)
        person.sees("sailing · version 1 · 6 clues · ! 2 to mend")
        await person.press("f")
        person.sees("! Another answer was glued to this one")
        await person.press("enter")
        form = person.app.screen
        form.query_one("#form-flags", Input).value = ""
        form.query_one("#form-key_terms", Input).value = "cast off|let go; back out; sails"
        await person.press("ctrl+s")
        person.sees("✓ Saved.", "version 2", "! 1 to mend")
        await person.press("x", "right", "enter")
        person.sees("✓ Taken out.", "5 clues")
        await person.press("n")
        new = person.app.screen
        new.query_one("#form-value", Input).value = "many"
        await person.press("ctrl+s")
        person.sees("whole number")
        await person.press("escape", "right", "enter")
        await person.press("H", "end", "enter")
        person.sees("✓ Version 1.", "6 clues")
        await person.press("w")
        person.app.screen.query_one("#form-file", Input).value = str(tmp_path / "out.toml")
        await person.press("ctrl+s")
        person.sees("Written to")
        await person.press("escape", "X")
        person.sees("✓ sailing is archived.", "× archived")
    kept = deck(trainer, "sailing")
    assert (kept.version, kept.archived, decks(trainer)) == (4, True, ())
    assert (tmp_path / "out.toml").read_text().startswith('name = "sailing"')


async def test_a_trainer_assigns_a_deck(console: Console, trainer: Desk, sailing: DeckView) -> None:
    async with console(at=trainer) as person:
        await open_quiz(person)
        await person.press("a")
        person.put("agent07")
        person.app.screen.query_one("#form-by", Input).value = "2026-11-29"
        await person.press("ctrl+s")
        person.sees("✓ 1 agent to play Sailing by 11-29-2026.")
        await person.press("a")
        person.app.screen.query_one("#form-by", Input).value = "soon"
        await person.press("ctrl+s")
        person.sees("is not a day; write it as MM-DD-YYYY.")


async def test_the_quiz_may_be_opened_before_the_store_is() -> None:
    app = CarelineApp(Settings())
    app.open_store = lambda: None  # type: ignore[method-assign, assignment]
    async with app.run_test() as pilot:
        await pilot.press("ctrl+t", "c", "e", "i", "r", "o", "t", "b", "escape", "p", "escape")
        assert isinstance(app.screen, QuizScreen)
