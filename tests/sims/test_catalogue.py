"""Simulations are listed, described and matched without torch."""

import subprocess
import sys

import pytest

from sims import catalogue
from sims.catalogue import UnknownSimulation
from sims.protocol import knobs_of

NO_TORCH = """
import sys
from sims import catalogue, protocol, theory
for simulation in catalogue.everything():
    knobs = simulation.knobs()
    protocol.knobs_of(simulation.knobs), simulation.prediction(knobs), simulation.views
catalogue.best_fit("residual connections")
theory.log_gradients("tanh", 1.0, 10)
loaded = {"torch", "numpy", "quizapp", "textual"} & set(sys.modules)
sys.exit(f"loaded {loaded}" if loaded else 0)
"""


def test_listing_loads_no_torch() -> None:
    """Headers, knobs, views, predictions and theory are there without torch, numpy or the app."""
    done = subprocess.run([sys.executable, "-c", NO_TORCH], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_names_lead_to_their_simulations() -> None:
    """Every name gets the simulation whose header bears it."""
    assert [simulation.header.name for simulation in catalogue.everything()] == list(catalogue.names())


def test_unknown_names_suggest_close_ones() -> None:
    """A misspelt name is refused with the name that was meant."""
    with pytest.raises(UnknownSimulation, match="did you mean vanishing-gradients"):
        catalogue.get("vanishing-gradient")
    with pytest.raises(UnknownSimulation, match="there are vanishing-gradients, "):
        catalogue.get("zzz")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (
            "How do skip connections help gradient flow? Backpropagation, the chain rule.",
            "vanishing-gradients",
        ),
        (
            "Why initialize residual branches with 1/sqrt(L)? Variance, exploding activations.",
            "scale-explosion",
        ),
        ("DenseNet concatenates feature maps: growth rate, feature reuse", "densenet-concat"),
        ("fp16 OVERFLOW in the residual stream", "scale-explosion"),
    ],
)
def test_best_fit_puts_the_card_s_subject_first(words: str, first: str) -> None:
    """A card's words find the simulation that measures what it says."""
    assert catalogue.best_fit(words)[0] == first


def test_best_fit_names_all_and_keeps_order_on_ties() -> None:
    """Words that say nothing leave the listed order; all names are always there."""
    assert catalogue.best_fit("a recipe for bread") == catalogue.names()
    assert sorted(catalogue.best_fit("densenet overflow")) == sorted(catalogue.names())


@pytest.mark.parametrize("name", catalogue.names())
def test_declarations_are_complete(name: str) -> None:
    """Every header field is filled, symbols are explained, and knobs' defaults lie in their ranges."""
    simulation = catalogue.get(name)
    header = simulation.header
    for text in (
        header.title,
        header.group,
        header.claim,
        header.formula,
        header.source,
        header.simplification,
    ):
        assert text.strip()
    assert header.symbols
    assert header.words
    assert len(simulation.views) >= 2
    assert len({spec.id for spec in simulation.declared_claims}) == len(simulation.declared_claims)
    for knob in knobs_of(simulation.knobs):
        assert knob.parse(str(knob.default)) == knob.default
        assert knob.name not in {"name", "seed", "device"}  # `sims.run` takes these itself
        assert knob.about
