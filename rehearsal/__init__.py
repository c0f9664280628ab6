"""Rehearses on a local AWS, with the real Pulumi engine and no AWS account."""
