"""Lines that stand for a value: what cannot be read stays there, is marked and is said."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Money
from brm_desktop.gui.widgets.amounts import amount_text, parse_amount
from brm_desktop.gui.widgets.fields import TextField
from brm_desktop.gui.widgets.frames import set_property
from brm_desktop.gui.widgets.saying import say_of_field
from brm_desktop.language import tr

NO_DATE: Final = phrase("A date is written year-month-day, such as 2026-10-14.")
NO_AMOUNT: Final = phrase("An amount is a number, such as 500000 or 50万.")
NO_PROBABILITY: Final = phrase("A probability is a whole number from 0 to 100.")
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?",
    re.ASCII,
)
_TOGETHER: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)
_DAY_FIRST: Final = re.compile(
    r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4})", re.ASCII
)


class ValueField(TextField):
    """A line that stands for a value: what cannot be read stays there, is marked and is said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edited.connect(self._typed)

    @property
    def value(self) -> object:
        """What is typed, as a value; ``None`` where nothing is, or nothing that can be read."""
        raise NotImplementedError

    @property
    def how(self) -> Phrase:
        """How such a value is written."""
        raise NotImplementedError

    @property
    def fault(self) -> Phrase | None:
        """What is wrong with the text, if anything."""
        return self.how if self.text().strip() and self.value is None else None

    def point_out(self) -> Phrase | None:
        """Mark what cannot be read, and say how it is written; give that, if anything is wrong."""
        fault = self.fault
        set_property(self, "wrong", fault is not None)
        self.setToolTip("" if fault is None else tr(fault))
        return fault

    def show_known(self, text: str) -> None:
        """Show a value that is known, as it is typed."""
        set_property(self, "wrong", False)
        self.show_text(text)

    def _typed(self) -> None:
        fault = self.point_out()
        if fault is None:
            self._tell()
        else:
            say_of_field(self, fault)

    def _tell(self) -> None:
        """Tell the new value."""
        raise NotImplementedError


class DateField(ValueField):
    """A date written ``2026-10-14``; ``dated`` tells the new one, ``None`` when it was emptied."""

    dated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("YYYY-MM-DD")

    @property
    def value(self) -> date | None:
        """The day, if one can be read."""
        return parse_date(self.text())

    @property
    def how(self) -> Phrase:
        """How a date is written."""
        return NO_DATE

    def show_date(self, value: date | None) -> None:
        """Show a date, or nothing."""
        self.show_known("" if value is None else value.isoformat())

    def _tell(self) -> None:
        self.dated.emit(self.value)


class AmountField(ValueField):
    """An amount of money; ``paid`` tells the new one, ``None`` when it was emptied."""

    paid = Signal(object)

    def __init__(self, currency: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self.setPlaceholderText(currency)

    @property
    def value(self) -> Money | None:
        """The amount, if one can be read."""
        return parse_amount(self.text(), self._currency)

    @property
    def how(self) -> Phrase:
        """How an amount is written."""
        return NO_AMOUNT

    def show_amount(self, value: Money | None, usual: str = "") -> None:
        """Show an amount, or nothing; one that is typed without a currency is in the usual one."""
        self._currency = usual or self._currency
        if value is not None:
            self._currency = value.currency
        self.show_known(amount_text(value))

    def _tell(self) -> None:
        self.paid.emit(self.value)


class NumberField(ValueField):
    """A whole number between two others; ``counted`` tells the new one, ``None`` when emptied."""

    counted = Signal(object)

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setPlaceholderText(f"{least}–{most}")

    @property
    def value(self) -> int | None:
        """The number, if there is one within its bounds."""
        text = self.text().strip()
        fits = text.isascii() and text.isdigit() and self._least <= int(text) <= self._most
        return int(text) if fits else None

    @property
    def how(self) -> Phrase:
        """Between which numbers it is."""
        bounds = {"least": self._least, "most": self._most}
        return phrase("A whole number from {least} to {most}.", **bounds)

    def _tell(self) -> None:
        self.counted.emit(self.value)


def parse_date(text: str) -> date | None:
    """A date from ``2026-10-14``, ``20261014``, ``2026年10月14日`` or ``14.10.2026``.

    Year, month and day may be parted by ``-``, ``/`` or ``.``; with the day first only points part
    them, as ``3/12/2025`` is another day in another country.
    """
    plain = text.strip()
    ways = (_YEAR_FIRST, _TOGETHER, _DAY_FIRST)
    found = next((match for way in ways if (match := way.fullmatch(plain))), None)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
