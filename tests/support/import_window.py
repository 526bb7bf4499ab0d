"""The import dialog in tests: files taken, columns matched, rows looked at, all as a user does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from windowing import rest

from brm_desktop.gui.dialogs.import_dialog import ImportDialog
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.session.importing import Subject
from brm_desktop.session.session import Session


class Import:
    """An import dialog of a window, and how a user chooses in it."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        self.dialog = ImportDialog(window)
        self.dialog.open()
        rest()

    @property
    def session(self) -> Session:
        return self.window.desk.session

    @property
    def counts(self) -> str:
        """What the preview says of the rows, once it is up to date."""
        self.wait()
        return self.dialog.preview.sentence

    @property
    def sentence(self) -> str:
        self.wait()
        return self.dialog.status.text()

    @property
    def reasons(self) -> list[tuple[int, str]]:
        self.wait()
        model = self.dialog.preview.model
        return [(row.row.line, model.columns[1].text(row)) for row in model.rows]

    def take(self, *paths: Path) -> None:
        self.dialog.take_files(paths)
        self.wait()

    def text(self, folder: Path, text: str | bytes, name: str = "p.csv") -> Path:
        """A file of a text, taken."""
        path = folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.take(path)
        return path

    def into(self, account: str) -> None:
        self.dialog.reading.account.setEditText(account)

    def are(self, subject: Subject) -> None:
        pick(self.dialog.reading.subject, list(Subject).index(subject))

    def source(self, field: str, column: str) -> None:
        """Say from which column a field comes, once its row is there."""
        self.qtbot.waitUntil(lambda: field in self.dialog.fields.rows)
        pick(self.dialog.fields.rows[field].source, column)

    def same(self, field: str, value: str) -> None:
        """Say what a field is in every row."""
        self.source(field, "the same in every row")
        self.dialog.fields.rows[field].value.setEditText(value)

    def only(self, column: str, value: str) -> None:
        self.dialog.conditions.add_only.click()
        sentence = self.dialog.conditions.only[-1]
        pick(sentence.column, column)
        assert sentence.value.findText(value) >= 0
        sentence.value.setEditText(value)

    def means(self, title: str, before: str, after: str) -> None:
        self.dialog.conditions.add_meaning.click()
        sentence = self.dialog.conditions.meanings[-1]
        pick(sentence.field, title)
        assert sentence.before.findText(before) >= 0
        sentence.before.setEditText(before)
        sentence.after.setEditText(after)

    def wait(self) -> None:
        """Wait until the dialog has looked at all that was chosen."""
        self.qtbot.waitUntil(
            lambda: not self.dialog._timer.isActive() and not self.window.jobs.running,
            timeout=20_000,
        )

    def press_import(self) -> None:
        """Import, and wait for the window to show it."""
        with self.qtbot.waitSignal(self.dialog.finished, timeout=20_000):
            self.dialog.import_button.click()
        self.qtbot.waitUntil(lambda: not self.window.jobs.running, timeout=20_000)
        rest()


def pick(box: QComboBox, choice: str | int) -> None:
    """Choose an item of a box, as its list does."""
    place = choice if isinstance(choice, int) else box.findText(choice)
    assert place >= 0, [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(place)
    box.activated.emit(place)
