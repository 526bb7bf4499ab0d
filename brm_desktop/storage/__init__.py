"""The store on disk; the only place where SQL lives."""
