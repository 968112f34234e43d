"""Tables of figures."""

from __future__ import annotations

from quizapp.core.page.cells import cells
from quizapp.core.statistics.table import Row, Table, table_lines

TABLE = Table(
    ("reviews", "passed"),
    (Row("transformers/attention", ("1,234", "90 %"), 0.9), Row("maths", ("7", "·"))),
    more=3,
)


def test_figures_stand_right_aligned_below_their_heads() -> None:
    """Each column ends where its head ends; a bar follows where there is room."""
    head, first, second, more = table_lines(TABLE, 70)
    for word, figure in (("reviews", "1,234"), ("passed", "90 %")):
        assert head.index(word) + len(word) == first.index(figure) + len(figure)
    assert "█" in first
    assert "█" not in second
    assert more == "… 3 more"


def test_no_line_is_wider_than_it_may_be() -> None:
    """The bar goes first, then the name is cut, then figures from the left go."""
    for width in range(8, 80):
        lines = table_lines(TABLE, width)
        assert all(len(line) <= width for line in lines), width
    assert "90 %" in table_lines(TABLE, 20)[1]
    assert "█" not in "".join(table_lines(TABLE, 40))


def test_a_name_of_wide_letters_keeps_the_columns() -> None:
    """Each takes two cells, and none is replaced where there is room."""
    lines = table_lines(Table(("n",), (Row("数学/线性代数", ("7",)), Row("maths", ("12",)))), 40)
    assert [cells(line) for line in lines] == [17, 17, 17]
    assert lines[1].startswith("数学/线性代数 ")
    assert cells(table_lines(Table(("n",), (Row("数学/线性代数" * 4, ("7",)),)), 20)[1]) <= 20


def test_names_cannot_act_on_a_terminal() -> None:
    """An escape in a deck's name is taken out."""
    assert "\x1b" not in "".join(table_lines(Table((), (Row("a\x1b[31mb", ()),)), 30))


def test_names_that_are_cut_stay_different() -> None:
    """Whether they differ at their ends, their beginnings, or in the middle."""
    long = "very-" * 12
    for names in (
        (f"dl::cnn::{long}resnet-a", f"dl::cnn::{long}resnet-b"),
        (f"a::{long}net", f"b::{long}net"),
        (f"dl/{long}a/b", f"dl/{long}b/b"),
    ):
        table = Table(("n",), tuple(Row(name, ("1",)) for name in names))
        for width in (20, 30, 40):
            lines = table_lines(table, width)[1:]
            assert len({line.rsplit(maxsplit=1)[0] for line in lines}) == 2, lines
