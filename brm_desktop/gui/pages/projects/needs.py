"""What the customer will need, in three horizons, and what we can do for it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Horizon, Need, NeedKind
from brm_desktop.domain.scores import band
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.widgets.fields import Choose, words
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import BAND_TOKENS
from brm_desktop.language import number, tr, trn

_HORIZON_LETTERS = 12


class NeedsSide(DeskPage):
    """A table by horizon; the line above it adds one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(10)
        self.count = label("quiet", wrap=True)
        layout.addWidget(self.count)
        layout.addLayout(self._adder())
        self.model: TableModel[Need] = TableModel(self._columns(), lambda one: one.id, self)
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Needs"))
        self.table.delete_asked.connect(self._remove)
        layout.addWidget(table_sheet(self.table), 1)
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the table, or to the line that adds when there is nothing in it."""
        (self.table if self.model.rows else self.statement).setFocus()

    def refresh(self) -> None:
        """Show the needs as they are now."""
        account = self.desk.place.account
        if account is None:
            return
        order = list(Horizon)
        found = sorted(
            self.desk.records.where(Need, account=account),
            key=lambda one: (order.index(one.horizon), one.statement),
        )
        self.model.show_rows(found)
        gaps = sum(1 for one in found if one.gap.strip())
        said = trn("{n} need", "{n} needs", len(found))
        self.count.setText(
            tr("{needs}, {gaps} with a gap on our side", needs=said, gaps=number(gaps))
            if found
            else tr("What will this customer need in three months, in a year, in three years?")
        )
        self.horizon.offer(words(Horizon), self.horizon.chosen or Horizon.NEAR)
        self.kind.offer(words(NeedKind), self.kind.chosen or NeedKind.PRODUCT)

    def _adder(self) -> QHBoxLayout:
        self.horizon = Choose()
        self.horizon.setMinimumContentsLength(_HORIZON_LETTERS)
        self.texts.name(self.horizon, phrase("When it is needed"))
        self.kind = Choose()
        self.texts.name(self.kind, phrase("Kind of need"))
        self.statement = QLineEdit()
        self.texts.bind(self.statement.setPlaceholderText, phrase("New need; Enter adds it"))
        self.texts.name(self.statement, phrase("New need"))
        self.statement.returnPressed.connect(self._added)
        self.add = QPushButton()
        self.texts.bind(self.add.setText, phrase("Add"))
        self.add.clicked.connect(self._added)
        across = row(gap=8)
        across.addWidget(self.horizon, 1)
        across.addWidget(self.kind, 1)
        across.addWidget(self.statement, 4)
        across.addWidget(self.add)
        return across

    def _columns(self) -> list[Column[Need]]:
        order = list(Horizon)
        return [
            Column(
                phrase("When"),
                lambda one: tr(one.horizon),
                change=lambda one, value: self._revise(one, horizon=value),
                choices=lambda: words(Horizon),
                value=lambda one: one.horizon,
                sort=lambda one: order.index(one.horizon),
                width=140,
            ),
            Column(
                phrase("Kind"),
                lambda one: tr(one.kind),
                change=lambda one, value: self._revise(one, kind=value),
                choices=lambda: words(NeedKind),
                value=lambda one: one.kind,
                width=92,
            ),
            self._text(phrase("Need"), "statement", bold=True, stretch=True),
            Column(
                phrase("We can"),
                lambda one: "" if one.capability is None else str(one.capability),
                change=self._able,
                sort=lambda one: one.capability,
                colour=lambda one: (
                    None
                    if one.capability is None
                    else self.desk.look.text_colour(
                        BAND_TOKENS[band(one.capability, self.desk.session.settings.rules)]
                    )
                ),
                right=True,
                width=72,
            ),
            self._text(phrase("Gap"), "gap"),
            self._text(phrase("What we do"), "action"),
        ]

    def _text(
        self, title: Phrase, field: str, *, bold: bool = False, stretch: bool = False
    ) -> Column[Need]:
        return Column(
            title,
            lambda one: str(getattr(one, field)),
            change=lambda one, value: self._revise(one, **{field: str(value).strip()}),
            bold=bold,
            width=150,
            stretch=stretch,
        )

    def _able(self, one: Need, value: object) -> None:
        typed = str(value).strip()
        if not typed:
            self._revise(one, capability=None)
        elif typed.isascii() and typed.isdigit():
            self._revise(one, capability=int(typed))

    def _revise(self, one: Need, **fields: object) -> None:
        self.desk.edit(phrase("Change a need"), edits.revise_need, one.id, **fields)

    def _added(self) -> None:
        account, text = self.desk.place.account, self.statement.text().strip()
        horizon, kind = self.horizon.chosen, self.kind.chosen
        if account is None or not text:
            return
        assert isinstance(horizon, Horizon)
        assert isinstance(kind, NeedKind)
        name = phrase("Note the need {need}", need=text)
        if self.desk.edit(name, edits.add_need, account, horizon, kind, text):
            self.statement.clear()

    def _remove(self, keys: list[str]) -> None:
        self.desk.edit(phrase("Remove {n} needs", n=len(keys)), edits.remove_records, tuple(keys))
