"""The parameter totals of published nets, and the bottleneck's arithmetic."""

import pytest

from sims import parameter_counts as counts


@pytest.mark.parametrize(
    ("depth", "total"),
    [(18, 11_689_512), (34, 21_797_672), (50, 25_557_032), (101, 44_549_160), (152, 60_192_808)],
)
def test_resnets_have_their_known_totals(depth: int, total: int) -> None:
    """Each ResNet adds up to the parameters of the released ImageNet model."""
    assert counts.resnet(depth) == total
    assert sum(counts.resnet_parts(depth).values()) == total


def test_resnets_of_the_other_block_keep_the_stream() -> None:
    """ResNet-50 of two 3×3 a block would have 342 M parameters, ResNet-18 of bottlenecks 1.4 M, the heads the same."""
    wide, narrow = counts.resnet_parts(50, narrow=False), counts.resnet_parts(18, narrow=True)
    assert wide["head"] == counts.resnet_parts(50)["head"]
    assert narrow["head"] == counts.resnet_parts(18)["head"]
    assert sum(wide.values()) == counts.resnet(50, narrow=False) == 341_832_488
    assert sum(narrow.values()) == 1_398_952
    assert counts.resnet(18, narrow=False) == counts.resnet(18)


@pytest.mark.parametrize("depth", counts.RESNETS)
def test_resnets_have_the_layers_of_their_name(depth: int) -> None:
    """Stem, two or three convolutions per block and the head make up the depth."""
    blocks, narrow = counts.RESNETS[depth]
    assert 1 + sum(blocks) * (3 if narrow else 2) + 1 == depth


def test_vgg_19_is_nearly_all_head() -> None:
    """VGG-19 has 143.667 M parameters, of which its fully connected layers hold 86 %."""
    assert counts.vgg_19() == 143_667_240
    assert counts.vgg_19_parts()["head"] / counts.vgg_19() == pytest.approx(0.8606, abs=1e-4)


def test_bottleneck_at_256_is_the_paper_s() -> None:
    """256 channels squeezed to 64 have 69 632 weights, two 3×3 at 256 have 1 179 648, at 64 have 73 728."""
    assert counts.bottleneck(256, 4) == 69_632
    assert counts.two_convolutions(256) == 1_179_648
    assert counts.two_convolutions(64) == 73_728


@pytest.mark.parametrize("channels", [16, 64, 256, 2048])
@pytest.mark.parametrize(("ratio", "groups"), [(1, 1), (2, 1), (4, 1), (4, 4), (8, 2)])
def test_saving_does_not_depend_on_the_width(channels: int, ratio: int, groups: int) -> None:
    """18/(2/r + 9/(r²g)) is the quotient of the counts at every C, and 16.941 for r = 4."""
    quotient = counts.two_convolutions(channels) / counts.bottleneck(channels, ratio, groups)
    assert counts.bottleneck_saving(ratio, groups) == pytest.approx(quotient, rel=1e-12)
    assert counts.bottleneck_saving(4) == pytest.approx(16.941, abs=5e-4)


def test_gpt_3_has_its_175_billion() -> None:
    """12·L·d² is 173.9 B; embeddings bring it to 174.6 B, and biases and norms change that by a hundredth."""
    assert counts.GPT_3.blocks == 12 * 96 * 12288**2 == 173_946_175_488
    assert counts.GPT_3.blocks + counts.GPT_3.embeddings == 174_588_899_328
    assert counts.GPT_3.total == 174_604_259_328
    assert counts.GPT_3.total / 1e9 == pytest.approx(174.6, abs=0.05)


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("LLaMA-1 7B", 6_738_415_616),
        ("LLaMA-1 13B", 13_015_864_320),
        ("LLaMA-1 33B", 32_528_943_616),
        ("LLaMA-1 65B", 65_285_660_672),
        ("Llama-2 70B", 68_976_648_192),
    ],
)
def test_llamas_have_their_known_totals(name: str, total: int) -> None:
    """Each LLaMA adds up to the parameters of the released weights."""
    assert counts.LLAMAS[name].total == total


def test_seventy_billion_is_mostly_width() -> None:
    """From LLaMA-1 7B to Llama-2 70B the parameters grow 10.2 times, the depth only 2.5."""
    small, large = counts.LLAMAS["LLaMA-1 7B"], counts.LLAMAS["Llama-2 70B"]
    assert large.total / small.total == pytest.approx(10.24, abs=0.01)
    assert large.layers / small.layers == 2.5
    assert (large.width / small.width) ** 2 == 4


def test_counts_are_those_of_real_layers() -> None:
    """Convolution, norm and linear counts equal the sizes of torch's own parameters."""
    from torch import nn

    def real(layer: nn.Module) -> int:
        return sum(parameter.numel() for parameter in layer.parameters())

    grouped = nn.Conv2d(12, 8, 3, groups=4, bias=True, device="meta")
    assert counts.convolution(12, 8, 3, groups=4, bias=True) == real(grouped)
    assert counts.convolution(3, 64, 7) == real(nn.Conv2d(3, 64, 7, bias=False, device="meta"))
    assert counts.batch_norm(5) == real(nn.BatchNorm2d(5, device="meta"))
    assert counts.linear(7, 9) == real(nn.Linear(7, 9, device="meta"))
