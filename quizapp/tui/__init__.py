"""The Textual app: screens orchestrate, widgets draw and post."""
