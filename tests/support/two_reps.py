"""Two reps of a company with an asset in a folder; the window opens the store of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from company import Company, send
from windowing import Windows

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, PersonId
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.session.session import Session

EDIT = phrase("An edit")


@dataclass
class Reps:
    """Wang Min, whose store the window opens, and Li Lei, who works beside her."""

    company: Company
    wang: Path
    li: Session
    acme: AccountId
    chief: PersonId

    def open(self, windows: Windows) -> MainWindow:
        """Wang Min's window."""
        return windows.open(self.wang)

    def li_sends(self) -> None:
        """What Li Lei did reaches the asset."""
        send(self.li)
        self.company.merge()
