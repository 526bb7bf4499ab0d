"""How the window says that something did not work: one sentence, details only when asked for.

A :class:`Problem` is the user's: its sentence appears at the foot of the window and goes by
itself. Anything else raised is a defect of the program: it is logged and shown as such, with the
details to copy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase
from brm_desktop.language import tr

_LOG = logging.getLogger(__name__)
_JUST_TOLD_MS = 3_000
"""A sentence stands at the foot of the window for longer than that."""


class Messages(QObject):
    """Sentences for the user; the window shows them."""

    said = Signal(str)
    warned = Signal(str)
    wrote = Signal(str, str)
    """A sentence, and the file it is about."""
    made = Signal(str, object)
    """A sentence about an edit that may be taken back at once, and the edit's name."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._same = ("", False)
        self._since = QElapsedTimer()

    def say(self, sentence: Phrase) -> None:
        """Tell that something was done."""
        self.said.emit(tr(sentence))

    def written(self, sentence: Phrase, file: Path) -> None:
        """Tell that a file was written, and offer to open it."""
        self.wrote.emit(tr(sentence), str(file))

    def say_made(self, sentence: Phrase, edit: Phrase) -> None:
        """Tell what an edit of a name made, and offer to undo it."""
        self.made.emit(tr(sentence), edit)

    def warn(self, sentence: Phrase) -> None:
        """Tell that something was refused."""
        self.warned.emit(tr(sentence))

    def failed(self, error: BaseException) -> None:
        """Tell what went wrong: a problem as its sentence, anything else as a defect."""
        self._tell(error, asked=True)

    def failed_unasked(self, error: BaseException) -> None:
        """Tell what went wrong in work that nobody asked for.

        Where that and what was asked for fail alike at once, the sentence is said once.
        """
        self._tell(error, asked=False)

    def _tell(self, error: BaseException, *, asked: bool) -> None:
        if not isinstance(error, Problem):
            self.defect(error)
            return
        sentence, (told, was_asked) = tr(error.sentence), self._same
        is_same = sentence == told and not self._since.hasExpired(_JUST_TOLD_MS)
        self._same = (sentence, asked or (is_same and was_asked))
        if is_same and not (asked and was_asked):
            return
        self._since.start()
        self.warned.emit(sentence)

    def defect(self, error: BaseException) -> None:
        """Log a defect of the program and show it as such, the details folded."""
        _LOG.error("a defect", exc_info=error)
        from brm_desktop.gui.crash.report import show_defect

        show_defect(self._window, error)

    def ask(self, question: Phrase, yes: Phrase, *, danger: bool = False) -> bool:
        """Ask before something that is hard to take back."""
        from PySide6.QtWidgets import QMessageBox

        from brm_desktop.gui.widgets.frames import set_property

        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(tr("Please confirm"))
        box.setText(tr(question))
        agree = box.addButton(tr(yes), QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        if isinstance(agree, QPushButton):
            set_property(agree, "kind", "danger" if danger else "primary")
        default = refuse if danger else agree
        if isinstance(default, QPushButton):
            box.setDefaultButton(default)
        box.exec()
        return box.clickedButton() is agree


def guarded(tell: Callable[[BaseException], None], work: Callable[[], object]) -> bool:
    """Do something the user asked for; tell a problem, let a defect go on to the defect dialog."""
    try:
        work()
    except Problem as problem:
        tell(problem)
        return False
    return True
