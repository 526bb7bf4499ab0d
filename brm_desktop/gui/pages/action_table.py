"""The dated actions of an account, edited in place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Action, ActionState
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.planning import colleagues
from brm_desktop.gui.widgets.fields import words
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.widgets.typed import day_or_nothing, day_typed
from brm_desktop.gui.widgets.value_fields import parse_date
from brm_desktop.gui.words import name_of
from brm_desktop.language import tr


class ActionTable(Table):
    """What we will do, when, and who; what is overdue is red."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.model_of: TableModel[Action] = TableModel(
            self._columns(), lambda action: action.id, desk
        )
        super().__init__(self.model_of)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.delete_asked.connect(self._remove)

    def show_account(self, account: AccountId) -> None:
        """Show an account's actions, open ones first, the earliest first."""
        found = self._desk.records.where(Action, account=account)
        self.model_of.show_rows(
            sorted(
                found,
                key=lambda one: (
                    one.state is not ActionState.OPEN,
                    one.due is None,
                    one.due.isoformat() if one.due else "",
                    one.text,
                    one.id,
                ),
            )
        )

    def _columns(self) -> list[Column[Action]]:
        return [
            Column(
                phrase("Action"),
                lambda one: one.text,
                change=lambda one, value: self._revise(one, text=str(value).strip()),
                bold=True,
                width=320,
                stretch=True,
            ),
            Column(
                phrase("For"),
                lambda one: name_of(self._desk.records, one.person) if one.person else "",
                width=130,
            ),
            Column(
                phrase("Owner"),
                lambda one: name_of(self._desk.records, one.owner) if one.owner else "",
                change=lambda one, value: self._revise(one, owner=value),
                choices=self._people,
                value=lambda one: one.owner,
                width=130,
            ),
            Column(
                phrase("Due"),
                lambda one: day_or_nothing(one.due),
                change=self._dated,
                typed=lambda one: day_typed(one.due),
                sort=lambda one: one.due,
                colour=self._due_colour,
                width=120,
            ),
            Column(
                phrase("State"),
                lambda one: tr(one.state),
                change=lambda one, value: self._revise(one, state=value),
                choices=lambda: words(ActionState),
                value=lambda one: one.state,
                width=110,
            ),
        ]

    def _people(self) -> list[tuple[str, object]]:
        return [("", None), *colleagues(self._desk.records)]

    def _due_colour(self, one: Action) -> QColor | None:
        overdue = one.due is not None and one.due < self._desk.session.today()
        if overdue and one.state is ActionState.OPEN:
            return self._desk.look.text_colour("crucial")
        return None

    def _dated(self, one: Action, value: object) -> None:
        typed = str(value).strip()
        found = parse_date(typed)
        if not typed or found is not None:
            self._revise(one, due=found)

    def _revise(self, one: Action, **fields: object) -> None:
        self._desk.edit(
            phrase("Change the action {action}", action=one.text),
            edits.revise_action,
            one.id,
            **fields,
        )

    def _remove(self, keys: list[str]) -> None:
        self._desk.edit(
            phrase("Remove {n} actions", n=len(keys)), edits.remove_records, tuple(keys)
        )
