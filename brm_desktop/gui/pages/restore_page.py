"""The backups of the store: when and why each was made, what is in it, and the way back to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedLayout, QVBoxLayout

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.backup_preview import BackupPreview, Looked
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.restoring import said
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import add_button, list_head, table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.work import Cancelled, Progress
from brm_desktop.language import number, tr, trn
from brm_desktop.session.backups import Backup, Holding, backups_of, folder_of, remove, size_said

_PREVIEW_WIDTH = 400
_AT_ONCE = 4
"""So many copies are looked into before the table is told."""


class RestorePage(DeskPage):
    """A table of backups, the chosen one beside it."""

    restore_asked = Signal(object)
    backup_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._looked: dict[Path, Looked] = {}
        self._now: Holding | None = None
        self._looking = False
        desk.opened.connect(self.ask_refresh)
        desk.closed.connect(self._forget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.model: TableModel[Backup] = TableModel(
            self._columns(), lambda one: one.path.name, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Backups"))
        self.table.row_chosen.connect(lambda _keys: self._show_chosen())
        self.table.opened.connect(lambda _key: self._ask())
        self.table.delete_asked.connect(self.remove_backups)
        self.preview = BackupPreview(self.texts)
        self.preview.restore.clicked.connect(self._ask)
        self.preview.remove.clicked.connect(lambda: self.remove_backups(self.table.keys()))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(table_sheet(self.table))
        split.addWidget(self.preview)
        split.setStretchFactor(0, 1)
        split.setSizes([10_000, _PREVIEW_WIDTH])
        self.empty = EmptyPage(
            desk.look,
            "backup",
            phrase("No backup yet"),
            phrase("One is made each day that you work on this store, and whenever you ask."),
        )
        self.empty.button(phrase("Back up now"), primary=True).clicked.connect(self.backup_asked)
        self.stack.addWidget(split)
        self.stack.addWidget(self.empty)
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the folder of backups again, and look into those not known yet."""
        try:
            found = backups_of(self.desk.session.path)
        except Problem as problem:
            self.desk.messages.failed(problem)
            found = []
        chosen = self.table.keys()
        self.model.show_rows(found)
        self.stack.setCurrentIndex(0 if found else 1)
        size = size_said(sum(one.size for one in found))
        self.count.setText(
            trn("{n} backup, {size}", "{n} backups, {size}", len(found), size=size) if found else ""
        )
        self.table.choose(chosen)
        if found and not self.table.keys():
            self.table.selectRow(0)
        self._show_chosen()
        self._look_into_them()

    def remove_backups(self, keys: list[str]) -> None:
        """Ask, and take backups away for good."""
        going = [one for one in self.model.rows if one.path.name in keys]
        if not going:
            return
        question = phrase("Remove the backup of {moment} for good?", moment=said(going[0]))
        if not self.desk.messages.ask(question, phrase("Remove"), danger=True):
            return
        try:
            for one in going[:1]:
                remove(one)
        except Problem as problem:
            self.desk.messages.failed(problem)
        self.refresh()

    def open_folder(self) -> None:
        """Show the folder of backups in the system's file manager."""
        folder = folder_of(self.desk.session.path)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _head(self) -> QHBoxLayout:
        self.count = label("quiet")
        self.folder = QPushButton()
        self.texts.bind(self.folder.setText, phrase("Open the folder"))
        self.folder.clicked.connect(self.open_folder)
        self.make = add_button(self.texts, phrase("Back up now"))
        self.make.clicked.connect(self.backup_asked)
        changes_records(self.make)
        return list_head(self.count, self.folder, self.make)

    def _columns(self) -> list[Column[Backup]]:
        return [
            Column(
                phrase("Made on"),
                said,
                sort=lambda one: one.made_at.timestamp(),
                bold=True,
                width=190,
            ),
            Column(phrase("Kind"), lambda one: tr(one.kind), width=160, stretch=True),
            Column(
                phrase("Accounts"),
                lambda one: self._counted(one, "account"),
                right=True,
                width=90,
            ),
            Column(
                phrase("People"), lambda one: self._counted(one, "person"), right=True, width=90
            ),
            Column(
                phrase("Size"),
                lambda one: size_said(one.size),
                sort=lambda one: one.size,
                right=True,
                width=90,
            ),
        ]

    def _counted(self, backup: Backup, kind: str) -> str:
        looked = self._looked.get(backup.path)
        if looked is None:
            return "…"
        return "–" if isinstance(looked, Problem) else number(looked.counts[kind])

    def _chosen(self) -> Backup | None:
        keys = self.table.keys()
        return next((one for one in self.model.rows if one.path.name in keys), None)

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        looked = None if chosen is None else self._looked.get(chosen.path)
        self.preview.show_backup(chosen, looked, self._now)

    def _ask(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not isinstance(self._looked.get(chosen.path), Problem):
            self.restore_asked.emit(chosen)

    @property
    def _unknown(self) -> list[Backup]:
        """The copies on show that nobody has looked into, the newest first."""
        return [one for one in self.model.rows if one.path not in self._looked]

    def _look_into_them(self) -> None:
        """See what is in the copies, off the window's thread; also in those that come meanwhile."""
        if self._looking:
            return
        wanted = self._unknown
        self._looking = True
        session = self.desk.session

        def work(progress: Progress) -> tuple[Holding, dict[Path, Looked]]:
            looked: dict[Path, Looked] = {}
            for one in wanted[:_AT_ONCE]:
                progress.check()
                try:
                    looked[one.path] = session.look_into(one)
                except Problem as problem:
                    looked[one.path] = problem
            return session.holding(), looked

        def done(result: tuple[Holding, dict[Path, Looked]]) -> None:
            self._looking = False
            self._now, looked = result
            self._looked |= looked
            self.model.retell()
            self._show_chosen()
            if self._unknown and self.isVisible():
                self._look_into_them()

        def failed(error: BaseException) -> None:
            self._looking = False
            if not isinstance(error, Cancelled):
                self.desk.messages.failed(error)

        self.desk.jobs.run(phrase("Looking into the backups"), work, done, failed, quiet=True)

    def _forget(self) -> None:
        self._looked.clear()
        self._now = None
        self._looking = False
        self.model.show_rows([])
