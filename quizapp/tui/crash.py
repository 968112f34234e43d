"""What is shown when the app itself breaks: where, but never the cards' text."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_TRACEBACKS = "rich.traceback"


def hide_locals() -> None:
    """Make tracebacks leave out local variables: they hold the learner's cards.

    Textual imports Rich's tracebacks when it breaks and asks them for locals. They are changed as they are
    imported, because importing them for this alone would cost the first frame 20 ms.
    """
    loaded = sys.modules.get(_TRACEBACKS)
    if loaded is not None:
        _make_private(loaded)
    elif not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder:
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the protocol's signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname != _TRACEBACKS:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = cast("Loader", _Loader(spec.loader))
        return spec


class _Loader:
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        _make_private(module)


def _make_private(module: ModuleType) -> None:
    base: Any = module.Traceback
    if getattr(base, "is_private", False):
        return

    class PrivateTraceback(base):  # type: ignore[misc]  # the base is known once it has been imported
        is_private = True

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **{**options, "show_locals": False})

    vars(module)["Traceback"] = PrivateTraceback
