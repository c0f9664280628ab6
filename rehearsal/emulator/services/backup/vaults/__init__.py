"""Vaults of AWS Backup: policies, locks, notifications, air-gapped ones and their shares."""
