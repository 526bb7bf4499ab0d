"""Today: what is due, what is missing, and the weekly review."""
