"""Many documents' records to what they share: who copied whom, who is the same, on how many legs a claim stands.

Pure engines: records in, records out; no clock, no network, no database, no global state. Every decision is a table of
named features, each with its reason in words. What is not known stays unknown.
"""
