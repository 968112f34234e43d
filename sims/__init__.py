"""Live torch simulations that measure what the cards claim."""
