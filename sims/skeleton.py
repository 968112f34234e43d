"""The beginning of a simulation of one's own: a package that runs, and a test that says what to do next."""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from sims import catalogue
from sims.third_party import RESERVED

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class SkeletonError(ValueError):
    """A skeleton cannot be written under this name or at this place; the text says why and what would do."""


def write_skeleton(name: str, into: Path) -> Path:
    """Write the package of a new simulation into a folder of its own below `into`, and return that folder.

    Raises:
        SkeletonError: The name is taken or is none, or the folder is there already. Nothing is written.
        OSError: The folder cannot be written.
    """
    module = _module(name)
    folder = into / name
    if folder.exists():
        raise SkeletonError(f"{folder} is there already: choose another name, or another folder with --into")
    for path, template in (
        ("pyproject.toml", "pyproject.toml.txt"),
        (f"{module}/simulation.py", "simulation.py.txt"),
        ("tests/test_simulation.py", "test_simulation.py.txt"),
    ):
        text = files("sims.templates").joinpath(template).read_text(encoding="utf-8")
        _write(folder / path, text.replace("@NAME@", name).replace("@MODULE@", module))
    _write(folder / module / "__init__.py", f'"""A simulation for quizapp: {name}."""\n')
    _write(folder / module / "py.typed", "")
    return folder


def _module(name: str) -> str:
    """Return the name of the package's module.

    Raises:
        SkeletonError: The name cannot be used.
    """
    if not _NAME.fullmatch(name):
        raise SkeletonError(f"{name!r} is no name: write small letters, digits and hyphens, a letter first")
    if name in RESERVED or name in catalogue.names():
        raise SkeletonError(f"{name!r} is taken: `quizapp sim` lists the simulations there are")
    module = name.replace("-", "_")
    if keyword.iskeyword(module) or find_spec(module) is not None:
        raise SkeletonError(f"Python has a module {module!r} already: another name keeps the two apart")
    return module


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
