"""Where a store lies and who holds it: safe places, the note beside it, names that last."""
