"""The band under the top bar, on every page of a what-if: that nothing is saved, keep, discard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.what_if import leaving
from brm_desktop.gui.widgets.frames import ElidedLabel, label
from brm_desktop.language import tr, trn

_HIGH = 40


class SupposedBand(QWidget):
    """There as long as things are only supposed, whatever page is on show."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._texts = Texts(self)
        self.setObjectName("supposed")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HIGH)
        self._texts.name(self, phrase("What if: nothing is saved"))
        title = label("strong")
        self._texts.bind(title.setText, phrase("What if: nothing is saved"))
        self.count = ElidedLabel("plain")
        self.discard = QPushButton()
        self._texts.bind(self.discard.setText, phrase("Discard"))
        self._texts.name(self.discard, phrase("Discard what is supposed"))
        self.keep = QPushButton()
        self.keep.setProperty("kind", "primary")
        self._texts.bind(self.keep.setText, phrase("Keep"))
        self._texts.name(self.keep, phrase("Keep what is supposed, as one step"))
        self.discard.clicked.connect(lambda: leaving.discard(desk))
        self.keep.clicked.connect(lambda: leaving.keep(desk))
        across = QHBoxLayout(self)
        across.setContentsMargins(20, 4, 16, 4)
        across.setSpacing(12)
        across.addWidget(title)
        across.addWidget(self.count, 1)
        across.addWidget(self.discard)
        across.addWidget(self.keep)
        for signal in (desk.opened, desk.closed, desk.changed):
            signal.connect(self.renew)
        self._texts.again(self.renew)
        self.hide()

    def renew(self, *_: object) -> None:
        """Be there in a what-if, and say how much is supposed."""
        desk = self._desk
        on = desk.is_open and desk.session.supposing
        if on:
            count = desk.session.supposed_count
            self.count.setText(
                trn("{n} supposed change", "{n} supposed changes", count)
                if count
                else tr("Change scores, stances, ties or people, and watch.")
            )
            self.keep.setEnabled(count > 0)
        self.setVisible(on)
