"""Where scrapes come from: plain text, JSON lines."""
