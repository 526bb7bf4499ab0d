"""A company's shared asset in PostgreSQL: its tables, who may do what with them, and its rows."""
