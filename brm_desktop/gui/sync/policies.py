"""Who gets what: a line for each account, a column for each category, the default on top."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.categories import Category
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Choice
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.look import Look
from brm_desktop.gui.sync.choices import CATEGORY_TITLES, SHORT_CHOICES
from brm_desktop.gui.sync.policy import Policy
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.sync.seen import Seen
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.language import tr

_Index = QModelIndex | QPersistentModelIndex
_ACCOUNT_WIDE, _CHOICE_WIDE = 150, 98


class PolicyModel(TableModel[Policy]):
    """The matrix; what never leaves carries a lock."""

    def __init__(self, look: Look, columns: list[Column[Policy]], parent: QObject) -> None:
        super().__init__(columns, lambda one: one.account, parent)
        self._look = look

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A lock where something never leaves."""
        if role == Qt.ItemDataRole.DecorationRole and index.column():
            category = list(Category)[index.column() - 1]
            locked = self.rows[index.row()].held[category] is Choice.NEVER
            return self._look.icon("lock", size=14) if locked else None
        return super().data(index, role)


class _Matrix(Table):
    """A table of which Enter changes the cell that has the keys."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter drops the choices there are, as F2 does."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        cell = self.currentIndex()
        if enter and cell.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(cell)
            return
        super().keyPressEvent(event)


class PoliciesPart(QWidget):
    """The matrix of accounts and categories."""

    def __init__(self, desk: Desk, texts: Texts) -> None:
        super().__init__()
        self._desk = desk
        hint = label("quiet", wrap=True)
        texts.bind(
            hint.setText,
            phrase(
                "Everything is only yours until you choose otherwise. Enter or F2 on a cell"
                " chooses; what is quiet follows the default in the first line."
            ),
        )
        self.model = PolicyModel(desk.look, self._columns(), self)
        self.table = _Matrix(self.model)
        self.table.setSortingEnabled(False)
        texts.name(self.table, phrase("Who gets what"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(hint)
        layout.addWidget(table_sheet(self.table), 1)
        texts.again(self.model.retell)

    def show_seen(self, seen: Seen) -> None:
        """Show what is chosen."""
        if tuple(self.model.rows) != seen.policies:
            self.model.show_rows(seen.policies)

    def _columns(self) -> list[Column[Policy]]:
        made: list[Column[Policy]] = [
            Column(
                phrase("Account"),
                lambda one: one.name if one.account else tr("All others, and new ones"),
                bold=True,
                width=_ACCOUNT_WIDE,
                stretch=True,
            )
        ]
        made += [
            Column(
                CATEGORY_TITLES[category],
                partial(_said, category),
                change=partial(self._choose, category),
                choices_of=partial(_offered, category),
                value=partial(_own, category),
                colour=partial(self._colour, category),
                width=_CHOICE_WIDE,
            )
            for category in Category
        ]
        return made

    def _colour(self, category: Category, one: Policy) -> QColor:
        tint = "ink" if category in one.own else "quiet"
        return self._desk.look.text_colour(tint)

    def _choose(self, category: Category, one: Policy, choice: object) -> None:
        assert choice is None or isinstance(choice, Choice)

        def then() -> None:
            if one.account:
                name = phrase("Share {category} of {name}", category=category, name=one.name)
            else:
                name = phrase("Share {category} by default", category=category)
            self._desk.edit(name, edits.set_policy, one.account, category, choice)

        with_accounts(self._desk, [one.account], then)


def _said(category: Category, one: Policy) -> str:
    return tr(SHORT_CHOICES[one.held[category]])


def _own(category: Category, one: Policy) -> Choice | None:
    return one.own.get(category)


def _offered(category: Category, one: Policy) -> list[tuple[str, object]]:
    usual = tr("as by default") if one.account else tr("as at the beginning: only me")
    del category
    return [(usual, None), *((tr(choice), choice) for choice in Choice)]
