"""The words of an error as a sentence."""


def sentence(words: object) -> str:
    """Return the words with one mark at their end, a full stop where they have none."""
    text = str(words)
    return text if text.endswith(("?", ".", "!")) else f"{text}."
