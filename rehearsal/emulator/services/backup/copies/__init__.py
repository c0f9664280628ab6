"""Copy jobs, within an account and across accounts."""
