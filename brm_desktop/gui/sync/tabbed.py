"""Parts of a page behind tabs; the titles may carry how many things are behind them."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.texts import Texts
from brm_desktop.language import number, tr


class Tabbed(QWidget):
    """A row of tabs over what they show."""

    def __init__(self, texts: Texts, name: Phrase) -> None:
        super().__init__()
        self._titles: list[Phrase] = []
        self._counts: dict[int, int] = {}
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        texts.name(self.bar, name)
        self.stack = QStackedWidget()
        self.bar.currentChanged.connect(self.stack.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        texts.again(self._retell)

    def add(self, title: Phrase, part: QWidget) -> None:
        """Add a part under a title."""
        self._titles.append(title)
        self.stack.addWidget(part)
        self.bar.addTab(tr(title))

    def show_count(self, part: QWidget, count: int) -> None:
        """Say beside a title how many things are there; nothing for none."""
        place = self.stack.indexOf(part)
        self._counts[place] = count
        self._retell()

    def show_part(self, part: QWidget) -> None:
        """Go to a part."""
        self.bar.setCurrentIndex(self.stack.indexOf(part))

    def _retell(self) -> None:
        for place, title in enumerate(self._titles):
            count = self._counts.get(place, 0)
            said = tr(title)
            self.bar.setTabText(place, f"{said}  {number(count)}" if count else said)
