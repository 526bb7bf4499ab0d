"""Which period, whose accounts and which currency the page Value shows, and how they are chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from brm_desktop.domain.days import months_before
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.owners import team_of
from brm_desktop.domain.periods import Period, Quarter
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import PersonId, Records
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import Choose, ChooseName
from brm_desktop.gui.widgets.frames import label, row, set_property
from brm_desktop.gui.widgets.value_fields import DateField
from brm_desktop.language import day, tr

W = TypeVar("W", bound=QWidget)


class Span(StrEnum):
    """The periods that are offered."""

    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    TWELVE_MONTHS = "twelve_months"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose accounts: everybody's, one seller's, or those of a manager and his team."""

    person: PersonId | None = None
    team: bool = False

    def sellers(self, records: Records) -> frozenset[PersonId] | None:
        """Who they are; ``None`` is everybody."""
        if self.person is None:
            return None
        return team_of(records, self.person) if self.team else frozenset({self.person})


EVERYBODY: Final = Whose()
_SPANS: Final[Mapping[Span, Phrase]] = MappingProxyType(
    {
        Span.THIS_YEAR: phrase("This year"),
        Span.LAST_YEAR: phrase("Last year"),
        Span.TWELVE_MONTHS: phrase("The last 12 months"),
        Span.THIS_QUARTER: phrase("This quarter"),
        Span.LAST_QUARTER: phrase("Last quarter"),
        Span.OWN: phrase("From … to …"),
    }
)


def period_of(span: Span, today: date) -> Period:
    """The period that is meant on a day; one of the user's own begins as this year."""
    quarter = Quarter.of(today)
    year = Period(date(today.year, 1, 1), date(today.year, 12, 31))
    found: Mapping[Span, Callable[[], Period]] = {
        Span.LAST_YEAR: lambda: Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        Span.TWELVE_MONTHS: lambda: Period(_day_after(months_before(today, 12)), today),
        Span.THIS_QUARTER: lambda: Period(quarter.first, quarter.last),
        Span.LAST_QUARTER: lambda: _quarter_before(quarter),
    }
    return found.get(span, lambda: year)()


class Choice(QObject):
    """What is chosen; ``changed`` is told when it is something else."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.span = Span.THIS_YEAR
        self.own: Period | None = None
        self.whose = EVERYBODY
        self.currency = ""
        self.since: date | None = None
        """The month that growth of potential is counted from; ``None`` is the period's own."""

    @property
    def period(self) -> Period:
        """The period that is shown."""
        if self.span is Span.OWN and self.own is not None:
            return self.own
        return period_of(self.span, self._desk.session.today())

    def choose(self, **wanted: object) -> None:
        """Show something else."""
        before = (self.span, self.own, self.whose, self.currency, self.since)
        for name, value in wanted.items():
            setattr(self, name, value)
        if before != (self.span, self.own, self.whose, self.currency, self.since):
            self.changed.emit()

    def forget(self) -> None:
        """Begin anew, as with another store."""
        self.span, self.own, self.whose = Span.THIS_YEAR, None, EVERYBODY
        self.currency, self.since = "", None


class ChoiceBar(QWidget):
    """The line of fields above the figures."""

    def __init__(self, desk: Desk, choice: Choice) -> None:
        super().__init__()
        self._desk = desk
        self._choice = choice
        self.texts = Texts(self)
        across = row(gap=8)
        across.setContentsMargins(20, 12, 20, 0)
        self.setLayout(across)
        self.span = self._field(Choose(), phrase("Period"), 152)
        self.first = self._field(DateField(), phrase("First day"), 104)
        self.last = self._field(DateField(), phrase("Last day"), 104)
        self.said = label("small")
        self.whose = self._field(ChooseName(), phrase("Whose accounts"), 216)
        line = self.whose.lineEdit()
        assert line is not None  # a name can be typed
        self.texts.name(line, phrase("Whose accounts"))
        self.currency = self._field(Choose(), phrase("Currency"), 80)
        for widget in (self.span, self.first, self.last, self.said):
            across.addWidget(widget)
        across.addStretch(1)
        across.addWidget(self.whose)
        across.addWidget(self.currency)
        self.span.picked.connect(self._pick_span)
        for typed in (self.first, self.last):
            typed.dated.connect(partial(self._pick_days, typed))
        self.whose.picked.connect(lambda whose: choice.choose(whose=whose))
        self.currency.picked.connect(lambda code: choice.choose(currency=code))
        self._offered: tuple[object, ...] = ()
        self._for_period = self._for_accounts = self._for_currency = True
        self._several = False

    def refresh(
        self,
        sellers: Sequence[tuple[str, PersonId]],
        leaders: Sequence[tuple[str, PersonId]],
        currencies: Sequence[str],
        currency: str,
    ) -> None:
        """Offer sellers, managers of teams, and the currencies there are; say the period."""
        choice = self._choice
        self.span.offer([(tr(text), span) for span, text in _SPANS.items()], choice.span)
        offered: list[tuple[str, object]] = [(tr("All accounts"), EVERYBODY)]
        offered += [(tr("Team of {name}", name=n), Whose(key, team=True)) for n, key in leaders]
        offered += [(name, Whose(key)) for name, key in sellers]
        if (*offered, choice.whose) != self._offered:
            self._offered = (*offered, choice.whose)
            self.whose.offer(offered, choice.whose)
        self.currency.offer([(code, code) for code in currencies], currency)
        self._several = len(currencies) > 1
        own = choice.span is Span.OWN
        period = choice.period
        if own:
            self._show_days()
        else:
            self.said.setText(_said(period, with_days=True))
        self._show_fields()

    def show_for(self, *, period: bool, accounts: bool, currency: bool) -> None:
        """Show the fields that the tab on show depends on."""
        self._for_period, self._for_accounts, self._for_currency = period, accounts, currency
        self._show_fields()

    def _show_fields(self) -> None:
        own = self._for_period and self._choice.span is Span.OWN
        for widget in (self.span, self.said):
            widget.setVisible(self._for_period)
        for field in (self.first, self.last):
            field.setVisible(own)
        self.whose.setVisible(self._for_accounts)
        self.currency.setVisible(self._for_currency and self._several)

    def _field(self, field: W, about: Phrase, width: int) -> W:
        field.setFixedWidth(width)
        self.texts.name(field, about)
        return field

    def _pick_span(self, span: object) -> None:
        assert isinstance(span, Span)
        own = self._choice.period if span is Span.OWN else None
        self._choice.choose(span=span, own=own, since=None)

    def _pick_days(self, typed: DateField, _day: object) -> None:
        """Take the period; a day that makes none is marked, and whose figures are shown is said."""
        first, last = self.first.value, self.last.value
        if first is None or last is None:
            return
        try:
            period = Period(first, last)
            _ = period.before
        except Refused as refused:
            set_property(typed, "wrong", True)
            typed.setToolTip(tr(refused.sentence))
            self.said.setText(_days(self._choice.period))
            self._desk.messages.failed(refused)
            return
        self._choice.choose(own=period, since=None)
        self._show_days()

    def _show_days(self) -> None:
        """Show the period there is in the fields, and none of them as wrong."""
        period = self._choice.period
        for field, on in ((self.first, period.first), (self.last, period.last)):
            field.show_date(on)
            field.setToolTip("")
        self.said.setText(_said(period, with_days=False))


def _said(period: Period, *, with_days: bool) -> str:
    before = tr(
        "compared with {first} to {last}",
        first=day(period.before.first),
        last=day(period.before.last),
    )
    if not with_days:
        return before
    return f"{_days(period)} · {before}"


def _days(period: Period) -> str:
    return tr("{first} to {last}", first=day(period.first), last=day(period.last))


def _day_after(one: date) -> date:
    return date.fromordinal(one.toordinal() + 1)


def _quarter_before(quarter: Quarter) -> Period:
    last = date.fromordinal(quarter.first.toordinal() - 1)
    return Period(Quarter.of(last).first, last)
