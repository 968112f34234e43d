"""Markdown laid out as lines: every construct, any text, any width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.core.page import Line, Style, cells, lay_out
from quizapp.core.page.cells import head_and_tail, shown, without_tabs
from quizapp.core.page.copied import copied_text
from quizapp.core.topic import SimBlock

SIM = "```sim\nvanishing-gradients depth=50 gain=0.9\n```"
CONSTRUCTS = (
    "# Head *ing*",
    "## Two",
    "#### Four",
    "Some **bold _both_** `co  de` ~~gone~~ words\nover two lines\\\nand three",
    "- a\n- b\n  - c\n    - d\n\n  e",
    "9. nine\n10. ten",
    "> quoted\n>\n> > twice",
    "| a | b |\n|:-:|--:|\n| one two three | ❌ |\n| x |",
    "```python\nx = 1\t# remark\n\ny = 2  # a remark\n```",
    "    indented code",
    "[words](https://example.org/a) [near](./b.md) <mailto:a@b.c> ![picture](c.png)",
    "<div>\n[red]raw[/]\n</div>",
    "漢字漢字漢字 ❌ ✓ e\u0301 👨\u200d👩\u200d👧 ⚠\ufe0f",
    "---",
    "***\n***",
    SIM,
    "> " + SIM.replace("\n", "\n> "),
    "```sim\n=\n```",
    "\x1b[31m \x1b]8;;https://evil\x07x\u202e &#x202e; [bold red]x[/]",
    "```",
    "the $x_{i+1}^2 + \\frac{a}{b}$, $\\foo$ and $5, $$\\sqrt{\\frac{a}{b}}$$, $\\begin{pmatrix} a \\\\ b \\end{pmatrix}$",
    "$$\n\\begin{cases} a & b \\\\ 漢 & \\text{❌ words} \\end{cases}\n$$",
    "> $$ \\hat{\\mathbf{x}} = \\vec{y} $$",
    "",
)
documents = st.lists(
    st.one_of(
        st.sampled_from(CONSTRUCTS),
        st.text(max_size=60),
        st.text("#>-*_`|~[]()!<&\\: \t\n12.a漢$^{}", max_size=40),
    ),
    max_size=6,
).flatmap(lambda parts: st.sampled_from(["\n\n", "\n", "\r\n"]).map(lambda end: end.join(parts)))


def text_of(markdown: str, width: int = 40) -> list[str]:
    """Return the lines as text."""
    return [line.text for line in lay_out(markdown, width)]


def styles_of(markdown: str, words: str, width: int = 80) -> set[Style]:
    """Return the styles of the run that is made of these words."""
    runs = [run for line in lay_out(markdown, width) for run in line.runs if run.text.strip() == words]
    return set(runs[0].styles)


@settings(deadline=None)
@given(documents, st.integers(1, 100))
def test_every_line_fits_the_width(markdown: str, width: int) -> None:
    """No line is wider than the width, as the terminal library measures it too."""
    for line in lay_out(markdown, width):
        assert line.width <= width
        assert cell_len(line.text) == line.width


@settings(deadline=None)
@given(documents, st.integers(1, 100))
def test_source_lines_never_fall_and_stay_within_the_text(markdown: str, width: int) -> None:
    """The source lines of a page are in order and exist."""
    sources = [line.source_line for line in lay_out(markdown, width)]
    assert sources == sorted(sources)
    assert all(0 <= source <= len(markdown.splitlines()) for source in sources)


@settings(deadline=None)
@given(documents, st.integers(1, 100))
def test_nothing_can_act_on_a_terminal(markdown: str, width: int) -> None:
    """No control, direction or format character and no tab reaches a line."""
    for line in lay_out(markdown, width):
        assert shown(line.text) == line.text
        assert not {"\t", "\n", "\x1b"} & set(line.text)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 20))
def test_cutting_loses_nothing_where_the_width_holds_a_wide_character(text: str, width: int) -> None:
    """Head and tail make the text again, and the head fits."""
    text = shown(text).replace("\t", " ").replace("\n", " ")
    head, tail = head_and_tail(text, width)
    assert cells(head) <= width
    assert head + tail == text or width == 1


@given(st.lists(st.text("abc漢é", min_size=1, max_size=12), min_size=1), st.integers(2, 30))
def test_wrapping_keeps_every_character(words: list[str], width: int) -> None:
    """Only blanks go where lines end."""
    assert "".join(text_of(" ".join(words), width)).replace(" ", "") == "".join(words)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (19, ["one two three four"]),
        (18, ["one two three four"]),
        (17, ["one two three", "four"]),
        (5, ["one", "two", "three", "four"]),
        (4, ["one", "two", "thre", "e", "four"]),
    ],
)
def test_lines_break_at_the_last_word_that_fits(width: int, expected: list[str]) -> None:
    """A line is filled to the last cell, and a word is cut only where it is wider than a line."""
    assert text_of("one two three four", width) == expected


def test_a_word_of_several_looks_stays_together() -> None:
    """A mark within a word is no place to break."""
    assert text_of("aaaa **bb**cc", 7) == ["aaaa", "bbcc"]


def test_wide_characters_take_two_cells() -> None:
    """❌ and ideographs are two cells, ✓ and combined letters one."""
    assert [cells(char) for char in ("❌", "漢", "✓", "e\u0301", "x")] == [2, 2, 1, 1, 1]
    assert text_of("漢字漢字", 5) == ["漢字", "漢字"]
    assert text_of("漢", 1) == ["□"]


def test_headings_have_their_level_and_air() -> None:
    """One blank line stands before a heading however many the text has; minor ones stand close to their text."""
    assert text_of("a\n\n\n\n## B\n\nc\n### D\n\ne") == ["a", "", "B", "", "c", "", "D", "e"]
    assert Style.HEADING_2 in styles_of("## B", "B")
    assert Style.HEADING_3 in styles_of("##### B", "B")


def test_a_paragraph_stays_close_to_the_code_that_it_introduces() -> None:
    """Without a blank line in the text there is none on the page."""
    assert text_of("**Layer:**\n```\ny = x\n```\nnext") == ["Layer:", " y = x", "", "next"]


def test_styles_add_up() -> None:
    """Emphasis within strong words is both."""
    assert {Style.STRONG, Style.EMPHASIS} <= styles_of("**a *b* c**", "b")
    assert Style.CODE in styles_of("a `b` c", "b")
    assert Style.STRIKE in styles_of("a ~~b~~ c", "b")


def test_lists_hang_and_nest() -> None:
    """Each level has its sign, numbers align at the right, and lines after the first stand under the text."""
    assert text_of("- one two three\n  - b\n    - c\n- d", 10) == [
        "• one two",
        "  three",
        "  ◦ b",
        "    ▪ c",
        "• d",
    ]
    assert text_of("9. a\n10. b") == [" 9. a", "10. b"]


def test_a_loose_list_keeps_its_air() -> None:
    """Items parted by a blank line stay parted."""
    assert text_of("- a\n\n- b") == ["• a", "", "• b"]


def test_an_empty_item_shows_its_sign() -> None:
    """An item without text is a bare bullet."""
    assert text_of("-\n- b") == ["•", "• b"]


def test_quotes_carry_a_bar_on_every_line() -> None:
    """The bar runs through wrapped and blank lines."""
    assert text_of("> one two three\n>\n> four", 12) == ["▎ one two", "▎ three", "▎", "▎ four"]


def test_code_is_verbatim_and_continues_with_a_sign() -> None:
    """Blanks stay, tabs go to the next stop, a long line goes on behind ↪."""
    page = lay_out("```\na\tb  c\n\n0123456789abcdef\n```", 12)
    assert [line.text for line in page] == [" a   b  c", " ", " 0123456789", " ↪ abcdef"]
    assert all(line.code for line in page)
    assert [line.source_line for line in page] == [1, 2, 3, 3]
    assert without_tabs("漢\tb") == "漢  b"


def test_a_long_line_of_code_is_cut_between_its_words() -> None:
    """No symbol is torn; a word that is too long by itself is, and so is one whose blank stands far back."""
    page = lay_out("```text\nI + J₁ + J₂ + J₂J₁\nab cdefghijklmnop\n```", 14)
    assert [line.text for line in page] == [" I + J₁ + J₂ ", " ↪ + J₂J₁", " ab cdefghijk", " ↪ lmnop"]


def test_a_remark_in_code_is_fainter() -> None:
    """What follows `  # ` is an aside; a number sign within the code is none."""
    page = lay_out("```\nx = 1  # why\nissue #4 a # b\n```", 40)
    assert [run.text for run in page[0].runs if Style.FAINT in run.styles] == ["# why"]
    assert not [run for run in page[1].runs if Style.FAINT in run.styles]


def test_tables_align() -> None:
    """Columns are as wide as their widest cell and follow the alignment of the head."""
    assert text_of("| name | n |\n|---|--:|\n| `a` | 10 |\n| ❌ | 5 |") == [
        "name │  n",
        "─────┼───",
        "a    │ 10",
        "❌   │  5",
    ]


def test_a_wide_table_wraps_its_cells() -> None:
    """The widest column gives way, and rules part rows of several lines."""
    assert text_of("| a | b |\n|---|---|\n| x | one two three |\n| y | z |", 13) == [
        "a │ b",
        "──┼──────────",
        "x │ one two",
        "  │ three",
        "──┼──────────",
        "y │ z",
    ]


def test_a_table_without_room_becomes_records() -> None:
    """Where the columns cannot be read, each row is a list of `head: value`."""
    markdown = "| first | second |\n|---|---|\n| one two | three four |\n| five | six |"
    assert text_of(markdown, 16) == [
        "first: one two",
        "second: three",
        "  four",
        "",
        "first: five",
        "second: six",
    ]


def test_rules_and_hard_breaks() -> None:
    """A rule is as wide as the page, and a hard break ends the line."""
    assert text_of("a\\\nb  \nc\n\n---", 5) == ["a", "b", "c", "", "─────"]
    assert [line.source_line for line in lay_out("a\\\nb  \nc", 5)] == [0, 1, 2]


def test_links_show_where_they_lead() -> None:
    """A target on the net stands behind the words, one among the decks does not, and images are their words."""
    assert text_of("[a](https://b.c) [d](./e.md) ![f](g.png)") == ["a (https://b.c) d f"]
    assert text_of("<https://b.c> <a@b.c>") == ["https://b.c a@b.c"]
    assert Style.LINK in styles_of("[a](https://b.c)", "a")
    assert Style.FAINT in styles_of("[a](https://b.c)", "(https://b.c)")


def test_html_and_console_markup_are_text() -> None:
    """Nothing but Markdown is understood."""
    assert text_of("a <b>c</b> [bold red]d[/]") == ["a <b>c</b> [bold red]d[/]"]
    assert text_of("<p>\n  [i]x\n</p>") == ["<p>", "[i]x", "</p>"]


def test_hostile_text_is_made_visible() -> None:
    """Escape sequences, links of the terminal and direction characters, also as entities, lose their power."""
    assert text_of("a\x1b[31mb\x1b]8;;u\x07c\u202ed&#x202e;e") == ["a�[31mb�]8;;u�c�d�e"]
    assert text_of("`\x9b2J`\n\n    \x1bc") == ["�2J", "", " �c"]


def test_a_sim_fence_is_one_launch_line() -> None:
    """The line names the simulation and its knobs, and how to run it where there is room."""
    (wide,) = lay_out(SIM, 60)
    assert wide.launch == SimBlock("vanishing-gradients", (("depth", "50"), ("gain", "0.9")), 0)
    assert wide.text.strip().startswith("▶ vanishing-gradients  depth=50 gain=0.9  ")
    assert wide.text.endswith("x runs it")
    (narrow,) = lay_out(SIM, 30)
    assert narrow.text == " ▶ vanishing-gradients  dept…"


def test_a_sim_fence_within_a_list_launches_too() -> None:
    """Its place is the line of the whole text."""
    page = lay_out("text\n\n- item\n\n  " + SIM.replace("\n", "\n  "), 60)
    assert [line.launch.line for line in page if line.launch] == [4]


def test_a_malformed_sim_fence_stays_code() -> None:
    """What names no simulation is shown as it is written."""
    (line,) = lay_out("```sim\ndepth=50\n```", 40)
    assert line == Line(line.runs, 1, None, code=True)


def test_source_lines_follow_the_text_through_wrapping() -> None:
    """A line carries the source line that its first word stands in."""
    page = lay_out("# A\n\none two\nthree four\n\n- x\n- y", 9)
    assert [(line.text, line.source_line) for line in page if line.runs] == [
        ("A", 0),
        ("one two", 2),
        ("three", 3),
        ("four", 3),
        ("• x", 5),
        ("• y", 6),
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        ">" * 3000,
        "- " * 2000,
        "\n".join(" " * 2 * level + "- a" for level in range(120)),
        "![" * 900 + "](a)" * 900,
        "[" * 1000,
        "*_" * 1000,
        "`" * 3001 + "a",
        "a" * 20_000,
        "e" + "\u0301" * 5000,
        "[a](\ud800)",
        "|" * 300 + "\n" + "|-" * 300,
    ],
)
def test_extreme_texts_are_laid_out(hostile: str) -> None:
    """Depth and length cost neither an error nor a line that is too wide."""
    assert all(line.width <= 20 for line in lay_out(hostile, 20))


def test_what_is_nested_too_deeply_says_so() -> None:
    """Where the parser stops, a remark stands for what is left out."""
    assert "nested too" in text_of(">" * 300 + " x", 90)[0]


def test_an_empty_text_has_no_lines() -> None:
    """Nothing is laid out as nothing."""
    assert lay_out("", 10) == ()
    assert lay_out(" \n\n", 10) == ()


def test_a_formula_is_words_of_its_paragraph() -> None:
    """It stays together but for its operators, keeps what stands right beside it, and has its own style."""
    assert text_of("so $x^2 + y$, as", 8) == ["so x² +", "y, as"]
    assert Style.MATH in styles_of("a $x^2$ b", "x²")
    assert text_of("# The $n$th\n\n| $x^2$ | b |\n|---|---|\n| 1 | 2 |") == [
        "The nth",
        "",
        "x² │ b",
        "───┼──",
        "1  │ 2",
    ]


def test_an_escaped_dollar_is_a_dollar() -> None:
    """And a price is a price."""
    assert text_of(r"\$3 and \$x^2$, $5 and $10") == ["$3 and $x^2$, $5 and $10"]


def test_a_displayed_formula_has_rows_of_its_own() -> None:
    """As a block, within a paragraph, and where it is a matrix; the mark right behind it goes along."""
    rows = ["  a", "  ─"]
    assert text_of("$$\n\\frac{a}{b}\n$$") == [*rows, "  b"]
    assert text_of("one\n$$\\frac{a}{b}$$\ntwo") == ["one", *rows, "  b", "", "two"]
    assert text_of("one $$\\frac{a}{b}$$, two") == ["one", "  a", "  ─,", "  b", "two"]
    assert text_of("$\\begin{pmatrix} a & b \\end{pmatrix}$") == ["  (a  b)"]
    assert [line.source_line for line in lay_out("one\n$$\\frac{a}{b}$$", 40)] == [0, 1, 1, 1]


def test_a_formula_within_a_list_or_a_quote_keeps_its_place() -> None:
    """The prefix goes before every row."""
    assert text_of("- a\n\n  $$\n  \\frac{a}{b}\n  $$") == ["• a", "", "    a", "    ─", "    b"]
    assert text_of("> $$\n> \\frac{a}{b}\n> $$") == ["▎   a", "▎   ─", "▎   b"]


def test_what_cannot_be_laid_out_is_its_source() -> None:
    """As code is: unknown commands, open groups, and what is too wide."""
    assert text_of(r"a $\foo{x}$ b") == [r"a $\foo{x}$ b"]
    assert Style.CODE in styles_of(r"a $\foo{x}$ b", r"$\foo{x}$")
    page = lay_out("$$\n\\frac{a\n$$", 40)
    assert [line.text for line in page] == [" $$", " \\frac{a", " $$"]
    assert all(line.code for line in page)
    assert "".join(text_of("$x_{abcdefghijklmnopq}$", 8)) == "$x_{abcdefghijklmnopq}$"
    assert [line.text.strip() for line in lay_out("$$ aaaaaaaaaaaaaaaaaaaa $$", 12)] == [
        "$$ aaaaaaa",
        "↪ aaaaaaaa",
        "↪ aaaaa $$",
    ]


def copied(markdown: str, first: tuple[int, int], last: tuple[int, int], width: int = 40) -> str:
    """Return what is copied from one (line, character) to another."""

    def span(y: int) -> tuple[int, int] | None:
        if not first[0] <= y <= last[0]:
            return None
        return (first[1] if y == first[0] else 0, last[1] if y == last[0] else -1)

    return copied_text(lay_out(markdown, width), span)


def test_a_formula_is_copied_as_it_is_written() -> None:
    """However little of it was chosen, once, and what stands beside it as it is shown."""
    assert copied("a **b** $x^2 + y$, c", (0, 0), (0, 99)) == "a b $x^2 + y$, c"
    assert copied("a $x^2 + y$, c", (0, 3), (0, 4)) == "$x^2 + y$"
    assert copied("a $x^2$ and $x^2$", (0, 0), (0, 99)) == "a $x^2$ and $x^2$"
    assert copied("so $x^2 + y$, as", (0, 0), (1, 99), width=8) == "so $x^2 + y$\n, as"
    assert copied("a\n\n$$\\frac{a}{b}$$\n\nb", (0, 0), (6, 99)) == "a\n\n$$\\frac{a}{b}$$\n\nb"
    assert copied("$$\\frac{a}{b}$$", (1, 0), (1, 99)) == "$$\\frac{a}{b}$$"
