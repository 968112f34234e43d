"""Reduces English words to their stems, so that "scaled" and "scaling" count as one word.

Source: M. F. Porter and R. Boulton, "The English (Porter2) stemming algorithm", snowballstem.org; written from that
description. A stem is a key to compare by, not a word to show.
"""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_DOUBLES = frozenset(("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"))
_BEFORE_LI = frozenset("cdeghkmnrt")
_FIXED = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
} | {word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")}
_FIXED_PLURALS = frozenset(
    ("inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed")
)
_LONG_BEGINNINGS = ("gener", "commun", "arsen")
# The longest endings first: of those that fit, the longest alone is looked at.
_STEP_2 = (
    ("ational", "ate"),
    ("ization", "ize"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("iveness", "ive"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("lessli", "less"),
    ("entli", "ent"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("ousli", "ous"),
    ("iviti", "ive"),
    ("fulli", "ful"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("abli", "able"),
    ("izer", "ize"),
    ("ator", "ate"),
    ("alli", "al"),
    ("bli", "ble"),
)
_STEP_3 = (
    ("ational", "ate"),
    ("tional", "tion"),
    ("alize", "al"),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
)
_STEP_4 = (
    "ement ance ence able ible ment ant ent ism ate iti ous ive ize al er ic".split()  # noqa: SIM905 - a table of words
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the stem of a word in small letters; of other letters than a to z nothing is taken away."""
    if len(word) <= 2 or not word.isascii():
        return word
    if word in _FIXED:
        return _FIXED[word]
    marked = _step_1a(_without_possessive(_with_consonant_y(word.removeprefix("'"))))
    if marked in _FIXED_PLURALS:
        return marked
    first, second = _regions(marked)
    marked = _step_1c(_step_1b(marked, first))
    marked = _step_3(_step_2(marked, first), first, second)
    return _step_5(_step_4(marked, second), first, second).lower()


def _with_consonant_y(word: str) -> str:
    """Return the word with a capital Y for each y that stands for a consonant: at the start, and after a vowel."""
    letters = list(word)
    for place, letter in enumerate(letters):
        if letter == "y" and (place == 0 or letters[place - 1] in _VOWELS):
            letters[place] = "Y"
    return "".join(letters)


def _regions(word: str) -> tuple[int, int]:
    """Return where R1 and R2 begin: each after the first consonant behind a vowel, the second one within the first."""
    beginning = next((start for start in _LONG_BEGINNINGS if word.startswith(start)), "")
    first = len(beginning) or _region(word, 0)
    return first, _region(word, first)


def _region(word: str, start: int) -> int:
    for place in range(start + 1, len(word)):
        if word[place] not in _VOWELS and word[place - 1] in _VOWELS:
            return place + 1
    return len(word)


def _has_vowel(part: str) -> bool:
    return any(letter in _VOWELS for letter in part)


def _ends_short(word: str) -> bool:
    """Return whether the word ends in a short syllable: `hop`, `at`."""
    if len(word) == 2:
        return word[0] in _VOWELS and word[1] not in _VOWELS
    return (
        len(word) > 2
        and word[-3] not in _VOWELS
        and word[-2] in _VOWELS
        and word[-1] not in _VOWELS
        and word[-1] not in "wxY"
    )


def _without_possessive(word: str) -> str:
    for ending in ("'s'", "'s", "'"):
        if word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _step_1a(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")) and _has_vowel(word[:-2]):
        return word[:-1]
    return word


def _step_1b(word: str, first: int) -> str:
    for ending in ("eedly", "eed"):
        if word.endswith(ending):
            at = len(word) - len(ending)
            return word[: at + 2] if at >= first else word
    for ending in ("ingly", "edly", "ing", "ed"):
        if word.endswith(ending):
            left = word.removesuffix(ending)
            return _mended(left, first) if _has_vowel(left) else word
    return word


def _mended(left: str, first: int) -> str:
    """Return what is left of a participle with the e that it lost, or without the letter that it doubled."""
    if left.endswith(("at", "bl", "iz")):
        return left + "e"
    if left[-2:] in _DOUBLES:
        # What has no letter before its vowel is doubled by itself: added, egged, erred.
        return left if len(left) == 3 and left[0] in _VOWELS else left[:-1]
    return left + "e" if first >= len(left) and _ends_short(left) else left


def _step_1c(word: str) -> str:
    is_ending = len(word) > 2 and word[-1] in "yY" and word[-2] not in _VOWELS
    return word[:-1] + "i" if is_ending else word


def _step_2(word: str, first: int) -> str:
    for ending, instead in _STEP_2:
        if word.endswith(ending):
            return _replaced(word, ending, instead, first)
    if word.endswith("ogi"):
        return _replaced(word, "ogi", "og", first) if word[-4:-3] == "l" else word
    return _replaced(word, "li", "", first) if word.endswith("li") and word[-3:-2] in _BEFORE_LI else word


def _step_3(word: str, first: int, second: int) -> str:
    for ending, instead in _STEP_3:
        if word.endswith(ending):
            return _replaced(word, ending, instead, first)
    return _replaced(word, "ative", "", max(first, second)) if word.endswith("ative") else word


def _step_4(word: str, second: int) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            return _replaced(word, ending, "", second)
    return _replaced(word, "ion", "", second) if word.endswith(("sion", "tion")) else word


def _step_5(word: str, first: int, second: int) -> str:
    last = len(word) - 1
    if word.endswith("e") and (last >= second or (last >= first and not _ends_short(word[:-1]))):
        return word[:-1]
    return word[:-1] if word.endswith("ll") and last >= second else word


def _replaced(word: str, ending: str, instead: str, region: int) -> str:
    """Return the word with another ending if that ending lies within a region."""
    at = len(word) - len(ending)
    return word[:at] + instead if at >= region else word
