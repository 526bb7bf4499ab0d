"""The accounts side by side: what their page shows, and what is gathered for it."""
