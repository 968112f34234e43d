"""The widths and heights at which layouts change; every screen's stylesheet speaks of these classes."""

NORMAL_COLUMNS, WIDE_COLUMNS, TALL_LINES = 80, 140, 24
HORIZONTAL = [(0, "-narrow"), (NORMAL_COLUMNS, "-normal"), (WIDE_COLUMNS, "-wide")]
VERTICAL = [(0, "-short"), (TALL_LINES, "-tall")]

LEAST_COLUMNS, LEAST_LINES = 60, 18
"""A smaller terminal gets one line that says so."""
