"""The band above a canvas that leads through the days: slider, today, and what to compare with."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from brm_desktop.domain.days import days_of_claims, last_visit, months_before
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.time.day_slider import DaySlider
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.tool_strip import DropButton
from brm_desktop.gui.widgets.value_fields import DateField
from brm_desktop.language import day, tr

_DATE_WIDE = 104


class TimeBand(QFrame):
    """Says which day is on show, and takes another one."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.texts = Texts(self)
        self.setProperty("frame", "panel")
        self.setFixedHeight(48)
        self._said = label("strong")
        self._said.setMinimumWidth(0)
        self.slider = DaySlider(desk.look)
        self.texts.name(self.slider, phrase("Day on show"))
        self.slider.valueChanged.connect(self._moved)
        self.today = QPushButton()
        self.texts.bind(self.today.setText, phrase("Today"))
        self.texts.bind(self.today.setToolTip, phrase("Back to today"))
        self.today.clicked.connect(self._to_today)
        self.compare = DropButton(self)
        self.compare.menu().aboutToShow.connect(self._offer)
        self.texts.name(self.compare, phrase("Compare with an earlier day"))
        self.since = DateField()
        self.since.setFixedWidth(_DATE_WIDE)
        self.texts.name(self.since, phrase("Compared with"))
        self.since.dated.connect(self.compare_with)
        self.shut = QPushButton("✕")
        self.shut.setProperty("kind", "sign")
        self.shut.setFixedSize(28, 28)
        self.texts.name(self.shut, phrase("Close"))
        self.shut.clicked.connect(self.closed)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 4, 8, 4)
        across.setSpacing(8)
        across.addWidget(self._said)
        across.addWidget(self.slider, 1)
        for part in (self.today, self.compare, self.since, self.shut):
            across.addWidget(part)
        self.texts.again(self.show_day)

    def show_day(self) -> None:
        """Show which day is on show, and what it is compared with, while an account is."""
        desk = self.desk
        if not desk.is_open or desk.place.account is None:
            return
        today = desk.session.today()
        stated = days_of_claims(desk.session.analysis(desk.analysis().account))
        self.slider.show_days(stated, today, desk.today)
        past = desk.day is not None
        self._said.setText(
            tr("As of {date}: read only", date=desk.today.isoformat()) if past else tr("Today")
        )
        self._said.setToolTip(day(desk.today))
        self.today.setEnabled(past)
        self.compare.show_text(tr("Compare") if desk.since is None else tr("Changes since"))
        self.since.setVisible(desk.since is not None)
        self.since.show_date(desk.since)

    def showEvent(self, event: QShowEvent) -> None:
        """Say it anew, in the language that is in use by now."""
        super().showEvent(event)
        self.show_day()

    def presets(self) -> list[tuple[Phrase, date]]:
        """The days to compare with that are on offer, each before the day on show."""
        analysis = self.desk.analysis()
        now = analysis.today
        found = [
            (phrase("A month ago"), months_before(now, 1)),
            (phrase("A quarter ago"), months_before(now, 3)),
            (phrase("A year ago"), months_before(now, 12)),
        ]
        visit = last_visit(analysis)
        return [*found, *([(phrase("The last visit"), visit)] if visit else [])]

    def compare_with(self, since: date | None) -> None:
        """Mark what changed since a day, or nothing; a day that is not past is told to be none."""
        if since is not None and since >= self.desk.today:
            self.desk.messages.warn(
                phrase("Compare with a day before {date}.", date=self.desk.today)
            )
            self.since.show_date(self.desk.since)
            return
        self.desk.show_day(self.desk.day, since)

    def _offer(self) -> None:
        menu = self.compare.menu()
        menu.clear()
        for text, since in self.presets():
            action = menu.addAction(f"{tr(text)}\t{since.isoformat()}")
            action.triggered.connect(lambda _=False, to=since: self.compare_with(to))
        menu.addSeparator()
        own = menu.addAction(tr("Another day…"))
        own.triggered.connect(self._ask_day)
        none = menu.addAction(tr("No comparison"))
        none.setEnabled(self.desk.since is not None)
        none.triggered.connect(lambda: self.compare_with(None))

    def _ask_day(self) -> None:
        """Let the user type a day, beginning with a month ago."""
        if self.desk.since is None:
            self.compare_with(months_before(self.desk.today, 1))
        self.since.setFocus()
        self.since.selectAll()

    def _moved(self, ordinal: int) -> None:
        day_wanted = date.fromordinal(ordinal)
        since = self.desk.since
        if since is not None and since >= day_wanted:
            since = None
        self.desk.show_day(day_wanted, since)

    def _to_today(self) -> None:
        self.desk.show_day(None, self.desk.since)
        self.slider.setFocus()
