"""Rules as data, their loading and their checks; context rules as code."""
