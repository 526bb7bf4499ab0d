"""Which rows are imported at all, and what certain cells mean: one short sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QScrollArea, QToolButton, QWidget

from brm_desktop.gui.dialogs.import_choices import ImportChoices
from brm_desktop.gui.dialogs.import_fields import ValueBox
from brm_desktop.gui.dialogs.import_words import field_title, suggested
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import column, emptied, label, row
from brm_desktop.language import tr
from brm_desktop.session.importing import Chosen

_IN_SIGHT = 136
_VALUES = 2_000
"""So many different values of a column are offered; others can be typed."""


class _Sentence(QWidget):
    """A condition in words, with what can be chosen in it and a way to take it away."""

    changed = Signal()
    gone = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.line = row(gap=6)
        self.setLayout(self.line)
        self.stops: list[QWidget] = []

    def say(self, *parts: QWidget | str) -> None:
        """Put words and boxes one after another; boxes take the room there is."""
        for part in parts:
            if isinstance(part, str):
                self.line.addWidget(label("plain", part))
            else:
                self.line.addWidget(part, 3 if isinstance(part, ValueBox) else 2)
                self.stops.append(part)
        remove = QToolButton()
        remove.setText("✕")
        remove.setAccessibleName(tr("Remove this condition"))
        remove.setToolTip(tr("Remove this condition"))
        remove.clicked.connect(lambda: self.gone.emit(self))
        self.line.addWidget(remove)
        self.stops.append(remove)

    def offer(self, box: ValueBox, values: Iterable[str], shown: str) -> None:
        """Offer other values."""
        box.clear()
        box.addItems(list(islice(values, _VALUES)))
        box.show_value(shown)


class OnlyRows(_Sentence):
    """Only rows where a column has a value."""

    def __init__(self, chosen: Chosen, wanted: str = "", value: str = "") -> None:
        super().__init__(tr("Only rows where"))
        self._chosen = chosen
        self.column = Choose()
        self.column.setAccessibleName(tr("Column of the condition"))
        self.column.offer([(name, name) for name in chosen.columns], wanted or None)
        self.value = ValueBox([])
        self.value.setAccessibleName(tr("Value of the condition"))
        self.say(tr("Only rows where"), self.column, tr("is"), self.value)
        self.offer(self.value, chosen.column_cells(wanted), value)
        self.column.picked.connect(self._column)
        self.value.said.connect(lambda _value: self.changed.emit())

    @property
    def pair(self) -> tuple[str, str] | None:
        """The column and its value, once both are said."""
        wanted = self.column.chosen
        value = self.value.value
        return (wanted, value) if isinstance(wanted, str) and value else None

    def _column(self, wanted: object) -> None:
        self.offer(self.value, self._chosen.column_cells(str(wanted)), "")
        self.changed.emit()


class Meaning(_Sentence):
    """What a cell of a field means."""

    def __init__(self, chosen: Chosen, field: str = "", before: str = "", after: str = "") -> None:
        super().__init__(tr("Where"))
        self._chosen = chosen
        self.field = Choose()
        self.field.setAccessibleName(tr("Field of the cell"))
        self.field.setMinimumContentsLength(10)
        titles = [(field_title(chosen.subject, name), name) for name in chosen.sources]
        self.field.offer(titles, field or None)
        self.before = ValueBox([])
        self.before.setAccessibleName(tr("What the cell says"))
        self.after = ValueBox(suggested(chosen.subject, field))
        self.after.setAccessibleName(tr("What it means"))
        self.after.hint(tr("nothing"))
        self.say(tr("Where"), self.field, tr("says"), self.before, tr("it means"), self.after)
        self.offer(self.before, chosen.cells(field), before)
        self.after.show_value(after)
        self.field.picked.connect(self._field)
        self.before.said.connect(lambda _value: self.changed.emit())
        self.after.said.connect(lambda _value: self.changed.emit())

    @property
    def meaning(self) -> tuple[str, str, str] | None:
        """The field, what a cell says and what it means, once that is said."""
        field, before = self.field.chosen, self.before.value
        return (field, before, self.after.value) if isinstance(field, str) and before else None

    def _field(self, field: object) -> None:
        self.offer(self.before, self._chosen.cells(str(field)), "")
        self.changed.emit()


class _Sentences(QScrollArea):
    """As many sentences as there are, a few of them in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        self.list = column(gap=6)
        self._body.setLayout(self.list)
        self._body.installEventFilter(self)
        self.setWidget(self._body)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as high as the sentences are, up to a limit."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Be seen when there is a sentence, and as high as that takes."""
        wanted = self._body.sizeHint().height() if self.list.count() else 0
        self.setFixedHeight(min(wanted, _IN_SIGHT))
        self.setVisible(wanted > 0)


class ConditionsPanel(QWidget):
    """The conditions of the file on show, and whether unknown people are made."""

    rearranged = Signal()

    def __init__(self, choices: ImportChoices) -> None:
        super().__init__()
        self._choices = choices
        layout = column(gap=6)
        self.setLayout(layout)
        self._sentences = _Sentences()
        self._list = self._sentences.list
        self.only: list[OnlyRows] = []
        self.meanings: list[Meaning] = []
        self.add_only = _link(tr("Import only some rows…"))
        self.add_only.clicked.connect(self._add_only)
        self.add_meaning = _link(tr("Say what a cell means…"))
        self.add_meaning.clicked.connect(self._add_meaning)
        links = row(gap=16)
        links.addWidget(self.add_only)
        links.addWidget(self.add_meaning)
        links.addStretch(1)
        self.missing = QCheckBox(tr("Create people whom only a line names"))
        self.missing.toggled.connect(choices.allow_missing)
        layout.addWidget(self._sentences)
        layout.addLayout(links)
        layout.addWidget(self.missing)
        choices.shown.connect(self.build)
        self.build()

    @property
    def stops(self) -> list[QWidget]:
        """What the keyboard stops at, in order."""
        sentences: list[_Sentence] = [*self.only, *self.meanings]
        stops = [stop for sentence in sentences for stop in sentence.stops]
        return [*stops, self.add_only, self.add_meaning, self.missing]

    def build(self) -> None:
        """Make the sentences anew."""
        emptied(self._list)
        self.only, self.meanings = [], []
        chosen = self._choices.current
        there = chosen is not None and chosen.table is not None and chosen.subject is not None
        self.setEnabled(there)
        if chosen is None or not there:
            return
        for wanted, value in chosen.wishes.rows:
            self._show(OnlyRows(chosen, wanted, value))
        for word in chosen.wishes.words:
            if word[0] in chosen.fields:
                self._show(Meaning(chosen, *word))

    def _add_only(self) -> None:
        if self._choices.current is not None:
            sentence = OnlyRows(self._choices.current)
            self._show(sentence)
            sentence.column.setFocus()

    def _add_meaning(self) -> None:
        if self._choices.current is not None:
            sentence = Meaning(self._choices.current)
            self._show(sentence)
            sentence.field.setFocus()

    def _show(self, sentence: OnlyRows | Meaning) -> None:
        if isinstance(sentence, OnlyRows):
            self.only.append(sentence)
            self._list.insertWidget(len(self.only) - 1, sentence)
        else:
            self.meanings.append(sentence)
            self._list.addWidget(sentence)
        sentence.changed.connect(self._tell)
        sentence.gone.connect(self._drop)
        self._sentences.fit()
        self.rearranged.emit()

    def _drop(self, sentence: object) -> None:
        if isinstance(sentence, OnlyRows):
            self.only.remove(sentence)
            self.add_only.setFocus()
        elif isinstance(sentence, Meaning):
            self.meanings.remove(sentence)
            self.add_meaning.setFocus()
        if isinstance(sentence, _Sentence):
            self._list.removeWidget(sentence)
            sentence.hide()
            sentence.deleteLater()
            self._sentences.fit()
        self._tell()

    def _tell(self) -> None:
        self._choices.wish(
            rows=tuple(sentence.pair for sentence in self.only if sentence.pair),
            words=tuple(one.meaning for one in self.meanings if one.meaning),
        )


def _link(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("kind", "link")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
