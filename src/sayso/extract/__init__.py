"""Document to attributions: pure functions, records in and records out. No clock, network, database or global state."""
