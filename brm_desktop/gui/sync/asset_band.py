"""The band under the top bar while the window shows the company's asset and changes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel, label
from brm_desktop.language import tr

_HIGH = 40


class AssetBand(QWidget):
    """There as long as an asset is on show, whatever page that is."""

    back_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._texts = Texts(self)
        self.setObjectName("aftermath")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HIGH)
        title = label("strong")
        said = phrase("The company's shared asset, read only")
        self._texts.bind(title.setText, said)
        self._texts.name(self, said)
        hint = ElidedLabel("plain")
        self._texts.again(lambda: hint.setText(_hint()))
        hint.setText(_hint())
        self.back = QPushButton()
        self.back.setProperty("kind", "primary")
        self._texts.bind(self.back.setText, phrase("Back to my store"))
        self._texts.name(self.back, phrase("Back to my store"))
        self.back.clicked.connect(self.back_asked)
        across = QHBoxLayout(self)
        across.setContentsMargins(20, 4, 16, 4)
        across.setSpacing(12)
        across.addWidget(title)
        across.addWidget(hint, 1)
        across.addWidget(self.back)
        for signal in (desk.opened, desk.closed):
            signal.connect(self.renew)
        self.hide()

    def renew(self) -> None:
        """Be there while an asset is on show."""
        self.setVisible(is_asset(self._desk))


def is_asset(desk: Desk) -> bool:
    """Whether what is open is a view of an asset."""
    return desk.is_open and desk.session.is_asset


def _hint() -> str:
    return tr("A copy as of now: look at everything; what you would change is refused.")
