"""Protection of a store in the window: making, locking and unlocking an encrypted one."""
