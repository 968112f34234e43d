# THE FOUNDER WRITES THIS ONE ON main (2026-11-25 12:09): skip it, delete this file before you commit, go on with the rest.
