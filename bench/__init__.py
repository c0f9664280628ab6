"""Measurements: each compares in one run, as ratios, and none decides a test."""
