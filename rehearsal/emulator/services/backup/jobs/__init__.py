"""Backup jobs, from their start to their end."""
