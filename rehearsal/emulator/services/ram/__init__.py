"""AWS Resource Access Manager, as far as it shares logically air-gapped vaults."""
