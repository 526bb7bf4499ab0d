"""Keychains for tests: one in memory, and some that do not work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring as NoKeychain


class KeychainInMemory(KeyringBackend):
    """Keeps secrets as long as the test runs."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class LockedKeychain(KeyringBackend):
    """Refuses every question, as one does whose owner closed its dialog."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("the keychain is locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError("the keychain is locked")


class HangingKeychain(LockedKeychain):
    """Answers no question until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.let_go.wait()
        return None


@contextmanager
def keychain(backend: KeyringBackend) -> Iterator[KeyringBackend]:
    """Have the program find this keychain for a while."""
    keyring.set_keyring(backend)
    try:
        yield backend
    finally:
        keyring.set_keyring(NoKeychain())  # type: ignore[no-untyped-call]
