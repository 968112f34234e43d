"""The terminal app: study, predict, run, see the gap."""

__version__ = "0.1.0"
