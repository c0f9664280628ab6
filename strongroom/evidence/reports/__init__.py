"""What was seen of the backups, for people, programs and monitoring."""
