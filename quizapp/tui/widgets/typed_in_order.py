"""Fields whose keys take effect in the order in which they came, however fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events


class TypedInOrder:
    """A field's own keys, such as backspace, act where its letters do: in its queue. Stands before the field's class.

    Textual inserts a letter when the field gets it, but runs a binding only once the key has come back to the app. Of a
    burst, which a slow connection delivers at once, letters typed after a backspace would be there before it.
    """

    async def _on_key(self, event: events.Key) -> None:
        """Run the field's own action at once."""
        assert isinstance(self, Widget)
        # Textual's own way to the keys, for the learner may have put other keys in their places.
        own = next((keys for owner, keys in self.screen._modal_binding_chain if owner is self), None)
        for binding in own.key_to_bindings.get(event.key, ()) if own else ():
            if not binding.priority and await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return


class Line(TypedInOrder, Input):
    """A line to type in."""
