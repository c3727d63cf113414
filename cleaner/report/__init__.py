"""The account of a run: as JSON, and for a terminal."""
