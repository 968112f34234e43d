"""quizapp's own two themes, as Textual takes them."""

from textual.theme import Theme

from quizapp.tui import colours


def _theme(name: str, tones: colours.Tones, *, dark: bool) -> Theme:
    extra = {"footer-key-foreground": tones["primary"], "block-cursor-text-style": "none"}
    return Theme(name=name, dark=dark, variables=extra, **tones)


DARK = _theme("quizapp-dark", colours.DARK, dark=True)
LIGHT = _theme("quizapp-light", colours.LIGHT, dark=False)
