"""The bundled decks: Markdown, data only."""
