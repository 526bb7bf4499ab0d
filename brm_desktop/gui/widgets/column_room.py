"""How the columns of a table share its width, so that no text is cut while there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QTimer
from PySide6.QtWidgets import QHeaderView, QTableView

_WIDEST: Final = 360
"""No column but the stretched one asks for more, however long its texts are."""
_LEAST: Final = 120
"""The stretched one never gets less, unless its texts need less."""
_REWORDED_MS: Final = 60
"""Other words in the same rows are painted first: going through them takes as long again."""


def shared(room: int, stretched: int, columns: Sequence[tuple[int, int]]) -> list[int]:
    """The widths of columns beside one that is stretched, from the usual and full width of each.

    ``room`` is for all of them, ``stretched`` what the stretched one needs. What it does not need
    goes to columns whose texts are cut, where little helps first; what it lacks comes from columns
    that are wider than their texts, the roomiest first.
    """
    found = [usual for usual, _ in columns]
    spare = room - stretched - sum(found)
    lacking = [full - usual for usual, full in columns]
    for place in sorted(range(len(columns)), key=lambda one: lacking[one]):
        more = 0
        if spare > 0:
            more = max(0, min(spare, lacking[place]))
        elif spare < 0:
            more = min(0, max(spare, lacking[place]))
        found[place] += more
        spare -= more
    return found


class ColumnRoom(QObject):
    """Shares a table's width anew when its rows or its width change; a hand's widths stay.

    The widths the columns have at first are their usual ones.
    """

    def __init__(self, table: QTableView, stretched: Mapping[int, int]) -> None:
        """Share the width of a table; ``stretched`` has the usual widths of what is stretched."""
        super().__init__(table)
        self._table = table
        self._header = table.horizontalHeader()
        self._stretched = stretched
        self._usual = {
            place: self._header.sectionSize(place)
            for place in range(self._header.count())
            if place not in stretched
        }
        self._header.setResizeContentsPrecision(0)
        self._sharing = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.share)
        self._later = QTimer(self, singleShot=True, interval=_REWORDED_MS)
        self._later.timeout.connect(self.share)
        model = table.model()
        for told in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            told.connect(lambda *_: self._soon.start())
        model.dataChanged.connect(self._reworded)
        self._header.sectionResized.connect(self._resized)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share again when the table is shown or another width, or says other words."""
        kinds = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LanguageChange)
        if event.type() in kinds:
            self._soon.start()
        return super().eventFilter(watched, event)

    def share(self) -> None:
        """Give every column its width by what is in sight."""
        if not (self._stretched and self._usual and self._table.isVisible()):
            return
        places = [place for place in self._usual if not self._header.isSectionHidden(place)]
        columns = [(self._usual[place], self._full(place)) for place in places]
        room = self._table.viewport().width()
        widths = shared(room, sum(map(self._full, self._stretched)), columns)
        self._sharing = True
        for place, width in zip(places, widths, strict=True):
            if self._header.sectionSize(place) != width:
                self._header.resizeSection(place, width)
        self._stretch(room - sum(widths))
        self._sharing = False

    def _stretch(self, room: int) -> None:
        """Stretch what is stretched, unless that left its texts no room: then the table scrolls."""
        modes = QHeaderView.ResizeMode
        wanted = {
            place: min(usual, _LEAST, self._full(place)) for place, usual in self._stretched.items()
        }
        fits = room >= sum(wanted.values())
        for place, least in wanted.items():
            mode = modes.Stretch if fits else modes.Interactive
            if self._header.sectionResizeMode(place) != mode:  # to say it again paints all anew
                self._header.setSectionResizeMode(place, mode)
            if not fits:
                self._header.resizeSection(place, least)

    def _full(self, place: int) -> int:
        """What a column needs for its title and the texts in sight."""
        texts = self._table.sizeHintForColumn(place)
        title = self._header.sectionSizeHint(place)
        return min(_WIDEST, max(texts, title, self._header.minimumSectionSize()))

    def _reworded(self, first: QModelIndex, last: QModelIndex) -> None:
        """Share again soon when rows in sight say something else."""
        top, bottom = self._table.rowAt(0), self._table.rowAt(self._table.viewport().height() - 1)
        if last.row() >= top and (bottom < 0 or first.row() <= bottom):
            self._later.start()

    def _resized(self, place: int, before: int, width: int) -> None:
        """A column that neither hides nor comes back was pulled by a hand."""
        if place in self._usual and before and width and not self._sharing:
            self._usual = {}
