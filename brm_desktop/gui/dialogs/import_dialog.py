"""The import dialog (being written by the lead now: leave it to them)."""
