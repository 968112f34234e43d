"""The verbs of `python -m sims`: one file each, with its options and what it does."""
