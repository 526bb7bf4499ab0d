"""What the accounts are worth: the figures of a period, potential, the BRM index, trends."""
