"""What the keys of a screen do now, each once: for the help and the command palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be done, and the keys for it."""

    name: str
    words: str
    keys: str
    action: str
    node: DOMNode


def offers(screen: Screen[object]) -> list[Offer]:
    """Return what quizapp's keys do on a screen now, in the order of the footer; Textual's own keys have no id."""
    found: dict[tuple[str, DOMNode], Offer] = {}
    for active in screen.active_bindings.values():
        binding, node = active.binding, active.node
        if not binding.id or not binding.description or not active.enabled:
            continue
        key = screen.app.get_key_display(binding)
        before = found.get((binding.action, node))
        keys = key if before is None or key in before.keys.split(", ") else f"{before.keys}, {key}"
        name, words = (before.name, before.words) if before else (binding.description, binding.tooltip)
        found[binding.action, node] = Offer(name, words or name, keys, binding.action, node)
    return list(found.values())
