"""A tree of very many things, each branch of which is made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QIcon

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import number, tr

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
Cells = Callable[[], tuple[str, ...]]

_AT_ONCE = 200
"""Of so many lines a view lays out all in some milliseconds."""


@dataclass(eq=False, slots=True)
class Branch:
    """One line: what its cells say, and what is beneath it, made when it is first asked for.

    ``name`` tells it from those beside it, also when all are made anew. ``about`` is the thing it
    stands for; ``icon`` the name of a sign before its first cell; ``opens`` says that it is open
    from the beginning where there is room.
    """

    name: Hashable
    cells: Cells
    inside: Callable[[], Sequence[Branch]] | None = None
    about: object = None
    icon: str = ""
    bold: bool = False
    opens: bool = True
    above: Branch | None = None
    place: int = 0
    _made: Sequence[Branch] | None = field(default=None, repr=False)
    _places: dict[Hashable, int] | None = field(default=None, repr=False)
    _said: tuple[str, ...] = field(default=(), repr=False)
    _said_when: int = field(default=-1, repr=False)

    @property
    def branches(self) -> Sequence[Branch]:
        """What is beneath it."""
        if self._made is None:
            self._made = () if self.inside is None else self.inside()
            for place, one in enumerate(self._made):
                one.above, one.place = self, place
        return self._made

    def said(self, when: int) -> tuple[str, ...]:
        """What its cells say, put into words once for each telling: they are painted often."""
        if self._said_when != when:
            self._said, self._said_when = self.cells(), when
        return self._said

    def place_of(self, name: Hashable) -> int | None:
        """Where beneath it there is a line of a name, if there is."""
        if self._places is None:
            self._places = {one.name: place for place, one in enumerate(self.branches)}
        return self._places.get(name)


def in_pieces(found: Sequence[T], line: Callable[[T], Branch]) -> list[Branch]:
    """A line for each of some things; of very many a line for some hundred, in which those are."""
    if len(found) <= _AT_ONCE:
        return [line(one) for one in found]
    return [
        _piece(found[begin : begin + _AT_ONCE], begin, line)
        for begin in range(0, len(found), _AT_ONCE)
    ]


def _piece(found: Sequence[T], begin: int, line: Callable[[T], Branch]) -> Branch:
    ends = [line(found[0]), line(found[-1])]

    def cells() -> tuple[str, ...]:
        first, last = (one.cells()[0] for one in ends)
        said = tr("{first}–{last}", first=number(begin + 1), last=number(begin + len(found)))
        return f"{first} … {last}", said, ""

    return Branch(("piece", begin), cells, lambda: [line(one) for one in found])


class BranchModel(QAbstractItemModel):
    """The branches for a tree view."""

    def __init__(
        self, titles: Sequence[Phrase], icon: Callable[[str], QIcon], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._titles = titles
        self._icon = icon
        self._root = Branch("", lambda: ())
        self._telling = 0

    @property
    def root(self) -> Branch:
        """What the first branches are beneath."""
        return self._root

    def show_branches(self, branches: Sequence[Branch]) -> None:
        """Show these."""
        self.beginResetModel()
        self._root = Branch("", lambda: (), lambda: branches)
        self.endResetModel()

    def branch(self, index: _Index) -> Branch:
        """The branch of an index."""
        if not index.isValid():
            return self._root
        found = index.internalPointer()
        assert isinstance(found, Branch)
        return found

    def index_of(self, branch: Branch) -> QModelIndex:
        """The index of a branch."""
        return self.createIndex(branch.place, 0, branch)

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a place."""
        beneath = self.branch(parent).branches
        if not 0 <= row < len(beneath) or not 0 <= column < len(self._titles):
            return QModelIndex()
        return self.createIndex(row, column, beneath[row])

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """What is above an index."""
        above = self.branch(index).above if index.isValid() else None
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.place, 0, above)

    def hasChildren(self, parent: _Index = QModelIndex()) -> bool:  # noqa: B008
        """Whether there is something beneath, without making it."""
        if not parent.isValid():
            return bool(self._root.branches)
        return parent.column() == 0 and self.branch(parent).inside is not None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How much is beneath."""
        return len(self.branch(parent).branches) if parent.column() <= 0 else 0

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """As many as there are titles."""
        return len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(self._titles[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        branch = self.branch(index)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            cells = branch.said(self._telling)
            text = cells[index.column()] if index.column() < len(cells) else ""
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.FontRole and branch.bold and index.column() == 0:
            made = QFont()
            made.setBold(True)
            return made
        if role == Qt.ItemDataRole.DecorationRole and branch.icon and index.column() == 0:
            return self._icon(branch.icon)
        return None

    def retell(self) -> None:
        """Say everything again in the language in use."""
        self._telling += 1
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._titles) - 1)
