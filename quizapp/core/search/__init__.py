"""The search language: from what the learner types to a tree that says which cards are meant."""

from quizapp.core.search.parser import parse

__all__ = ["parse"]
