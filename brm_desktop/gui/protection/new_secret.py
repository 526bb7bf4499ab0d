"""A new passphrase typed twice, and in plain words what it is worth."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from brm_desktop.domain.passphrases import WHAT_IT_MEANS, Strength, strength, wrong_with
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.protection.secret_field import SecretField
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, set_property
from brm_desktop.language import tr

_TINTS = {
    Strength.TOO_SHORT: "weak",
    Strength.WEAK: "weak",
    Strength.FAIR: "medium",
    Strength.GOOD: "strong",
    Strength.STRONG: "strong",
}
_STEPS = len(Strength) - 1


class StrengthBar(QWidget):
    """Four short bars, as many filled as the passphrase is worth; the words beneath say it too."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._strength = Strength.TOO_SHORT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As thin as other bars."""
        return QSize(160, 4)

    def show_strength(self, found: Strength) -> None:
        """Fill the bars."""
        self._strength = found
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the bars from the left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        filled = list(Strength).index(self._strength)
        wide = (self.width() - 4 * (_STEPS - 1)) / _STEPS
        for place in range(_STEPS):
            tint = _TINTS[self._strength] if place < filled else "track"
            painter.setBrush(self._look.colour(tint))
            painter.drawRoundedRect(QRectF(place * (wide + 4), 0, wide, self.height()), 2, 2)


class NewSecret(QWidget):
    """Two fields that must agree; what is wrong with them is said in place, when asked for."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.texts = Texts(self)
        self.first = SecretField(look, phrase("New passphrase"))
        self.again = SecretField(look, phrase("The same again"))
        self._bar = StrengthBar(look)
        self._words = label("small", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, (title, field) in enumerate(
            ((phrase("New passphrase"), self.first), (phrase("The same again"), self.again))
        ):
            name = label("quiet")
            name.setMinimumHeight(30)
            self.texts.bind(name.setText, title)
            name.setBuddy(field)
            grid.addWidget(name, place, 0, top)
            grid.addWidget(field, place, 1)
        beneath = QVBoxLayout()
        beneath.setSpacing(4)
        beneath.addWidget(self._bar)
        beneath.addWidget(self._words)
        grid.addLayout(beneath, 2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        self.setFocusProxy(self.first)
        for field in (self.first, self.again):
            field.changed.connect(self._typed)
        self.first.submitted.connect(self.again.setFocus)
        self.again.submitted.connect(self.submitted)
        self.texts.again(self.retell)
        self.retell()

    @property
    def text(self) -> str:
        """The passphrase."""
        return self.first.text

    @property
    def wrong(self) -> Phrase | None:
        """Why it cannot be taken, or nothing."""
        return wrong_with(self.first.text, self.again.text)

    @property
    def sentence(self) -> str:
        """What is said of it now."""
        return self._words.text()

    def refuse(self) -> None:
        """Say what is wrong, and go to the field it is about."""
        wrong = self.wrong
        if wrong is None:
            return
        self._say(wrong, warning=True)
        short = strength(self.first.text) is Strength.TOO_SHORT
        (self.first if short else self.again).line.setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _typed(self) -> None:
        self.retell()
        self.changed.emit()

    def retell(self) -> None:
        """Say what the passphrase is worth, no longer what was wrong with it."""
        typed = self.first.text
        found = strength(typed)
        self._bar.show_strength(found if typed else Strength.TOO_SHORT)
        advice = phrase("Four or five words you remember beat one hard word.")
        self._say(WHAT_IT_MEANS[found] if typed else advice, warning=False)

    def _say(self, sentence: Phrase, *, warning: bool) -> None:
        set_property(self._words, "role", "warning" if warning else "small")
        self._words.setText(tr(sentence))
