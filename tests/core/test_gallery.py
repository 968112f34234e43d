"""The gallery's order: what fits a card, then the groups, then what cannot be used."""

from __future__ import annotations

from dataclasses import replace

from quizapp.core.gallery import BROKEN, FITS, GROUPS, Exhibit, exhibits, sections
from sims import catalogue
from sims.scale_explosion import ScaleExplosion


class Foreign(ScaleExplosion):
    """A simulation of a group that quizapp has not thought of."""

    header = replace(ScaleExplosion.header, name="foreign", title="Foreign", group="quantum")


FOUND = exhibits([*catalogue.everything(), Foreign()], [("bad", "it raises"), ("scale-explosion", "taken")])


def shown(*fits: str, words: str = "") -> dict[str, list[str]]:
    """Return the headings with the names under them."""
    found = sections(FOUND, fits, words)
    return {section.heading: [exhibit.name for exhibit in section.exhibits] for section in found}


def test_groups_stand_in_their_order_and_hold_each_simulation_once() -> None:
    """The known groups, then those of other packages, then what is broken."""
    groups = shown()
    assert [heading for heading in groups if heading in GROUPS] == [g for g in GROUPS if g in groups]
    assert list(groups)[-2:] == ["quantum", BROKEN]
    assert groups[BROKEN] == ["bad", "scale-explosion"]
    names = [name for heading, names in groups.items() if heading != BROKEN for name in names]
    assert sorted(names) == sorted([*catalogue.NAMES, "foreign"])


def test_what_fits_stands_above_and_nowhere_else() -> None:
    """The best first, three at the most; a name that is taken as well stays among the broken."""
    groups = shown("scale-explosion", "foreign", "densenet-concat", "vanishing-gradients")
    assert next(iter(groups)) == FITS
    assert groups[FITS] == ["scale-explosion", "foreign", "densenet-concat"]
    assert groups[BROKEN] == ["bad", "scale-explosion"]
    assert "quantum" not in groups
    assert "vanishing-gradients" in groups["gradients"]


def test_words_leave_what_says_all_of_them() -> None:
    """Name, title, group, claim and words count, whatever their case; empty headings go."""
    assert shown(words="QUANTUM foreign") == {"quantum": ["foreign"]}
    assert shown(words="it raises") == {BROKEN: ["bad"]}
    assert shown(words="zzz") == {}
    assert shown("foreign", words="densenet concatenate").get(FITS) is None


def test_a_broken_one_is_called_by_its_name() -> None:
    """It has no title of its own."""
    broken = Exhibit("bad", None, "it raises")
    assert (broken.title, broken.group) == ("bad", BROKEN)
