"""Records as rows: how each kind is kept, written and read."""
