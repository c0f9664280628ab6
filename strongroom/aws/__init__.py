"""The only door of this package to boto3. Only the command line and the stacks come in by it."""
