"""One table of an account that still lives: restored beside the old one, compared, and put in its place."""
