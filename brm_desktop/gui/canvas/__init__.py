"""The canvas: one widget for the relationship map, the decision chain and the key-person view."""
