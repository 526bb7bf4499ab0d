"""What is due, line by line under headings: what, of which account, by when; pressed, it opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import ReviewKind
from brm_desktop.domain.today import DueItem, Matter
from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.frames import ElidedLabel, FewLines, label, panel, row, set_property
from brm_desktop.gui.widgets.line_walk import LineButton, LineWalk
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import capitalised, day, listed, number, tr, trn

FIRST: Final = 6
"""So many lines of a heading are shown at first."""
MORE: Final = 20
"""So many more each time they are asked for."""
_LINES: Final = 2
_ICON: Final = 16
_ICONS: Final[dict[Matter, str]] = {
    Matter.ACTION: "check",
    Matter.NEXT_STEP: "right",
    Matter.REVIEW: "review",
    Matter.DECISION: "chain",
    Matter.PREPARE: "history",
    Matter.BIRTHDAY: "cake",
    Matter.SILENT: "silent",
    Matter.RED_FLAG: "flag",
}


class DueButton(LineButton):
    """One line: a sign, what it is, of which account, and when it is due."""

    def __init__(self, look: Look, item: DueItem, today: date) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        text, when = capitalised(tr(item.text)), due_said(item, today)
        about = f"{item.account_name} · {tr(item.matter)}"
        self.setAccessibleName(listed(part for part in (text, about, when) if part))
        layout = row(gap=8)
        layout.setContentsMargins(8, 4, 4, 4)
        self.setLayout(layout)
        late = item.due is not None and item.due < today
        sign = QLabel()
        tint = "crucial" if late or item.matter is Matter.RED_FLAG else "quiet"
        sign.setPixmap(look.icon(_ICONS[item.matter], tint, _ICON).pixmap(_ICON, _ICON))
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        said = FewLines("plain", _LINES)
        said.setText(text)
        words.addWidget(said)
        words.addWidget(ElidedLabel("small", about))
        end = label("warning" if late else "small", when)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        layout.addWidget(end, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the lines of its text."""
        layout = self.layout()
        assert layout is not None  # set when it is made
        return layout.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """As its layout needs."""
        layout = self.layout()
        assert layout is not None  # set when it is made
        return layout.sizeHint()


class DueRow(QFrame):
    """A line with what can be done about it in place."""

    opened = Signal(object)
    settled = Signal(object, str)

    def __init__(self, look: Look, item: DueItem, today: date) -> None:
        super().__init__()
        self.setProperty("frame", "row")
        self.item = item
        self.button = DueButton(look, item, today)
        self.button.clicked.connect(lambda: self.opened.emit(item))
        layout = row(gap=4)
        layout.setContentsMargins(2, 2, 8, 2)
        self.setLayout(layout)
        layout.addWidget(self.button, 1)
        self.settle = self._settling()
        self.stops: tuple[LineButton, ...] = (self.button,)
        if self.settle is not None:
            layout.addWidget(self.settle)
            self.stops += (self.settle,)

    def _settling(self) -> LineButton | None:
        """An action is done, a review was held."""
        if self.item.matter is Matter.ACTION:
            made = LineButton(tr("Done"))
            made.clicked.connect(lambda: self.settled.emit(self.item, self.item.record))
        elif self.item.matter is Matter.REVIEW:
            kinds = self.item.record.split()
            if len(kinds) > 1:
                made = LineButton(tr("Which was held…"))
                made.setMenu(self._kinds(made, kinds))
            else:
                made = LineButton(tr("Held today"))
                made.clicked.connect(lambda: self.settled.emit(self.item, kinds[0]))
        else:
            return None
        said = f"{made.text()}: {tr(self.item.text)}, {self.item.account_name}"
        made.setAccessibleName(said)
        made.setToolTip(plain_tip(said))
        return made

    def _kinds(self, parent: QWidget, kinds: Sequence[str]) -> QMenu:
        menu = QMenu(parent)
        for kind in (one for one in ReviewKind if one in kinds):
            action = menu.addAction(capitalised(tr(kind)))
            action.triggered.connect(lambda _on=False, one=kind: self.settled.emit(self.item, one))
        return menu


class DueSection(LineWalk):
    """The lines under one heading; those that stay keep their widgets, and with them the keys."""

    opened = Signal(object)
    settled = Signal(object, str)

    def __init__(self, look: Look, title: Phrase, *, warns: bool = False) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._items: Sequence[DueItem] = ()
        self._today = date.min
        self._shown = FIRST
        self.rows: dict[str, DueRow] = {}
        self.heading = label("name")
        self.count = label("small")
        set_property(self.heading, "crucial", warns)
        head = row(gap=8)
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.more = LineButton()
        self.more.setProperty("kind", "link")
        self.more.clicked.connect(self._show_more)
        sheet = panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.setSpacing(8)
        inside.addLayout(head)
        inside.addLayout(self._lines)
        inside.addWidget(self.more)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)
        self.hide()

    def show_items(self, items: Sequence[DueItem], today: date) -> None:
        """Show the lines as they are now; a heading without any is hidden."""
        self._items, self._today = items, today
        self.heading.setText(capitalised(tr(self._title)))
        self.count.setText(number(len(items)))
        self._fill()
        self.setVisible(bool(items))

    def remade(self) -> None:
        """Say everything again, as in another language or in other colours."""
        while self.rows:
            self.let_go(self.rows.popitem()[1])
        self.show_items(self._items, self._today)

    def forget(self) -> None:
        """Show nothing any more, as when the store is closed."""
        self.show_items((), self._today)

    def _fill(self) -> None:
        wanted = {item.key: item for item in self._items[: self._shown]}
        for key in [key for key, one in self.rows.items() if wanted.get(key) != one.item]:
            self.let_go(self.rows.pop(key))
        for place, (key, item) in enumerate(wanted.items()):
            found = self.rows.get(key)
            if found is None:
                found = self.rows[key] = self._row(item)
            if self._lines.indexOf(found) != place:
                self._lines.removeWidget(found)
                self._lines.insertWidget(place, found)
        left = len(self._items) - len(wanted)
        self.more.setText(trn("Show {n} more", "Show {n} more", left))
        self.more.setVisible(left > 0)
        lines = [self.rows[key].stops for key in wanted]
        self.walk_over([*lines, (self.more,)] if left > 0 else lines)

    def _row(self, item: DueItem) -> DueRow:
        made = DueRow(self._look, item, self._today)
        made.opened.connect(self.opened)
        made.settled.connect(self.settled)
        return made

    def _show_more(self) -> None:
        """Show more lines; the first of them has the keys."""
        first = self._shown
        self._shown += MORE
        self._fill()
        self.rows[self._items[first].key].button.setFocus(Qt.FocusReason.TabFocusReason)


def due_said(item: DueItem, today: date) -> str:
    """By when something is due, as people say it of near days; "" of what has no day."""
    if item.due is None:
        return ""
    days = (item.due - today).days
    if days < 0:
        return trn("{n} day late", "{n} days late", -days)
    if days == 0:
        return tr("today")
    return tr("tomorrow") if days == 1 else day(item.due, "short")
