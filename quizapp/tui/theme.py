"""quizapp's own two themes: one accent, quiet surfaces."""

from textual.theme import Theme

DARK = Theme(
    name="quizapp-dark",
    primary="#7aa2f7",
    secondary="#9ece6a",
    accent="#e0af68",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#c8d3f5",
    background="#16161e",
    surface="#1a1b26",
    panel="#24283b",
    dark=True,
    variables={"footer-key-foreground": "#7aa2f7", "block-cursor-text-style": "none"},
)

LIGHT = Theme(
    name="quizapp-light",
    primary="#2e5cb8",
    secondary="#3d7a2e",
    accent="#9a5b00",
    warning="#9a5b00",
    error="#b3223f",
    success="#3d7a2e",
    foreground="#23283a",
    background="#fafafa",
    surface="#f2f2f2",
    panel="#e4e6ee",
    dark=False,
    variables={"footer-key-foreground": "#2e5cb8", "block-cursor-text-style": "none"},
)
