"""Encrypted stores in tests of the window: made by its own dialogs, asked for their secret."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from brm_desktop.session.clock import SystemClock
from brm_desktop.session.protection import Passphrase
from brm_desktop.session.session import Session

WORDS = "four quiet words here"


def encrypted_store(path: Path) -> str:
    """An encrypted store with nothing in it; gives its recovery key."""
    with Session.open(path, clock=SystemClock(), create=Passphrase(WORDS)) as session:
        return session.recovery_key


def dialog_on_show(kind: type[QDialog]) -> QDialog:
    """The dialog that is open, of a kind."""
    found = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]
    assert found, f"no {kind.__name__} is open"
    return found[-1]
