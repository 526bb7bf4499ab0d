"""The head of the import dialog: its files, where they go, what they hold and how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QFileDialog,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from brm_desktop.domain.records import AccountId
from brm_desktop.domain.spelling import name_order
from brm_desktop.gui.dialogs.import_choices import ImportChoices
from brm_desktop.gui.dialogs.import_fields import TypedBox
from brm_desktop.gui.dialogs.import_words import (
    DATES,
    OFFERED_ENCODINGS,
    SUBJECTS,
    encoding_title,
)
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.language import capitalised, number, tr, trn
from brm_desktop.session.importing import Subject
from brm_desktop.session.session import AccountLine


class FileStrip(QWidget):
    """The files of the import: a button to choose some, a tab for each of several."""

    asked = Signal(list)
    """Files the user wants to import, as paths."""

    def __init__(self, choices: ImportChoices) -> None:
        super().__init__()
        self._choices = choices
        line = row(gap=10)
        self.setLayout(line)
        self.choose = QPushButton(tr("Choose files…"))
        self.choose.clicked.connect(self._ask)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(tr("Files"))
        self.tabs.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(choices.show)
        self.hint = label("quiet", tr("or drop CSV files here"))
        self.remove = QPushButton(tr("Leave out"))
        self.remove.setProperty("kind", "quiet")
        self.remove.setToolTip(tr("Take the file on show out of this import."))
        self.remove.clicked.connect(choices.remove)
        self.choose.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line.addWidget(self.choose)
        line.addWidget(self.hint)
        line.addWidget(self.tabs, 1)
        line.addStretch()
        line.addWidget(self.remove)
        choices.shown.connect(self.tell)
        self.tell()

    @property
    def stops(self) -> list[QWidget]:
        """What the keyboard stops at, in order."""
        return [self.choose, self.tabs, self.remove]

    def tell(self) -> None:
        """Show which files there are."""
        names = [chosen.path.name for chosen in self._choices.files]
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
            for place, chosen in enumerate(self._choices.files):
                self.tabs.addTab(chosen.path.name)
                self.tabs.setTabToolTip(place, str(chosen.path))
            self.tabs.setCurrentIndex(self._choices.place)
        self.tabs.setVisible(bool(names))
        self.remove.setVisible(bool(names))
        self.hint.setVisible(not names)

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            tr("Files to import"),
            "",
            tr("Tables (*.csv *.tsv *.txt *.gz);;All files (*)"),
        )
        if chosen:
            self.asked.emit([Path(name) for name in chosen])


class AccountBox(TypedBox):
    """An account by its name; a name that no account has is that of a new one."""

    aimed = Signal(object, str)
    """The account's id, or nothing and the name of a new one."""

    def __init__(self, accounts: Iterable[AccountLine]) -> None:
        super().__init__()
        self._ids: dict[int, AccountId] = {}
        self.setMinimumContentsLength(12)
        by_name = sorted(accounts, key=lambda account: name_order(account.name))
        for place, account in enumerate(by_name):
            self.addItem(account.name)
            self._ids[place] = account.id
        completer = self.completer()
        assert completer is not None, "an editable box has one"
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.hint(tr("choose one, or write a new name"))
        self.setCurrentIndex(-1)
        self.currentTextChanged.connect(lambda _text: self.aimed.emit(*self.aim))

    def show_account(self, account: AccountId | None) -> None:
        """Preset an account."""
        places = [place for place, there in self._ids.items() if there == account]
        self.setCurrentIndex(places[0] if places else -1)

    @property
    def aim(self) -> tuple[AccountId | None, str]:
        """The account chosen, or the name of a new one."""
        text = " ".join(self.currentText().split())
        if self.itemText(self.currentIndex()) == self.currentText():
            return self._ids.get(self.currentIndex()), ""
        wanted = text.casefold()
        for place, account in self._ids.items():
            if self.itemText(place).casefold() == wanted:
                return account, ""
        return None, text


class Reading(QWidget):
    """Where the rows go, what they are, and how the file is read."""

    encoding_asked = Signal(object)
    """The encoding to read the file on show in; nothing for the one that is found."""

    def __init__(self, choices: ImportChoices, accounts: Sequence[AccountLine]) -> None:
        super().__init__()
        self._choices = choices
        self._dates_asked = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self.account = AccountBox(accounts)
        self.subject = Choose()
        self.encoding = Choose()
        self.dates = Choose()
        self.account_note = label("small")
        self.rows_note = label("small")
        self.encoding_note = label("small")
        self._place(0, tr("Into the account"), self.account, self.account_note)
        self._place(1, tr("The rows are"), self.subject, self.rows_note)
        self._place(2, tr("Encoding"), self.encoding, self.encoding_note)
        self.dates_title = self._place(3, tr("Dates are written"), self.dates, label("small"))
        for place, share in enumerate((3, 3, 2, 2)):
            self._grid.setColumnStretch(place, share)
        self.account.aimed.connect(self._aimed)
        self.subject.picked.connect(self._subject)
        self.encoding.picked.connect(self.encoding_asked.emit)
        self.dates.picked.connect(lambda order: choices.wish(dates=order))
        choices.shown.connect(self.tell)
        choices.changed.connect(self._tell_account)
        self.tell()

    @property
    def stops(self) -> list[QWidget]:
        """What the keyboard stops at, in order."""
        return [self.account, self.subject, self.encoding, self.dates]

    def ask_dates(self) -> None:
        """Let the user say in which order dates are written."""
        self._dates_asked = True
        self.tell()

    def tell(self) -> None:
        """Show what holds for the file on show."""
        current = self._choices.current
        table = None if current is None else current.table
        subjects = [(capitalised(tr(SUBJECTS[subject])), subject) for subject in Subject]
        self.subject.offer(subjects, None if current is None else current.subject)
        self.subject.setEnabled(table is not None)
        found = "" if table is None else encoding_title(table.encoding)
        named = None if current is None else current.encoding
        first = tr("{encoding} (found)", encoding=found) if found and not named else tr("Found out")
        self.encoding.offer(
            [(first, None), *((encoding_title(one), one) for one in OFFERED_ENCODINGS)], named
        )
        self.encoding.setEnabled(current is not None)
        rows = 0 if table is None else len(table.rows)
        told = trn("{count} row", "{count} rows", rows, count=number(rows))
        self.rows_note.setText("" if table is None else told)
        orders = [(capitalised(tr(text)), order) for order, text in DATES.items()]
        wanted = None if current is None else current.wishes.dates
        self.dates.offer([(tr("Found out"), None), *orders], wanted)
        asked = self._dates_asked or wanted is not None
        self.dates.setVisible(asked)
        self.dates_title.setVisible(asked)
        self._tell_account()

    def _tell_account(self) -> None:
        choices = self._choices
        needed = choices.needs_account or not choices.files
        new = choices.account is None and choices.new_account
        self.account_note.setText(
            tr("a new account") if new else ("" if needed else tr("not needed for these rows"))
        )

    def _place(self, place: int, title: str, box: QWidget, note: QWidget) -> QWidget:
        name = label("quiet", title)
        name.setBuddy(box)
        box.setAccessibleName(title)
        self._grid.addWidget(name, 0, place)
        self._grid.addWidget(box, 1, place)
        self._grid.addWidget(note, 2, place)
        return name

    def _aimed(self, account: AccountId | None, new_account: str) -> None:
        self._choices.aim(account, new_account)

    def _subject(self, subject: object) -> None:
        current = self._choices.current
        if isinstance(subject, Subject) and current is not None:
            self._choices.wish(subject=subject)
            self._choices.shown.emit()
