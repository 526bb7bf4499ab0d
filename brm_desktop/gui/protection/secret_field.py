"""A field for a passphrase: hidden unless asked for, with a hint when Caps Lock seems to be on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row

_LONGEST = 1_000
_SENSITIVE = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class _Line(QLineEdit):
    """The line itself; ``caps`` tells whether Caps Lock seems to be on, by what a key gave."""

    caps = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it, comes of Caps Lock."""
        text = event.text()
        if len(text) == 1 and text.lower() != text.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(text.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps.emit(False)  # whatever was on is off now; the next letter tells
        super().keyPressEvent(event)


class SecretField(QWidget):
    """A line for a passphrase with an eye that shows it; ``submitted`` tells Enter."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, look: Look, name: Phrase) -> None:
        super().__init__()
        self._look = look
        self.texts = Texts(self)
        self.line = _Line()
        self.line.setMaxLength(_LONGEST)
        self.line.setMinimumHeight(30)
        self.texts.name(self.line, name)
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.setFixedSize(32, 30)
        self.eye.setIconSize(QSize(18, 18))
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.texts.name(self.eye, phrase("Show what is typed"))
        self.texts.bind(self.eye.setToolTip, phrase("Show what is typed"))
        self.caps = label("stale")
        self.texts.bind(self.caps.setText, phrase("Caps Lock seems to be on."))
        self.caps.hide()
        across = row(gap=4)
        across.addWidget(self.line, 1)
        across.addWidget(self.eye)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(across)
        layout.addWidget(self.caps)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.line.returnPressed.connect(self.submitted)
        self.line.caps.connect(self.caps.setVisible)
        self.eye.toggled.connect(self._show_or_hide)
        look.changed.connect(self._recolour)
        self._show_or_hide(False)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def clear(self) -> None:
        """Empty the line and hide what is typed next."""
        self.line.clear()
        self.eye.setChecked(False)
        self.caps.hide()

    def _show_or_hide(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.line.setInputMethodHints(_SENSITIVE)
        self._recolour()

    def _recolour(self) -> None:
        icon = "hidden" if self.eye.isChecked() else "find"
        self.eye.setIcon(self._look.icon(icon))
