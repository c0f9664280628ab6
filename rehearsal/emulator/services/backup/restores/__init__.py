"""Restore jobs."""
