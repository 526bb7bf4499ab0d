"""The sides of one thing to look at, beside each other, with their buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.review.settling import typed_text, typed_value
from brm_desktop.gui.review.sides import Fact, Side, View
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import column, emptied, label, panel, row, set_property
from brm_desktop.gui.widgets.wrapping import wrapped
from brm_desktop.language import tr

_SIDES_IN_A_ROW = 2
_FIELD_WIDE = 220


class SideBySide(QWidget):
    """Shows a view; ``chosen`` carries the side whose button was pressed, ``typed`` a value."""

    chosen = Signal(object)
    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.texts = Texts(self)
        self._view: View | None = None
        self.title = label("title", wrap=True)
        self.kind = label("small")
        self.about = label("plain", wrap=True)
        self.reasons = column(gap=2)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.buttons: list[QPushButton] = []
        self._make_foot()
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.kind)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addLayout(self.reasons)
        layout.addSpacing(4)
        layout.addLayout(self._grid)
        layout.addSpacing(4)
        layout.addLayout(self._foot)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _make_foot(self) -> None:
        """What is under the sides: another value, and what else can be done."""
        self.field = QLineEdit()
        self.field.setFixedWidth(_FIELD_WIDE)
        self.texts.name(self.field, phrase("Another value"))
        self.texts.bind(self.field.setPlaceholderText, phrase("Another value"))
        self.field.returnPressed.connect(self._take_typed)
        self.words = Choose()
        self.words.setMinimumWidth(_FIELD_WIDE)
        self.texts.name(self.words, phrase("Another value"))
        self.take = QPushButton()
        self.texts.bind(self.take.setText, phrase("This value holds"))
        self.take.clicked.connect(self._take_typed)
        changes_records(self.take)
        self._foot = row(gap=8)
        self._foot.addWidget(self.field)
        self._foot.addWidget(self.words)
        self._foot.addWidget(self.take)
        self._more = row(gap=8)
        self._foot.addLayout(self._more)
        self._foot.addStretch(1)

    @property
    def view(self) -> View | None:
        """What is on show."""
        return self._view

    def show_view(self, view: View | None) -> None:
        """Show another thing, or nothing."""
        self._view = view
        emptied(self._grid)
        emptied(self.reasons)
        emptied(self._more)
        self.buttons = []
        self.setEnabled(view is not None)
        self.title.setText("" if view is None else view.title)
        self.kind.setText("" if view is None else view.kind)
        self.about.setText("" if view is None else view.about)
        self._offer_typed(view)
        if view is None:
            return
        for reason in view.reasons:
            self.reasons.addWidget(wrapped("quiet", reason))
        for place, side in enumerate(view.sides):
            sheet = self._side(side, place + 1)
            across, down = place % _SIDES_IN_A_ROW, place // _SIDES_IN_A_ROW
            self._grid.addWidget(sheet, down, across)
            self._grid.setColumnStretch(across, 1)
        for side in view.more:
            number = len(self.buttons) + 1
            self._more.addWidget(self._button(side, f"{side.choose}  ({number})"))

    def choose(self, place: int) -> None:
        """Press the button of a side, counted from 0."""
        if place < len(self.buttons):
            self.buttons[place].click()

    def _side(self, side: Side, number: int) -> QFrame:
        sheet = panel()
        inside = column(margin=12, gap=6)
        sheet.setLayout(inside)
        inside.addWidget(label("section", side.head))
        if side.value:
            inside.addWidget(wrapped("strong", side.value))
        if side.facts:
            inside.addLayout(_facts(side.facts))
        if side.foot:
            inside.addWidget(wrapped("small", side.foot))
        inside.addStretch(1)
        if side.choose:
            button = self._button(side, f"{side.choose}  ({number})")
            button.setAccessibleName(f"{side.choose}: {side.value or side.head}")
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return sheet

    def _button(self, side: Side, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(True)
        set_property(button, "kind", "danger" if side.deed == "delete" else "")
        button.clicked.connect(lambda: self.chosen.emit(side))
        changes_records(button)
        self.buttons.append(button)
        return button

    def _offer_typed(self, view: View | None) -> None:
        typed = None if view is None else view.typed
        is_word = isinstance(typed, Word)
        self.field.setVisible(typed is not None and not is_word)
        self.words.setVisible(is_word)
        self.take.setVisible(typed is not None)
        set_property(self.field, "wrong", False)
        self.field.setText("")
        if view is not None and is_word:
            self.words.offer(view.words, typed)
        elif typed is not None:
            self.field.setToolTip(tr("Such as {value}", value=typed_text(typed)))

    def _take_typed(self) -> None:
        view = self._view
        if view is None or view.typed is None:
            return
        if isinstance(view.typed, Word):
            self.typed.emit(self.words.chosen)
            return
        fits, value = typed_value(self.field.text(), view.typed)
        set_property(self.field, "wrong", not fits)
        if fits:
            self.typed.emit(value)


def _facts(facts: tuple[Fact, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, fact in enumerate(facts):
        name = label("small", fact.name)
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        value = wrapped("strong" if fact.differs else "plain", fact.value)
        if fact.differs:
            value.setAccessibleDescription(tr("differs"))
        grid.addWidget(value, place, 1)
    return grid
