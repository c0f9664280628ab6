"""Evidence that a table holds what it should: canonical items, digests and comparisons."""
