"""Painting: the same picture as Textual's own, from fewer lines, and the screen arranged only where something moves."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from data.desk import Desk
from screens.painter import Painter, runs
from screens.widgets.hit_list import HitList
from tests.builders import add_customer
from tests.screens.conftest import Console


@pytest.fixture(autouse=True)
def people(desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    add_customer(desk, "SV000002", first_name="John", last_name="Smith", mdns=["3135550188"])


async def test_the_picture_is_textuals_own(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    async with console() as person:
        for keys in (("s", "m"), ("enter",), ("question_mark",)):
            await person.press(*keys)
            compositor = person.app.screen._compositor
            ours = compositor.render_strips()
            with monkeypatch.context() as patch:
                patch.setattr(Painter, "_get_renders", Compositor._get_renders)
                assert compositor.render_strips() == ours


async def test_a_line_is_painted_without_the_others(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    async with console() as person:
        await person.type("smith")
        asked = []
        render_lines = HitList.render_lines

        def noted(hits: HitList, crop: Region) -> list[Strip]:
            asked.append(crop.height)
            return render_lines(hits, crop)

        monkeypatch.setattr(HitList, "render_lines", noted)
        person.app.screen.search.box.refresh()
        await person.rest()
        assert asked == []
        await person.press("m", "backspace")
        assert asked


async def test_only_what_comes_to_sight_arranges_the_screen(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    async with console() as person:
        arranged = []
        refresh_layout = Screen._refresh_layout
        monkeypatch.setattr(
            Screen, "_refresh_layout", lambda screen, **how: (arranged.append(screen), refresh_layout(screen, **how))
        )
        await person.press("s")
        assert len(arranged) == 1
        await person.type("mith")
        assert len(arranged) == 1


async def test_a_long_text_moves_in_the_box(console: Console) -> None:
    async with console() as person:
        await person.type("alvarez " + "x" * 90 + " smith")
        person.sees("xxx smith")
        person.does_not_see("alvarez")
        await person.press("home")
        person.sees("alvarez xxx")
        person.does_not_see("smith")


@given(st.sets(st.integers(0, 60)))
def test_runs_are_the_same_lines_in_one_piece_where_they_touch(lines: set[int]) -> None:
    found = list(runs(sorted(lines)))
    assert [line for first, count in found for line in range(first, first + count)] == sorted(lines)
    assert all(first + count < after for (first, count), (after, _) in pairwise(found))
