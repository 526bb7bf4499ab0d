"""A tree of what leaves or of what stays, with the line to choose about what is lit."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHeaderView, QTreeView, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.icons import icon
from brm_desktop.gui.look import Look
from brm_desktop.gui.sync.branches import Branch, BranchModel
from brm_desktop.gui.sync.choice_bar import ChoiceBar
from brm_desktop.gui.sync.leaving import TITLES
from brm_desktop.gui.sync.seen import Seen
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import table_sheet

_Way = tuple[Hashable, ...]
_REACH_WIDE = 190
_OPENED_AT_ONCE = 8
_SIGN = 16
_LOOKED_AT = 500
"""Of so many lines it is kept which are open when others are shown."""


class TreePart(QWidget):
    """A sentence, the tree under it, and what can be chosen about its lines."""

    def __init__(self, desk: Desk, texts: Texts, name: Phrase) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._few = False
        self.sentence = label("strong", wrap=True)
        self.model = BranchModel(TITLES, partial(_sign, desk.look), self)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setExpandsOnDoubleClick(True)
        self.tree.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        texts.name(self.tree, name)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        self.tree.setColumnWidth(2, _REACH_WIDE)
        self.tree.selectionModel().currentChanged.connect(self._lit)
        self.bar = ChoiceBar(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.sentence)
        layout.addWidget(table_sheet(self.tree), 1)
        layout.addWidget(self.bar)
        texts.again(self.model.retell)
        desk.look.changed.connect(self.model.retell)

    def show_branches(
        self, sentence: str, branches: Sequence[Branch], seen: Seen | None, *, few: bool = False
    ) -> None:
        """Show other branches; what was lit and opened is so again, where it is still there."""
        lit, opened = self._way(self.tree.currentIndex()), self._opened()
        known = {one.name for one in self.model.root.branches}
        self._seen, self._few = seen, few
        self.sentence.setText(sentence)
        self.model.show_branches(branches)
        for way in opened:
            self.tree.setExpanded(self._at(way), True)
        if len(branches) <= _OPENED_AT_ONCE:
            self._open_small(branches, known)
        self.tree.setCurrentIndex(self._at(lit) if lit else self.model.index(0, 0))
        self._lit(self.tree.currentIndex())

    def _open_small(self, branches: Sequence[Branch], known: set[Hashable]) -> None:
        """Open what was not there before, down to the values where these are few."""
        for place, branch in enumerate(branches):
            if branch.opens and branch.name not in known:
                index = self.model.index(place, 0)
                if self._few:
                    self.tree.expandRecursively(index)
                else:
                    self.tree.expand(index)

    def _lit(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        about = self.model.branch(index).about if index.isValid() else None
        self.bar.show_line(about, self._seen)

    def _opened(self) -> list[_Way]:
        """The ways to the branches that are open, as far as the eye goes."""
        found = []
        index = self.model.index(0, 0)
        for _ in range(_LOOKED_AT):
            if not index.isValid():
                break
            if self.tree.isExpanded(index):
                found.append(self._way(index))
            index = self.tree.indexBelow(index)
        return found

    def _way(self, index: QModelIndex) -> _Way:
        way: list[Hashable] = []
        branch: Branch | None = self.model.branch(index)
        while branch is not None and branch is not self.model.root:
            way.insert(0, branch.name)
            branch = branch.above
        return tuple(way)

    def _at(self, way: _Way) -> QModelIndex:
        """The branch at the end of a way, or the last of it that is still there."""
        index, branch = QModelIndex(), self.model.root
        for step in way:
            place = branch.place_of(step)
            if place is None:
                return index
            branch = branch.branches[place]
            index = self.model.index_of(branch)
        return index


def _sign(look: Look, name: str) -> QIcon:
    """A sign of a line; it is the same whether the line is open or not."""
    return icon(name, look.colour("quiet"), size=_SIGN)
