"""The system's keychain: where the half of a store's key lies that never leaves the computer.

What serves a keychain is a program of others: it may be missing, locked, or not answer at all. It
is asked on a thread of its own, and waited for as long as a user needs to answer its question.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, TypeVar

T = TypeVar("T")

SERVICE: Final = "BRM Desktop"
PATIENCE: Final = 60.0
"""Seconds: the keychain may be asking the user for its own password meanwhile."""


class KeychainFails(Exception):
    """The keychain gave no answer: there is none, or it is locked, broken or hanging."""


def found(name: str) -> bytes | None:
    """The secret that is kept under a name; ``None`` when there is none.

    Raises ``KeychainFails``.
    """

    def ask() -> str | None:
        import keyring

        return keyring.get_password(SERVICE, name)

    try:
        return bytes.fromhex(_answered(ask) or "") or None
    except ValueError:
        return None


def keep(name: str, secret: bytes) -> None:
    """Keep a secret under a name and read it again; raises ``KeychainFails`` when that fails."""

    def ask() -> bool:
        import keyring

        keyring.set_password(SERVICE, name, secret.hex())
        return keyring.get_password(SERVICE, name) == secret.hex()

    if not _answered(ask):
        raise KeychainFails


def get_ready() -> None:
    """Have what asks the keychain imported; nobody waits for it, nor hears whether it can be."""

    def work() -> None:
        with suppress(Exception):  # anybody's plug-in may raise anything: it is said when asked for
            import keyring  # noqa: F401  only to have it

    Thread(target=work, name="keychain", daemon=True).start()


def _answered(ask: Callable[[], T]) -> T:
    answers: SimpleQueue[tuple[T] | None] = SimpleQueue()

    def work() -> None:
        try:
            answers.put((ask(),))
        except Exception:  # noqa: BLE001 -- anybody's plug-in may raise anything: it does not work
            answers.put(None)

    Thread(target=work, name="keychain", daemon=True).start()
    try:
        answer = answers.get(timeout=PATIENCE)
    except Empty:
        answer = None
    if answer is None:
        raise KeychainFails
    return answer[0]
