"""What a user sees, on screen and on paper, by one set of drawing functions."""
