"""Which axes the learner turned from linear to logarithmic or back, view by view."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sims.protocol import View


@dataclass(frozen=True, slots=True)
class Axes:
    """A value: turning an axis returns another one.

    Attributes:
        turned: The names of views whose axis, "x" or "y", is not as the view declares it.
    """

    turned: frozenset[tuple[str, str]] = frozenset()

    def toggled(self, view: View, axis: str) -> Axes:
        """Return this with one axis of a view turned over."""
        return Axes(self.turned ^ {(view.name, axis)})

    def applied(self, view: View) -> View:
        """Return the view as it is to be drawn."""
        return replace(
            view,
            log_x=view.log_x is not ((view.name, "x") in self.turned),
            log_y=view.log_y is not ((view.name, "y") in self.turned),
        )

    def words(self, view: View) -> str:
        """Return which axes of a view are turned, such as "y linear"; empty for none."""
        now = self.applied(view)
        kinds = {"x": now.log_x, "y": now.log_y}
        turned = [axis for axis in kinds if (view.name, axis) in self.turned]
        return ", ".join(f"{axis} {'log' if kinds[axis] else 'linear'}" for axis in turned)
