"""What the product knows and how it computes: pure Python, no Qt, files, clock or randomness."""
