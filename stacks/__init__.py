"""The stacks: which components an account gets, and under which provider. Composition only."""
