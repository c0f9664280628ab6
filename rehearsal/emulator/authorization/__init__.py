"""What a request must be allowed, and how AWS decides it."""
