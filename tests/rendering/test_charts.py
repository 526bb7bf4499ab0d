"""Charts are SVG whose words stay words, in sizes Qt's reader of SVG knows."""

from __future__ import annotations

from datetime import date

import pytest

from brm_desktop.rendering.charts import Series, Stack, counts_chart, trend_chart
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
