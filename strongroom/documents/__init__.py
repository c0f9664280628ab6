"""Policy documents as plain values: components and bootstrap templates use the same ones. No input, no output."""
