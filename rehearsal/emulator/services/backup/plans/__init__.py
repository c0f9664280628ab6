"""Backup plans and selections, and what their schedules start."""
