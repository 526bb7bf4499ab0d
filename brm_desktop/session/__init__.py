"""What a user does: the one door through which records are read and changed."""
