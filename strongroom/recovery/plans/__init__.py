"""What a recovery will do, said before it does anything: which points, which steps, what will not come back."""
