"""Bottleneck: what 1×1, 3×3, 1×1 costs against two 3×3, counted from real modules and held against the formulas."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sims import parameter_counts as counts
from sims.protocol import (
    Batched,
    Claim,
    ClaimSpec,
    Context,
    Frame,
    Header,
    Outcome,
    Prediction,
    View,
    ViewKind,
    choice,
    whole,
)

if TYPE_CHECKING:
    from sims.bottleneck_tally import Tally

NETS = (*(f"resnet-{depth}" for depth in counts.RESNETS), "vgg-19")
WIDTHS = (64, 128, 256, 512, 1024, 2048)
IMAGE = 4  # side of the image on which multiply-adds are counted, one by one
PROBED_WIDTH = 128  # channels at most of the rank measurement
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    channels: str = choice("256", ("64", "128", "256", "512"), "channels of the stream, C")
    ratio: str = choice("4", ("1", "2", "4", "8"), "how many times narrower the 3×3 works, r")
    groups: str = choice("1", ("1", "2", "4", "8"), "groups of the narrow 3×3, g (ResNeXt)")
    blocks: int = whole(1, 1, 50, "blocks of each kind")
    preset: str = choice("custom", ("custom", *NETS), "custom compares blocks; a net compares whole nets")
    timed: str = choice(
        "no", ("no", "yes"), "also time both kinds on this machine; only these figures differ between runs"
    )

    @property
    def c(self) -> int:
        """C as a number."""
        return int(self.channels)

    @property
    def r(self) -> int:
        """r as a number."""
        return int(self.ratio)

    @property
    def g(self) -> int:
        """g as a number."""
        return int(self.groups)

    @property
    def depth(self) -> int:
        """The depth of the preset ResNet; 0 for custom and VGG."""
        family, _, depth = self.preset.partition("-")
        return int(depth) if family == "resnet" else 0


class Bottleneck:
    """The simulation `bottleneck`."""

    header = Header(
        name="bottleneck",
        title="Bottleneck: 1×1, 3×3, 1×1 against two 3×3",
        group="vision",
        claim="A bottleneck that works at a quarter of the width has 16.94 times fewer weights than two 3×3, at any "
        "width, so the stream can be four times as wide for the same price.",
        formula="bottleneck 2C²/r + 9C²/(r²g);  two 3×3 18C²;  ratio 18 / (2/r + 9/(r²g)), 16.94 at r = 4",
        symbols={
            "C": "channels of the stream",
            "r": "ratio: the 3×3 works on C/r channels",
            "g": "groups of that 3×3",
            "MAC": "one multiply and add; a weight makes one per pixel at stride 1",
        },
        source="He et al. 2015, Deep Residual Learning, Fig. 5 and Table 1; groups: Xie et al. 2017",
        simplification="Block counts leave out norms, which add 2 per channel; net counts have everything. Modules are "
        "built without memory and counted parameter by parameter. Multiply-adds are counted by convolving ones with ones "
        f"on {IMAGE} × {IMAGE} pixels, border included. Ranks are over the pixels of a random image, at most "
        f"{PROBED_WIDTH} channels, He weights. All counts run on the CPU. Timing is off by default, since it "
        "belongs to the machine and not to the seed.",
        words=(
            "bottleneck",
            "1×1 convolution",
            "1x1",
            "3×3",
            "parameters",
            "parameter count",
            "ResNet-50",
            "ResNet-152",
            "VGG",
            "VGG-19",
            "FLOPs",
            "multiply-adds",
            "grouped convolution",
            "ResNeXt",
            "channels",
        ),
    )
    knobs = Knobs
    views = (
        View("cost", "Cost", "kind", "parameters", kind=ViewKind.BARS),
        View(
            "width",
            "One block",
            "channels C",
            "parameters",
            ("one bottleneck", "one pair 3×3"),
            x="channels",
            log_x=True,
            log_y=True,
        ),
        View("nets", "Whole nets", "net", "parameters", NETS, kind=ViewKind.BARS),
    )
    declared_claims = (
        ClaimSpec(
            "bottleneck-parameters", "A bottleneck has 2C²/r + 9C²/(r²g) weights.", "He et al. 2015, Fig. 5"
        ),
        ClaimSpec("two-3x3-parameters", "Two 3×3 at full width have 18C² weights.", "He et al. 2015, Fig. 5"),
        ClaimSpec(
            "saving", "That is 18/(2/r + 9/(r²g)) times as many, whatever C is.", "quotient of the counts"
        ),
        ClaimSpec(
            "bottleneck-macs",
            "The bottleneck makes one multiply-add per weight and pixel.",
            "definition of convolution",
        ),
        ClaimSpec("two-3x3-macs", "So do two 3×3, hence the same ratio.", "definition of convolution"),
        ClaimSpec(
            "update-rank", "The branch's update has rank C/r over the pixels.", "it comes out of C/r channels"
        ),
        ClaimSpec("stream-rank", "x + F(x) keeps the full rank C.", "the skip carries all channels"),
        *(
            ClaimSpec(net, f"{net} has {total / 1e6:.3f} M parameters.", source)
            for net, total, source in (
                *(
                    (f"resnet-{depth}", counts.resnet(depth), "He et al. 2015, Table 1")
                    for depth in counts.RESNETS
                ),
                ("vgg-19", counts.vgg_19(), "Simonyan and Zisserman 2014, Table 1"),
            )
        ),
        ClaimSpec(
            "other-block", "With the other kind of block the net has the sum of its parts.", "summed by stage"
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame per width, convolution, rank, net and timing: each counts one more thing."""
        for (frame,) in self.run_seeds(knobs, (context,)):
            yield frame

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds: the counts are made once, the ranks for each."""
        from sims.bottleneck_tally import Tally

        tally = Tally(knobs, contexts[0])
        tallies = [tally, *(tally.of_seed(context) for context in contexts[1:])]
        counts: list[Callable[[], str]] = [
            *(partial(tally.count_width, width) for width in WIDTHS),
            *(partial(tally.count_macs, part) for part in range(5)),
        ]
        later: list[Callable[[], str]] = [
            *(partial(tally.count_net, net) for net in NETS),
            tally.count_compared,
            *([tally.time_both] * REPEATS if knobs.timed == "yes" else []),
        ]
        actions: list[Callable[[], list[str]]] = [
            *(partial(_for_all, count, len(tallies)) for count in counts),
            *(partial(_of_each, tallies, place) for place in range(2)),
            *(partial(_for_all, count, len(tallies)) for count in later),
        ]
        for step, act in enumerate(actions, 1):
            events = act()
            yield tuple(
                _frame(own, step, len(actions), event) for own, event in zip(tallies, events, strict=True)
            )

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the counts, all of them exact; the ranks where the branch is narrower than the stream."""
        figures = dict(_expected(knobs, last))
        return tuple(
            Claim(spec.id, spec.statement, *figures[spec.id], tolerance=0.0, source=spec.source)
            for spec in self.declared_claims
            if spec.id in figures
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask for the ratio of a block, the size of a net built of the other block, or the share of VGG's head."""
        if knobs.depth:
            built, other = _kinds(knobs.depth)
            return Prediction(
                f"{knobs.preset} is built of {built} and has {counts.resnet(knobs.depth) / 1e6:.1f} M parameters. How "
                f"many million would it have built of {other}, the stream as wide as it is?",
                unit="M",
                log_scale=True,
            )
        if knobs.preset == "vgg-19":
            return Prediction(
                "VGG-19: 16 convolutions, 3 fully connected layers. What share of its parameters do the three hold?",
                unit="%",
            )
        grouped = f" in {knobs.g} groups" if knobs.g > 1 else ""
        return Prediction(
            f"1×1, 3×3{grouped}, 1×1 that works at {knobs.c}/{knobs.r} channels, against two 3×3 at {knobs.c}: how "
            "many times fewer parameters?",
            unit="times",
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the ratio, the size or the share as counted."""
        s = last.scalars
        if knobs.depth:
            built, other = _kinds(knobs.depth)
            return Outcome(
                last.series[other][0] / 1e6,
                f"{last.series[built][0]:,.0f} became {last.series[other][0]:,.0f}.",
            )
        if knobs.preset == "vgg-19":
            head, body = last.series["connected"][0], last.series["convolutions"][0]
            return Outcome(100 * head / (head + body), f"{head:,.0f} of {head + body:,.0f}.")
        return Outcome(
            s["times fewer"],
            f"{last.series['two 3×3'][0]:,.0f} against {last.series['bottleneck'][0]:,.0f}.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return where the weights lie, what the squeeze limits, and what whole nets make of it."""
        s, inner = last.scalars, knobs.c // knobs.r
        squeeze = (
            f"A 3×3 convolution costs 9C², so width is what it pays for: at {knobs.c} channels two of them have "
            f"{counts.two_convolutions(knobs.c):,} weights. The bottleneck lets the 3×3 work at {inner} channels "
            f"({counts.convolution(inner, inner, 3, groups=knobs.g):,}) and pays "
            f"{2 * counts.convolution(knobs.c, inner, 1):,} for two 1×1: {s['times fewer']:.2f} times fewer in all. "
            "C cancels, so the ratio is the same at every width."
        )
        parts = [squeeze]
        if knobs.r > 1:
            parts.append(
                f"Over the pixels of a random image the branch's update had rank {s['update rank']:.0f}, x + F(x) "
                f"rank {s['stream rank']:.0f}. The squeeze limits what one block can add, and not what the stream carries: "
                "that is why the skip goes round the wide ends."
            )
        parts.append(
            f"Whole nets: ResNet-50 {s['resnet-50'] / 1e6:.1f} M, ResNet-152 {s['resnet-152'] / 1e6:.1f} M, both of "
            f"bottlenecks, and VGG-19 {s['vgg-19'] / 1e6:.1f} M, most of it in three fully connected layers. "
            "ResNet averages over the pixels instead, and has one such layer."
        )
        if knobs.depth:
            built, other = _kinds(knobs.depth)
            parts.append(
                f"{knobs.preset} built of {other} would have {last.series[other][0] / 1e6:.1f} M parameters instead of "
                f"{last.series[built][0] / 1e6:.1f} M, at the same widths of the stream."
            )
        if knobs.timed == "yes":
            parts.append(
                f"On this machine the bottleneck took {s['bottleneck ms']:.2f} ms and two 3×3 {s['two 3×3 ms']:.2f} ms, "
                f"{s['times faster']:.1f} times as long. 1×1 convolutions do little arithmetic per number "
                "moved, so time need not follow the count."
            )
        return "\n\n".join(parts)


def _for_all(count: Callable[[], str], seeds: int) -> list[str]:
    """Count what is the same for every seed, and return what each tells of it."""
    return [count()] * seeds


def _of_each(tallies: Sequence[Tally], place: int) -> list[str]:
    """Measure a rank for each seed."""
    return [tally.measure_rank(place) for tally in tallies]


def _kinds(depth: int) -> tuple[str, str]:
    """Return the kind of block that a ResNet is built of, and the other one."""
    return ("bottleneck", "two 3×3") if counts.RESNETS[depth][1] else ("two 3×3", "bottleneck")


def _frame(tally: Tally, step: int, total: int, event: str) -> Frame:
    """Return what was counted so far, with the formulas beneath; widths to come are NaN."""
    knobs = tally.knobs
    unknown = (math.nan,) * (len(WIDTHS) - len(tally.narrow))
    compared = tally.compared
    scalars = {
        "bottleneck parameters": tally.narrow_at_c * knobs.blocks,
        "two 3×3 parameters": tally.wide_at_c * knobs.blocks,
        "times fewer": tally.wide_at_c / tally.narrow_at_c,
        "bottleneck MACs": tally.macs[0],
        "two 3×3 MACs": tally.macs[1],
        "update rank": tally.ranks[0],
        "stream rank": tally.ranks[1],
        "update least/largest σ": tally.spreads[0],
        "stream least/largest σ": tally.spreads[1],
        **tally.nets,
    }
    if tally.times:
        narrow, wide = (1000 * statistics.median(times) for times in zip(*tally.times, strict=True))
        scalars |= {"bottleneck ms": narrow, "two 3×3 ms": wide, "times faster": wide / narrow}
    series = {
        "channels": tuple(map(float, WIDTHS)),
        "one bottleneck": (*tally.narrow, *unknown),
        "one pair 3×3": (*tally.wide, *unknown),
        **{name: (value,) for name, value in (compared | tally.nets).items()},
    }
    theory = {
        "one bottleneck": tuple(float(counts.bottleneck(width, knobs.r, knobs.g)) for width in WIDTHS),
        "one pair 3×3": tuple(float(counts.two_convolutions(width)) for width in WIDTHS),
    }
    theory |= {name: (float(total),) for name, total in _formulas(knobs).items() if name in series}
    return Frame(step, total, scalars, series, theory, event)


def _formulas(knobs: Knobs) -> dict[str, int]:
    """Return, for every bar, what arithmetic gives."""
    nets = {f"resnet-{depth}": counts.resnet(depth) for depth in counts.RESNETS} | {"vgg-19": counts.vgg_19()}
    if knobs.depth:
        return nets | {
            "bottleneck": counts.resnet(knobs.depth, narrow=True),
            "two 3×3": counts.resnet(knobs.depth, narrow=False),
        }
    if knobs.preset == "vgg-19":
        head = counts.vgg_19_parts()["head"]
        return nets | {"convolutions": counts.vgg_19() - head, "connected": head}
    each = {
        "bottleneck": counts.bottleneck(knobs.c, knobs.r, knobs.g),
        "two 3×3": counts.two_convolutions(knobs.c),
        "one 3×3": counts.convolution(knobs.c, knobs.c, 3),
        "two 3×3 at C/r": counts.two_convolutions(knobs.c // knobs.r),
    }
    return nets | {name: knobs.blocks * one for name, one in each.items()}


def _expected(knobs: Knobs, last: Frame) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield each claim with what the formula gives and what was counted."""
    s, pixels = last.scalars, IMAGE**2
    narrow = knobs.blocks * counts.bottleneck(knobs.c, knobs.r, knobs.g)
    wide = knobs.blocks * counts.two_convolutions(knobs.c)
    # 18/(2/r + 9/(r²g)) as one quotient of integers: a float of the same fraction as the counts' quotient.
    saving = 18 * knobs.r**2 * knobs.g / (2 * knobs.r * knobs.g + 9)
    yield "bottleneck-parameters", (float(narrow), s["bottleneck parameters"])
    yield "two-3x3-parameters", (float(wide), s["two 3×3 parameters"])
    yield "saving", (saving, s["times fewer"])
    yield "bottleneck-macs", (float(narrow * pixels), s["bottleneck MACs"])
    yield "two-3x3-macs", (float(wide * pixels), s["two 3×3 MACs"])
    if knobs.r > 1:
        width = min(knobs.c, PROBED_WIDTH)
        yield "update-rank", (float(width // knobs.r), s["update rank"])
        yield "stream-rank", (float(width), s["stream rank"])
    formulas = _formulas(knobs)
    for net in NETS:
        yield net, (float(formulas[net]), s[net])
    if knobs.depth:
        other = _kinds(knobs.depth)[1]
        yield "other-block", (float(formulas[other]), last.series[other][0])


SIMULATION: Batched[Knobs] = Bottleneck()
