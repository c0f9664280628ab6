"""Evidence that a table holds what it should, and that each of its copies is young, whole and where it belongs."""
