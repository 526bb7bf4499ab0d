"""File formats of others, read and written; nothing here knows the store."""
