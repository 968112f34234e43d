"""What a squeeze-and-excitation gate answers to, and what it costs."""

import math

import pytest

from sims import runner
from sims.protocol import Context, Frame, KnobValue
from sims.squeeze_excitation import CUES, SIMULATION, Knobs


@pytest.mark.parametrize("settings", [{"reduction": "8", "channels": 32}, {"task": "uncued"}, {"noise": 1.0}])
def test_counts_and_blindness_hold_at_other_settings(settings: dict[str, KnobValue]) -> None:
    """The cost is exact for any C and r, and no gate sees place; its moves are claimed only where they were measured."""
    claims = runner.result("squeeze-excitation", {"steps": 20} | settings, device="cpu").claims
    assert [claim.id for claim in claims] == ["parameters", "resnet50", "no-place"]
    assert [claim for claim in claims if not claim.holds] == []


def test_no_claim_is_of_accuracy() -> None:
    """Neither a claim nor the header promises a gain, and the last event gives both accuracies and says so."""
    assert not any("accura" in spec.statement.lower() for spec in SIMULATION.declared_claims)
    frames = list(runner.run("squeeze-excitation", {"steps": 20}, device="cpu"))
    assert "no gain is claimed" in frames[-1].event
    assert "with SE" in frames[-1].event


@pytest.mark.parametrize(
    ("cue", "place", "truth"),
    [
        (0.5, 1e-6, "what the whole image holds"),
        (0.1, 0.3, "where in the image things are"),
        (0.5, 0.3, "both"),
        (0.1, 0.0, "nothing moves it by 0.22"),
    ],
)
def test_outcome_follows_the_measured_moves(cue: float, place: float, truth: str) -> None:
    """The truth is whatever moved a gate by 0.22 or more."""
    last = Frame(1, 1, {"gate difference": cue, "change by shuffling": place})
    outcome = SIMULATION.outcome(Knobs(), last)
    assert outcome.truth == truth
    assert truth in SIMULATION.prediction(Knobs()).choices


def test_shown_gates_are_the_median_nets_and_sorted() -> None:
    """The largest distance between the two curves is the reported difference, and the first rises."""
    last = runner.result("squeeze-excitation", {"steps": 40}, device="cpu").last
    gaps = [a - b for a, b in zip(*(last.series[cue] for cue in CUES), strict=True)]
    assert last.series[CUES[0]] == tuple(sorted(last.series[CUES[0]]))
    assert max(map(abs, gaps)) == pytest.approx(last.scalars["gate difference"])
    assert all(0 <= gate <= 1 for cue in CUES for gate in last.series[cue])


@pytest.mark.parametrize("task", ["cued", "uncued"])
def test_labels_follow_the_stripes_that_count(task: str) -> None:
    """Without noise, vertical stripes vary along a row and not along a column, in the plane that the label is about."""
    from sims import excitation

    pictures = excitation.draw_pictures(Context(1).generator("x"), 64, task, 0.0, "cpu")
    for image, label, at_a in zip(
        pictures.images, pictures.labels.tolist(), pictures.cued_a.tolist(), strict=True
    ):
        plane = image[0] if at_a or task == "uncued" else image[1]
        assert (plane.std(dim=0).max() < 1e-5) == (label == 1)
        assert (plane.std(dim=1).max() < 1e-5) == (label == 0)
        assert image[2].unique().tolist() == [1.0 if at_a else -1.0]


def test_gate_is_the_paper_s_formula() -> None:
    """g = σ(W₂ relu(W₁ mean(U))), written out channel by channel; a net without it passes its maps on as they are."""
    import torch

    from sims import excitation

    net = excitation.ConvNet(Context(2), 0, 4, 2, gated=True)
    maps = torch.rand(3, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    gates = net.gates(maps)
    squeeze, excite = (net.weights[name].detach() for name in ("squeeze", "excite"))
    for image in range(3):
        means = [maps[image, channel].mean().item() for channel in range(4)]
        hidden = [max(0.0, sum(w * m for w, m in zip(row, means, strict=True))) for row in squeeze.tolist()]
        for channel, row in enumerate(excite.tolist()):
            z = sum(w * h for w, h in zip(row, hidden, strict=True))
            assert gates[image, channel].item() == pytest.approx(1 / (1 + math.exp(-z)), abs=1e-5)
    plain = excitation.ConvNet(Context(2), 0, 4, 2, gated=False)
    assert torch.equal(plain.weights["readout"], net.weights["readout"])
    assert set(net.weights) - set(plain.weights) == {"squeeze", "excite"}
    expected = maps.mean(dim=(2, 3)) @ plain.weights["readout"].T
    assert torch.allclose(plain.read_out(maps), expected.squeeze(1))


def test_counted_weights_are_those_of_a_net() -> None:
    """The count on tensors without storage is the number of weights that a gated net really has more."""
    from sims import excitation

    gated, plain = (excitation.ConvNet(Context(0), 0, 16, 4, gated=gate) for gate in (True, False))
    more = sum(w.numel() for w in gated.weights.values()) - sum(w.numel() for w in plain.weights.values())
    assert excitation.gate_parameters(16, 4) == more == 128
