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
    "primary": "#2a54a8",
    "secondary": "#2f6323",
    "accent": "#9a5b00",
    "warning": "#9a5b00",
    "error": "#b3223f",
    "success": "#2f6323",
    "foreground": "#23283a",
    "background": "#fafafa",
    "surface": "#f2f2f2",
    "panel": "#e4e6ee",
}

FLAGS_ON_DARK = {
    "flag-red": "#f7768e",
    "flag-orange": "#ff9e64",
    "flag-green": "#9ece6a",
    "flag-blue": "#7aa2f7",
    "flag-pink": "#ff7ac6",
    "flag-turquoise": "#2ac3de",
    "flag-purple": "#bb9af7",
}
"""The colours of the flags, by the name of the variable that a theme may set."""

FLAGS_ON_LIGHT = {
    "flag-red": "#b3223f",
    "flag-orange": "#a34a00",
    "flag-green": "#2f6323",
    "flag-blue": "#2a54a8",
    "flag-pink": "#a8247c",
    "flag-turquoise": "#006f83",
    "flag-purple": "#6b3fb0",
}
