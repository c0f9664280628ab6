"""Bringing data back: what to take, in which steps, and the steps themselves."""
