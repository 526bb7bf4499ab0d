"""The projects of an account: what comes back, all of them, opportunities, needs."""
