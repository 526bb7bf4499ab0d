"""Merging what others wrote into a store, a rep's or the asset's own, over the same tables."""
