"""What the window does when the program went wrong: it owns up, and says what is saved."""
