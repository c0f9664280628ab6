"""What a rehearsal proves, step by step."""
