"""The first page: what the program is for, and the ways to begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, label
from brm_desktop.gui.widgets.tips import plain_tip


class _Way(QPushButton):
    """A large button: a sign, what it does, and a sentence about it."""

    def __init__(self, look: Look, icon: str, title: Phrase, sentence: Phrase) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setProperty("kind", "way")
        self.setAutoDefault(True)
        self.setFixedSize(292, 108)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.texts = Texts(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 16, 16, 16)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        self._sign = QLabel()
        self._sign.setFixedSize(26, 26)
        name = label("name")
        words = QLabel()
        words.setProperty("role", "quiet")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for part in (self._sign, name, words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        grid.addWidget(self._sign, 0, 0)
        grid.addWidget(name, 0, 1)
        grid.addWidget(words, 1, 1)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)
        self.texts.bind(name.setText, title)
        self.texts.bind(words.setText, sentence)
        self.texts.bind(self.setAccessibleName, title)
        self.texts.bind(self.setAccessibleDescription, sentence)
        look.changed.connect(self._recolour)
        self._recolour()

    def _recolour(self) -> None:
        icon = self._look.icon(self._icon, "accent", 26)
        self._sign.setPixmap(icon.pixmap(QSize(26, 26), self.devicePixelRatioF()))


class StartPage(QWidget):
    """Shown while no store is open."""

    sample_asked = Signal()
    import_asked = Signal()
    empty_asked = Signal()
    open_asked = Signal()
    recent_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.texts = Texts(self)
        self.ways: dict[str, QPushButton] = {}
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        inner = QVBoxLayout()
        inner.setSpacing(6)
        heading = label("title")
        self.texts.bind(heading.setText, phrase("Who decides, who sways them, how close we are"))
        words = label("quiet")
        self.texts.bind(
            words.setText,
            phrase("Everything stays in one file on this computer. Where do you want to begin?"),
        )
        for part in (heading, words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(part)
        inner.addSpacing(22)
        inner.addLayout(self._ways(look))
        inner.addSpacing(18)
        self._recent_title = label("quiet")
        self._recent_title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.texts.bind(self._recent_title.setText, phrase("Opened lately"))
        inner.addWidget(self._recent_title, 0, Qt.AlignmentFlag.AlignHCenter)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        inner.addLayout(self._recent)
        outer.addLayout(inner)
        outer.addStretch(3)
        self.show_recent([])

    def focus_first(self) -> None:
        """Give the keys to the first way to begin."""
        next(way for way in self.ways.values() if not way.isHidden()).setFocus()

    def show_recent(self, stores: list[Path]) -> None:
        """List the stores opened lately."""
        emptied(self._recent)
        self._recent_title.setVisible(bool(stores))
        for path in stores[:5]:
            button = QPushButton()
            button.setProperty("kind", "plain")
            button.setAutoDefault(True)
            button.setFixedSize(460, 30)
            button.setAccessibleName(path.name)
            button.setToolTip(plain_tip(str(path)))
            inner = QGridLayout(button)
            inner.setContentsMargins(12, 0, 12, 0)
            name, folder = label("strong", path.stem), ElidedLabel("small", str(path.parent))
            for place, part in enumerate((name, folder)):
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                inner.addWidget(part, 0, place)
            button.clicked.connect(lambda _=False, p=path: self.recent_asked.emit(p))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _ways(self, look: Look) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(14)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 1)
        ways = (
            ("sample", phrase("Sample portfolio"), self.sample_asked,
             phrase("Eight accounts to look around in; a file of its own, removed in one click.")),
            ("plus", phrase("Start empty"), self.empty_asked,
             phrase("Make a new store and the first account in it.")),
            ("import", phrase("Import"), self.import_asked,
             phrase("Bring people and lines from CSV files into a new store.")),
            ("folder", phrase("Open a store"), self.open_asked,
             phrase("Go on with a file that you have.")),
        )  # fmt: skip
        for place, (icon, title, signal, sentence) in enumerate(ways):
            button = _Way(look, icon, title, sentence)
            button.clicked.connect(signal)
            self.ways[icon] = button
            grid.addWidget(button, place // 2, 1 + place % 2)
        return grid
