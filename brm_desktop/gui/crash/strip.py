"""The strip under the top bar that offers to look at what went wrong in the last run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMainWindow, QPushButton, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.crash.report import show_bad_end
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel
from brm_desktop.process.run_mark import BadEnd

_HIGH = 40
_BELOW_THE_TOP_BAR = 1


class BadEndStrip(QWidget):
    """Quiet and passing: "Look" opens the report, either button takes the strip away."""

    def __init__(self, end: BadEnd) -> None:
        super().__init__()
        self._end = end
        texts = Texts(self)
        self.setObjectName("aftermath")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HIGH)
        said = phrase(
            "BRM Desktop did not end properly last time; everything you had entered was saved."
        )
        texts.name(self, said)
        self.sentence = ElidedLabel("plain")
        texts.bind(self.sentence.setText, said)
        self.look = QPushButton()
        texts.bind(self.look.setText, phrase("Look"))
        texts.name(self.look, phrase("Look at what went wrong last time"))
        self.look.clicked.connect(self._look)
        self.dismiss = QPushButton()
        texts.bind(self.dismiss.setText, phrase("Dismiss"))
        texts.name(self.dismiss, phrase("Dismiss the notice of the last run"))
        self.dismiss.clicked.connect(self._go)
        across = QHBoxLayout(self)
        across.setContentsMargins(20, 4, 16, 4)
        across.setSpacing(12)
        across.addWidget(self.sentence, 1)
        across.addWidget(self.look)
        across.addWidget(self.dismiss)

    def _look(self) -> None:
        show_bad_end(self.window(), self._end)
        self._go()

    def _go(self) -> None:
        self.hide()
        self.deleteLater()


def offer_to_look(window: QMainWindow, end: BadEnd) -> BadEndStrip:
    """Put the strip into the window, above its pages; nothing waits for it."""
    strip = BadEndStrip(end)
    central = window.centralWidget()
    layout = None if central is None else central.layout()
    assert isinstance(layout, QBoxLayout)  # the window is built
    layout.insertWidget(_BELOW_THE_TOP_BAR, strip)
    return strip
