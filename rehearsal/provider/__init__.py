"""A stand-in for the aws plugin: the types that this program uses, against the local AWS only."""
