"""Restore testing plans, and the restores that they start."""
