"""Backup and recovery of data across AWS accounts: what does not need Pulumi."""
