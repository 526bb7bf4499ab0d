"""Making a new store: where it is, and whether it is encrypted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.protection.fitted import FittedDialog
from brm_desktop.gui.protection.new_secret import NewSecret
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.language import tr
from brm_desktop.session.protection import PLAIN, Passphrase, Protection

SUFFIX = ".brm"
_WIDE = 520
_INDENT = 26

Failed = Callable[[BaseException], None]
Make = Callable[[Path, Protection, Callable[[], object], Failed], None]
"""Makes a store and says when it stands, or what went wrong."""


class NewStoreDialog(FittedDialog):
    """One sheet; it stays until the store stands, so that nothing has to be typed twice."""

    def __init__(self, window: QWidget, look: Look, proposed: Path, make: Make) -> None:
        super().__init__(window, _WIDE)
        self._make = make
        self.texts = Texts(self)
        self.texts.bind(self.setWindowTitle, phrase("New store"))
        self.place = QLineEdit(str(proposed))
        self.place.setMinimumHeight(30)
        self.texts.name(self.place, phrase("File of the new store"))
        self.choose = QPushButton()
        self.choose.setAutoDefault(True)
        self.texts.bind(self.choose.setText, phrase("Choose…"))
        self.encrypted = QRadioButton()
        self.plain = QRadioButton()
        self.encrypted.setChecked(True)
        self.secret = NewSecret(look)
        self.problem = label("warning", wrap=True)
        self.cancel = QPushButton()
        self.create_button = QPushButton()
        self._arrange()
        self._connect()
        self.secret.setFocus()

    @property
    def path(self) -> Path:
        """Where the store shall be."""
        path = Path(self.place.text().strip()).expanduser()
        return path if path.suffix else path.with_suffix(SUFFIX)

    @property
    def protection(self) -> Protection:
        """How it shall be protected."""
        return Passphrase(self.secret.text) if self.encrypted.isChecked() else PLAIN

    def done(self, result: int) -> None:
        """Let go of what was typed."""
        super().done(result)
        self.secret.clear()

    def create_store(self) -> None:
        """Make the store, or say what stands in the way."""
        if self.busy:
            return
        self._tell(None)
        if not self.place.text().strip():
            self._tell(phrase("Choose where to keep the new store."))
            self.place.setFocus()
        elif self.path.exists():
            self._tell(phrase("{name} is there already; choose another name.", name=self.path.name))
            self.place.setFocus()
        elif self.encrypted.isChecked() and self.secret.wrong is not None:
            self.secret.refuse()
        else:
            self._wait(True)
            self._make(self.path, self.protection, self.accept, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._wait(False)
        if not isinstance(error, Problem):
            raise error
        self._tell(error.sentence)
        self.place.setFocus()

    def _wait(self, waiting: bool) -> None:
        self.busy = waiting
        for part in (self.place, self.choose, self.encrypted, self.plain, self.secret, self.cancel):
            part.setEnabled(not waiting)
        self.create_button.setText(tr("Creating…") if waiting else tr("Create"))
        if not waiting:
            self._switched()

    def _tell(self, sentence: Phrase | None) -> None:
        self.problem.setText("" if sentence is None else tr(sentence))
        self.problem.setVisible(sentence is not None)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        heading = label("title")
        self.texts.bind(heading.setText, phrase("New store"))
        layout.addWidget(heading)
        words = label("quiet", wrap=True)
        self.texts.bind(words.setText, phrase("All your accounts are kept in one file."))
        layout.addWidget(words)
        layout.addSpacing(4)
        where = row(gap=8)
        where.addWidget(self.place, 1)
        where.addWidget(self.choose)
        layout.addLayout(where)
        layout.addSpacing(8)
        self._choice(
            layout,
            self.encrypted,
            phrase("Encrypt it with a passphrase"),
            phrase("Without it or the recovery key nobody can read the file, not even you."),
        )
        layout.addLayout(_indented(self.secret))
        layout.addSpacing(8)
        self._choice(
            layout,
            self.plain,
            phrase("Leave it unencrypted"),
            phrase("Whoever gets hold of the file or of this computer can read it."),
        )
        together = QButtonGroup(self)
        together.addButton(self.encrypted)
        together.addButton(self.plain)
        layout.addSpacing(4)
        self.problem.hide()
        layout.addWidget(self.problem)
        layout.addSpacing(4)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.create_button)
        return foot

    def _choice(
        self, layout: QVBoxLayout, button: QRadioButton, title: Phrase, sentence: Phrase
    ) -> None:
        self.texts.bind(button.setText, title)
        self.texts.bind(button.setAccessibleDescription, sentence)
        layout.addWidget(button)
        words = label("small", wrap=True)
        self.texts.bind(words.setText, sentence)
        layout.addLayout(_indented(words))

    def _connect(self) -> None:
        self.texts.bind(self.cancel.setText, phrase("Cancel"))
        self.texts.bind(self.create_button.setText, phrase("Create"))
        self.create_button.setProperty("kind", "primary")
        self.create_button.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.create_button.clicked.connect(self.create_store)
        self.secret.submitted.connect(self.create_store)
        self.encrypted.toggled.connect(self._switched)
        self.choose.clicked.connect(self._choose)

    def _switched(self) -> None:
        on = self.encrypted.isChecked()
        self.secret.setEnabled(on)
        self.secret.retell()
        self._tell(None)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("New store"),
            str(self.path),
            tr("BRM stores (*{suffix})", suffix=SUFFIX),
        )
        if chosen:
            self.place.setText(chosen)
            self._tell(None)


def _indented(inner: QWidget) -> QHBoxLayout:
    """Something beneath the words of a choice."""
    across = row(gap=0)
    across.setContentsMargins(_INDENT, 0, 0, 0)
    across.addWidget(inner, 1, Qt.AlignmentFlag.AlignTop)
    return across
