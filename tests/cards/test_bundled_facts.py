"""The bundled decks are whole, their presets are valid, and the figures that they print are what the formulas give."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cards
from quizapp.core.deck_parser import parse_topics
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.topic import Topic
from sims import catalogue
from sims.protocol import knob_values, knobs_from_text

ROOT = Path(cards.__file__).parent
DECK = ROOT / "residual-connections"
LONGEST_CODE_LINE = 84
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")

BOTTLENECK_256 = 2 * 256 * 64 + 9 * 64**2
SHORT_PATHS = sum(math.comb(54, length) for length in range(5, 18)) / 2**54
SHORT_SHARE = sum(math.comb(54, length) * 0.2**length * 0.8 ** (54 - length) for length in range(5, 18))
SE_RESNET_50 = (
    2 * (3 * 256**2 + 4 * 512**2 + 6 * 1024**2 + 3 * 2048**2) // 16
)  # 2C²/r per block, r = 16 (Hu et al. 2018)


def llama(layers: int, width: int, ffn: int, key_value: int) -> int:
    """Return the parameters of a LLaMA: query, key, value, output, gated FFN, norms, and two embeddings of 32 000."""
    block = 2 * width**2 + 2 * width * key_value + 3 * width * ffn + 2 * width
    return layers * block + 2 * 32_000 * width + width


FIGURES = (
    ("gradients/1-gradient-flow.md", "0.0052", 0.9**50),
    ("gradients/1-gradient-flow.md", "2.8·10⁶", 1.81**25),
    ("gradients/1-gradient-flow.md", "0.00515", 0.9**50),
    ("gradients/1-gradient-flow.md", "1.49", (1 + 0.81 / 50) ** 25),
    ("gradients/1-gradient-flow.md", "4·10⁻³²", 0.2355**50),
    ("gradients/3-ensemble-of-paths.md", "1.1·10¹⁵", 2.0**50),
    ("gradients/3-ensemble-of-paths.md", "0.45", 100 * SHORT_PATHS),
    ("gradients/3-ensemble-of-paths.md", "97.5", 100 * SHORT_SHARE),
    ("gradients/3-ensemble-of-paths.md", "414", 1.25**27),
    ("gradients/3-ensemble-of-paths.md", "5.6·10⁻¹⁷", 0.5**54),
    ("gradients/2-gradient-magnitude-by-layer.md", "5.0", math.sqrt(51 / 2)),
    ("gradients/2-gradient-magnitude-by-layer.md", "2.4·10⁷", 2**24.5),
    ("scale/1-scale-explosion.md", "3.4·10⁷", 2.0**25),
    ("scale/1-scale-explosion.md", "1.13·10¹⁵", 2.0**50),
    ("scale/1-scale-explosion.md", "8.5·10¹¹", 3.0**25),
    ("scale/1-scale-explosion.md", "1.64", 1.02**25),
    ("scale/1-scale-explosion.md", "1.28", 1.01**25),
    ("scale/1-scale-explosion.md", "7.14", math.sqrt(51)),
    ("scale/2-scaled-initialisation.md", "0.0041", 0.02 / math.sqrt(24)),
    ("scale/2-scaled-initialisation.md", "9.85", math.sqrt(97)),
    ("scale/5-fixup.md", "0.141", 50**-0.5),
    ("scale/5-fixup.md", "0.376", 50**-0.25),
    ("scale/3-weighted-residual.md", "8.6", 1.09**25),
    ("scale/3-weighted-residual.md", "5.5·10³", 1.09**100),
    ("scale/3-weighted-residual.md", "0.0070", 0.82**25),
    ("architectures/2-highway.md", "3.0·10⁻⁸", 2.0**-25),
    ("architectures/3-bottleneck.md", "69 632", BOTTLENECK_256),
    ("architectures/3-bottleneck.md", "1 179 648", 2 * 9 * 256**2),
    ("architectures/3-bottleneck.md", "16.94", 2 * 9 * 256**2 / BOTTLENECK_256),
    ("architectures/3-bottleneck.md", "2 514 944", SE_RESNET_50),
    ("architectures/3-bottleneck.md", "8.47", 9 * 256**2 / BOTTLENECK_256),
    ("architectures/1-densenet.md", "80 640", 12 * 24 * 32 + 12**2 * 32 * 31 // 2),
    ("architectures/1-densenet.md", "1680", 64 * 4 * (24 * 32 + 12 * 32 * 31 // 2) / 1024),
    ("practice/2-diminishing-returns.md", "6.74", llama(32, 4096, 11008, 4096) / 1e9),
    ("practice/2-diminishing-returns.md", "65.29", llama(80, 8192, 22016, 8192) / 1e9),
    ("practice/2-diminishing-returns.md", "68.98", llama(80, 8192, 28672, 1024) / 1e9),
    ("practice/2-diminishing-returns.md", "173.9", 12 * 96 * 12288**2 / 1e9),
    ("practice/3-common-mistakes.md", "0.174", 33**-0.5),
    ("practice/3-common-mistakes.md", "0.961", 1.5**2 / (2.5 - 1 / (2 * math.pi))),
    ("practice/3-common-mistakes.md", "0.733", 0.5**2 / (0.5 - 1 / (2 * math.pi))),
    ("practice/4-training-very-deep-networks.md", "2.9·10³", 20 * 1.3**19),
    ("practice/4-training-very-deep-networks.md", "10.0", math.sqrt(101)),
    ("transformers/1-pre-norm-and-post-norm.md", "3.61", math.sqrt(13)),
)


@pytest.fixture(scope="module", name="topics")
def fixture_topics() -> dict[str, Topic]:
    """The bundled topics by their path below `cards`; none of them may have a problem."""
    paths = sorted(ROOT.rglob("*.md"))
    parsed = parse_topics(
        (path.relative_to(ROOT).as_posix(), path.read_text("utf-8"), path.parent.relative_to(ROOT).as_posix())
        for path in paths
    )
    assert not parsed.problems
    assert len(parsed.topics) == len(paths)
    return dict(parsed.topics)


def test_every_topic_is_whole(topics: dict[str, Topic]) -> None:
    """A topic has key points under a lead, a simulation in its answer, and two answered follow-ups at least."""
    for path, topic in topics.items():
        assert 3 <= len(topic.key_points) <= 7, path
        assert all(point.lead for point in topic.key_points), path
        assert sim_blocks(topic.answer), path
        assert len(topic.follow_ups) >= 2, path
        assert all(follow_up.answer for follow_up in topic.follow_ups), path


def test_decks_mirror_folders(topics: dict[str, Topic]) -> None:
    """A topic lies in the folder that its category names."""
    for path, topic in topics.items():
        assert topic.deck == path.rpartition("/")[0]


def test_presets_are_valid(topics: dict[str, Topic]) -> None:
    """Every `sim` block names a simulation, and knobs and values that it takes."""
    for topic in topics.values():
        for text in (topic.answer, *(follow_up.answer for follow_up in topic.follow_ups)):
            for block in sim_blocks(text):
                knobs = knob_values(knobs_from_text(catalogue.get(block.simulation), dict(block.settings)))
                assert {
                    name: type(knobs[name])(value) for name, value in block.settings
                }.items() <= knobs.items()


def test_ids_are_unique_and_tags_are_words(topics: dict[str, Topic]) -> None:
    """No two topics share an id, each has tags, and every tag is small letters, digits and hyphens."""
    assert len({topic.id for topic in topics.values()}) == len(topics) == 20
    for path, topic in topics.items():
        assert topic.tags, path
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", tag) for tag in topic.tags), path


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.md")), ids=lambda path: path.stem)
def test_links_resolve_and_code_is_narrow(path: Path) -> None:
    """Relative links lead to files, and no line of a fenced block is wider than a narrow terminal shows."""
    text = path.read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        assert (path.parent / target).is_file(), target
    for line in _fenced(text):
        assert len(line) <= LONGEST_CODE_LINE, line


@pytest.mark.parametrize(("path", "printed", "value"), FIGURES)
def test_printed_figures_are_computed_ones(path: str, printed: str, value: float) -> None:
    """A printed figure is its formula's value, rounded to the digits shown."""
    assert printed in (DECK / path).read_text("utf-8")
    number, half_unit = _read(printed)
    assert abs(number - value) <= half_unit * (1 + 1e-9)


def _fenced(text: str) -> Iterator[str]:
    inside = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            inside = not inside
        elif inside:
            yield line


def _read(printed: str) -> tuple[float, float]:
    """Return the number that `2.8·10⁶` or `69 632` stands for, and half a unit of its last digit."""
    digits, _, power = printed.replace(" ", "").partition("·10")
    scale = 10.0 ** int(power.translate(SUPERSCRIPTS)) if power else 1.0
    decimals = len(digits.partition(".")[2])
    return float(digits) * scale, 0.5 * 10.0**-decimals * scale
