"""The keys line: those that matter here, as many as fit; it follows the focus and never overflows."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

GAP = "  "


class KeysLine(Widget):
    """One line of key and name, from the bindings that are active now; help is always the last."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        return fit(self._keys(), self.size.width)

    def _keys(self) -> list[tuple[str, str, bool]]:
        """(key, name, enabled) of the active bindings that show, each action once, help last."""
        seen: dict[str, tuple[str, str, bool]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.description and binding.action not in seen:
                seen[binding.action] = (self._key(binding), binding.description, enabled)
        help_key = seen.pop("help", None)
        return [*seen.values(), *([help_key] if help_key else [])]

    def _key(self, binding: Binding) -> str:
        return self.app.get_key_display(binding)


def fit(keys: list[tuple[str, str, bool]], width: int) -> Content:
    """As many of `keys` as `width` columns hold, whole; the last one (help) always."""
    if not keys:
        return Content("")
    *others, last = [
        Content.assemble((f" {key} ", "$keys-key"), (f"{name}", "" if enabled else "dim"))
        for key, name, enabled in keys
    ]
    room = width - last.cell_length
    kept: list[Content] = []
    for part in others:
        room -= part.cell_length + len(GAP)
        if room < 0:
            break
        kept.append(part)
    return Content(GAP).join([*kept, last])
