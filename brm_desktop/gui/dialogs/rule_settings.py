"""The numbers of the rules in the settings: each with its usual value, in force when changed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.rules import Rules
from brm_desktop.gui.dialogs.rule_fields import GROUPS, RuleField
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.language import number, tr

_ROW_WIDE = 112
_ANY = 99_999
"""More than any number of the rules, yet soon typed."""


class RuleBox(QDoubleSpinBox):
    """One number of the rules; the wheel scrolls the page, unless the box has the keys."""

    def __init__(self, field: RuleField) -> None:
        super().__init__()
        self.field = field
        self.setDecimals(field.digits)
        self.setRange(0, _ANY)  # what is out of bounds is said, not cut
        self.setSingleStep(float(field.step))
        self.setSuffix(field.unit)
        self.setKeyboardTracking(False)
        self.setFixedWidth(_ROW_WIDE)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the number, and does not go on to the dialog, which it would close."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.selectAll()
            event.accept()

    def stepBy(self, steps: int) -> None:
        """The arrows stop at the bounds."""
        wanted = self.value() + steps * self.singleStep()
        self.setValue(min(max(wanted, self.field.least), self.field.most))

    def show_rules(self, rules: Rules) -> None:
        """Show the number as it is in force, without taking that for a change."""
        self.blockSignals(True)
        self.setValue(float(self.field.read(rules)))
        self.blockSignals(False)

    @property
    def exact(self) -> Fraction:
        """The number that stands there, not the float nearest to it."""
        return Fraction(round(self.value() * 10**self.field.digits), 10**self.field.digits)


class RulesPage(QWidget):
    """The rules by groups; ``take`` gets the changed rules and gives those then in force.

    ``warn`` says what was not taken. Of shares that add to 100 % those that were set here stay, and
    the others take what is left.
    """

    def __init__(
        self, rules: Rules, take: Callable[[Rules], Rules], warn: Callable[[Phrase], None]
    ) -> None:
        super().__init__()
        self._rules = rules
        self._warn = warn
        self._kept: dict[str, set[object]] = {}
        self._take = take
        self.texts = Texts(self)
        self.boxes: list[RuleBox] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 16, 4, 4)
        layout.setSpacing(12)
        layout.addWidget(self._said())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.texts.name(scroll, phrase("Rules"))
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        for title, fields in GROUPS:
            self._group(title, fields)
        scroll.setWidget(holder)
        layout.addWidget(scroll, 1)
        across = row()
        self.again = QPushButton()
        self.texts.bind(self.again.setText, phrase("Back to the usual numbers"))
        self.again.clicked.connect(self._begin_anew)
        across.addWidget(self.again)
        across.addStretch(1)
        layout.addLayout(across)
        self._show()

    def _said(self) -> QWidget:
        hint = label("quiet", wrap=True)
        words = phrase("A number that is changed counts at once, and every sum says it.")
        self.texts.bind(hint.setText, words)
        return hint

    def _group(self, title: Phrase, fields: tuple[RuleField, ...]) -> None:
        heading = label("strong")
        heading.setContentsMargins(0, 8 if self.boxes else 0, 0, 0)
        self.texts.bind(heading.setText, title)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 3)
        for field in fields:
            place = self._grid.rowCount()
            box = RuleBox(field)
            name = label("plain", wrap=True)
            name.setBuddy(box)
            self.texts.bind(name.setText, field.title)
            self.texts.bind(box.setAccessibleName, field.title)
            usual = label("small")
            say_usual = partial(_say_usual, usual, field)
            self.texts.again(say_usual)
            say_usual()
            box.valueChanged.connect(lambda _, one=box: self._typed(one))
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(usual, place, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(box, place, 2)
            self.boxes.append(box)

    def _typed(self, box: RuleBox) -> None:
        field, value = box.field, box.exact
        if not field.least <= value <= field.most:
            bounds = {"name": field.title, "least": field.least, "most": field.most}
            self._warn(phrase("{name}: a number from {least} to {most}.", **bounds))
            self._show()
            return
        kept = self._kept.setdefault(field.share_of, set())
        self._changed(field.put(self._rules, value, kept))
        if field.read(self._rules) == value:
            kept.add(field.key)

    def _begin_anew(self) -> None:
        self._kept.clear()
        self._changed(Rules())

    def _changed(self, rules: Rules) -> None:
        self._rules = self._take(rules)
        self._show()

    def _show(self) -> None:
        for box in self.boxes:
            box.show_rules(self._rules)
        self.again.setEnabled(self._rules != Rules())


def _say_usual(shown: QLabel, field: RuleField) -> None:
    value = number(field.read(Rules()), field.digits)
    shown.setText(tr("usually {n}", n=f"{value}{field.unit}"))
