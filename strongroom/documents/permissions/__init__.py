"""What the pipeline's roles may do, as identity policies; each role one file, each kind of thing one file."""
