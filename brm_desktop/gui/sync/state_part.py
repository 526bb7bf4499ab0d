"""How the store is with its asset: whose, since when, until when, and what waits."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.restoring import moment_said
from brm_desktop.gui.sync.asset_page import role_said
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel, label, row, set_property
from brm_desktop.gui.words import joined
from brm_desktop.language import day, number, tr
from brm_desktop.session.doors import shown
from brm_desktop.session.syncing import SyncStatus


class StatePart(QFrame):
    """A sheet of five facts under the asset's name."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setProperty("frame", "panel")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        across = row(gap=24)
        self._facts: dict[str, QLabel] = {}
        for name, title in _FACTS:
            column = QVBoxLayout()
            column.setSpacing(2)
            said = label("small")
            texts.bind(said.setText, title)
            fact = label("strong")
            texts.name(fact, title)
            column.addWidget(said)
            column.addWidget(fact)
            across.addLayout(column)
            self._facts[name] = fact
        across.addStretch(1)
        self.name = label("title")
        self.who = ElidedLabel("quiet")
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self.name)
        heading.addWidget(self.who)
        layout.addLayout(heading)
        layout.addLayout(across)

    def fact(self, name: str) -> str:
        """What is said of one fact."""
        return self._facts[name].text()

    def show_status(self, found: SyncStatus, pending: int | None) -> None:
        """Show how things stand; ``pending`` is how many records would be sent."""
        link = found.link
        self.name.setText(link.name)
        self.who.setText(joined(found.rep, role_said(link.role), link.team, shown(link.address)))
        self._facts["sent"].setText(_moment(link.sent_at))
        self._facts["taken"].setText(_moment(link.pulled_at))
        lease = self._facts["lease"]
        lease.setText("–" if link.lease_until is None else day(_local(link.lease_until).date()))
        set_property(lease, "crucial", found.lease_ended)
        self._facts["pending"].setText("–" if pending is None else number(pending))
        self._facts["waiting"].setText(number(found.unacknowledged))


def _moment(millis: int | None) -> str:
    return tr("not yet") if millis is None else moment_said(_local(millis))


def _local(millis: int) -> datetime:
    return datetime.fromtimestamp(millis / 1000, UTC).astimezone()


_FACTS: tuple[tuple[str, Phrase], ...] = (
    ("sent", phrase("Last sent")),
    ("taken", phrase("Last taken in")),
    ("lease", phrase("Shared work readable until")),
    ("pending", phrase("Records to send")),
    ("waiting", phrase("Sent, no answer yet")),
)
