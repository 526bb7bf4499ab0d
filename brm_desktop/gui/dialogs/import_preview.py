"""What would happen: the counts in one line, and every refused row with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.dialogs.import_words import counted
from brm_desktop.gui.widgets.frames import column, label, row
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.language import listed, number, tr, trn
from brm_desktop.session.importing import Entries, Refusal, Report, Tally

_REMARKS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Tried:
    """A dry run: the rows it was made of, and what would become of them."""

    entries: tuple[Entries, ...]
    report: Report


def counts(tally: Tally) -> Phrase:
    """What became of the rows, in one sentence."""
    return phrase(
        "{created} new, {updated} updated, {unchanged} unchanged, {refused} refused",
        created=number(tally.created),
        updated=number(tally.updated),
        unchanged=number(tally.unchanged),
        refused=number(tally.refused),
    )


class PreviewPanel(QWidget):
    """The dry run on show."""

    save_asked = Signal(object)
    """Where the user wants the refused rows saved."""

    def __init__(self) -> None:
        super().__init__()
        self._tried: Tried | None = None
        layout = column(gap=8)
        self.setLayout(layout)
        self.title = label("section", tr("What would happen"))
        self.counts = label("strong", wrap=True)
        self.kinds = label("quiet", wrap=True)
        self.remarks = label("quiet", wrap=True)
        self.model: TableModel[Refusal] = TableModel(
            (
                Column(
                    phrase("Line"),
                    lambda refusal: number(refusal.row.line),
                    sort=lambda refusal: (refusal.file, refusal.row.line),
                    right=True,
                    width=64,
                ),
                Column(phrase("Refused because"), self._reason, stretch=True),
            ),
            lambda refusal: f"{refusal.file}:{refusal.row.line}:{refusal.in_part}",
            self,
        )
        self.table = Table(self.model)
        self.table.setWordWrap(True)
        self.table.verticalHeader().setDefaultSectionSize(50)
        self.table.setAccessibleName(tr("Refused rows"))
        self.save = QPushButton(tr("Save refused rows…"))
        self.save.clicked.connect(self._ask)
        below = row(gap=8)
        below.addStretch(1)
        below.addWidget(self.save)
        layout.addWidget(self.title)
        layout.addWidget(self.counts)
        layout.addWidget(self.kinds)
        layout.addWidget(self.remarks)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        layout.addStretch()
        self.clear()

    @property
    def stops(self) -> list[QWidget]:
        """What the keyboard stops at, in order."""
        return [self.table, self.save]

    @property
    def sentence(self) -> str:
        """What it says of the rows."""
        return self.counts.text()

    def clear(self, hint: str = "") -> None:
        """Show no dry run, but what to do first."""
        self._tried = None
        self.counts.setText("")
        self.counts.hide()
        self.kinds.setText(hint)
        self.remarks.hide()
        self.model.show_rows(())
        self.table.hide()
        self.save.hide()

    def show_tried(self, tried: Tried) -> None:
        """Show a dry run."""
        self._tried = tried
        report = tried.report
        tally = report.tally
        said = trn("{rows} row", "{rows} rows", tally.read, rows=number(tally.read))
        self.counts.show()
        self.counts.setText(tr("{rows}: {counts}", rows=said, counts=counts(tally)))
        self.kinds.setText(_kinds(report) if report.change else tr("Nothing would change."))
        self.remarks.setText(_remarks(report))
        self.remarks.setVisible(bool(report.remarks))
        self.model.show_rows(report.refusals)
        self.table.setVisible(bool(report.refusals))
        self.save.setVisible(bool(report.refusals))

    def _reason(self, refusal: Refusal) -> str:
        if self._tried is not None and len(self._tried.entries) > 1:
            return tr("{file}: {reason}", file=refusal.file, reason=refusal.reason)
        return tr(refusal.reason)

    def _ask(self) -> None:
        tried = self._tried
        if tried is None:
            return
        stem = Path(tried.entries[0].file).stem
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save refused rows"),
            tr("{name} refused.csv", name=stem),
            tr("Tables (*.csv)"),
        )
        if chosen:
            self.save_asked.emit(Path(chosen))


def _kinds(report: Report) -> str:
    said: Sequence[str] = [
        tr(sentence, kinds=listed(counted(kinds)))
        for sentence, kinds in (
            (phrase("Adds: {kinds}."), report.created),
            (phrase("Changes: {kinds}."), report.updated),
        )
        if counted(kinds)
    ]
    return "\n".join(said)


def _remarks(report: Report) -> str:
    """The first of what was noticed and left as it is."""
    said = [tr(remark.sentence) for remark in report.remarks[:_REMARKS_SHOWN]]
    more = len(report.remarks) - len(said)
    return "\n".join([*said, *([tr("and {n} more", n=number(more))] if more else [])])
