"""Charts are SVG whose words stay words, in sizes Qt's reader of SVG knows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from brm_desktop.rendering.charts import (
    AreaMonth,
    Line,
    ParetoBar,
    Pile,
    Series,
    Stack,
    areas_chart,
    counts_chart,
    lines_chart,
    pareto_chart,
    piles_chart,
    trend_chart,
)
from brm_desktop.rendering.charts.pareto import in_two_lines
from brm_desktop.rendering.theme import DARK, LIGHT, Theme

NAMES = ("未评分", "弱", "中", "强")
COLOURS = ("#9AA3AE", "#D55E00", "#E69F00", "#009E73")


def chart(months: int, theme: Theme = LIGHT) -> str:
    stacks = [
        Stack(below=f"m{number}", above=str(40 + number), parts=(1, 2, 3, number))
        for number in range(months)
    ]
    return counts_chart(stacks, NAMES, COLOURS, theme).decode()


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
    assert ">强</text>" in counts_chart([], NAMES, COLOURS, LIGHT).decode()
    nobody = [Stack(below="now", above="–", parts=(0, 0, 0, 0))]
    assert ">now</text>" in counts_chart(nobody, NAMES, COLOURS, LIGHT).decode()


def test_what_the_numbers_above_the_columns_are_is_said_beside_them() -> None:
    month = [Stack(below="now", above="55", parts=(1, 2, 3, 4))]
    drawn = counts_chart(month, NAMES, COLOURS, LIGHT, above="Closeness").decode()
    assert ">Closeness</text>" in drawn
    assert ">Closeness</text>" not in counts_chart(month, NAMES, COLOURS, LIGHT).decode()


def test_a_line_chart_keeps_its_words_too() -> None:
    days = [date(2026, month, 1) for month in (1, 2, 3)]
    line = Series(name="closeness", colour="#0072B2", values=(40, None, 62))
    drawn = trend_chart(days, [line], LIGHT).decode()
    assert ">closeness</text>" in drawn
    assert "font: " not in drawn


def amount(minor: int) -> str:
    return f"¥{minor}"


def test_a_pareto_chart_has_a_column_for_each_account_and_the_line_of_shares() -> None:
    bars = [
        ParetoBar(name="Huachen Equipment Group", said="60", amount=60, up_to=0.6),
        ParetoBar(name="other ones", said="40", amount=40, up_to=1.0, quiet=True),
    ]
    drawn = pareto_chart(bars, LIGHT, amount, line_name="so far", width=420).decode()
    for word in ("Huachen", "60", "40", "so far", "100%", "¥0"):
        assert f">{word}" in drawn
    for colour in (LIGHT.accent, LIGHT.unscored, LIGHT.weak):
        assert colour.lower() in drawn
    empty = pareto_chart([], DARK, amount, nothing="nobody is known").decode()
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
    drawn = pareto_chart(bars, LIGHT, amount, width=900).decode()
    assert "$\\frac" in drawn
    assert "&lt;b&gt;" in drawn
    assert ">$1$</text>" in drawn


def test_piles_are_named_above_and_their_axis_is_said_as_told() -> None:
    piles = [
        Pile(below="Lead", above="3", parts=(1, 2, 0)),
        Pile(below="", above="", parts=(0, 0, 0)),
    ]
    drawn = piles_chart(piles, ("a", "b", "c"), COLOURS[:3], LIGHT, amount).decode()
    for word in ("Lead", "a", "b", "c", "¥0"):
        assert f">{word}</text>" in drawn
    empty = piles_chart([], ("a",), COLOURS[:1], DARK, amount, nothing="nothing is open").decode()
    assert ">a</text>" in empty
    assert ">nothing is open</text>" in empty


def test_lines_are_named_at_their_end_with_their_last_value() -> None:
    lines = [
        Line(name="index", colour=LIGHT.accent, values=[10, 20, 30], bold=True),
        Line(name="accuracy", colour=LIGHT.medium, values=[30, None, None]),
        Line(name="nothing", colour=LIGHT.weak, values=[None, None, None]),
    ]
    drawn = lines_chart(["a", "b", "c"], lines, LIGHT, unit="%").decode()
    assert ">index 30%</text>" in drawn
    assert ">accuracy 30%</text>" in drawn
    assert ">nothing" not in drawn
    assert (
        ">no score</text>"
        in lines_chart(["a", "b", "c"], lines[2:], DARK, nothing="no score").decode()
    )


def test_of_many_months_as_many_are_said_as_there_is_room_for() -> None:
    months = [f"m{number}" for number in range(72)]
    counts = [AreaMonth(below=month, counts=(1, 2, 3, 4)) for month in months]
    areas = areas_chart(counts, NAMES, COLOURS, LIGHT, width=600).decode()
    line = Line(name="x", colour=LIGHT.accent, values=[50.0] * 72)
    for drawn in (areas, lines_chart(months, [line], LIGHT, width=600).decode()):
        said = [month for month in months if f">{month}</text>" in drawn]
        assert "m71" in said
        assert 4 <= len(said) <= 12
    assert ">强</text>" in areas
    assert ">强</text>" in areas_chart([], NAMES, COLOURS, DARK).decode()


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
    drawn = (
        lines_chart(["a", "b"], [nothing, alone], LIGHT),
        trend_chart(days, [Series(name="x", colour="#000000", values=(None, None))], LIGHT),
        pareto_chart([], LIGHT, amount),
        pareto_chart(bars, LIGHT, amount),
        piles_chart([Pile(below="", above="", parts=(0,))], ("a",), COLOURS[:1], LIGHT, amount),
        areas_chart([], NAMES, COLOURS, LIGHT),
        areas_chart([AreaMonth(below="a", counts=(0, 0, 0, 0))], NAMES, COLOURS, LIGHT),
        counts_chart([], NAMES, COLOURS, LIGHT),
    )
    for one in drawn:
        assert QSvgRenderer(QByteArray(one)).isValid()
