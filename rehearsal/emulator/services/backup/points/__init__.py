"""Recovery points: their lives, changes, listings and legal holds."""
