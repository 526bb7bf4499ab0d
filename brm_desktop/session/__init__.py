"""What a user does: the one door through which records change, undo, settings and the clock."""
