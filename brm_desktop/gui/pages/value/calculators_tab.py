"""The calculators for thinking about value, with the usual example as numbers to start from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.potential import opportunities, potential_sum, understanding
from brm_desktop.domain.reckoning import (
    USUAL_OPPORTUNITIES,
    USUAL_POTENTIAL,
    USUAL_UNDERSTANDING,
    hours_of_a_day,
    number_typed,
    score,
    whole,
)
from brm_desktop.domain.records import Dimension
from brm_desktop.domain.rules import Rules
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.gui.pages.value.tab import ValueTab
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import TextField
from brm_desktop.gui.widgets.frames import hairline, label, row, set_property
from brm_desktop.language import number, percent, tr

Numbers = Sequence[Fraction]


class Calculator(QFrame):
    """Some numbers to try, and what they come to."""

    def __init__(
        self,
        title: Phrase,
        about: Phrase,
        fields: Sequence[tuple[Phrase, int]],
        reckon: Callable[[Numbers], Sequence[tuple[str, str]]],
    ) -> None:
        super().__init__()
        self.setProperty("frame", "panel")
        self.texts = Texts(self)
        self._reckon = reckon
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        head = label("name", wrap=True)
        self.texts.bind(head.setText, title)
        words = label("small", wrap=True)
        self.texts.bind(words.setText, about)
        layout.addWidget(head)
        layout.addWidget(words)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        self.fields = [self._field(grid, place, *one) for place, one in enumerate(fields)]
        layout.addLayout(grid)
        layout.addWidget(hairline())
        self._results = QGridLayout()
        self._results.setVerticalSpacing(4)
        self._results.setColumnStretch(0, 1)
        layout.addLayout(self._results)
        self._pairs = [self._pair(place) for place in range(3)]
        layout.addStretch(1)
        self.texts.again(self.reckon)
        self.reckon()

    def results(self) -> list[str]:
        """What is said of the result, line by line."""
        return [value.text() for _, value in self._pairs if value.text()]

    def reckon(self) -> None:
        """Reckon anew from what stands in the fields; a number that is none is marked."""
        found = [number_typed(field.text()) for field in self.fields]
        for field, value in zip(self.fields, found, strict=True):
            set_property(field, "wrong", value is None)
            field.setToolTip("" if value is not None else tr("A number from 0 on, such as 500."))
        lines: Sequence[tuple[str, str]] = ()
        known = [value for value in found if value is not None]
        if len(known) == len(found):
            try:
                lines = self._reckon(known)
            except Refused as refused:
                lines = [(tr(refused.sentence), "")]
        for place, (name, result) in enumerate(self._pairs):
            said = lines[place] if place < len(lines) else ("", "")
            name.setText(said[0])
            result.setText(said[1])

    def _field(self, grid: QGridLayout, place: int, text: Phrase, start: int) -> TextField:
        said = label("plain", wrap=True)
        self.texts.bind(said.setText, text)
        field = TextField()
        field.setFixedWidth(96)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.show_text(str(start))
        self.texts.name(field, text)
        field.textChanged.connect(lambda _text: self.reckon())
        grid.addWidget(said, place, 0)
        grid.addWidget(field, place, 1)
        return field

    def _pair(self, place: int) -> tuple[QLabel, QLabel]:
        last = place == 0
        name, value = label("plain", wrap=True), label("title" if last else "strong")
        self._results.addWidget(name, place, 0)
        self._results.addWidget(value, place, 1, Qt.AlignmentFlag.AlignRight)
        return name, value


class CalculatorsTab(ValueTab):
    """Understanding an account, potential output, and opportunities."""

    wants_accounts = False
    reads_records = True

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk, standing)
        layout = self.scrolling()
        across = row(gap=12)
        self.understanding = Calculator(
            phrase("Understanding an account"),
            phrase("How long visits take to know the key persons, and how much faster a look is."),
            (
                (phrase("Departments"), USUAL_UNDERSTANDING[0]),
                (phrase("People in each"), USUAL_UNDERSTANDING[1]),
                (phrase("Working hours a day"), 8),
            ),
            _understanding,
        )
        self.potential = Calculator(
            phrase("Potential output"),
            phrase(
                "Expected annual spend times the weighted mean of the three scores, in any unit."
            ),
            (
                (phrase("Expected annual spend"), USUAL_POTENTIAL[0]),
                (phrase("Closeness"), USUAL_POTENTIAL[1]),
                (phrase("Solution acceptance"), USUAL_POTENTIAL[2]),
                (phrase("Price acceptance"), USUAL_POTENTIAL[3]),
                (phrase("Accounts"), USUAL_POTENTIAL[4]),
            ),
            self._potential,
        )
        self.opportunities = Calculator(
            phrase("Opportunities"),
            phrase("What opportunities in every account come to, in any unit."),
            (
                (phrase("Amount of one"), USUAL_OPPORTUNITIES[0]),
                (phrase("Accounts"), USUAL_OPPORTUNITIES[1]),
                (phrase("In each account"), USUAL_OPPORTUNITIES[2]),
            ),
            _opportunities,
        )
        for one in (self.understanding, self.potential, self.opportunities):
            across.addWidget(one, 1)
        layout.addLayout(across)
        layout.addStretch(1)

    def focus_first(self) -> None:
        """Give the keys to the first number."""
        self.understanding.fields[0].setFocus()

    def show_value(self, shown: Shown) -> None:  # noqa: ARG002  they reckon by themselves
        """With other weights of the scores the potential is another one."""
        self.potential.reckon()

    def _potential(self, numbers: Numbers) -> list[tuple[str, str]]:
        spend, accounts = numbers[0], numbers[-1]
        closeness, solution, price = map(score, numbers[1:-1])
        rules = self.desk.session.settings.rules if self.desk.is_open else Rules()
        one = potential_sum(spend, closeness, solution, price, rules=rules)
        weights = (Fraction(rules.potential_weights[dimension]) for dimension in Dimension)
        said = " · ".join(percent(weight, 1) for weight in weights)
        return [
            (tr("All accounts"), number(one * accounts, 2)),
            (tr("One account"), number(one, 2)),
            (tr("Weights of the three scores, from the settings: {weights}", weights=said), ""),
        ]


def _understanding(numbers: Numbers) -> list[tuple[str, str]]:
    departments, people, hours = numbers
    found = understanding(whole(departments), whole(people), hours_a_day=hours_of_a_day(hours))
    days = tr(
        "{people} key persons, one a day: {days} days of work",
        people=number(found.key_persons),
        days=number(found.days, 2),
    )
    return [
        (tr("Faster with a look of an hour"), f"{number(found.times_faster_in_an_hour, 2)} ×"),
        (tr("Faster with a look of a day"), f"{number(found.times_faster_in_a_day, 2)} ×"),
        (days, ""),
    ]


def _opportunities(numbers: Numbers) -> list[tuple[str, str]]:
    amount, accounts, each = numbers
    return [
        (tr("Together"), number(opportunities(amount, whole(accounts), each), 2)),
        (tr("Opportunities"), number(whole(accounts) * each, 2)),
    ]
