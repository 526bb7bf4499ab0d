"""The settings about protection: of the open store, and when it locks by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.protection import changing
from brm_desktop.gui.protection.guard import CHOICES
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.language import tr, trn

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow

_BUTTON_WIDE = 260


class ProtectionSettings(QWidget):
    """Encrypted or not, and what can be done about it; a step of its own closes the settings."""

    def __init__(self, window: MainWindow, close: Callable[[], object]) -> None:
        super().__init__()
        self._window = window
        self._close = close
        self.texts = Texts(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(4, 16, 4, 4)
        self._layout.setSpacing(8)
        if window.desk.session.is_encrypted:
            self._of_encrypted()
        else:
            self._of_plain()
        self._layout.addStretch(1)

    def _of_encrypted(self) -> None:
        self._state(
            "lock",
            phrase("This store is encrypted."),
            phrase("It opens with its passphrase, or with the recovery key."),
        )
        self.change = self._button(phrase("Change the passphrase…"), changing.ask_change)
        self.recovery = self._button(phrase("Show the recovery key…"), changing.ask_recovery_key)
        self.setFocusProxy(self.change)
        self._layout.addSpacing(8)
        title = label("strong")
        self.texts.bind(title.setText, phrase("Lock after this time without use"))
        self._layout.addWidget(title)
        self.minutes = Choose()
        self.minutes.setFixedWidth(_BUTTON_WIDE)
        self.texts.name(self.minutes, phrase("Lock after this time without use"))
        self.minutes.picked.connect(lambda value: self._window.guard.use_minutes(int(str(value))))
        self.texts.again(self._said)
        self._said()
        self._layout.addWidget(self.minutes)
        words = label("small", wrap=True)
        self.texts.bind(
            words.setText,
            phrase(
                "Locking closes the store. While a what-if or a dialog is open it only covers "
                "the window, so that nothing is lost."
            ),
        )
        self._layout.addWidget(words)
        self._layout.addSpacing(8)
        self.lock = self._button(phrase("Lock now"), lambda window: window.guard.lock())

    def _of_plain(self) -> None:
        if self._window.stores.on_sample:
            self._state(
                "unlocked",
                phrase("The sample portfolio is not encrypted."),
                phrase("It holds nobody's secrets."),
            )
            return
        self._state(
            "unlocked",
            phrase("This store is not encrypted."),
            phrase("Whoever gets hold of the file or of this computer can read it."),
        )
        self.encrypt = self._button(phrase("Encrypt this store…"), changing.ask_encrypt)
        self.encrypt.setProperty("kind", "primary")
        self.setFocusProxy(self.encrypt)

    def _state(self, icon: str, title: Phrase, sentence: Phrase) -> None:
        across = row(gap=12)
        sign = QLabel()
        sign.setPixmap(self._window.look.icon(icon, "accent", 26).pixmap(QSize(26, 26)))
        name, words = label("name"), label("quiet", wrap=True)
        self.texts.bind(name.setText, title)
        self.texts.bind(words.setText, sentence)
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addWidget(name)
        beside.addWidget(words)
        across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(beside, 1)
        self._layout.addLayout(across)
        self._layout.addSpacing(8)

    def _button(self, text: Phrase, do: Callable[[MainWindow], object]) -> QPushButton:
        button = QPushButton()
        button.setMinimumWidth(_BUTTON_WIDE)
        button.setAutoDefault(True)
        self.texts.bind(button.setText, text)
        button.clicked.connect(lambda _=False: self._begin(do))
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _begin(self, do: Callable[[MainWindow], object]) -> None:
        """Close the settings first: what follows has a dialog of its own, or covers the window."""
        window = self._window
        self._close()
        QTimer.singleShot(0, window, lambda: do(window))

    def _said(self) -> None:
        words: list[tuple[str, object]] = [
            (trn("{n} minute", "{n} minutes", one) if one else tr("never"), one) for one in CHOICES
        ]
        self.minutes.offer(words, self._window.guard.minutes)
