"""AWS Organizations: one organisation's accounts, units, policies, and the services it trusts."""
