"""Copies of a store: made, verified, kept by rule, and put back in its place."""
