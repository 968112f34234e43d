"""Packages with simulations of their own, as an installer would leave them in a folder."""

from __future__ import annotations

from pathlib import Path

SIMULATION = '''"""One net more."""

from dataclasses import replace

from sims.scale_explosion import Knobs, ScaleExplosion


class Mine(ScaleExplosion):
    """The simulation `{name}`."""

    header = replace(ScaleExplosion.header, name="{name}", title="Mine: {name}", words=("zebra stripes",))


SIMULATION = Mine()
'''


def install(folder: Path, package: str, entries: dict[str, str], **modules: str) -> None:
    """Lay down a package that registers these entries, with these modules beside it."""
    folder.mkdir(exist_ok=True)
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    about = folder / f"{package}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8"
    )
    lines = ["[quizapp.sims]", *(f"{name} = {value}" for name, value in entries.items())]
    (about / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
