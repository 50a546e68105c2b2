"""Word lists and patterns, as data."""
