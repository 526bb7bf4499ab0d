"""The sheet that stands over the whole window while a store is locked or asks for its secret."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.protection.unlock_form import WIDE, UnlockForm
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, panel, row
from brm_desktop.language import current, tr


class LockSheet(QWidget):
    """Covers all that the window shows, which is hidden meanwhile: not painted, not read aloud.

    It shows the form that unlocks, or only a sign while a dialog of its own asks, or a sentence
    while something is being done to the store.
    """

    elsewhere = Signal()
    quit_asked = Signal()
    language_asked = Signal()

    def __init__(self, look: Look, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._window = window
        central = window.centralWidget()
        assert central is not None  # the window is built before it can be covered
        self._central = central
        self._waits: Phrase | None = None
        self.texts = Texts(self)
        self.form = UnlockForm(look)
        self.another = self.form.other(phrase("Another store…"), self.elsewhere.emit)
        self.quit = self.form.other(phrase("Quit"), self.quit_asked.emit)
        self.language = QPushButton()
        self.language.setProperty("kind", "pill")
        self.language.setFixedSize(38, 26)
        self.texts.name(self.language, phrase("Switch between Chinese and English"))
        self.texts.bind(self.language.setToolTip, phrase("Switch between Chinese and English"))
        self.language.clicked.connect(self.language_asked)
        self._arrange()
        window.installEventFilter(self)
        self.texts.again(self._said)
        look.changed.connect(self._recolour)
        self._recolour()
        self._said()
        self.hide()

    @property
    def is_up(self) -> bool:
        """Whether the window is covered."""
        return not self.isHidden()

    def ask(self, name: str, sentence: Phrase | None = None, *, may_leave: bool) -> None:
        """Cover the window and ask for the secret of a store."""
        self.form.ask(name, sentence)
        self.another.setVisible(may_leave)
        self._stack.setCurrentWidget(self._card)
        self._rise()
        self.form.setFocus()

    def rest(self, sentence: Phrase) -> None:
        """Cover the window with a sentence and nothing to press."""
        self._waits = sentence
        self._said()
        self._stack.setCurrentWidget(self._still)
        self._rise()
        self.setFocus()

    def lift(self) -> None:
        """Show the window again."""
        self.form.forget()
        self._central.show()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def _rise(self) -> None:
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._central.hide()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(0)
        top = row()
        top.addStretch(1)
        top.addWidget(self.language)
        layout.addLayout(top)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._card = self._around(self.form)
        self._still = self._around(self._said_only())
        self._stack.addWidget(self._card)
        self._stack.addWidget(self._still)
        layout.addWidget(holder, 1)

    def _around(self, inner: QWidget) -> QWidget:
        """Something in a panel a little above the middle of the window."""
        outer = QWidget()
        layout = QVBoxLayout(outer)
        layout.addStretch(2)
        sheet = panel()
        sheet.setFixedWidth(WIDE)
        within = QVBoxLayout(sheet)
        within.setContentsMargins(28, 24, 28, 16)
        within.addWidget(inner)
        layout.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        return outer

    def _said_only(self) -> QWidget:
        made = QWidget()
        across = row(gap=12)
        across.setContentsMargins(0, 0, 0, 8)
        made.setLayout(across)
        self._sign = QLabel()
        self._words = label("plain", wrap=True)
        across.addWidget(self._sign)
        across.addWidget(self._words, 1)
        return made

    def _said(self) -> None:
        self.language.setText("中" if current() == "zh_CN" else "EN")
        self._words.setText("" if self._waits is None else tr(self._waits))
        self.setAccessibleName(tr("The store is locked"))

    def _recolour(self) -> None:
        icon = self._look.icon("lock", "accent", 26)
        self._sign.setPixmap(icon.pixmap(QSize(26, 26), self.devicePixelRatioF()))
