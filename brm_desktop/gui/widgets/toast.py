"""Sentences that appear at the foot of the window and go by themselves; and work under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.frames import label, set_property
from brm_desktop.gui.widgets.shadow import lifted
from brm_desktop.gui.work import Job
from brm_desktop.language import tr

_SAID_FOR_MS = 4_000
_WARNED_FOR_MS = 9_000


class _Floating(QFrame):
    """A sheet that keeps to the foot of its parent."""

    def __init__(self, look: Look, parent: QWidget, rise: int) -> None:
        super().__init__(parent)
        self._rise = rise
        self.setProperty("frame", "floating")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 8, 10, 8)
        self.row.setSpacing(12)
        lifted(self, look)
        parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Keep in place when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.settle()
        return False

    def settle(self) -> None:
        """Take the place at the foot, in the middle."""
        parent = self.parentWidget()
        if parent is None:
            return
        self.setMaximumWidth(max(320, parent.width() - 160))
        self.adjustSize()
        self.move(
            (parent.width() - self.width()) // 2, parent.height() - self.height() - self._rise
        )
        self.raise_()


class Toast(_Floating):
    """One sentence at a time, with what can be done about it: open a file, take an edit back."""

    undo_asked = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, rise=20)
        self._text = label("plain")
        self._text.setWordWrap(False)
        self._close = QPushButton("✕")
        self._close.setProperty("kind", "sign")
        self._close.setFixedSize(28, 28)
        self._close.setAccessibleName(tr("Close"))
        self._close.clicked.connect(self.hide)
        self._file = ""
        self._edit: Phrase | None = None
        self.open_file = QPushButton()
        self.open_file.setProperty("kind", "link")
        self.open_file.clicked.connect(self._open)
        self.undo = QPushButton()
        self.undo.setProperty("kind", "link")
        self.undo.clicked.connect(self._undo)
        self.row.addWidget(self._text, 1)
        self.row.addWidget(self.open_file)
        self.row.addWidget(self.undo)
        self.row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)

    @property
    def sentence(self) -> str:
        """What it says, or nothing while it is hidden."""
        return self._text.text() if self.isVisible() else ""

    def say(self, sentence: str) -> None:
        """Tell that something was done."""
        self._show(sentence, warning=False)

    def warn(self, sentence: str) -> None:
        """Tell that something did not work."""
        self._show(sentence, warning=True)

    def offer(self, sentence: str, file: str) -> None:
        """Tell that a file was written, with a button that opens it."""
        self._show(sentence, warning=False, file=file)

    def offer_undo(self, sentence: str, edit: Phrase) -> None:
        """Tell what an edit of a name made, with a button that takes it back."""
        self._edit = edit
        self._show(sentence, warning=False, undo=True)

    def follow(self, next_undone: Callable[[], Phrase | None]) -> None:
        """Something changed: the button goes when undo would take back another edit."""
        if self.undo.isVisible() and next_undone() != self._edit:
            self.undo.hide()

    def _undo(self) -> None:
        self.hide()
        self.undo_asked.emit()

    def _open(self) -> None:
        self.hide()
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._file))

    def _show(self, sentence: str, *, warning: bool, file: str = "", undo: bool = False) -> None:
        self._file = file
        self.undo.setText(tr("Undo"))
        self.undo.setVisible(undo)
        self.open_file.setText(tr("Open"))
        self.open_file.setVisible(bool(file))
        self._text.setText(sentence)
        parent = self.parentWidget()
        room = 900 if parent is None else parent.width() - 320
        wide = self._text.fontMetrics().horizontalAdvance(sentence) + 8
        self._text.setWordWrap(wide > room)
        self._text.setMinimumWidth(min(wide, room))
        set_property(self, "warning", warning)
        self.setAccessibleName(sentence)
        self._close.setAccessibleName(tr("Close"))
        self.show()
        self.settle()
        self._timer.start(_WARNED_FOR_MS if warning or file or undo else _SAID_FOR_MS)


class JobBar(_Floating):
    """The oldest piece of work under way: its name, how far it is, and a way to stop it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, rise=68)
        self._job: Job | None = None
        self._name = label("plain")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._bar.setRange(0, 0)
        self._cancel = QPushButton()
        self._cancel.clicked.connect(self._stop)
        for part in (self._name, self._bar, self._cancel):
            self.row.addWidget(part)

    def show_job(self, job: Job) -> None:
        """Show a piece of work."""
        if self._job is not None:
            return
        self._job = job
        self._name.setText(tr(job.name))
        self._bar.setAccessibleName(tr(job.name))
        self._bar.setRange(0, 0)
        self._cancel.setText(tr("Cancel"))
        self._cancel.setAccessibleName(tr("Cancel"))
        self._cancel.setEnabled(True)
        job.progressed.connect(self._progressed)
        self.show()
        self.settle()

    def end_job(self, job: Job) -> None:
        """The work is over."""
        if job is self._job:
            self._job = None
            self.hide()

    def _progressed(self, share: float) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * share))

    def _stop(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()
