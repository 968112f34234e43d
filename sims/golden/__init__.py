"""The last frame of each simulation at its defaults with seed 0: `python -m sims golden` writes them."""
