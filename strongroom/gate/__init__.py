"""The gate: judges what a preview would do to backups before anybody lets it happen."""
