"""The terminal app: study, predict, run, see the gap."""
