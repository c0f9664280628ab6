"""What a recovery needs, looked at one thing at a time, each with the command that mends it."""
