"""What the charts of the page Value show, as values: their pictures and their data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from brm_desktop.domain.account_value import ParetoLine
from brm_desktop.domain.periods import Period, Quarter
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.pipeline import board
from brm_desktop.domain.records import Dimension, Money, Opportunity, Origin, SalesStage, Snapshot
from brm_desktop.domain.scores import Band
from brm_desktop.domain.value_curve import CurvePoint
from brm_desktop.gui.pages.value.saying import bare_money
from brm_desktop.gui.words import BAND_TOKENS, capital
from brm_desktop.language import number, percent, plain_amount, tr
from brm_desktop.rendering.theme import Theme
from brm_desktop.rendering.words import stage_said

if TYPE_CHECKING:
    from brm_desktop.rendering.charts import AnyChart

_ORIGINS = (Origin.OTHER, Origin.INCUBATED, Origin.CAPTURED)
"""Bottom up."""
_BANDS = (Band.UNSCORED, Band.WEAK, Band.MEDIUM, Band.STRONG)
_MOST_QUARTERS = 12
_COLUMN = 92
"""About so many pixels a column of a Pareto chart needs."""


_Of = SalesStage | Quarter | str


@dataclass(frozen=True, slots=True)
class OriginColumns:
    """Amounts of one currency in columns, parted by where the opportunities came from.

    ``columns`` have the stage or the quarter they are of, and their amounts in the order of
    :data:`_ORIGINS`.
    """

    title: Phrase
    columns: tuple[tuple[_Of, tuple[int, ...]], ...]
    currency: str

    def chart(self, theme: Theme, width: float) -> AnyChart:  # noqa: ARG002
        """The columns."""
        from brm_desktop.rendering.charts import Pile, PilesChart

        piles = [
            Pile(below=below, above=self._above(sum(parts)), parts=parts)
            for below, (_, parts) in zip(self._below(), self.columns, strict=True)
        ]
        names = [capital(tr(origin)) for origin in _ORIGINS]
        colours = [theme.unscored, theme.strong, theme.accent]
        return PilesChart(
            piles=piles,
            names=names,
            colours=colours,
            currency=self.currency,
            nothing=tr("no amount is known"),
        )

    def table(self) -> Sequence[Sequence[str]]:
        """A line for each column, amounts to the minor unit."""
        heads = [
            tr(self.title),
            tr("Currency"),
            *(capital(tr(origin)) for origin in _ORIGINS),
        ]
        rows = [
            [
                str(of) if isinstance(of, Quarter) else stage_said(of),
                self.currency,
                *(plain_amount(Money(part, self.currency)) for part in parts),
            ]
            for of, parts in self.columns
        ]
        return [heads, *rows]

    def _below(self) -> Iterator[str]:
        """Stages by name; quarters by number, the year below its first one."""
        year = 0
        for of, _ in self.columns:
            if isinstance(of, Quarter):
                yield f"Q{of.number}\n{of.year if of.year != year else ''}"
                year = of.year
            else:
                yield " ".join(stage_said(of).split())

    def _above(self, minor: int) -> str:
        return bare_money(Money(minor, self.currency)) if minor else ""


@dataclass(frozen=True, slots=True)
class Pareto:
    """The potential of accounts in one currency, the largest first."""

    title: Phrase
    lines: tuple[ParetoLine, ...]
    currency: str

    def chart(self, theme: Theme, width: float) -> AnyChart:  # noqa: ARG002
        """As many accounts as there is room for, the others together."""
        from brm_desktop.rendering.charts import ParetoBar, ParetoChart

        most = max(int(width // _COLUMN), 3)
        shown, rest = self.lines, self.lines[:0]
        if len(self.lines) > most:
            shown, rest = self.lines[: most - 1], self.lines[most - 1 :]
        bars = [
            ParetoBar(
                name=one.value.name,
                said=bare_money(one.amount),
                amount=one.amount.minor,
                up_to=float(one.up_to),
            )
            for one in shown
        ]
        if rest:
            amount = sum(one.amount.minor for one in rest)
            name = tr("{n} others", n=number(len(rest)))
            bars.append(
                ParetoBar(
                    name=name,
                    said=bare_money(Money(amount, self.currency)),
                    amount=amount,
                    up_to=1,
                    quiet=True,
                )
            )
        line = tr("Share of the sum so far")
        return ParetoChart(
            bars=bars,
            currency=self.currency,
            line_name=line,
            nothing=tr("no potential is known"),
        )

    def table(self) -> Sequence[Sequence[str]]:
        """Every account, with its share and that of all up to it."""
        heads = [
            tr("Account"),
            tr("Currency"),
            tr("Potential output"),
            tr("Share"),
            tr("Share of the sum so far"),
        ]
        rows = [
            [
                one.value.name,
                self.currency,
                plain_amount(one.amount),
                percent(one.share, 2),
                percent(one.up_to, 2),
            ]
            for one in self.lines
        ]
        return [heads, *rows]


@dataclass(frozen=True, slots=True)
class ValueCurve:
    """The BRM index at the ends of months, and now."""

    points: tuple[CurvePoint, ...]
    now: str

    def chart(self, theme: Theme, width: float) -> AnyChart:  # noqa: ARG002
        """Index, completeness and accuracy as lines."""
        from brm_desktop.rendering.charts import Line, LinesChart

        parts = [one.parts for one in self.points]
        lines = [
            Line(
                name=tr("Completeness"),
                colour=theme.strong,
                values=[_hundredths(one.completeness) for one in parts],
            ),
            Line(
                name=tr("Accuracy"),
                colour=theme.medium,
                values=[_hundredths(one.accuracy) for one in parts],
            ),
            Line(
                name=tr("BRM index"),
                colour=theme.accent,
                values=[_hundredths(one.index) for one in parts],
                bold=True,
            ),
        ]
        return LinesChart(
            months=[one.month for one in self.points],
            lines=lines,
            unit="%",
            last=self.now,
            nothing=tr("nothing is known yet"),
        )

    def table(self) -> Sequence[Sequence[str]]:
        """A line for each month."""
        heads = [tr("Month"), tr("Completeness"), tr("Accuracy"), tr("BRM index")]
        rows = [
            [
                month,
                *map(_plain_share, (one.parts.completeness, one.parts.accuracy, one.parts.index)),
            ]
            for month, one in zip(self._months(), self.points, strict=True)
        ]
        return [heads, *rows]

    def _months(self) -> list[str]:
        return [*(f"{one.month:%Y-%m}" for one in self.points[:-1]), self.now][-len(self.points) :]


@dataclass(frozen=True, slots=True)
class BandsTrend:
    """How many key persons were in each band when months ended."""

    months: tuple[Snapshot, ...]

    def chart(self, theme: Theme, width: float) -> AnyChart:  # noqa: ARG002
        """The counts as areas one on another."""
        from brm_desktop.rendering.charts import AreaMonth, AreasChart

        months = [AreaMonth(month=one.month, counts=_counts(one)) for one in self.months]
        names = [capital(tr(band)) for band in _BANDS]
        colours = [str(getattr(theme, BAND_TOKENS[band])) for band in _BANDS]
        return AreasChart(months=months, names=names, colours=colours)

    def table(self) -> Sequence[Sequence[str]]:
        """A line for each month."""
        heads = [tr("Month"), *(capital(tr(band)) for band in _BANDS)]
        rows = [[f"{one.month:%Y-%m}", *map(str, _counts(one))] for one in self.months]
        return [heads, *rows]


@dataclass(frozen=True, slots=True)
class ScoresTrend:
    """The company's three scores when months ended."""

    months: tuple[Snapshot, ...]

    def chart(self, theme: Theme, width: float) -> AnyChart:  # noqa: ARG002
        """The three scores as lines."""
        from brm_desktop.rendering.charts import Line, LinesChart

        colours = (theme.accent, theme.strong, theme.weak)
        lines = [
            Line(
                name=capital(tr(dimension)),
                colour=colour,
                values=[_score(one, dimension) for one in self.months],
                bold=dimension is Dimension.CLOSENESS,
            )
            for dimension, colour in zip(Dimension, colours, strict=True)
        ]
        months = [one.month for one in self.months]
        return LinesChart(months=months, lines=lines, nothing=tr("no score yet"))

    def table(self) -> Sequence[Sequence[str]]:
        """A line for each month."""
        heads = [tr("Month"), *(capital(tr(dimension)) for dimension in Dimension)]
        rows = [
            [
                f"{one.month:%Y-%m}",
                *(_plain_score(_score(one, dimension)) for dimension in Dimension),
            ]
            for one in self.months
        ]
        return [heads, *rows]


def won_by_quarter(
    title: Phrase, won: Iterable[Opportunity], span: Period, currency: str
) -> OriginColumns:
    """What was won in each quarter of a span, the last ones where there are too many."""
    quarters = list(span.quarters())[-_MOST_QUARTERS:]
    sums = {quarter: dict.fromkeys(_ORIGINS, 0) for quarter in quarters}
    for one in won:
        amount = one.amount
        if one.closed_on is None or amount is None or amount.currency != currency:
            continue
        quarter = sums.get(Quarter.of(one.closed_on))
        if quarter is not None:
            quarter[one.origin] += amount.minor
    columns = tuple((quarter, tuple(parts.values())) for quarter, parts in sums.items())
    return OriginColumns(title, columns, currency)


def pipeline_by_stage(
    title: Phrase, opportunities: Iterable[Opportunity], currency: str
) -> OriginColumns:
    """What is open in each stage of the board."""
    columns: list[tuple[_Of, tuple[int, ...]]] = []
    for column in board(opportunities):
        sums = dict.fromkeys(_ORIGINS, 0)
        for one in column.stock.opportunities:
            if one.amount is not None and one.amount.currency == currency:
                sums[one.origin] += one.amount.minor
        columns.append((column.stage, tuple(sums.values())))
    return OriginColumns(title, tuple(columns), currency)


def _hundredths(share: Fraction | None) -> float | None:
    return None if share is None else float(share) * 100


def _plain_share(share: Fraction | None) -> str:
    return "" if share is None else percent(share, 1)


def _counts(one: Snapshot) -> tuple[int, ...]:
    return (one.unscored, one.weak, one.medium, one.strong)


def _score(one: Snapshot, dimension: Dimension) -> float | None:
    found = getattr(one, dimension.value)
    return None if found is None else found / 100


def _plain_score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"
