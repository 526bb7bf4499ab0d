"""Small forms: a title, a few named fields, and two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.value_fields import ValueField
from brm_desktop.language import tr


class Form(QDialog):
    """A dialog of named fields; nothing but a name is ever mandatory.

    What cannot be read is said, and the form stays: nothing that was typed is let go.
    """

    def __init__(self, parent: QWidget | None, title: str, done: str, hint: str = "") -> None:
        super().__init__(parent)
        self._values: list[ValueField] = []
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(label("title", title, wrap=True))
        if hint:
            layout.addWidget(label("quiet", hint, wrap=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        layout.addLayout(self._grid)
        self.body = layout
        self.problem = label("warning", wrap=True)
        self.problem.hide()
        layout.addWidget(self.problem)
        layout.addStretch(1)
        buttons = row(gap=8)
        buttons.addStretch(1)
        cancel = QPushButton(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.done_button = QPushButton(done)
        self.done_button.setProperty("kind", "primary")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self.accept)
        buttons.addWidget(cancel)
        buttons.addWidget(self.done_button)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def field(self, title: str, widget: QWidget) -> None:
        """Add a field with its name."""
        place = self._grid.rowCount()
        name = label("quiet", title)
        name.setBuddy(widget)
        widget.setAccessibleName(title)
        self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(widget, place, 1)
        if isinstance(widget, ValueField):
            widget.textEdited.connect(self.problem.hide)
            self._values.append(widget)

    def accept(self) -> None:
        """Be done with it, if all that was typed can be read."""
        for field in self._values:
            fault = field.point_out()
            if fault is not None:
                self.say_of_field(fault)
                field.setFocus()
                field.selectAll()
                return
        super().accept()

    def say_of_field(self, sentence: Phrase) -> None:
        """Say beneath the fields what is wrong with one of them."""
        self.problem.setText(tr(sentence))
        self.problem.show()

    def needs(self, field: QLineEdit) -> None:
        """Begin in a field without which there is nothing to make."""

        def see() -> None:
            self.done_button.setEnabled(bool(field.text().strip()))

        field.textChanged.connect(see)
        field.setFocus()
        see()

    def wide(self, widget: QWidget) -> None:
        """Add something over the whole width, beneath the fields."""
        self.body.insertWidget(self.body.indexOf(self._grid) + 1, widget)
