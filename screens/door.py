"""The door, as the console shows it: whose store it is, and how somebody comes to sit there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.connections import Connections
    from data.desk import Clock, Desk
    from data.store import Store


@dataclass(frozen=True)
class Door:
    """`place`: what the store is called; `free`: nobody needs a passphrase here."""

    store: Store
    connections: Connections
    clock: Clock
    place: str
    free: bool = False

    @classmethod
    def of(cls, desk: Desk, place: str, *, free: bool) -> Door:
        """The door through which the agent at `desk` comes back."""
        return cls(desk.store, desk.connections, desk.clock, place, free)

    def enter(self, name: str, passphrase: str | None) -> Desk:
        """A desk for `name`. Raises Refused where name and passphrase do not fit, or after too many tries."""
        from data.desk import open_desk

        return open_desk(
            self.store,
            name,
            passphrase=passphrase,
            connections=self.connections,
            clock=self.clock,
            trusted=False,
        )

    def choose(self, desk: Desk, old: str, new: str) -> Desk:
        """Makes `new` the passphrase of whoever came in with the temporary `old`, and lets them in with it."""
        from data.agents.own import choose_passphrase

        choose_passphrase(desk, new, old)
        return self.enter(desk.agent.name, new)

    def join(self, code: str, name: str, passphrase: str) -> Desk:
        """Makes whoever has an invitation code an agent, and lets them in."""
        from data.agents.invitations import join

        return self.enter(join(self.store, code, name, passphrase, now=self.clock()), passphrase)
