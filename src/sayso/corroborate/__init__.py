"""Many documents' records to parties, reuse, stories, claims and origins: pure, records in, records out."""
