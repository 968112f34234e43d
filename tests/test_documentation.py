"""What the documentation shows is what the program takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli.root import root
from quizapp.core.cloze import blanks
from quizapp.core.deck_expect import expectation_in
from quizapp.core.deck_parser import parse_topic
from quizapp.core.expectation import Choice, Exact, Number, Pattern
from quizapp.core.page import Style, lay_out
from quizapp.core.search import parse
from quizapp.core.search.examples import EXAMPLES, FIRST_TRIES
from quizapp.core.synonyms import synonyms_in
from quizapp.services.deck_checks import CatalogueCheck

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/deck-format.md")
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)


def fences(page: str) -> list[tuple[str, str]]:
    """Return (language, text) of each fenced block of a page."""
    return [(found[2], found[3]) for found in FENCE.finditer((ROOT / page).read_text(encoding="utf-8"))]


def commands() -> list[str]:
    """Return the `quizapp ...` commands that the README shows."""
    shown = (line.split("#")[0].strip() for _, text in fences("README.md") for line in text.splitlines())
    return [line for line in shown if line.startswith("quizapp ")]


@pytest.mark.parametrize("page", PAGES)
def test_shown_topics_are_topics(page: str) -> None:
    """Every whole topic that a page shows parses without a problem."""
    topics = [text for _, text in fences(page) if "## Question" in text]
    assert topics
    for text in topics:
        parsed = parse_topic(text, page, simulations=CatalogueCheck())
        assert parsed.problems == ()
        assert parsed.topic is not None


@pytest.mark.parametrize("page", PAGES)
def test_shown_sim_blocks_run(page: str) -> None:
    """Every `sim` block that a page shows names a simulation and knobs that it takes."""
    for _, text in fences(page):
        for block in re.findall(r"^```sim\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE):
            name, *settings = block.split()
            pairs = tuple((word.split("=")[0], word.split("=")[1]) for word in settings)
            assert CatalogueCheck().check(name, pairs) is None


def test_shown_prediction_cards_are_cards() -> None:
    """Every `sim predict` block of the format's page, put into a topic's answer, is a card that can be asked."""
    blocks = [
        block
        for _, text in fences("docs/deck-format.md")
        for block in re.findall(r"^```sim predict.*?\n```$", text, re.DOTALL | re.MULTILINE)
    ]
    assert blocks
    for block in blocks:
        topic = f"# T\n\n## Question\nq\n\n## Answer\n{block}\n"
        parsed = parse_topic(topic, "docs/deck-format.md", simulations=CatalogueCheck())
        assert parsed.problems == ()
        assert parsed.topic is not None
        assert len(parsed.topic.predictions) == 1


def test_links_lead_somewhere() -> None:
    """Every relative link of the pages names a file, and the README leads to every page by at most two links."""
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    led = {page: _linked(page) for page in pages}
    assert {to for tos in led.values() for to in tos if not to.exists()} == set()
    near = led[ROOT / "README.md"]
    near = near | {to for page in near for to in led.get(page, ())}
    assert set((ROOT / "docs").glob("*.md")) <= near


def test_no_page_holds_a_merge_conflict() -> None:
    """No line begins with an outer mark of a conflict, but within a fence that shows one."""
    for page in (ROOT / "docs").rglob("*.md"):
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        assert re.findall(r"^(?:<{7}|>{7})", text, re.MULTILINE) == [], page


def _linked(page: Path) -> set[Path]:
    """Return the files that a page's relative links name."""
    found = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    return {(page.parent / target).resolve() for target in found}


def test_shown_queries_are_queries() -> None:
    """Every search that docs/search.md and the browser's own help show can be searched for."""
    text = (ROOT / "docs/search.md").read_text(encoding="utf-8")
    cells = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    shown = [query.replace("\\|", "|") for cell in cells for query in re.findall("`([^`]+)`", cell)]
    assert len(shown) > 40
    for query in (*shown, *FIRST_TRIES, *(query for _, lines in EXAMPLES for query, _ in lines)):
        parse(query)


def test_shown_expectations_are_read() -> None:
    """Every `expect` block of the format's page is well formed, there is one of each kind, and a text with blanks."""
    blocks = [
        block
        for _, text in fences("docs/deck-format.md")
        for block in re.findall(r"^```expect.*?\n```$", text, re.DOTALL | re.MULTILINE)
    ]
    found = []
    for block in blocks:
        parsed = parse_topic(f"# T\n\n## Question\nq\n\n## Answer\n{block}\n", "docs/deck-format.md")
        assert parsed.problems == ()
        assert parsed.topic is not None
        found.append(type(expectation_in(parsed.topic.answer)))
    assert set(found) == {Exact, Pattern, Number, Choice}
    topics = [text for _, text in fences("docs/deck-format.md") if "## Question" in text and "{{" in text]
    assert [[len(blank.accepted) for blank in blanks(text)] for text in topics] == [[2, 1]]


def test_shown_synonyms_are_read() -> None:
    """The line of the format's page declares groups."""
    parsed = [
        parse_topic(text, "docs/deck-format.md").topic
        for _, text in fences("docs/deck-format.md")
        if "**Synonyms:**" in text
    ]
    assert [len(synonyms_in(topic.metadata).groups) for topic in parsed if topic is not None] == [2]


def test_shown_formulas_are_shown_as_they_are_laid_out() -> None:
    """The picture on the format's page is that of the formula above it, and every formula of its example has a layout."""
    fenced = [text for _, text in fences("docs/deck-format.md")]
    (example,) = (text for text in fenced if "$$" in text)
    lines = lay_out(example, 88)
    assert not [run.text for line in lines for run in line.runs if Style.CODE in run.styles or line.code]
    picture = [line.text for line in lines if line.source_line == 7 and line.runs]
    assert "\n".join(picture) + "\n" in fenced


@pytest.mark.parametrize("line", commands())
def test_shown_commands_exist(line: str) -> None:
    """Every command of the README is a verb, and takes the options shown."""
    verb, *words = line.split()[1:]
    shown = CliRunner().invoke(root, [verb, "--help"])
    assert shown.exit_code == 0
    for option in (word for word in words if word.startswith("--")):
        assert option in shown.output


def test_make_targets_exist() -> None:
    """Every `make` target that the README names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`?make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"run", "test", "check", "bench", "install"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
