"""Tests of the simulations: what they claim, what they say on the wire, and how they end."""
