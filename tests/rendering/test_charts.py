"""Charts are SVG whose words stay words, in sizes Qt's reader of SVG knows."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from brm_desktop.rendering.charts import (
    AnyChart,
    AreaMonth,
    AreasChart,
    CountsChart,
    Line,
    LinesChart,
    ParetoBar,
    ParetoChart,
    Pile,
    PilesChart,
    Series,
    Stack,
    TrendChart,
    svg,
)
from brm_desktop.rendering.charts.labels import in_two_lines
from brm_desktop.rendering.charts.time_axis import month_ticks
from brm_desktop.rendering.theme import DARK, LIGHT, Theme

NAMES = ("未评分", "弱", "中", "强")
COLOURS = ("#9AA3AE", "#D55E00", "#E69F00", "#009E73")


def said(chart: AnyChart, theme: Theme = LIGHT, width: float = 560) -> str:
    """The SVG of a chart."""
    return svg(chart, theme, width, 220).decode()


def counts(stacks: Sequence[Stack], above: str = "") -> CountsChart:
    return CountsChart(stacks=stacks, names=NAMES, colours=COLOURS, above=above)


def piles(piles: Sequence[Pile], names: Sequence[str] = ("a",), nothing: str = "") -> PilesChart:
    colours = COLOURS[: len(names)]
    return PilesChart(piles=piles, names=names, colours=colours, currency="CNY", nothing=nothing)


def pareto(bars: Sequence[ParetoBar], line_name: str = "", nothing: str = "") -> ParetoChart:
    return ParetoChart(bars=bars, currency="CNY", line_name=line_name, nothing=nothing)


def areas(months: Sequence[AreaMonth]) -> AreasChart:
    return AreasChart(months=months, names=NAMES, colours=COLOURS)


def chart(months: int, theme: Theme = LIGHT) -> str:
    stacks = [
        Stack(below=f"m{number}", above=str(40 + number), parts=(1, 2, 3, number))
        for number in range(months)
    ]
    return said(counts(stacks), theme)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_counts_are_drawn_with_their_names_as_text(theme: Theme) -> None:
    drawn = chart(5, theme)
    for word in (*NAMES, "m4", "44"):
        assert f">{word}</text>" in drawn
    for colour in COLOURS:
        assert colour.lower() in drawn
    assert "font: " not in drawn
    assert "font-size: 11px; font-family: 'Noto Sans SC'" in drawn


def test_of_many_months_the_last_thirteen_are_drawn() -> None:
    drawn = chart(30)
    assert ">m16</text>" not in drawn
    assert ">m17</text>" in drawn
    assert ">m29</text>" in drawn


def test_no_month_or_nobody_in_any_band_is_drawn_empty() -> None:
    assert ">强</text>" in said(counts([]))
    nobody = [Stack(below="now", above="–", parts=(0, 0, 0, 0))]
    assert ">now</text>" in said(counts(nobody))


def test_what_the_numbers_above_the_columns_are_is_said_beside_them() -> None:
    month = [Stack(below="now", above="55", parts=(1, 2, 3, 4))]
    drawn = said(counts(month, "Closeness"))
    assert ">Closeness</text>" in drawn
    assert ">Closeness</text>" not in said(counts(month))


def test_a_line_chart_keeps_its_words_too() -> None:
    days = [date(2026, month, 1) for month in (1, 2, 3)]
    line = Series(name="closeness", colour="#0072B2", values=(40, None, 62))
    drawn = said(TrendChart(dates=days, series=[line]))
    assert ">closeness</text>" in drawn
    assert "font: " not in drawn


def test_a_pareto_chart_has_a_column_for_each_account_and_the_line_of_shares() -> None:
    bars = [
        ParetoBar(name="Huachen Equipment Group", said="60", amount=60, up_to=0.6),
        ParetoBar(name="other ones", said="40", amount=40, up_to=1.0, quiet=True),
    ]
    drawn = said(pareto(bars, "so far"), width=420)
    for word in ("Huachen", "60", "40", "so far", "100%", "CNY 0"):
        assert f">{word}" in drawn
    for colour in (LIGHT.accent, LIGHT.unscored, LIGHT.weak):
        assert colour.lower() in drawn
    empty = said(pareto([], nothing="nobody is known"), DARK)
    assert ">nobody is known</text>" in empty
    assert ">100%</text>" not in empty


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Jinhe", "Jinhe"),
        ("Huachen Equipment Group", "Huachen\nEquipment…"),
        ("华辰装备集团有限公司", "华辰装备集\n团有限公司"),
        ("华辰装备集团有限责任公司", "华辰装备集\n团有限责…"),
        ("Internationalisation", "Internati…"),
        ("", ""),
    ],
)
def test_a_name_stands_on_two_lines_at_most(name: str, lines: str) -> None:
    assert in_two_lines(name, 10) == lines


def test_names_of_others_are_no_formulas() -> None:
    bars = [ParetoBar(name="$\\frac{1}{0}$ & <b>", said="$1$", amount=1, up_to=1.0)]
    drawn = said(pareto(bars), width=900)
    assert "$\\frac" in drawn
    assert "&lt;b&gt;" in drawn
    assert ">$1$</text>" in drawn


def test_piles_are_named_above_and_their_axis_is_said_as_told() -> None:
    columns = [
        Pile(below="Lead", above="3", parts=(1, 2, 0)),
        Pile(below="", above="", parts=(0, 0, 0)),
    ]
    drawn = said(piles(columns, ("a", "b", "c")))
    for word in ("Lead", "a", "b", "c", "CNY 0"):
        assert f">{word}</text>" in drawn
    empty = said(piles([], nothing="nothing is open"), DARK)
    assert ">a</text>" in empty
    assert ">nothing is open</text>" in empty


def months(first: date, count: int) -> list[date]:
    start = first.year * 12 + first.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(start, start + count)]


SPRING = months(date(2026, 1, 1), 3)


def test_lines_are_named_at_their_end_with_their_last_value() -> None:
    lines = [
        Line(name="index", colour=LIGHT.accent, values=[10, 20, 30], bold=True),
        Line(name="accuracy", colour=LIGHT.medium, values=[30, None, None]),
        Line(name="nothing", colour=LIGHT.weak, values=[None, None, None]),
    ]
    drawn = said(LinesChart(months=SPRING, lines=lines, unit="%", last="now"))
    assert ">index 30%</text>" in drawn
    assert ">accuracy 30%</text>" in drawn
    assert ">nothing" not in drawn
    assert [f">{word}</text>" in drawn for word in ("2026-01", "2026-02", "2026-03", "now")] == [
        True,
        True,
        False,
        True,
    ]
    none = said(LinesChart(months=SPRING, lines=lines[2:], nothing="no score"), DARK)
    assert ">no score</text>" in none


@pytest.mark.parametrize(
    ("count", "room", "said"),
    [
        (13, 1000.0, [f"2025-{n:02d}" for n in range(3, 13)] + ["2026-01", "2026-02", "2026-03"]),
        (13, 300.0, ["2025-03", "2025-06", "2025-09", "2025-12", "2026-03"]),
        (24, 60.0, ["2027-02"]),
        (72, 500.0, ["2026", "2027", "2028", "2029", "2030", "2031"]),
        (72, 120.0, ["2027", "2029", "2031"]),
    ],
)
def test_a_long_span_is_told_in_years_and_a_short_one_in_months(
    count: int, room: float, said: list[str]
) -> None:
    found = month_ticks(months(date(2025, 3, 1), count), room)
    assert [text for _, text in found] == said


def test_now_is_said_and_a_year_too_near_to_it_is_not() -> None:
    six_years = months(date(2021, 1, 1), 62)
    for room in (200.0, 400.0, 800.0):
        found = month_ticks(six_years, room, "now")
        assert found[-1] == (61, "now")
        assert all((61 - x) * room / 61 >= 40 for x, _ in found[:-1])
    assert month_ticks([], 100.0) == []


def test_many_months_are_drawn_with_their_years() -> None:
    six_years = months(date(2021, 1, 1), 72)
    banded = said(areas([AreaMonth(month=month, counts=(1, 2, 3, 4)) for month in six_years]))
    line = Line(name="x", colour=LIGHT.accent, values=[50.0] * 72)
    for drawn in (banded, said(LinesChart(months=six_years, lines=[line]))):
        assert all(f">{year}</text>" in drawn for year in range(2021, 2027))
        assert "2021-" not in drawn
    assert ">强</text>" in banded
    assert ">强</text>" in said(areas([]), DARK)


def test_quarters_stand_over_their_year_and_amounts_only_where_they_fit() -> None:
    quarters = [Pile(below=f"Q{n}\n2026", above="1,234 万", parts=(5,)) for n in (1, 2, 3, 4)] * 3
    wide = said(piles(quarters), width=900)
    narrow = said(piles(quarters), width=360)
    for drawn in (wide, narrow):
        assert ">Q1</" in drawn
        assert ">2026</" in drawn
    assert ">1,234 万</text>" in wide
    assert ">1,234 万</text>" not in narrow


def test_charts_drawn_in_several_threads_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(chart, [5] * 8))
    assert len(set(drawn)) == 1
    assert all(">m4</text>" in one for one in drawn)


def test_qt_reads_every_chart_without_a_word(qapp: object) -> None:
    """A warning of Qt's about what it cannot read fails the test."""
    nothing = Line(name="x", colour="#000000", values=[None, None])
    alone = Line(name="y", colour="#000000", values=[None, 7.0])
    bars = [ParetoBar(name="a", said="0", amount=0, up_to=0.0)]
    days = [date(2026, 1, 1), date(2026, 2, 1)]
    charts: tuple[AnyChart, ...] = (
        LinesChart(months=SPRING[:2], lines=[nothing, alone]),
        TrendChart(dates=days, series=[Series(name="x", colour="#000000", values=(None, None))]),
        pareto([]),
        pareto(bars),
        piles([Pile(below="", above="", parts=(0,))]),
        areas([]),
        areas([AreaMonth(month=SPRING[0], counts=(0, 0, 0, 0))]),
        counts([]),
    )
    for one in charts:
        assert QSvgRenderer(QByteArray(svg(one, LIGHT, 560, 220))).isValid()
