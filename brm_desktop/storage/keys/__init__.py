"""How a store is locked: its key, the key file, the keychain, and a plain store made encrypted."""
