"""How key persons stood month by month: a chart, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.scores import Band
from brm_desktop.domain.snapshots import TrendMonth, mostly_unscored
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.chart import Chart
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import BAND_TOKENS, capital
from brm_desktop.language import number, tr
from brm_desktop.rendering.theme import Theme

if TYPE_CHECKING:
    from brm_desktop.rendering.charts import CountsChart

_BANDS = (Band.UNSCORED, Band.WEAK, Band.MEDIUM, Band.STRONG)
"""Bottom up."""
_HEIGHT = 220


@dataclass(frozen=True, slots=True)
class Counts:
    """Key persons by band, month after month, the last being the present one."""

    months: tuple[TrendMonth, ...]

    def chart(self, theme: Theme, width: float) -> CountsChart:  # noqa: ARG002
        """The counts as columns, without the unscored where they would bury the others."""
        from brm_desktop.rendering.charts import CountsChart, Stack

        bands = _BANDS[1:] if mostly_unscored(self.months) else _BANDS
        last = len(self.months) - 1
        stacks = [
            Stack(
                below=tr("now") if place == last else f"{one.month:%y-%m}",
                above="–" if one.closeness is None else str(half_up(one.closeness)),
                parts=[one.persons[band] for band in bands],
            )
            for place, one in enumerate(self.months)
        ]
        return CountsChart(
            stacks=stacks,
            names=[capital(tr(band)) for band in bands],
            colours=[str(getattr(theme, BAND_TOKENS[band])) for band in bands],
            above=tr("Closeness"),
        )

    def table(self) -> list[list[str]]:
        """A line for each month, oldest first."""
        columns = _columns()
        heads = [tr(column.title) for column in columns]
        return [heads, *([column.text(one) for column in columns] for one in self.months)]


class TrendPanel(QWidget):
    """The chart, its table twin, and a button that copies what they are made of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._months: tuple[TrendMonth, ...] = ()
        self.texts = Texts(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = row(gap=4)
        title = label("section")
        self.texts.bind(title.setText, phrase("Key persons by closeness, month by month"))
        self.twin = QPushButton()
        self.twin.setProperty("kind", "link")
        self.copy = QPushButton()
        self.copy.setProperty("kind", "link")
        self.texts.bind(self.copy.setText, phrase("Copy the data"))
        head.addWidget(title, 1)
        head.addWidget(self.twin)
        head.addWidget(self.copy)
        layout.addLayout(head)
        self.chart = Chart(desk, _HEIGHT)
        self.texts.name(self.chart, phrase("Chart of key persons by closeness, month by month"))
        self.model: TableModel[TrendMonth] = TableModel(
            _columns(), lambda one: one.month.isoformat(), self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Key persons by closeness, month by month"))
        self.table.setFixedHeight(_HEIGHT)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.table)
        self.stack.setFixedHeight(_HEIGHT)
        layout.addWidget(self.stack)
        self.left_out = label("small", wrap=True)
        layout.addWidget(self.left_out)
        self.twin.clicked.connect(self._turn)
        self.copy.clicked.connect(self.chart.copy)
        self.texts.again(self._said)
        self._said()

    def show_months(self, months: Sequence[TrendMonth]) -> None:
        """Show months, oldest first, the last being the present one."""
        self._months = tuple(months)
        self._draw()
        self.model.show_rows(list(reversed(months)))
        self._say_left_out()

    def text(self) -> str:
        """The months as text for a spreadsheet, oldest first."""
        return self.chart.text()

    def _turn(self) -> None:
        self.stack.setCurrentIndex(1 - self.stack.currentIndex())
        self._said()

    def _draw(self) -> None:
        if self._months:
            self.chart.show_drawing(Counts(self._months))

    def _say_left_out(self) -> None:
        """Tell in words how many the chart leaves out, where they would bury the others."""
        without = self.stack.currentIndex() == 0 and mostly_unscored(self._months)
        self.left_out.setVisible(without)
        if without:
            now = self._months[-1].persons
            said = tr(
                "{n} of {of} key persons are unscored; the chart leaves them out.",
                n=number(now.unscored),
                of=number(now.total),
            )
            self.left_out.setText(said)

    def _said(self) -> None:
        on_table = self.stack.currentIndex() == 1
        self.twin.setText(tr("Show the chart") if on_table else tr("Show as a table"))
        self.model.retell()
        self._say_left_out()
        self._draw()


def _columns() -> list[Column[TrendMonth]]:
    def count(band: Band, accounts: bool = False) -> Column[TrendMonth]:
        titles = {
            Band.STRONG: phrase("Strong"),
            Band.MEDIUM: phrase("Medium"),
            Band.WEAK: phrase("Weak"),
            Band.UNSCORED: phrase("Unscored"),
        }
        return Column(
            titles[band],
            lambda one: number((one.accounts if accounts else one.persons)[band]),
            sort=lambda one: (one.accounts if accounts else one.persons)[band],
            right=True,
            width=84,
        )

    return [
        Column(phrase("Month"), lambda one: f"{one.month:%Y-%m}", bold=True, width=96),
        Column(
            phrase("Closeness"),
            lambda one: number(one.closeness, 1),
            sort=lambda one: one.closeness,
            right=True,
            width=96,
        ),
        *(count(band) for band in reversed(_BANDS)),
    ]
