"""The threshold tables in the settings: what revenue and potential are worth in points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Money
from brm_desktop.domain.thresholds import (
    LOOKED_UP,
    MOST_STEPS,
    USUAL,
    Step,
    Thresholds,
    ThresholdTable,
)
from brm_desktop.gui.inspector.part import FieldGrid
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.amounts import amount_text, parse_amount
from brm_desktop.gui.widgets.fields import Choose, TextField
from brm_desktop.gui.widgets.frames import emptied, label, row, set_property
from brm_desktop.gui.words import capital, joined
from brm_desktop.language import tr

_NUMBER_WIDE = 88


class ThresholdsPage(QWidget):
    """One table at a time; ``take`` gets the changed tables and gives those then in force.

    The usual tables are shown until one of one's own takes their place.
    """

    def __init__(
        self, tables: Thresholds, currency: str, take: Callable[[Thresholds], Thresholds]
    ) -> None:
        super().__init__()
        self._own = tables
        self._currency = currency
        self._take = take
        self.texts = Texts(self)
        self._amounts: list[TextField] = []
        self._points: list[QSpinBox] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 16, 4, 4)
        layout.setSpacing(12)
        hint = label("quiet", wrap=True)
        self.texts.bind(
            hint.setText,
            phrase(
                "From an amount on an account gets so many points. A table for its industry or"
                " customer type comes before one for all; an amount in a currency without a table"
                " counts as unknown."
            ),
        )
        layout.addWidget(hint)
        layout.addLayout(self._choice())
        layout.addLayout(self._about())
        layout.addWidget(self._steps(), 1)
        self.table = self._offered()[0]
        self.texts.again(self._show)
        self._show()

    def _choice(self) -> QVBoxLayout:
        self.which = Choose()
        self.texts.name(self.which, phrase("Threshold table"))
        self.which.picked.connect(self._turn_to)
        self.add = self._button(phrase("Add a table"), self._add)
        self.remove = self._button(phrase("Remove"), self._remove)
        inside = QVBoxLayout()
        across = row(gap=8)
        across.addWidget(self.which, 1)
        across.addWidget(self.add)
        across.addWidget(self.remove)
        inside.addLayout(across)
        return inside

    def _button(self, text: Phrase, do: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        self.texts.bind(button.setText, text)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _about(self) -> FieldGrid:
        grid = FieldGrid(self.texts)
        self.criterion = Choose()
        self.criterion.picked.connect(lambda value: self._change(criterion=value))
        self.currency = TextField()
        self.currency.setMaxLength(3)
        self.currency.edited.connect(lambda text: self._change(currency=text.upper()))
        self.industry = TextField()
        self.industry.edited.connect(lambda text: self._change(industry=text))
        self.customer_type = TextField()
        self.customer_type.edited.connect(lambda text: self._change(customer_type=text))
        grid.field(phrase("Criterion"), self.criterion)
        grid.field(phrase("Currency"), self.currency)
        grid.field(phrase("Industry"), self.industry)
        grid.field(phrase("Customer type"), self.customer_type)
        for field in (self.industry, self.customer_type):
            self.texts.bind(field.setPlaceholderText, phrase("all"))
        return grid

    def _steps(self) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.texts.name(scroll, phrase("Steps of the table"))
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        scroll.setWidget(holder)
        return scroll

    def _offered(self) -> list[ThresholdTable]:
        """One's own tables, and the usual ones that they do not replace: all that are in force.

        Those in the store's currency come before those in others.
        """
        own = {table.key for table in self._own}
        tables = {self._currency: (Step(0, 0),), **USUAL}
        usual = [
            ThresholdTable(one, currency, tables[currency])
            for currency in sorted(tables, key=lambda code: (code != self._currency, code))
            for one in LOOKED_UP
        ]
        return [*self._own, *(table for table in usual if table.key not in own)]

    def _is_own(self) -> bool:
        return any(table.key == self.table.key for table in self._own)

    def _show(self) -> None:
        offered = self._offered()
        there = (one for one in offered if one.key == self.table.key)
        self.table = next(there, offered[0])
        self.which.offer([(self._said(one), one.key) for one in offered], self.table.key)
        criteria = [(capital(tr(one)), one) for one in LOOKED_UP]
        self.criterion.offer(criteria, self.table.criterion)
        self.currency.show_text(self.table.currency)
        self.industry.show_text(self.table.industry)
        self.customer_type.show_text(self.table.customer_type)
        self.remove.setEnabled(self._is_own())
        self._show_steps()

    def _said(self, table: ThresholdTable) -> str:
        whose = joined(table.industry, table.customer_type) or tr("all accounts")
        usual = "" if any(one.key == table.key for one in self._own) else tr("usual")
        return joined(capital(tr(table.criterion)), table.currency, whose, usual)

    def _show_steps(self) -> None:
        emptied(self._grid)
        self._amounts, self._points = [], []
        for place, text in enumerate((phrase("From an amount of"), phrase("points"))):
            self._grid.addWidget(label("small", tr(text)), 0, place)
        steps = self.table.steps
        for step in steps:
            amount = amount_text(Money(step.at_least, self.table.currency))
            self._line(amount, step.points)
        if len(steps) < MOST_STEPS:
            self._line("", steps[-1].points if steps else 0)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _line(self, amount: str, points: int) -> None:
        at = len(self._amounts) + 1
        field = TextField()
        field.show_text(amount)
        field.setPlaceholderText(tr("Another step: its amount"))
        field.setAccessibleName(tr("Step {n}: from an amount of", n=at))
        box = QSpinBox()
        box.setRange(0, 100)
        box.setFixedWidth(_NUMBER_WIDE)
        box.setKeyboardTracking(False)
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setAccessibleName(tr("Step {n}: points", n=at))
        box.setValue(points)
        field.edited.connect(lambda _text: self._steps_changed())
        box.valueChanged.connect(lambda _value: self._steps_changed())
        self._grid.addWidget(field, at, 0)
        self._grid.addWidget(box, at, 1)
        self._amounts.append(field)
        self._points.append(box)

    def _steps_changed(self) -> None:
        """Take the steps as they stand there, in the order of their amounts.

        An amount that is none, or in another currency, is marked, and nothing is taken.
        """
        found, wrong = [], False
        for field, box in zip(self._amounts, self._points, strict=True):
            amount = parse_amount(field.text(), self.table.currency)
            fits = amount is not None and amount.currency == self.table.currency
            if amount is not None and fits:
                found.append(Step(amount.minor, box.value()))
            self._mark(field, wrong=bool(field.text()) and not fits)
            wrong = wrong or (bool(field.text()) and not fits)
        if not wrong:
            self._change(steps=tuple(sorted(found)))

    def _mark(self, field: TextField, *, wrong: bool) -> None:
        set_property(field, "wrong", wrong)
        said = tr("An amount in {currency}, such as 500000.", currency=self.table.currency)
        field.setToolTip(said if wrong else "")

    def _turn_to(self, key: object) -> None:
        self.table = next(one for one in self._offered() if one.key == key)
        self._show()

    def _change(self, **fields: object) -> None:
        changed = replace(self.table, **fields)  # type: ignore[arg-type]  # its own fields
        if changed != self.table:
            others = [one for one in self._own if one.key != self.table.key]
            self._put((*others, changed), changed)

    def _add(self) -> None:
        """A table like the one on show for a kind of customer that is still to be named."""
        names = {table.customer_type for table in self._own}
        called = next(
            name
            for number in range(1, len(names) + 2)
            if (name := tr("Type {n}", n=number)) not in names
        )
        added = replace(self.table, customer_type=called)
        self._put((*self._own, added), added)
        self.customer_type.setFocus()
        self.customer_type.selectAll()

    def _remove(self) -> None:
        left = tuple(one for one in self._own if one.key != self.table.key)
        self._put(left, self.table)

    def _put(self, tables: Thresholds, shown: ThresholdTable) -> None:
        """Put tables in force; when they are refused, everything is as it was."""
        self._own = self._take(tables)
        if self._own == tables:
            self.table = shown
        self._show()
