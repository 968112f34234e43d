"""The widths and heights at which layouts change; every screen's stylesheet speaks of these classes."""

HORIZONTAL = [(0, "-narrow"), (80, "-normal"), (140, "-wide")]
VERTICAL = [(0, "-short"), (24, "-tall")]
