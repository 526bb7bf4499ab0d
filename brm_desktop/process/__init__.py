"""This run of the program: that it is the only one, what it logs, and the traces of a bad end."""
