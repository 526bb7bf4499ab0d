"""What one backup holds, against what the store holds now."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from brm_desktop.domain.errors import Problem, StoreDamaged, WrongSecret
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.restoring import moment_said, said
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, hairline, label, row
from brm_desktop.language import current, number, tr
from brm_desktop.session.backups import Backup, Holding, accounts_then_and_now

Looked = Holding | Problem
"""What was found in a copy, or why nothing was."""

_MOST_ACCOUNTS = 60
_KINDS = {
    "account": phrase("Accounts"),
    "person": phrase("People"),
    "reporting_line": phrase("Reporting lines"),
    "influence": phrase("Influences"),
    "tie": phrase("Ties"),
    "assessment": phrase("Assessments"),
    "project": phrase("Projects"),
    "chain_member": phrase("Members of chains"),
    "opportunity": phrase("Opportunities"),
    "need": phrase("Needs"),
    "review": phrase("Reviews"),
    "interaction": phrase("Interactions"),
    "action": phrase("Actions"),
}
_WIDEST, _NARROWEST = 440, 330
_RIGHT = Qt.AlignmentFlag.AlignRight


class BackupPreview(QFrame):
    """The sheet beside the table: counts then and now, the accounts, and the way back."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setProperty("frame", "panel")
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        self.title = label("name")
        self.about = label("quiet", wrap=True)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addWidget(hairline())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        texts.name(scroll, phrase("What the backup holds"))
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 8, 0)
        self._shown: tuple[object, ...] = ()
        self._place = self._gap_at = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        inside.addLayout(self._grid)
        inside.addStretch(1)
        scroll.setWidget(holder)
        layout.addWidget(scroll, 1)
        self.remove = QPushButton()
        texts.bind(self.remove.setText, phrase("Remove…"))
        self.restore = QPushButton()
        self.restore.setProperty("kind", "primary")
        texts.bind(self.restore.setText, phrase("Restore this backup…"))
        foot = row(gap=8)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.restore)
        layout.addLayout(foot)

    def show_backup(
        self, backup: Backup | None, looked: Looked | None, now: Holding | None
    ) -> None:
        """Show a copy; ``looked`` is ``None`` while it is being looked into."""
        shown = (backup, looked, now, current())
        if shown == self._shown:
            return
        self._shown = shown
        emptied(self._grid)
        self._grid.setRowMinimumHeight(self._gap_at, 0)
        self._place = 0
        self.restore.setEnabled(isinstance(looked, Holding))
        self.remove.setEnabled(backup is not None)
        self.title.setText("" if backup is None else said(backup))
        self.about.setText("" if backup is None else _about(backup, looked))
        if isinstance(looked, Holding):
            self._compare(looked, now)

    def _compare(self, then: Holding, now: Holding | None) -> None:
        self._line("small", "", tr("then"), tr("now"))
        for kind, word in _KINDS.items():
            counts = [then.counts.get(kind, 0), None if now is None else now.counts.get(kind, 0)]
            if any(counts):
                self._numbers(tr(word), counts[0], counts[1])
        accounts = accounts_then_and_now(then, now)
        if accounts:
            self._gap()
            self._line("small", tr("People of each account"), tr("then"), tr("now"))
        for one in accounts[:_MOST_ACCOUNTS]:
            self._numbers(one.name, one.then, one.now)
        if len(accounts) > _MOST_ACCOUNTS:
            self._line(
                "small", tr("and {n} more", n=number(len(accounts) - _MOST_ACCOUNTS)), "", ""
            )

    def _numbers(self, name: str, then: int | None, now: int | None) -> None:
        """A line of two numbers, in stronger letters where they differ."""
        role = "strong" if now is not None and then != now else "plain"
        self._line(role, name, _shown(then), _shown(now))

    def _line(self, role: str, name: str, then: str, now: str) -> None:
        place, self._place = self._place, self._place + 1
        self._grid.addWidget(ElidedLabel(role, name), place, 0)
        for column, text in enumerate((then, now), 1):
            cell = label(role, text)
            self._grid.addWidget(cell, place, column, _RIGHT)

    def _gap(self) -> None:
        self._gap_at, self._place = self._place, self._place + 1
        self._grid.setRowMinimumHeight(self._gap_at, 8)


def _about(backup: Backup, looked: Looked | None) -> str:
    if looked is None:
        return tr("Reading the backup…")
    if isinstance(looked, StoreDamaged):
        return tr("This backup is damaged and cannot be restored. Choose another one.")
    if isinstance(looked, WrongSecret):
        return tr(
            "This backup was made with another passphrase or key. To restore it, run “{command}”"
            " and give that one.",
            command=f"restore --from {backup.path.stem}",
        )
    if isinstance(looked, Problem):
        return tr(looked.sentence)
    lines = [tr(backup.kind)]
    if looked.newest_edit is not None:
        moment = datetime.fromtimestamp(looked.newest_edit / 1000, UTC).astimezone()
        lines.append(tr("newest edit {moment}", moment=moment_said(moment)))
    if not looked.encrypted:
        lines.append(tr("not encrypted"))
    return " · ".join(lines)


def _shown(count: int | None) -> str:
    return "–" if count is None else number(count)
