"""Measurements: run them by hand, nothing in them is a test."""
