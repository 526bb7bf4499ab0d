"""The recovery key, shown once when a store becomes encrypted, and again when asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.protection.fitted import FittedDialog
from brm_desktop.gui.protection.secret_clipboard import copy_secret
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, panel, row
from brm_desktop.gui.work import Jobs, Progress
from brm_desktop.language import tr
from brm_desktop.rendering.recovery_sheet import (
    PURPOSE,
    recovery_picture,
    rows_of,
    write_recovery_sheet,
)

T = TypeVar("T")

_WIDE = 520


def show_recovery_key(desk: Desk, window: QWidget, *, again: bool = False) -> None:
    """Show the recovery key of the open store, and wait until the user has it."""
    session = desk.session
    name, key = session.path.stem, session.recovery_key
    RecoveryDialog(window, desk.jobs, name, key, session.today(), again=again).ask()


class RecoveryDialog(FittedDialog):
    """The groups of the key, ways to take them along, and the tick that one has them.

    The key lives here only while the dialog does; nothing of it is written anywhere but where the
    user saves or prints it.
    """

    def __init__(
        self, window: QWidget, jobs: Jobs, store: str, key: str, made: date, *, again: bool = False
    ) -> None:
        super().__init__(window, _WIDE)
        self._jobs = jobs
        self._store = store
        self._key = key
        self._made = made
        self._again = again
        self.texts = Texts(self)
        self.texts.bind(self.setWindowTitle, phrase("Recovery key"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        heading = label("title")
        self.texts.bind(heading.setText, phrase("Recovery key"))
        layout.addWidget(heading)
        for sentence in PURPOSE:
            words = label("quiet", wrap=True)
            self.texts.bind(words.setText, sentence)
            layout.addWidget(words)
        layout.addWidget(self._groups())
        layout.addLayout(self._ways())
        self.told = label("small", wrap=True)
        self.told.setMinimumHeight(16)
        layout.addWidget(self.told)
        self.have_it = QCheckBox()
        self.texts.bind(self.have_it.setText, phrase("I have printed it or written it down"))
        self.have_it.setVisible(not again)
        layout.addWidget(self.have_it)
        layout.addLayout(self._foot())
        self.have_it.toggled.connect(self._may_go_on)
        self._may_go_on()
        self.print_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape does not lead past a key that nobody has yet."""
        if event.key() == Qt.Key.Key_Escape and not self._may_leave:
            self.have_it.setFocus()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Closing the dialog does not either."""
        if self._may_leave:
            super().reject()
        else:
            self.have_it.setFocus()

    def done(self, result: int) -> None:
        """Let go of the key."""
        super().done(result)
        self._key = ""
        for group in self.groups:
            group.clear()

    def print_key(self) -> None:
        """Ask for a printer and print the page on it."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if not QPrintDialog(printer, self).exec():
            return

        store, key, made = self._store, self._key, self._made

        def work(progress: Progress) -> bytes:
            progress.check()
            return recovery_picture(store, key, made)

        def printed(page: bytes) -> None:
            print_picture(printer, page)
            self._tell(phrase("Sent to the printer."))

        self._run(work, printed)

    def save_key(self) -> None:
        """Ask where to, and write the page as PDF."""
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save the recovery key"),
            str(Path.home() / f"{tr('Recovery key')} {self._store}.pdf"),
            tr("PDF (*.pdf)"),
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".pdf")

        store, key, made = self._store, self._key, self._made

        def work(progress: Progress) -> None:
            progress.check()
            write_recovery_sheet(path, store, key, made)

        def written(_: object) -> None:
            told = phrase("Saved: {file}. Take it off this computer, to paper or a stick.",
                          file=path.name)  # fmt: skip
            self._tell(told)

        self._run(work, written)

    def copy_key(self) -> None:
        """Put the key on the clipboard for a minute."""
        copy_secret(self._key)
        self._tell(phrase("Copied; in a minute it is taken off the clipboard again."))

    @property
    def _may_leave(self) -> bool:
        return self._again or self.have_it.isChecked()

    def _may_go_on(self) -> None:
        self.go_on.setEnabled(self._may_leave)
        self.go_on.setDefault(self._may_leave)

    def _groups(self) -> QWidget:
        sheet = panel()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        self.groups: list[QLabel] = []
        for place, groups in enumerate(rows_of(self._key)):
            grid.addWidget(label("small", str(place + 1)), place, 0)
            for column, group in enumerate(groups):
                shown = label("secret", group)
                self.groups.append(shown)
                grid.addWidget(shown, place, column + 1)
                grid.setColumnStretch(column + 1, 1)
        return sheet

    def _ways(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        self.print_button = self._way(phrase("Print…"), self.print_key)
        self.save_button = self._way(phrase("Save as PDF…"), self.save_key)
        self.copy_button = self._way(phrase("Copy"), self.copy_key)
        for place, button in enumerate((self.print_button, self.save_button, self.copy_button)):
            grid.addWidget(button, 0, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _way(self, text: Phrase, do: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(True)
        self.texts.bind(button.setText, text)
        button.clicked.connect(lambda _=False: do())
        return button

    def _foot(self) -> QVBoxLayout:
        self.go_on = QPushButton()
        self.go_on.setProperty("kind", "primary")
        self.go_on.setAutoDefault(True)
        self.texts.bind(self.go_on.setText, phrase("Close") if self._again else phrase("Go on"))
        self.go_on.clicked.connect(self.accept)
        across = row()
        across.addStretch(1)
        across.addWidget(self.go_on)
        foot = QVBoxLayout()
        foot.addLayout(across)
        return foot

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Lay the page out off the window's thread; what goes wrong is said here."""

        def failed(error: BaseException) -> None:
            if isinstance(error, Problem):
                self._tell(error.sentence)
            else:
                raise error

        self._jobs.run(phrase("Preparing the recovery key"), work, done, failed)

    def _tell(self, sentence: Phrase) -> None:
        self.told.setText(tr(sentence))


def print_picture(printer: QPrinter, picture: bytes) -> None:
    """Draw a page that was laid out as a picture onto a printer's page."""
    image = QImage.fromData(picture)
    page = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    inner = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
    painter = QPainter(printer)
    try:
        painter.drawImage(QRectF(-inner.left(), -inner.top(), page.width(), page.height()), image)
    finally:
        painter.end()
