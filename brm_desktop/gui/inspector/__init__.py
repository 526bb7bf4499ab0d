"""The inspector: everything about what is selected, edited at once and undoable."""
