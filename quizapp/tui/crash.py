"""What is shown when the app itself breaks: where, but never the cards' text."""

from __future__ import annotations

from typing import Any


def hide_locals() -> None:
    """Make tracebacks leave out local variables: they hold the learner's cards."""
    import rich.traceback

    class PrivateTraceback(rich.traceback.Traceback):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **{**options, "show_locals": False})

    rich.traceback.Traceback = PrivateTraceback  # type: ignore[misc]  # a subclass stands in for its base
