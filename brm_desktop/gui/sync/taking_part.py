"""What a store that takes part is shown as: how it is, what leaves and stays, and who gets what."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.sync.not_taken import NotTakenPart
from brm_desktop.gui.sync.policies import PoliciesPart
from brm_desktop.gui.sync.seen import Seen
from brm_desktop.gui.sync.state_part import StatePart
from brm_desktop.gui.sync.syncing import Syncing
from brm_desktop.gui.sync.tabbed import Tabbed
from brm_desktop.gui.sync.tree_part import TreePart
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.work import Job
from brm_desktop.language import tr
from brm_desktop.session.syncing import SyncStatus

_BAR_WIDE: Final = 120
_FEW: Final = 12
"""So few records are shown with all their values at once."""


class TakingPart(QWidget):
    """The tools above, and the tabs beneath; nothing in it before :meth:`make_next` made it."""

    asset_asked = Signal()

    def __init__(self, desk: Desk, texts: Texts, syncing: Syncing) -> None:
        super().__init__()
        self._desk = desk
        self._texts = texts
        self._syncing = syncing
        self._seen: Seen | None = None
        self._pressed: QPushButton | None = None
        self._unmade = deque(
            (
                self._make_head,
                self._make_leaving,
                self._make_staying,
                self._make_policies,
                self._make_not_taken,
            )
        )

    @property
    def is_whole(self) -> bool:
        """Whether every part is made, so that something can be shown."""
        return not self._unmade

    def make_next(self) -> bool:
        """Make one part more; false when none is missing. All at once would hold the window up."""
        if self._unmade:
            self._unmade.popleft()()
        return not self.is_whole

    def focus_first(self) -> None:
        """Give the keys to what would leave."""
        self.leaving.tree.setFocus()

    def show_seen(self, seen: Seen, found: SyncStatus) -> None:
        """Show what was seen of the store, and how it is with its asset."""
        self._seen = seen
        self.restored.setVisible(found.restored)
        self._show_records(seen, found)
        self.policies.show_seen(seen)
        self.not_taken.show_troubles(found.troubles)
        self.tabs.show_count(self.not_taken, len(found.troubles))
        self.show_job(self._syncing.job)

    def forget(self) -> None:
        """What was seen is of no store any more."""
        self._seen = None

    def show_job(self, job: Job | None) -> None:
        """Show what is under way and how to stop it, or that the tools can be used again."""
        if not self.is_whole:
            return
        for part in (self.under_way, self.bar, self.cancel):
            part.setVisible(job is not None)
        if job is not None:
            self.under_way.setText(tr(job.name))
            self.bar.setAccessibleName(tr(job.name))
            self._take_keys()
        can = job is None and self._seen is not None and self._seen.prepared is not None
        for tool in self._tools:
            tool.setEnabled(can)
        self.go_on.setEnabled(job is None)
        if can:
            self._give_keys_back()

    def send(self) -> None:
        """Send just what is shown."""
        if self._seen is not None:
            self._syncing.send(self._seen.prepared)

    def export_to_folder(self) -> None:
        """Put what is shown on a stick or into another folder."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Export to a folder or stick"))
        if chosen and self._seen is not None:
            self._syncing.send(self._seen.prepared, chosen)

    def take_from_folder(self) -> None:
        """Take in what lies on a stick or in another folder."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Take in from a folder or stick"))
        if chosen:
            self._syncing.take_in(chosen)

    def _make_head(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        self.state = StatePart(self._texts)
        layout.addWidget(self.state)
        layout.addWidget(self._make_restored())
        layout.addLayout(self._make_tools())
        self.tabs = Tabbed(self._texts, phrase("Sync"))
        layout.addWidget(self.tabs, 1)

    def _make_leaving(self) -> None:
        self.leaving = TreePart(self._desk, self._texts, phrase("What would leave"))
        self.tabs.add(phrase("What would leave"), self.leaving)

    def _make_staying(self) -> None:
        self.staying = TreePart(self._desk, self._texts, phrase("What stays"))
        self.tabs.add(phrase("What stays, and why"), self.staying)

    def _make_policies(self) -> None:
        self.policies = PoliciesPart(self._desk, self._texts)
        self.tabs.add(phrase("Who gets what"), self.policies)

    def _make_not_taken(self) -> None:
        self.not_taken = NotTakenPart(self._desk, self._texts)
        self.tabs.add(phrase("Not taken"), self.not_taken)

    def _make_restored(self) -> QWidget:
        self.restored = QWidget()
        across = row(gap=8)
        self.restored.setLayout(across)
        said = label("plain", wrap=True)
        self._texts.bind(
            said.setText,
            phrase(
                "This store was restored from a backup. Go on in the asset: what waited to be sent"
                " stays."
            ),
        )
        self.go_on = QPushButton()
        self.go_on.setProperty("kind", "primary")
        self._texts.bind(self.go_on.setText, phrase("Go on in the asset"))
        self.go_on.clicked.connect(self._syncing.renew)
        changes_records(self.go_on)
        across.addWidget(said, 1)
        across.addWidget(self.go_on)
        self.restored.hide()
        return self.restored

    def _make_tools(self) -> QHBoxLayout:
        across = row(gap=8)
        self.now = self._tool(phrase("Sync now"), self._syncing.sync_now)
        self.now.setProperty("kind", "primary")
        self.send_button = self._tool(phrase("Send"), self.send)
        self.take_button = self._tool(phrase("Take in"), self._syncing.take_in)
        self.stick = self._tool(phrase("By folder or stick"), None)
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.stick.setMenu(menu)
        self._tools = (self.now, self.send_button, self.take_button, self.stick)
        self.asset_button = self._tool(phrase("The company's shared asset…"), self.asset_asked.emit)
        self.under_way = label("quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_BAR_WIDE)
        self.bar.setRange(0, 0)
        self.cancel = self._tool(phrase("Cancel"), self._syncing.cancel)
        for tool in self._tools:
            across.addWidget(tool)
            changes_records(tool)
        across.addSpacing(8)
        for part in (self.under_way, self.bar, self.cancel):
            across.addWidget(part)
            part.hide()
        across.addStretch(1)
        across.addWidget(self.asset_button)
        return across

    def _tool(self, text: Phrase, does: Callable[[], object] | None) -> QPushButton:
        made = QPushButton()
        self._texts.bind(made.setText, text)
        self._texts.name(made, text)
        if does is not None:
            made.clicked.connect(partial(_obey, does))
        return made

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(tr("Export to a folder or stick…"), self.export_to_folder)
        menu.addAction(tr("Take in from a folder or stick…"), self.take_from_folder)

    def _show_records(self, seen: Seen, found: SyncStatus) -> None:
        """Show what would leave and what stays; neither where nothing can be looked through."""
        out = None if seen.prepared is None else seen.prepared.outgoing
        count = None if out is None else len(out.entries)
        said = "" if seen.said is None else tr(seen.said)
        self.state.show_status(found, count)
        if count is None:
            self.leaving.show_branches(said, [], None)
            self.staying.show_branches(said, [], None)
        else:
            kept = tr("What does not leave, by the reason.")
            self.leaving.show_branches(said, seen.leaving, seen, few=count <= _FEW)
            self.staying.show_branches(kept, seen.staying, seen)
        self.tabs.show_count(self.leaving, count or 0)

    def _take_keys(self) -> None:
        """Where a tool has the keys, lend them to what stops the work while it is under way."""
        pressed = next((one for one in self._tools if one.hasFocus()), None)
        if pressed is not None:
            self._pressed = pressed
            self.cancel.setFocus()

    def _give_keys_back(self) -> None:
        if self._pressed is not None:
            self._pressed.setFocus()
            self._pressed = None


def _obey(does: Callable[[], object], _checked: bool = False) -> None:
    does()
