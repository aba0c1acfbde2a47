"""Going to another place: what is typed until it is there waits for it, and never acts on the one that goes away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode
from textual.widget import AwaitMount

from screens.patience import tell_of_wait
from screens.telephone import CallApp

if TYPE_CHECKING:
    from screens.frame import Frame

AT_ONCE = frozenset({"lock", "quit"})  # the keys that wait for nothing
WAYS_UP = 3  # for a key, for the message that it makes, and for what that one makes
Typed = events.Key | events.Paste


@dataclass(eq=False)
class Going:
    """The person goes on from the screen `left`, as soon as what they go to is read. `typed`: what waits for it."""

    left: Frame
    typed: list[Typed] = field(default_factory=list)
    told: bool = False
    there: bool = False


class GoingApp(CallApp):
    """The application of which each screen says where the person goes: `set_out`, `arrive`, and always `end_going`."""

    going: Going | None = None
    """Where the person goes to; None while they stay."""

    def set_out(self, screen: Frame) -> Going:
        """What comes next on `screen`, or in its place, is being read; whatever was to come there before is not."""
        before = self.going
        self.going = going = Going(screen, before.typed if before and before.there else [])

        def tell(sentence: str) -> None:
            going.told = True
            screen.say(sentence)

        tell_of_wait(screen, lambda: self._is_awaited(going), tell)
        return going

    def arrive(self, going: Going) -> bool:
        """Whether it is to be shown: the person went nowhere else meanwhile, and nothing came over the screen."""
        if not self._is_awaited(going):
            return False
        going.there = True
        self._hush(going)
        return True

    def end_going(self, going: Going) -> None:
        """What was typed goes to what is there now; where nothing came, it was meant for nothing here."""
        if going is self.going and not going.there:
            self.going = None
        self.call_later(self._type_on, going)

    def _is_awaited(self, going: Going) -> bool:
        return going is self.going and not going.there and self.screen is going.left

    def _hush(self, going: Going) -> None:
        if going.told:
            going.left.say("")

    async def _type_on(self, going: Going) -> None:
        """Hands on what was typed: each key when all is done that the one before it asked for."""
        if going is not self.going:
            return
        if going.typed:
            await self._hand_on(going.typed.pop(0))
            self._follow(going, WAYS_UP, ())
        else:
            self.going = None

    def _follow(self, going: Going, ways: int, nodes: Sequence[DOMNode]) -> None:
        """Goes the way that a key goes, from what has the focus up to here, behind whatever is on it."""
        if nodes:
            if not nodes[0].call_later(self._follow, going, ways, nodes[1:]):
                self._follow(going, ways, nodes[1:])
        elif ways:
            self._follow(going, ways - 1, (self.focused or self.screen).ancestors_with_self)
        else:
            self.call_later(self._type_on, going)

    async def on_event(self, event: events.Event) -> None:
        if not (isinstance(event, Typed) and not event.is_forwarded and self._keeps(event)):
            await self._hand_on(event)

    async def _hand_on(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not self.screen.is_mounted:
            await AwaitMount(self.screen, [self.screen])  # what is typed ahead waits for the place that it is meant for
        await super().on_event(event)

    def _keeps(self, event: Typed) -> bool:
        """Keeps it back where the person is on the way; Esc says that they stay."""
        going = self.going
        if going is None or not (going.there or self.screen is going.left):
            return False
        key = event.key if isinstance(event, events.Key) else ""
        if key == "escape" and not going.there:
            self.going = None
            self._hush(going)
            return True
        known = self.screen.active_bindings.get(key) if self.screen.is_mounted else None  # else it has no parts to ask
        if known is not None and known.binding.id in AT_ONCE:
            return False
        going.typed.append(event)
        return True
