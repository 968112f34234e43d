"""Whatever a formula is, its layout has one reading, and that is the formula."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.core.maths import display, one_line
from tests.core.formula_reader import LineReader, MisreadError, read_picture

VALUES = {"a": 1.3, "b": 2.7, "x": 0.6, "n": 3.1, "q": 1.9, "L": 5.2, "θ": 0.8}
TEX = {name: name for name in VALUES} | {"θ": r"\theta "}


@dataclass(frozen=True)
class Sum:
    """Terms with their signs."""

    terms: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Product:
    """Factors with what stands between them: nothing, or a sign."""

    factors: tuple[Node, ...]
    sign: str


@dataclass(frozen=True)
class Over:
    """A fraction."""

    above: Node
    below: Node


@dataclass(frozen=True)
class Root:
    """A root of a degree."""

    body: Node
    degree: int


@dataclass(frozen=True)
class Power:
    """A base with its exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Brackets:
    """A node in brackets that grow or do not."""

    body: Node
    grows: bool


Node = str | Sum | Product | Over | Root | Power | Brackets

names = st.sampled_from(sorted(VALUES))
numbers = st.integers(1, 40).map(str)


def nodes(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Return larger formulas made of smaller ones."""
    brackets = st.builds(Brackets, inner, st.booleans())
    factor = st.one_of(
        names, brackets, st.builds(Over, inner, inner), st.builds(Root, inner, st.sampled_from([2, 3]))
    )
    power = st.builds(Power, st.one_of(names, brackets), inner)
    factors = st.lists(st.one_of(factor, power), min_size=1, max_size=3).map(tuple)
    product = st.builds(Product, factors, st.sampled_from(["", "", r"\cdot ", r"\times "]))
    signed = st.tuples(st.sampled_from("+-"), st.one_of(product, numbers, factor))
    return st.one_of(
        st.lists(signed, min_size=1, max_size=3).map(lambda terms: Sum(tuple(terms))), product, power
    )


formulas = st.recursive(st.one_of(names, numbers), nodes, max_leaves=9)


def tex(node: Node) -> str:
    """Return the formula as it is written."""
    match node:
        case str():
            return TEX.get(node, node)
        case Sum(terms):
            return "".join(sign + tex(term) for sign, term in terms).removeprefix("+")
        case Product(factors, sign):
            return sign.join(map(tex, factors))
        case Over(above, below):
            return rf"\frac{{{tex(above)}}}{{{tex(below)}}}"
        case Root(body, degree):
            return rf"\sqrt{'[3]' if degree == 3 else ''}{{{tex(body)}}}"
        case Power(base, exponent):
            return f"{tex(base)}^{{{tex(exponent)}}}"
        case Brackets(body, grows):
            return rf"\left({tex(body)}\right)" if grows else f"({tex(body)})"


def value(node: Node) -> float:
    """Return what the formula comes to."""
    match node:
        case str():
            return VALUES[node] if node in VALUES else float(node)
        case Sum(terms):
            return sum(value(term) if sign == "+" else -value(term) for sign, term in terms)
        case Product(factors, _):
            return math.prod(map(value, factors))
        case Over(above, below):
            return value(above) / value(below)
        case Root(body, degree):
            return math.pow(value(body), 1 / degree)
        case Power(base, exponent):
            if (found := value(base)) <= 0:
                # Whether it has a power hangs on how the exponent is rounded.
                raise ValueError
            return math.pow(found, value(exponent))
        case Brackets(body, _):
            return value(body)


def true_value(node: Node) -> float:
    """Return what the formula comes to; formulas without a value are passed over."""
    try:
        found = value(node)
    except (ValueError, ZeroDivisionError, OverflowError):
        assume(False)
        raise
    assume(math.isfinite(found))
    return found


@settings(deadline=None, max_examples=400)
@given(formulas)
def test_a_line_has_one_reading(node: Node) -> None:
    """However strongly neighbours bind for the reader, the line comes to what the formula comes to."""
    truth = true_value(node)
    chunks = one_line(tex(node))
    assert chunks is not None
    for tight in (True, False):
        found = LineReader(" ".join(chunks), VALUES, tight=tight).value()
        assert found == pytest.approx(truth, rel=1e-9, abs=1e-9), " ".join(chunks)


@settings(deadline=None, max_examples=400)
@given(formulas)
def test_a_picture_has_one_reading(node: Node) -> None:
    """Bars, roots, brackets and raised powers come to what the formula comes to."""
    truth = true_value(node)
    rows = display(tex(node), 10_000)
    assert rows is not None
    assert read_picture(rows, VALUES) == pytest.approx(truth, rel=1e-9, abs=1e-9), "\n".join(rows)


@pytest.mark.parametrize("wrong", ["√x²", "2ⁿ√x", "a/"])
def test_the_reader_refuses_what_is_unclear(wrong: str) -> None:
    """Lines that these tests exist to prevent are caught."""
    with pytest.raises(MisreadError):
        LineReader(wrong, VALUES, tight=True).value()


@pytest.mark.parametrize(
    ("text", "tight", "expected"), [("a/bx", True, 1.3 / (2.7 * 0.6)), ("a/bx", False, 1.3 / 2.7 * 0.6)]
)
def test_the_reader_knows_both_conventions(text: str, tight: bool, expected: float) -> None:
    """A stroke before neighbours is read in two ways, so that a layout that leaves it open fails."""
    assert LineReader(text, VALUES, tight=tight).value() == pytest.approx(expected)
