"""The canvas's gestures: each a small state that ends in one edit or none."""
