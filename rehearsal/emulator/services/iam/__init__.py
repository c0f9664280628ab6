"""IAM: roles and whom they trust."""
