"""What one field was over time: a small clock beside it opens a list, each line restorable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.claims import Claim, contacts_claimed, scores_claimed, stances_claimed
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Dimension, PersonId, ProjectId, Record, Records
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.icons import icon
from brm_desktop.gui.past_day import changes_records, show_past
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.value_words import basis_said, value_said
from brm_desktop.gui.widgets.frames import ElidedLabel, label
from brm_desktop.gui.widgets.shadow import lifted
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import joined, name_of
from brm_desktop.language import capitalised, day, tr
from brm_desktop.session.restoring_fields import restored_value

_WIDE: Final = 360
_HIGH: Final = 320
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class PastValue:
    """One value a field had: as said, when and by whom, on what basis, and how to have it again.

    The value that holds now has no way back.
    """

    said: str
    when: str
    who: str
    note: str
    restore: Callable[[], object] | None = None


Past = Callable[[], list[PastValue]]


class PastButton(QToolButton):
    """A small clock that opens what a field was."""

    def __init__(self, desk: Desk, title: Phrase, past: Past) -> None:
        super().__init__()
        self.desk = desk
        self._title = title
        self._past = past
        self.texts = Texts(self)
        self.setProperty("kind", "past")
        self.setIconSize(QSize(14, 14))
        self.setFixedSize(20, 24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.open)
        desk.look.changed.connect(self._recolour)
        self.texts.again(self._said)
        self._recolour()
        self._said()

    def open(self) -> None:
        """Open the list beneath the clock."""
        sheet = PastSheet(self.window(), tr(self._title), self._past())
        show_past(sheet, past=self.desk.is_read_only)
        lifted(sheet, self.desk.look)
        sheet.open_at(self)

    def _said(self) -> None:
        words = tr("What {field} was", field=tr(self._title))
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))

    def _recolour(self) -> None:
        self.setIcon(icon("history", self.desk.look.colour("quiet"), size=14))


class PastSheet(QFrame):
    """The list itself; Escape or a click elsewhere closes it."""

    def __init__(self, parent: QWidget, title: str, values: Iterable[PastValue]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("frame", "floating")
        self.setAccessibleName(title)
        self.setFixedWidth(_WIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_went)
        self.buttons: list[QPushButton] = []
        self._opener: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(ElidedLabel("strong", capitalised(title)))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        shown = list(values)
        for place, value in enumerate(shown):
            self._line(grid, 4 * place, value)
        if not shown:
            grid.addWidget(label("quiet", tr("Nothing else was ever said here."), wrap=True), 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(title)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        scroll.setFixedHeight(min(_HIGH, max(24, holder.sizeHint().height() + 4)))
        layout.addWidget(scroll)

    def open_at(self, widget: QWidget) -> None:
        """Open with its right edge at a widget, on the window it belongs to."""
        self.adjustSize()
        window = widget.window()
        corner = widget.mapTo(window, QPoint(widget.width() - self.width(), widget.height() + 4))
        lowest = window.height() - self.height() - 8
        corner.setY(max(8, min(corner.y(), lowest)))
        corner.setX(max(8, min(corner.x(), window.width() - self.width() - 8)))
        self.move(corner)
        self.show()
        self.raise_()
        self._opener = widget
        (self.buttons[0] if self.buttons else self).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the keys back to whom they came from."""
        now = QApplication.focusWidget()
        if self._opener is not None and now is not None and self._holds(now):
            self._opener.setFocus()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press inside is nobody else's."""
        event.accept()

    def _focus_went(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and (now is None or not self._holds(now)):
            self.close()

    def _holds(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)

    def _line(self, grid: QGridLayout, place: int, value: PastValue) -> None:
        grid.addWidget(ElidedLabel("strong", value.said or tr("empty")), place, 0)
        grid.addWidget(ElidedLabel("small", joined(value.when, value.who)), place + 1, 0)
        if value.note:
            grid.addWidget(ElidedLabel("small", value.note), place + 2, 0)
        grid.setRowMinimumHeight(place + 3, 8)
        if value.restore is None:
            grid.addWidget(label("quiet", tr("now")), place, 1, Qt.AlignmentFlag.AlignRight)
            return
        button = QPushButton(tr("Restore"))
        button.setProperty("kind", "link")
        button.setAccessibleName(tr("Restore {value}", value=value.said or tr("empty")))
        restore = value.restore
        button.clicked.connect(lambda: self._restore(restore))
        changes_records(button)
        self.buttons.append(button)
        grid.addWidget(button, place, 1, 2, 1, Qt.AlignmentFlag.AlignTop)

    def _restore(self, restore: Callable[[], object]) -> None:
        self.close()
        restore()


def past_of_field(
    desk: Desk, kind: type[Record], record: str | None, field: str, title: Phrase
) -> list[PastValue]:
    """What a field of a record was, newest first, from the history."""
    if record is None:
        return []
    found: list[PastValue] = []
    records = desk.records
    now = getattr(records.find(record), field, None)
    first: object = None
    for line in desk.session.history(record_id=record, limit=_MOST):
        values = [change for change in line.fields if change.field == field]
        for change in values if not line.removed else ():
            first = None if line.added else change.before
            again = _restoring(desk, kind, record, field, change.after, title)
            when = day(line.when.astimezone().date())
            note = basis_said(records, line) if line.added else ""
            holds = not found and change.after == now
            said = value_said(records, change.after)
            found.append(PastValue(said, when, line.author_name, note, None if holds else again))
    if found and first is not None:
        again = _restoring(desk, kind, record, field, first, title)
        found.append(PastValue(value_said(records, first), tr("at first"), "", "", again))
    return found


def _restoring(
    desk: Desk, kind: type[Record], record: str, field: str, value: object, title: Phrase
) -> Callable[[], object]:
    name = phrase("Restore {field}", field=title)
    return lambda: desk.edit(name, restored_value, kind, record, field, value)


def past_of_score(desk: Desk, person: PersonId, dimension: Dimension) -> list[PastValue]:
    """Every score stated of a person in a dimension; restoring states it anew today."""

    def again(claim: Claim) -> Change | None:
        return desk.edit(
            phrase("Restore {field}", field=dimension.phrase),
            _assessed_again,
            person,
            dimension,
            claim,
        )

    return _of_claims(desk, scores_claimed(desk.records, person, dimension), again)


def past_of_stance(desk: Desk, project: ProjectId, person: PersonId) -> list[PastValue]:
    """Every stance claimed of a person in a project; restoring claims it anew today."""

    def again(claim: Claim) -> Change | None:
        name = phrase("Restore {field}", field=phrase("stance"))
        return desk.edit(name, edits.revise_member, project, person, stance=claim.value)

    return _of_claims(desk, stances_claimed(desk.records, project, person), again)


def past_of_contact(desk: Desk, project: ProjectId, person: PersonId) -> list[PastValue]:
    """Every contact level claimed of a person in a project; restoring claims it anew today."""

    def again(claim: Claim) -> Change | None:
        name = phrase("Restore {field}", field=phrase("contact level"))
        return desk.edit(name, edits.revise_member, project, person, contact=claim.value)

    return _of_claims(desk, contacts_claimed(desk.records, project, person), again)


def _of_claims(
    desk: Desk, claims: Iterable[Claim], again: Callable[[Claim], object]
) -> list[PastValue]:
    found: list[PastValue] = []
    today = desk.session.today()
    holds_seen = False
    for claim in claims:
        holds = not holds_seen and claim.stated_on <= today
        holds_seen = holds_seen or holds
        found.append(
            PastValue(
                value_said(desk.records, claim.value),
                day(claim.stated_on),
                name_of(desk.records, claim.author) if claim.author else "",
                joined(tr(claim.basis), claim.evidence.replace("\n", " ")),
                None if holds else lambda one=claim: again(one),  # type: ignore[misc]
            )
        )
    return found


def _assessed_again(
    records: Records, act: Act, /, person: PersonId, dimension: Dimension, claim: Claim
) -> Change:
    """State a former score anew, on the basis it was stated on."""
    said: dict[str, Any] = {dimension.value: claim.value}
    change = edits.assess(records, act, person, basis=claim.basis, evidence=claim.evidence, **said)
    if not change:
        raise Refused(phrase("It is so already."))
    return change
