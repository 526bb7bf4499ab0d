"""What is to be looked at after colleagues' work came in: conflicts and duplicates."""
