"""URLs to captures."""
