"""The search language in examples: for the browser's help, in the order in which people learn it."""

from __future__ import annotations

EXAMPLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Words",
        (
            ("residual", "stands on the card, also inside of words"),
            ("skip gradient", "both; `or` between them: one is enough"),
            ('"residual block"', "these words side by side"),
            ("-dropout", "not this; also before any term or (...)"),
            ("gradient (norm or scale)", "brackets group terms"),
            ("gr_d*t", "_ is one letter, * any letters"),
            ("w:norm", "the whole word: neither normal nor denorm"),
            (r"re:\d{3}", "a regular expression"),
            ("front:norm", "on the question alone; back: on the answer"),
        ),
    ),
    (
        "Where",
        (
            ("deck:foundations", "in a deck or below it; deck:x/* only below"),
            ("tag:training", "with a tag or one below; tag:none without"),
            ("topic:rezero", "of a topic, by its id or its title"),
            ("difficulty:>=4", "how hard its author calls it, 1 to 5"),
            ("id:rezero", "the card of this id; several with commas"),
            ("card:follow-up", "also card:question, card:prediction"),
            ("dupe:", "asks the same as another card"),
        ),
    ),
    (
        "State",
        (
            ("is:due", "waits now; also new learn review"),
            ("is:suspended", "also buried leech flagged locked deleted"),
            ("flag:1", "flag:0 for cards without one"),
        ),
    ),
    (
        "Memory",
        (
            ("prop:ivl>=21", "interval in days"),
            ("prop:due<=3", "falls due within three days; -1 was yesterday"),
            ("prop:r<0.9", "recall today, also r<90%"),
            ("prop:s<10 prop:d>7", "stability in days, difficulty 1 to 10"),
            ("prop:lapses>3", "also prop:reps"),
        ),
    ),
    (
        "Time",
        (
            ("added:7", "came in within seven days"),
            ("introduced:7", "answered for the first time then"),
            ("rated:7:1", "rated Again then; rated:1 today, with any rating"),
        ),
    ),
)

FIRST_TRIES = ("is:due", "is:leech", "rated:1:1", "prop:r<0.9", "added:7", '"residual block" -is:new')
"""What an empty field proposes."""
