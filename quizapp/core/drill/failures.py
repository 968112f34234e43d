"""Training runs that fail, as data: a simulation, knobs known to fail, what is shown of the run, and what is wrong.

Nothing here is a figure of a run: those come from running the simulation. What is shown bears neutral names, so that the
chart does not give the cause away; causes and cures are those that the simulation's header and explanation state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quizapp.core.drill.failure import Failure

FAILURES: tuple[Failure, ...] = (
    Failure(
        name="early-layers-stand-still",
        title="The first layers do not learn",
        simulation="vanishing-gradients",
        settings=(("depth", "50"), ("gain", "0.9")),
        story="A net of 50 ReLU layers trains badly: the last layers' weights move, the first layers' hardly do. "
        "This is the RMS gradient at each layer, 1 at the output, at the start of training.",
        shown=(("plain", "your net"),),
        x_label="layer",
        y_label="RMS ∂L/∂h",
        cause="The gradient vanishes: every layer multiplies it by the same factor below 1, so that it falls by a "
        "straight line on the logarithmic axis. Here the factor √χ is 0.9, and 0.9⁵⁰ is 0.005.",
        fix="Bring the factor to 1: He initialisation, σ_w² = 2/N for ReLU, gives √χ = 1. A skip connection keeps "
        "the gradient too, but unscaled it overshoots, (1 + χ)^(L/2); multiply the branch by 1/√L or normalise.",
        points=(
            "Vanishing gradient: it shrinks layer by layer on its way back",
            "A straight line on a log axis means one constant factor a layer, here about 0.9",
            "The product over 50 layers is about 0.005, so the first layers get almost nothing",
            "Mend the factor: initialise so that it is 1 (He: variance 2/N for ReLU)",
            "Or a skip with a scaled branch or a norm; a bare skip turns vanishing into growth",
        ),
    ),
    Failure(
        name="nan-in-half-precision",
        title="NaN in half precision, at the first step",
        simulation="scale-explosion",
        settings=(("schemes", "unscaled"), ("dtype", "fp16"), ("depth", "40"), ("c", "0")),
        story="A residual net of 40 blocks gives a NaN loss at the very first step once it is switched to half "
        "precision; in fp32 the first loss is finite. This is the RMS of the stream after each block, at "
        "initialisation.",
        shown=(("naive", "the stream"),),
        x_label="block",
        y_label="RMS x",
        events=(
            (
                r"x\.square\(\)\.mean\(\) is inf from block (\d+)",
                r"x.square().mean() is inf from block \1 on",
            ),
            (r"overflow at block (\d+) \((\w+)\): naive", r"the stream is inf from block \1 on"),
        ),
        cause="The stream overflows fp16, whose largest number is 65504. Each block adds an independent branch of "
        "the same size, so that variances add and RMS x grows by √2 a block. Squares overflow at half that depth, "
        "which is why a norm computed in fp16 fails first.",
        fix="Hold the scale: multiply the branch by 1/√L (then RMS x stays below √e), start branches at 0 (ReZero, "
        "Fixup), or normalise. bf16 has fp32's range and only hides the growth; compute norms' squares in fp32.",
        points=(
            "The forward pass overflows: fp16 ends at 65504",
            "The stream grows by a constant factor a block: √2 for independent branches of equal size",
            "Variances add, because branch and stream are uncorrelated at initialisation",
            "Squares overflow at half the depth, so a norm in fp16 fails first",
            "Scale the branch by 1/√L, start it at 0, or normalise",
            "bf16 or loss scaling alone does not remove the growth; loss scaling is for gradients that underflow",
        ),
    ),
    Failure(
        name="deeper-is-worse",
        title="The deeper net is the worse one",
        simulation="degradation",
        settings=(("deepest", "32"), ("rate", "3e-3")),
        story="The same architecture was trained with 8, 16 and 32 blocks, layer norm in each, the same data and the "
        "same learning rate 3e-3. The team wants to add dropout to the deepest one, “because it overfits”. These are "
        "the losses on the training set.",
        shown=(("plain 8", "8 blocks"), ("plain 16", "16 blocks"), ("plain 32", "32 blocks")),
        x="steps",
        x_label="step",
        y_label="training loss, nats",
        cause="Degradation: the deepest plain net does not even fit its training points. A higher *training* loss is "
        "no overfitting; it is a failure of optimisation. It is not small gradients either: the nets have norms.",
        fix="Add skips, x + αF(x): the same depth then trains. Dropout works against overfitting, of which "
        "there is none here. A lower learning rate "
        "mends the 32-block net here too (3e-4), at the price of speed, and no longer helps at 64.",
        points=(
            "It is the training loss, so it is not overfitting; dropout does not help",
            "The deeper net contains the shallower one, so optimisation fails, not capacity",
            "This is the degradation problem of plain nets (He et al. 2015)",
            "With norms the gradients are not small: vanishing is not the explanation",
            "Mend it with skip connections; a lower rate helps a little deeper only",
        ),
    ),
    Failure(
        name="gated-net-worse-than-plain",
        title="The gated net is worse than the plain one",
        simulation="highway-gate",
        settings=(("bias", "0"), ("depth", "50")),
        story="To help a net of 50 tanh layers, each was given a gate: y = g·H(x) + (1 − g)·x with g = σ(W_g x + b), "
        "everything initialised as usual. It trains worse than the plain net. This is the RMS gradient by layer "
        "of both.",
        shown=(("plain", "the plain net"), ("chosen b", "your gated net")),
        x_label="layer",
        y_label="RMS ∂L/∂h",
        cause="The gate's bias starts at 0, so that g is about ½: each layer keeps half of the signal and adds half "
        "of an uncorrelated branch. Squares add, ¼ + ¼, a factor of about √½ a layer, and 50 layers leave less than "
        "a plain net does.",
        fix="Start the gate's bias well below 0, the deeper the net the lower, so that the gates begin nearly shut "
        "and the net begins as the identity; training opens what it needs.",
        points=(
            "At b = 0 the gate is about ½: half of the carry is dropped at every layer",
            "Carry and branch are uncorrelated, so squares add: ¼ + ¼, about √½ a layer",
            "A gated sum pays for the branch with the skip; a residual sum does not",
            "Start the bias negative, so that the net begins near the identity",
            "The deeper the net, the lower the bias (Srivastava et al. 2015)",
        ),
    ),
    Failure(
        name="stuck-at-chance",
        title="The transformer stays at chance",
        simulation="warmup",
        settings=(),
        story="A transformer of six blocks, x ← LN(x + sublayer(x)), must repeat the token before, out of 8. Adam "
        "runs at a constant 8e-3 from the first step. The loss stays near ln 8 = 2.08; clipping the gradient at "
        "1 was tried.",
        shown=(("post", "your run"), ("post+clip", "the same, clipped at 1")),
        x="step",
        x_label="step",
        y_label="loss, nats",
        cause="Post-LN at a constant high rate: the norm after every sum lets a change of any block reach the output "
        "at full size, and Adam's first steps change all blocks by about the rate at once. Clipping is no cure, "
        "because Adam divides a gradient by its own size: scaled down, it makes nearly the same step.",
        fix="Warm the rate up (here over 50 steps), or take a lower one (a quarter mends it here), or use Pre-LN, or "
        "multiply the branches by 1/√2L.",
        points=(
            "2.08 nats is ln 8: the net has learnt nothing, its answers are guesses",
            "Post-LN: LN(x + sublayer(x)) amplifies early changes of every block",
            "Adam's first steps are all of about the size of the rate",
            "Clipping cannot help: Adam's step does not depend on the gradient's scale",
            "Warmup or a lower rate mends it",
            "Pre-LN, or branches multiplied by 1/√2L, trains without",
        ),
    ),
    Failure(
        name="infinite-at-step-two",
        title="The loss is infinite at the second step",
        simulation="largest-learning-rate",
        settings=(("height", "1.3"), ("cliff_rate", "0.01"), ("deepest", "4")),
        story="A recurrent model applies one weight w twenty times: f = w²⁰, loss ½(f − 1)². From w = 1.3 at a "
        "learning rate of 0.01 the loss is infinite at the second step. With the gradient clipped at 1 it comes "
        "down, and then does not settle.",
        shown=(("free L=20", "your run"), ("clipped L=20", "the same, clipped at 1")),
        x_label="step",
        y_label="loss",
        figures=(
            ("free L=20 died", "your run's loss is infinite at step"),
            ("clipped L=20 distance", "clipped, |w − 1| at the end"),
        ),
        cause="A cliff: the slope of w^L is L·w^(L−1), so that above 1 the gradient explodes and one step throws w "
        "far away. Clipping bounds the step by rate × clip and survives the cliff; but near w = 1 the curvature is "
        "L², and a rate of 0.01 is above 2/L² = 0.005, so that it goes on jumping across the minimum.",
        fix="Clip the gradient's norm against the cliff, and lower the rate below 2/L² (below 0.005 here) so that it "
        "settles. Both are needed.",
        points=(
            "Exploding gradient: one weight used L times has the slope L·w^(L−1)",
            "One step at the cliff throws the weight away; then the power overflows",
            "Clipping bounds the step by rate times clip: it survives the cliff",
            "It does not settle because the rate is above 2/λ, with λ = L² at the minimum",
            "Clip and lower the rate: 2/L² is 0.005 for L = 20",
        ),
    ),
    Failure(
        name="too-many-numbers",
        title="No error, and too many numbers",
        simulation="projection-shortcut",
        settings=(),
        story="A hand-written block returns x + F(x). For one sample x has the shape (16,). Nothing raises an error, "
        "the memory is larger than planned, and the net learns next to nothing. A probe at the block's output "
        "counts its numbers.",
        figures=(
            ("(16,) + (16, 1) numbers", "numbers in y where x has 16"),
            ("(16,) + (16, 1) axes", "axes of y where x has 1"),
        ),
        log_y=False,
        cause="A silent broadcast: F(x) has the shape (16, 1), and (16,) + (16, 1) is no error but gives (16, 16), "
        "every number of x with every number of F(x). An axis of length 1 fits any other.",
        fix="Give F(x) the shape of x (squeeze or keep the axis in both), and let the block assert F(x).shape == "
        "x.shape. Where shapes differ on purpose, project the skip.",
        points=(
            "Broadcasting: shapes that differ were repeated to fit, without an error",
            "256 = 16 × 16, so F(x) has the shape (16, 1)",
            "y is an outer sum: every number of x with every number of F(x)",
            "Assert F(x).shape == x.shape in the block",
            "Mend the shape of F(x); a projection only where shapes differ on purpose",
        ),
    ),
    Failure(
        name="all-directions-lost",
        title="Healthy sizes, and nothing gets through",
        simulation="projection-shortcut",
        settings=(("option", "C"),),
        story="A linear probe shows that after a few blocks hardly anything of the input can be read back, though "
        "the RMS of the signal stays near 1 everywhere. For your net and for one that works: the decimal logarithm "
        "of the largest over the smallest singular value of the Jacobian from the input to each block.",
        shown=(("project cond", "your net"), ("identity cond", "one that works")),
        x="blocks",
        x_label="blocks",
        y_label="log10 cond",
        log_y=False,
        figures=(("RMS σ, projection", "your net: RMS of the singular values"),),
        cause="The skip of every block is a projection, W_s x, in place of the identity. A product of random "
        "matrices spreads the singular values exponentially: the condition number gains about a decade a block, so "
        "that nearly all directions are lost while their RMS stays the same.",
        fix="Use the identity as the skip wherever the shapes agree, and a projection only where the shape changes "
        "(options A or B). A plot of sizes cannot show this; look at singular values.",
        points=(
            "Projections in every block in place of the identity (option C)",
            "A product of random matrices spreads singular values exponentially",
            "RMS alone looks healthy: it says nothing of the small directions",
            "The condition number grows by a constant factor a block",
            "Identity skips where shapes agree, projections only where they change",
        ),
    ),
    Failure(
        name="a-cliff-at-one-block",
        title="A cliff in the gradient at one block",
        simulation="missing-skips",
        settings=(("missing", "1"),),
        story="A residual net of 32 blocks was rewritten. Its training loss looks as before. The gradient by block, "
        "at initialisation, does not: below one block it is suddenly smaller. For comparison, the net before "
        "the rewrite.",
        shown=(("1 missing", "after the rewrite"), ("all skips", "before")),
        x_label="block",
        y_label="RMS gradient",
        cause="One block has lost its skip: it returns αF(x) in place of x + αF(x). Everything below it gets its "
        "gradient through the small branch alone, which shows as one step in the profile. Training hides it: Adam "
        "does not see scale.",
        fix="Return x + αF(x) there. Test it: with all branches at 0 a residual net must be the identity, and the "
        "gradient's profile must have no step.",
        points=(
            "One block does not add its input: the skip is missing there",
            "The gradient below passes that block through the small branch alone",
            "A single step, and not a slope, points to one place and not to the depth",
            "The training loss does not show it",
            "Test that the net is the identity with its branches at 0",
        ),
    ),
    Failure(
        name="all-tokens-alike",
        title="All tokens end up alike",
        simulation="rank-collapse",
        settings=(("mlp", "off"), ("mask", "none")),
        story="A stack of attention layers gives the same output at every position, whatever the input. This is the "
        "decimal logarithm of what tells the tokens apart, relative to their size, after each layer; for "
        "comparison one that works.",
        shown=(("no skip", "your stack"), ("with skip", "one that works")),
        x_label="layer",
        y_label="log10 of the differences",
        log_y=False,
        events=(
            (r"all tokens equal to six digits after layer (\d+)", r"equal to six digits after layer \1"),
        ),
        cause="Rank collapse: attention without its skip averages tokens, and each layer cubes what tells them apart "
        "(ρ' = C·ρ³), so that its logarithm triples per layer.",
        fix="Put the skip back, x + Attn(x). Neither the norm nor the MLP prevents the collapse.",
        points=(
            "Rank collapse: the tokens become equal",
            "The logarithm about triples per layer, so the decay is doubly exponential",
            "Attention is an average over tokens; each layer cubes the differences (Dong et al. 2021)",
            "The skip around attention is missing",
            "Norm or MLP do not prevent it; the skip does",
        ),
    ),
)

BY_NAME: Mapping[str, Failure] = {failure.name: failure for failure in FAILURES}


def failures_of(simulations: Iterable[str]) -> Sequence[Failure]:
    """Return the failed runs of these simulations, in their order here."""
    named = frozenset(simulations)
    return [failure for failure in FAILURES if failure.simulation in named]
