"""The commands and characters that stand for one symbol each, with what they do to their neighbours.

Source: the names are those of plain TeX, LaTeX and amsmath; the characters those of The Unicode Standard,
chapter 22, "Symbols".
"""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.core.maths.tree import Kind, Symbol


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    words = iter(text.split())
    return zip(words, words, strict=True)


_ORDINARY = """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ
    mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ
    psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    partial ∂ nabla ∇ infty ∞ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ wp ℘ emptyset ∅ varnothing ∅ forall ∀ exists ∃
    nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ triangle △ square □ ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯
    dotsm ⋯ vdots ⋮ ddots ⋱ prime ′ degree ° checkmark ✓ imath ı jmath ȷ backslash \\ | ‖ Vert ‖ vert | { {
    } } % % # # $ $ & & _ _ diamond ⋄ bigstar ★ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠
    intercal ⊺ blacksquare ■ complement ∁ hslash ℏ flat ♭ sharp ♯ natural ♮
"""
_BINARY = """
    pm ± mp ∓ times × div ÷ cdot · ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙
    oslash ⊘ cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ wedge ∧ land ∧ vee ∨ lor ∨ setminus ∖ dagger † ddagger ‡ amalg ⨿ uplus ⊎
    wr ≀ bmod mod boxplus ⊞ boxtimes ⊠ circledast ⊛ ltimes ⋉ rtimes ⋊ smallsetminus ∖ dag † ddag ‡
"""
_RELATIONS = """
    lt < gt > le ≤ leq ≤ ge ≥ geq ≥ leqslant ⩽ geqslant ⩾ ll ≪ gg ≫ ne ≠ neq ≠ equiv ≡ approx ≈
    sim ∼ simeq ≃ cong ≅ propto ∝ doteq ≐ triangleq ≜ coloneqq ≔ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆
    supseteq ⊇ subsetneq ⊊ nsubseteq ⊈ sqsubseteq ⊑ prec ≺ succ ≻ preceq ⪯ succeq ⪰ perp ⟂ parallel ∥ mid | nmid ∤
    because ∵ therefore ∴ eqqcolon ≕ vDash ⊨ varpropto ∝ thicksim ∼ thickapprox ≈
    vdash ⊢ models ⊨ lesssim ≲ gtrsim ≳ asymp ≍
    to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺
    impliedby ⟸ mapsto ↦ longmapsto ⟼ longrightarrow ⟶ longleftarrow ⟵ Longrightarrow ⟹ Longleftrightarrow ⟺
    uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ hookrightarrow ↪ rightharpoonup ⇀ leadsto ⇝
    rightleftharpoons ⇌ nearrow ↗ searrow ↘
"""
_OPENING = "lbrace { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack ["
_CLOSING = "rbrace } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ]"
_PUNCTUATION = "colon :"
_SUMS = """
    sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀ bigsqcup ⨆ biguplus ⨄ bigodot ⨀
"""
_INTEGRALS = "int ∫ iint ∬ iiint ∭ oint ∮"
_FUNCTIONS = """
    log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth arg deg dim hom ker
"""
_FUNCTIONS_WITH_LIMITS = "det gcd inf lim max min Pr sup limsup liminf argmax argmin"
_SPELT = {"limsup": "lim sup", "liminf": "lim inf", "argmax": "arg max", "argmin": "arg min"}
_ESCAPED_BRACES = {"{": Kind.OPENING, "}": Kind.CLOSING}

_NEGATED = {
    "=": "≠",
    "∈": "∉",
    "∋": "∌",
    "⊂": "⊄",
    "⊃": "⊅",
    "⊆": "⊈",
    "⊇": "⊉",
    "≡": "≢",
    "∼": "≁",
    "≈": "≉",
}
_NEGATED |= {
    "<": "≮",
    ">": "≯",
    "≤": "≰",
    "≥": "≱",
    "∥": "∦",
    "∣": "∤",
    "≅": "≇",
    "≃": "≄",
    "→": "↛",
    "⇒": "⇏",
}

GAPS = {
    ",": 1,
    ":": 1,
    ">": 1,
    ";": 1,
    " ": 1,
    "~": 1,
    "thinspace": 1,
    "enspace": 1,
    "quad": 2,
    "qquad": 4,
    "!": 0,
}
"""The blanks that a spacing command makes in a terminal; a negative space makes none."""


def _table(text: str, kind: Kind, *, limits: bool = False) -> dict[str, Symbol]:
    return {name: Symbol(sign, kind, limits) for name, sign in _pairs(text)}


def _functions(text: str, *, limits: bool) -> dict[str, Symbol]:
    return {name: Symbol(_SPELT.get(name, name), Kind.FUNCTION, limits) for name in text.split()}


SYMBOLS: dict[str, Symbol] = {
    **_table(_ORDINARY, Kind.ORDINARY),
    **_table(_BINARY, Kind.BINARY),
    **_table(_RELATIONS, Kind.RELATION),
    **_table(_OPENING, Kind.OPENING),
    **_table(_CLOSING, Kind.CLOSING),
    **_table(_PUNCTUATION, Kind.PUNCTUATION),
    **_table(_SUMS, Kind.SUM, limits=True),
    **_table(_INTEGRALS, Kind.SUM),
    **_functions(_FUNCTIONS, limits=False),
    **_functions(_FUNCTIONS_WITH_LIMITS, limits=True),
    **{brace: Symbol(brace, kind) for brace, kind in _ESCAPED_BRACES.items()},
}
"""By the command's name without its backslash."""

_TYPED = (
    ("+ + - − * ∗", Kind.BINARY),
    ("= = < < > > : :", Kind.RELATION),
    ("( ( [ [", Kind.OPENING),
    (") ) ] ] ! !", Kind.CLOSING),
    (", , ; ;", Kind.PUNCTUATION),
    ("| | / /", Kind.ORDINARY),
)
CHARACTERS: dict[str, Symbol] = {
    **{
        symbol.text: symbol for symbol in SYMBOLS.values() if len(symbol.text) == 1 and ord(symbol.text) > 127
    },
    **{char: symbol for text, kind in _TYPED for char, symbol in _table(text, kind).items()},
}
"""By the character as it is typed; any other letter, digit or sign is ordinary."""

TEXTS = frozenset(
    "text textrm textnormal textup textbf textit textsf texttt textmd textsl emph mbox hbox".split()  # noqa: SIM905
)
"""The commands that set words; a terminal shows them in its own letters."""

DELIMITERS = {
    **{char: char for char in "()[]|/⟨⟩‖⌊⌋⌈⌉"},
    ".": "",
    "<": "⟨",
    ">": "⟩",
}
"""What may follow `\\left` as a character; a dot is none at all."""

DELIMITER_COMMANDS = {
    "|": "‖",
    **{
        name: SYMBOLS[name].text
        for name in ("{", "}", "vert", "Vert", "lbrace", "rbrace", "lbrack", "rbrack")
    },
    **{name: SYMBOLS[name].text for name in ("langle", "rangle", "lfloor", "rfloor", "lceil", "rceil")},
    **{name: SYMBOLS[name].text for name in ("lvert", "rvert", "lVert", "rVert")},
}
"""The same as a command."""


def negated(symbol: Symbol) -> Symbol | None:
    """Return the symbol with a stroke through it; None where Unicode has no such sign."""
    sign = _NEGATED.get(symbol.text)
    return Symbol(sign, Kind.RELATION) if sign else None
