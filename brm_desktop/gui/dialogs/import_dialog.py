"""Importing tables in the window: choose, look at what would happen, and make it one step.

Reading and deciding run off the window's thread, one piece of work at a time; while the dialog is
up nothing else edits, so that a worker may use the session's ids and write its change. Memory and
views follow on the window's thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QWidget,
)

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Account
from brm_desktop.gui.dialogs.import_choices import ImportChoices
from brm_desktop.gui.dialogs.import_conditions import ConditionsPanel
from brm_desktop.gui.dialogs.import_fields import FieldsPanel
from brm_desktop.gui.dialogs.import_files import FileStrip, Reading
from brm_desktop.gui.dialogs.import_goal import goal_of
from brm_desktop.gui.dialogs.import_preview import PreviewPanel, Tried, counts
from brm_desktop.gui.dialogs.import_trying import lack_of, said_here, watch_of
from brm_desktop.gui.dialogs.import_work import OneByOne
from brm_desktop.gui.widgets.frames import column, hairline, label, panel, row, set_property
from brm_desktop.gui.work import SHOWN_AFTER_MS, Cancelled, Job, Progress
from brm_desktop.language import tr
from brm_desktop.session.importing import (
    Aim,
    Chosen,
    UnclearDates,
    decide,
    entries_in_order,
    name_of_import,
    read_more,
    records_for,
    write_import,
    write_refusals,
)
from brm_desktop.session.session import LoadedAccount, Written

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow

PREVIEW_AFTER_MS = 250
_SIZE, _SMALLEST = (1080, 720), (900, 560)


class ImportDialog(QDialog):
    """Everything about one import on one sheet; nothing is changed before its button is pressed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = window.desk
        self._accounts = self._desk.session.portfolio()
        self.choices = ImportChoices(self)
        self._work = OneByOne(self._desk.jobs, self._busy, self._failed)
        self._tried: Tried | None = None
        self._wanted = False
        self._writing = False
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)
        self._timer.timeout.connect(self._try)
        self._desk.closed.connect(self._store_closed)
        self._slow = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self.setWindowTitle(tr("Import"))
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        self.resize(min(_SIZE[0], window.width()), min(_SIZE[1], window.height()))
        self._build()
        self._connect()
        self._preset()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Read some files and show what they hold; no more than one import may have."""
        there = tuple(self.choices.files)

        def work(progress: Progress) -> list[Chosen]:
            return read_more(paths, there, progress.check)

        begin = partial(self._work.ask, phrase("Reading the files"), work, self.choices.add)
        # the sheet is painted first: beside a worker that computes it takes twice as long
        self._desk.jobs.in_turn(phrase("Reading the files"), (self.update, begin))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the sheet."""
        if not self._writing and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        urls = event.mimeData().urls()
        self.take_files([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def reject(self) -> None:
        """Cancel an import under way, which is rolled back; without one, leave."""
        if self._writing:
            self._work.cancel()
        else:
            super().reject()

    def _store_closed(self) -> None:
        self.done(QDialog.DialogCode.Rejected)

    def done(self, result: int) -> None:
        """Leave, and stop whatever was being tried."""
        self._timer.stop()
        self._slow.stop()
        self._work.end()
        self.fields.end()
        super().done(result)
        self.deleteLater()

    def _build(self) -> None:
        outer = column(margin=20, gap=14)
        self.setLayout(outer)
        self.strip = FileStrip(self.choices)
        self.reading = Reading(self.choices, self._accounts)
        self.fields = FieldsPanel(self.choices, self._desk.jobs)
        self.conditions = ConditionsPanel(self.choices)
        self.preview = PreviewPanel()
        self.sheets = QWidget()
        sheets = row(gap=14)
        self.sheets.setLayout(sheets)
        sheets.addWidget(self._left(), 11)
        sheets.addWidget(self._right(), 9)
        outer.addWidget(label("title", tr("Import")))
        outer.addWidget(self.strip)
        outer.addWidget(self.reading)
        outer.addWidget(self.sheets, 1)
        outer.addLayout(self._foot())

    def _left(self) -> QWidget:
        sheet = panel()
        layout = column(gap=0)
        sheet.setLayout(layout)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        inside = column(margin=14)
        body.setLayout(inside)
        inside.addWidget(self.fields)
        inside.addStretch(1)
        area.setWidget(body)
        below = column(margin=14)
        below.addWidget(self.conditions)
        layout.addWidget(area, 1)
        layout.addWidget(hairline())
        layout.addLayout(below)
        return sheet

    def _right(self) -> QWidget:
        sheet = panel()
        layout = column(margin=14)
        sheet.setLayout(layout)
        layout.addWidget(self.preview)
        return sheet

    def _foot(self) -> QHBoxLayout:
        foot = row(gap=10)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(140)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.hide()
        self.status = label("plain", wrap=True)
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.import_button = QPushButton(tr("Import"))
        self.import_button.setProperty("kind", "primary")
        self.import_button.clicked.connect(self._import)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.bar)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.import_button)
        return foot

    def _connect(self) -> None:
        self.strip.asked.connect(self.take_files)
        self.reading.encoding_asked.connect(self._read_again)
        self.choices.changed.connect(self._changed)
        self.preview.save_asked.connect(self._save)
        self._slow.timeout.connect(self.bar.show)
        self.choices.shown.connect(self._order)
        self.fields.built.connect(self._order)
        self.conditions.rearranged.connect(self._order)

    def _preset(self) -> None:
        self.reading.account.show_account(self._desk.place.account)
        self.import_button.setDefault(True)
        self._order()
        self.strip.choose.setFocus()
        self._try()

    def _order(self) -> None:
        """Let the keyboard go through the dialog as the eye does."""
        stops = [
            *self.strip.stops,
            *self.reading.stops,
            *self.fields.stops,
            *self.conditions.stops,
            *self.preview.stops,
            self.cancel_button,
            self.import_button,
        ]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _changed(self) -> None:
        """What would happen is another thing now: look again in a moment."""
        self._tried, self._wanted = None, False
        self._timer.start()
        self.import_button.setEnabled(bool(self.choices.files) and self._lack() is None)

    def _read_again(self, encoding: str | None) -> None:
        current = self.choices.current
        if current is not None:
            again = current.read_again
            self._work.ask(
                phrase("Reading the files"), lambda _progress: again(encoding), self.choices.put
            )

    def _lack(self) -> Phrase | None:
        """What is missing before anything can be tried."""
        for chosen in self.choices.files:
            sentence = lack_of(chosen)
            if sentence is not None:
                return sentence
        if self.choices.needs_account and not (self.choices.account or self.choices.new_account):
            return phrase("Choose the account that the rows belong to, or write a new name.")
        return None

    def _try(self) -> None:
        """A dry run of what is chosen, or the sentence that says what is missing."""
        self._timer.stop()
        lack = self._lack()
        self._say(lack, warning=True)
        if not self.choices.files or lack is not None:
            self.import_button.setEnabled(False)
            self.preview.clear("" if lack else tr("Nothing is changed before you press Import."))
            return
        session, account = self._desk.session, self.choices.account
        if account is not None and session.records.get(Account, account) is None:
            self._work.ask(
                phrase("Opening the account"),
                lambda _progress: session.read_account(account),
                self._opened,
                passing=True,
            )
            return
        files, aim, act = tuple(self.choices.files), self._aim(), session.act()

        def work(progress: Progress) -> Tried:
            entries = entries_in_order(files)
            records = records_for(session, entries)
            return Tried(entries, decide(records, act, entries, aim, watch_of(progress, entries)))

        name = phrase("Working out what would happen")
        self._work.ask(name, work, self._show_tried, passing=True)

    def _opened(self, loaded: LoadedAccount) -> None:
        self._desk.session.show_account(loaded)
        self._try()

    def _aim(self) -> Aim:
        choices = self.choices
        return Aim(
            choices.account,
            choices.new_account if choices.needs_account else "",
            choices.create_missing,
            tuple(account.name for account in self._accounts),
            self._desk.session.settings.currency,
        )

    def _show_tried(self, tried: Tried) -> None:
        self._tried = tried
        self.preview.show_tried(tried)
        has_change = bool(tried.report.change)
        self.import_button.setEnabled(has_change)
        if self._wanted and has_change:
            self._import()
        self._wanted = False

    def _import(self) -> None:
        """Write what the last dry run decided, as one step that undo takes back."""
        tried = self._tried
        if tried is None:
            self._wanted = self._lack() is None
            self._try()
            return
        session, name = self._desk.session, name_of_import(tried.entries)
        self._set_writing(True)
        self._work.ask(
            phrase("Importing"),
            lambda progress: write_import(
                session, name, tried.report.change, progress.check, lambda: progress.stopped
            ),
            lambda written: self._imported(tried, written),
        )

    def _imported(self, tried: Tried, written: Written) -> None:
        """Show what was written, leave, and go where it is seen: each once the last is painted."""
        desk, goal = self._desk, goal_of(self.choices, tried.report, self._desk.place)
        session = desk.session

        def show() -> None:
            try:
                session.show_written(written)
            except BaseException:
                leave()
                raise
            desk.messages.say(phrase("Imported: {counts}.", counts=counts(tried.report.tally)))

        def leave() -> None:
            self._writing = False
            self.accept()

        def go() -> None:
            if goal is not None and desk.is_open and desk.session is session:
                desk.go(goal)

        desk.jobs.in_turn(phrase("Importing"), (show, leave, go))

    def _save(self, path: Path) -> None:
        tried = self._tried
        if tried is not None:
            self._work.ask(
                phrase("Saving the refused rows"),
                lambda _progress: write_refusals(path, tried.entries, tried.report),
                lambda _none: self._say(phrase("The refused rows are in {file}.", file=path.name)),
            )

    def _set_writing(self, writing: bool) -> None:
        self._writing = writing
        for part in (self.strip, self.reading, self.sheets, self.import_button):
            part.setEnabled(not writing)
        if writing:
            self.cancel_button.setFocus()

    def _busy(self, job: Job | None) -> None:
        """Show the progress of what lasts."""
        if job is None:
            self._slow.stop()
            self.bar.hide()
        else:
            self.bar.setValue(0)
            job.progressed.connect(self._progressed)
            if not self.bar.isVisible() and not self._slow.isActive():
                self._slow.start()

    def _progressed(self, share: float) -> None:
        self.bar.setValue(round(1000 * share))

    def _failed(self, error: BaseException) -> None:
        """Say what went wrong; what was chosen stays."""
        writing, self._wanted = self._writing, False
        if writing:
            self._set_writing(False)
        if isinstance(error, Cancelled):
            if writing:
                self._say(phrase("The import was cancelled; nothing has changed."))
            return
        if not writing:
            self.preview.clear()
            self.import_button.setEnabled(False)
        if isinstance(error, UnclearDates):
            self._ask_dates()
        if isinstance(error, Problem):
            self._say(said_here(error), warning=True)
        else:
            self._desk.messages.defect(error)

    def _ask_dates(self) -> None:
        """Let the order of dates be chosen, for the file that needs it."""
        for place, chosen in enumerate(self.choices.files):
            if "assessed_on" in chosen.sources and chosen.wishes.dates is None:
                self.choices.show(place)
                break
        self.reading.ask_dates()

    def _say(self, sentence: Phrase | None, *, warning: bool = False) -> None:
        self.status.setText("" if sentence is None else tr(sentence))
        set_property(self.status, "crucial", warning and sentence is not None)
