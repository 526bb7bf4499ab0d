"""The list beside a canvas of what changed since a day; Enter or a click shows the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.changes_since import AccountShift, Shift, account_shift, changes_since
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Basis, Dimension, PersonId, Project
from brm_desktop.domain.rounding import half_up
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.look import Look, font
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import dimension_title, joined, name_of
from brm_desktop.language import capitalised, day, money, number, signed, tr, trn
from brm_desktop.rendering import theme as tokens
from brm_desktop.session.edits_since import EditSince, edits_since

_HEADING_HIGH, _HIGH, _TALL = 32, 28, 46
_PAD = 8
_ENTRY: Final = Qt.ItemDataRole.UserRole + 1
_EDITS_READ: Final = 500
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a heading, or what changed, by how much, and by whom."""

    title: str
    detail: str = ""
    mark: str = ""
    tint: str = "quiet"
    person: PersonId | None = None
    heading: bool = False
    strong: bool = False


class ChangesList(QFrame):
    """The account's numbers then and now, the people who changed, and the edits made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.texts = Texts(self)
        self.setProperty("frame", "panel")
        self._title = label("strong", wrap=True)
        self.list = QListWidget()
        self.list.setItemDelegate(_Painter(desk.look, self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts.name(self.list, phrase("What changed"))
        self.list.itemClicked.connect(self._show)
        self.list.itemActivated.connect(self._show)
        self._nothing = label("quiet", wrap=True)
        self.texts.bind(self._nothing.setText, phrase("Nothing changed since that day."))
        head = row(gap=8)
        head.setContentsMargins(_PAD, 0, _PAD, 0)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 12, 4, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)

    def show_changes(self, analysis: AccountAnalysis, since: date) -> None:
        """Show what is otherwise in the account than on a day."""
        shifts = changes_since(analysis, since)
        edits = self._edits(analysis, since)
        self._title.setText(tr("Changes since {date}", date=day(since)))
        entries = [*_of_people(self.desk, shifts), *_of_edits(edits)]
        if shifts:
            entries = [*_of_account(account_shift(analysis, since)), *entries]
        chosen = self.list.currentRow()
        self.list.clear()
        for entry in entries:
            self.list.addItem(_item(entry))
        self.list.setCurrentRow(min(chosen, len(entries) - 1))
        self._nothing.setVisible(not entries)
        self.list.setVisible(bool(entries))

    def entries(self) -> list[Entry]:
        """What the list says now, headings included."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return [item.data(_ENTRY) for item in items]

    def _edits(self, analysis: AccountAnalysis, since: date) -> list[EditSince]:
        if self.desk.day is not None:
            return []
        lines = self.desk.session.history(account=analysis.account, limit=_EDITS_READ)
        return edits_since(lines, since, self.desk.records)

    def _show(self, item: QListWidgetItem) -> None:
        entry: Entry = item.data(_ENTRY)
        if entry.person is not None:
            self.desk.show_person(entry.person)


def _item(entry: Entry) -> QListWidgetItem:
    said = "\n".join(filter(None, (f"{entry.title} {entry.mark}".strip(), entry.detail)))
    item = QListWidgetItem(said)
    item.setData(_ENTRY, entry)
    high = _HEADING_HIGH if entry.heading else _TALL if entry.detail else _HIGH
    item.setSizeHint(QSize(120, high))
    if entry.heading:
        item.setFlags(Qt.ItemFlag.NoItemFlags)
    else:
        item.setToolTip(plain_tip(said))
    return item


def _of_account(shift: AccountShift) -> list[Entry]:
    entries = [Entry(tr("The account"), heading=True)]
    for dimension in Dimension:
        before, after = shift.scores[dimension]
        if _rounded(before) != _rounded(after):
            mark, tint = _rise(before, after)
            change = f"{number(before)} → {number(after)}"
            entries.append(Entry(f"{dimension_title(dimension)}  {change}", "", mark, tint))
    before_amount, after_amount = (one.amount for one in shift.potential)
    if before_amount != after_amount:
        change = f"{money(before_amount, 'short')} → {money(after_amount, 'short')}"
        entries.append(Entry(tr("Potential output"), change))
    for odds in shift.odds:
        if _rounded(odds.before) != _rounded(odds.after):
            mark, tint = _rise(odds.before, odds.after)
            change = f"{number(odds.before)} → {number(odds.after)}"
            entries.append(Entry(odds.name, tr("odds {change}", change=change), mark, tint))
    return entries if len(entries) > 1 else []


def _of_people(desk: Desk, shifts: tuple[Shift, ...]) -> list[Entry]:
    entries = [Entry(tr("People"), heading=True)] if shifts else []
    told: PersonId | None = None
    for shift in shifts:
        if shift.person != told:
            told = shift.person
            entries.append(Entry(shift.name, person=told, strong=True))
        points = shift.difference
        mark, tint = _rise(None if points is None else Fraction(0), points)
        basis = tr(shift.basis) if isinstance(shift.basis, Basis) else ""
        said = "" if shift.stated_on is None else day(shift.stated_on, "short")
        by = name_of(desk.records, shift.author) if shift.author else ""
        project = desk.records.get(Project, shift.project)
        where = "" if project is None else project.name
        detail = joined(by, said, basis, where)
        entries.append(Entry(capitalised(tr(shift.text)), detail, mark, tint, shift.person))
    return entries


def _of_edits(edits: list[EditSince]) -> list[Entry]:
    entries = [Entry(tr("Edits"), heading=True)] if edits else []
    for edit in edits:
        when = day(edit.when.astimezone().date(), "short")
        several = trn("{n} record", "{n} records", edit.records) if edit.records > 1 else ""
        detail = joined(edit.author_name, when, several)
        entries.append(Entry(tr(edit.name), detail, person=edit.person))
    return entries


def _rounded(value: Fraction | None) -> int | None:
    return None if value is None else half_up(value)


def _rise(before: Fraction | None, after: Fraction | int | None) -> tuple[str, str]:
    """By how much a number rose or fell, with its sign and colour; nothing for a first score."""
    if before is None or after is None:
        return "", "quiet"
    points = Fraction(half_up(after) - half_up(before))
    if not points:
        return "", "quiet"
    return signed(points), "strong" if points > 0 else "weak"


class _Painter(QStyledItemDelegate):
    """A title with its mark at the right, and a quiet line beneath."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        entry: Entry = index.data(_ENTRY)
        look, box = self._look, option.rect.adjusted(_PAD, 0, -_PAD, 0)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not entry.heading and state & (QStyle.StateFlag.State_Selected):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.shade(look.theme.tinted(look.theme.accent, 0.12)))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 6, 6)
        if not entry.heading and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(1, 2, -1, -2), 6, 6)
        first = QRect(box.left(), box.top(), box.width(), min(box.height(), 26))
        if entry.detail:
            first.translate(0, 2)
        self._mark(painter, entry, first)
        self._line(painter, entry.title, first, "quiet" if entry.heading else "ink")
        if entry.detail:
            painter.setFont(font(tokens.SIZE_SMALL))
            second = QRect(box.left(), first.bottom() - 3, box.width(), 18)
            self._line(painter, entry.detail, second, "quiet")
        painter.restore()

    def _mark(self, painter: QPainter, entry: Entry, box: QRect) -> None:
        painter.setFont(font(tokens.SIZE_TEXT, bold=True))
        painter.setPen(self._look.text_colour(entry.tint))
        painter.drawText(box, int(_RIGHT), entry.mark)
        wide = painter.fontMetrics().horizontalAdvance(entry.mark)
        box.setRight(box.right() - wide - (6 if entry.mark else 0))
        painter.setFont(font(tokens.SIZE_TEXT, bold=entry.strong))

    def _line(self, painter: QPainter, text: str, box: QRect, tint: str) -> None:
        painter.setPen(self._look.text_colour(tint))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(_LEFT), shown)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
