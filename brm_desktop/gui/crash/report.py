"""The dialog of a defect or a crash: a plain sentence, what is saved, and the details folded."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.crash.details import details_of_bad_end, details_of_defect
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.language import tr
from brm_desktop.process.folders import log_folder
from brm_desktop.process.run_mark import BadEnd

_WIDE = 560
_HIGH_DETAILS = 220


class ReportDialog(QDialog):
    """Says what happened; the details can be unfolded, copied, and looked up in the log."""

    def __init__(
        self, parent: QWidget | None, title: Phrase, sentence: Phrase, saved: Phrase, details: str
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(title))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        self.sentence = _words("name", tr(sentence))
        self.saved = _words("plain", tr(saved))
        self.fold = QToolButton()
        self.fold.setProperty("kind", "fold")
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fold.setText(tr("Details"))
        self.fold.setAccessibleName(tr("Details"))
        self.fold.toggled.connect(self._unfold)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setAccessibleName(tr("Details, with nothing of yours in them"))
        self.details.setFixedHeight(_HIGH_DETAILS)
        layout.addWidget(self.sentence)
        layout.addWidget(self.saved)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.details)
        layout.addSpacing(4)
        layout.addLayout(self._buttons())
        self._unfold(False)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words need, once they are dressed; Enter closes it."""
        super().showEvent(event)
        self._settle()
        self.close_button.setFocus()

    def _buttons(self) -> QVBoxLayout:
        self.folder = QPushButton(tr("Open log folder"))
        self.folder.setAutoDefault(False)
        self.folder.clicked.connect(_open_log_folder)
        self.copy = QPushButton(tr("Copy details"))
        self.copy.setAutoDefault(False)
        self.copy.setToolTip(tr("They hold nothing of yours: no names, no texts, no places."))
        self.copy.clicked.connect(self._copy)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setProperty("kind", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        across = row(gap=8)
        across.addWidget(self.folder)
        across.addWidget(self.copy)
        across.addStretch(1)
        across.addWidget(self.close_button)
        holder = QVBoxLayout()
        holder.addLayout(across)
        return holder

    def _unfold(self, opened: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.details.setVisible(opened)
        self._settle()

    def _settle(self) -> None:
        layout = self.layout()
        assert layout is not None  # set when it is made
        layout.activate()
        self.setFixedSize(_WIDE, layout.totalHeightForWidth(_WIDE))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText(tr("Copied"))


def show_defect(window: QWidget | None, error: BaseException) -> None:
    """Own up to a defect while the program runs."""
    ReportDialog(
        window,
        phrase("A mistake in the program"),
        phrase("Something went wrong that is not your doing."),
        phrase(
            "What you entered before is saved. The last step was either saved as a whole or not"
            " at all; check whether it is there, and repeat it if not."
        ),
        details_of_defect(error),
    ).exec()


def show_bad_end(window: QWidget | None, end: BadEnd) -> None:
    """Tell what is known of a run that did not end in order."""
    ReportDialog(
        window,
        phrase("The last run"),
        phrase("BRM Desktop did not end properly last time."),
        phrase(
            "Everything you had entered was saved; only what you were typing at that moment, or"
            " an open what-if, may be missing."
        ),
        details_of_bad_end(end),
    ).exec()


def _words(role: str, text: str) -> QLabel:
    """A text on as many lines as it needs, which the height of the dialog follows."""
    made = label(role, text, wrap=True)
    policy = made.sizePolicy()
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def _open_log_folder() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))
