"""Day one of an account: what the pipeline needs there before the first stack, and the template that makes it."""
