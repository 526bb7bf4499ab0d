"""Field by field: from which column it comes, or what it is in every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import partial
from itertools import chain, islice
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QStackedWidget, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.dialogs.import_choices import ImportChoices
from brm_desktop.gui.dialogs.import_words import field_title, suggested
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import ElidedLabel, column, emptied, label
from brm_desktop.gui.work import Jobs
from brm_desktop.language import listed, tr
from brm_desktop.session.importing import NEEDED, SEVERAL, Chosen, Subject

_SAMPLES = 3
_AT_ONCE: Final = 6
"""So many rows are made between two events: a dozen together would hold up the window."""


class _From(Enum):
    """Where a field comes from, when it is no single column."""

    NOWHERE = "nowhere"
    KNOWN = "all columns known for it"
    SAME = "the same in every row"


class TypedBox(QComboBox):
    """One of several, or something typed. Enter ends typing, and the wheel turns the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line = self.lineEdit()
        assert line is not None, "an editable box has one"
        self._line = line
        line.editingFinished.connect(lambda: line.setCursorPosition(0))

    def hint(self, text: str) -> None:
        """What is read while nothing is written."""
        self._line.setPlaceholderText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does not press the dialog's button."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ValueBox(TypedBox):
    """A value as a file would write it: typed, or one of those offered."""

    said = Signal(str)

    def __init__(self, offered: list[tuple[str, str]]) -> None:
        super().__init__()
        self._offered = offered
        self.setMinimumContentsLength(5)
        self.addItems([text for text, _ in offered])
        self.setCurrentIndex(-1)
        self.currentTextChanged.connect(lambda _text: self.said.emit(self.value))

    @property
    def value(self) -> str:
        """What a file would write."""
        text = self.currentText().strip()
        return next((value for shown, value in self._offered if shown == text), text)

    def show_value(self, value: str) -> None:
        """Show a value without telling."""
        shown = next((text for text, there in self._offered if there == value), value)
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findText(shown, Qt.MatchFlag.MatchExactly))
            self.setEditText(shown)
            self._line.setCursorPosition(0)


class FieldRow:
    """One field: its name, the column it comes from, and what stands there."""

    def __init__(
        self, choices: ImportChoices, chosen: Chosen, name: str, columns: tuple[str, ...]
    ) -> None:
        self._choices = choices
        self.name = name
        title = field_title(chosen.subject, name)
        self.title = label("strong" if _needed(chosen.subject, name) else "quiet", title)
        self.source = Choose()
        self.source.setAccessibleName(tr("{field}: comes from", field=title))
        self.source.setMinimumContentsLength(12)
        self.source.list_wide = 240
        self.title.setBuddy(self.source)
        self.sample = ElidedLabel("quiet")
        self.shown = QStackedWidget()
        self.shown.addWidget(self.sample)
        self._subject = chosen.subject
        self._value: ValueBox | None = None
        self._known = chosen.known_source(name) if name in SEVERAL else ()
        self._columns = chosen.columns
        self.source.offer(self._offers(), None)
        self.source.picked.connect(self._picked)
        self.tell(chosen, columns)

    @property
    def value(self) -> ValueBox:
        """Where the value is written that is the same in every row; made when it is needed."""
        if self._value is None:
            self._value = ValueBox(suggested(self._subject, self.name))
            self._value.setAccessibleName(
                tr("{field}: the same in every row", field=self.title.text())
            )
            self._value.said.connect(self._said)
            self.shown.addWidget(self._value)
            if self.source.window() is self._value.window():
                QWidget.setTabOrder(self.source, self._value)
        return self._value

    @property
    def stops(self) -> list[QWidget]:
        """What the keyboard stops at, in order."""
        return [self.source] if self._value is None else [self.source, self._value]

    def tell(self, chosen: Chosen, columns: tuple[str, ...]) -> None:
        """Show where the field comes from as things are: the columns, or what was chosen."""
        wishes = chosen.wishes
        same = self.name in wishes.constants
        if same:
            self.source.show_choice(_From.SAME)
            if self.value.value != wishes.constants[self.name]:
                self.value.show_value(wishes.constants[self.name])
        elif len(columns) > 1:
            self.source.show_choice(_From.KNOWN)
        else:
            self.source.show_choice(columns[0] if columns else _From.NOWHERE)
        cells = chain.from_iterable(map(chosen.column_cells, columns))
        self.sample.setText("" if same else listed(islice(cells, _SAMPLES)))
        self.shown.setCurrentWidget(self.value if same else self.sample)

    def _offers(self) -> list[tuple[str, object]]:
        offers: list[tuple[str, object]] = [("–", _From.NOWHERE)]
        if len(self._known) > 1:
            offers.append((listed(self._known), _From.KNOWN))
        offers.append((tr("the same in every row"), _From.SAME))
        return [*offers, *((name, name) for name in self._columns)]

    def _picked(self, source: object) -> None:
        current = self._choices.current
        if current is None:
            return
        columns = {key: one for key, one in current.wishes.columns.items() if key != self.name}
        constants = {key: one for key, one in current.wishes.constants.items() if key != self.name}
        if source is _From.SAME:
            constants[self.name] = self.value.value
        elif source is not _From.KNOWN:
            columns[self.name] = source if isinstance(source, str) else ""
        self._choices.wish(columns=columns, constants=constants)
        if source is _From.SAME:
            self.value.setFocus()

    def _said(self, value: str) -> None:
        current = self._choices.current
        if current is not None and self.name in current.wishes.constants:
            self._choices.wish(constants={**current.wishes.constants, self.name: value})


class FieldsPanel(QWidget):
    """All fields of the file on show: those it needs or has first, then those it could have.

    Their rows are made a few at a time; ``built`` tells that the last is there.
    """

    built = Signal()

    def __init__(self, choices: ImportChoices, jobs: Jobs) -> None:
        super().__init__()
        self._choices = choices
        self._jobs = jobs
        self._body: QWidget | None = None
        self.rows: dict[str, FieldRow] = {}
        self._layout = column(gap=0)
        self.setLayout(self._layout)
        choices.shown.connect(self.build)
        choices.changed.connect(self.tell)
        self.build()

    @property
    def stops(self) -> list[QWidget]:
        """What the keyboard stops at, in order."""
        return [stop for row in self.rows.values() for stop in row.stops]

    def build(self) -> None:
        """Make the rows anew."""
        emptied(self._layout)
        self.rows = {}
        self._body = None
        chosen = self._choices.current
        if chosen is None or chosen.table is None or chosen.subject is None:
            if not self._choices.files:
                hint = tr("Here you say which column of the file is which field.")
                self._layout.addWidget(label("quiet", hint, wrap=True))
            return
        body = self._body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for place, title in enumerate((tr("Field"), tr("comes from"), tr("for example"))):
            grid.addWidget(label("small", title), 0, place)
        self._layout.addWidget(body)
        self._jobs.in_turn(phrase("Reading the files"), self._pieces(body, grid, chosen))

    def end(self) -> None:
        """Make no more rows: the dialog goes."""
        self._body = None

    def _pieces(
        self, body: QWidget, grid: QGridLayout, chosen: Chosen
    ) -> Iterator[Callable[[], object]]:
        """Make the rows of a file, a few in each piece, as long as it is the one on show."""
        there = {*chosen.sources, *chosen.wishes.columns, *chosen.wishes.constants}
        there.update(name for name in chosen.fields if _needed(chosen.subject, name))
        first = [name for name in chosen.fields if name in there]
        others = [name for name in chosen.fields if name not in there]
        for names in (first, others):
            if names is others and others:
                line = grid.rowCount()
                grid.addWidget(label("small", tr("Not found in this file")), line, 0, 1, 3)
                grid.setRowMinimumHeight(line, 32)
            for place in range(0, len(names), _AT_ONCE):
                yield partial(self._add, grid, names[place : place + _AT_ONCE])
                if self._body is not body:
                    return
        self.built.emit()

    def tell(self) -> None:
        """Show in every row where its field comes from now."""
        chosen = self._choices.current
        if chosen is not None:
            sources = chosen.sources
            for row in self.rows.values():
                row.tell(chosen, sources.get(row.name, ()))

    def _add(self, grid: QGridLayout, names: list[str]) -> None:
        chosen = self._choices.current
        if chosen is None:
            return
        sources = chosen.sources
        for name in names:
            row = FieldRow(self._choices, chosen, name, sources.get(name, ()))
            self.rows[name] = row
            line = grid.rowCount()
            grid.addWidget(row.title, line, 0)
            grid.addWidget(row.source, line, 1)
            grid.addWidget(row.shown, line, 2)


def _needed(subject: Subject | None, name: str) -> bool:
    return subject is not None and any(name == group[0] for group in NEEDED[subject])
