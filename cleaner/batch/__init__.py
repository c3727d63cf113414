"""Many documents at once: workers, resume, and an account of it all."""
