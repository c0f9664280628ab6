"""The `rehearsal` command."""
