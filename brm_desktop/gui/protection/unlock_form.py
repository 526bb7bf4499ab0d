"""What is asked before an encrypted store opens: its passphrase, or its recovery key instead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.protection.secret_field import SecretField
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel, label, row
from brm_desktop.language import tr

WIDE = 420


class UnlockForm(QWidget):
    """The store's name, one field, one button; what was wrong is said beneath the field.

    ``submitted`` carries what was typed. Nothing of it stays here once the store is open.
    """

    submitted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._wrong: Phrase | None = None
        self._waiting = False
        self.texts = Texts(self)
        self.sign = QLabel()
        self.name = ElidedLabel("title")
        self.words = label("quiet", wrap=True)
        self.field = SecretField(look, phrase("Passphrase or recovery key"))
        self.problem = label("warning", wrap=True)
        self.problem.hide()
        self.unlock = QPushButton()
        self.unlock.setProperty("kind", "primary")
        self.unlock.setAutoDefault(True)
        self.unlock.setMinimumHeight(32)
        self._others = row(gap=8)
        self._arrange()
        self.field.submitted.connect(self._submit)
        self.field.changed.connect(self._typed)
        self.unlock.clicked.connect(self._submit)
        self.setFocusProxy(self.field)
        self.texts.again(self._said)
        look.changed.connect(self._recolour)
        self._recolour()
        self._sentence = phrase("Type its passphrase or its recovery key.")
        self._said()

    def ask(self, name: str, sentence: Phrase | None = None) -> None:
        """Ask for the secret of a store; ``sentence`` says why, when there is more to say."""
        self.name.setText(name)
        self._sentence = sentence or phrase("Type its passphrase or its recovery key.")
        self._wrong = None
        self.field.clear()
        self._wait(False)

    def wait(self) -> None:
        """Say that it is being looked at; nothing can be typed meanwhile."""
        self._wrong = None
        self._wait(True)

    def stop_waiting(self) -> None:
        """Let it be typed anew, when it is still being waited for."""
        if self._waiting:
            self._wait(False)

    def refuse(self, sentence: Phrase) -> None:
        """Say why it did not open, and let it be typed anew."""
        self._wrong = sentence
        self._wait(False)
        self.field.line.setFocus()
        self.field.line.selectAll()

    def forget(self) -> None:
        """Let go of what was typed."""
        self.ask("")

    def other(self, text: Phrase, do: Callable[[], object]) -> QPushButton:
        """Offer something else to do."""
        button = QPushButton()
        button.setProperty("kind", "link")
        button.setAutoDefault(True)
        self.texts.bind(button.setText, text)
        button.clicked.connect(lambda _=False: do())
        self._others.addWidget(button)
        return button

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = row(gap=12)
        head.addWidget(self.sign)
        head.addWidget(self.name, 1)
        layout.addLayout(head)
        layout.addWidget(self.words)
        layout.addSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.problem)
        layout.addSpacing(4)
        layout.addWidget(self.unlock)
        others = row(gap=0)
        others.addStretch(1)
        others.addLayout(self._others)
        others.addStretch(1)
        layout.addLayout(others)

    def _submit(self) -> None:
        if self._waiting:
            return
        if self.field.text:
            self.submitted.emit(self.field.text)
        else:
            self.field.line.setFocus()

    def _typed(self) -> None:
        if self._wrong is not None:
            self._wrong = None
            self._said()

    def _wait(self, waiting: bool) -> None:
        self._waiting = waiting
        self.field.line.setReadOnly(waiting)
        self.field.eye.setEnabled(not waiting)
        self._said()

    def _said(self) -> None:
        self.words.setText(tr(self._sentence))
        self.unlock.setText(tr("Opening…") if self._waiting else tr("Unlock"))
        said = "" if self._wrong is None else tr(self._wrong)
        self.problem.setText(said)
        self.problem.setVisible(bool(said))
        self.field.line.setAccessibleDescription(said or self.words.text())

    def _recolour(self) -> None:
        icon = self._look.icon("lock", "accent", 26)
        self.sign.setPixmap(icon.pixmap(QSize(26, 26), self.devicePixelRatioF()))
        self.sign.setAlignment(Qt.AlignmentFlag.AlignVCenter)
