"""The colours of quizapp's own two themes: one accent, quiet surfaces."""

from typing import TypedDict


class Tones(TypedDict):
    """What a theme is made of, each as #rrggbb."""

    primary: str
    secondary: str
    accent: str
    warning: str
    error: str
    success: str
    foreground: str
    background: str
    surface: str
    panel: str


DARK: Tones = {
    "primary": "#7aa2f7",
    "secondary": "#9ece6a",
    "accent": "#e0af68",
    "warning": "#e0af68",
    "error": "#f7768e",
    "success": "#9ece6a",
    "foreground": "#c8d3f5",
    "background": "#16161e",
    "surface": "#1a1b26",
    "panel": "#24283b",
}

LIGHT: Tones = {
    "primary": "#2e5cb8",
    "secondary": "#3d7a2e",
    "accent": "#9a5b00",
    "warning": "#9a5b00",
    "error": "#b3223f",
    "success": "#3d7a2e",
    "foreground": "#23283a",
    "background": "#fafafa",
    "surface": "#f2f2f2",
    "panel": "#e4e6ee",
}
