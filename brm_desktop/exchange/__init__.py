"""File formats: bytes to rows and records to files; nowhere else are formats known."""
