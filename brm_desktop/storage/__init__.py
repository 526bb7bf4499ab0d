"""The store on disk: the only layer that knows SQL."""
