"""The pure domain: no I/O, no clock, no random source, no environment."""
