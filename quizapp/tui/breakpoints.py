"""The widths and heights at which layouts change; every screen's stylesheet speaks of these classes."""

HORIZONTAL = [(0, "-narrow"), (80, "-normal"), (140, "-wide")]
VERTICAL = [(0, "-short"), (24, "-tall")]

LEAST_COLUMNS, LEAST_LINES = 60, 18
"""A smaller terminal gets one line that says so."""
