"""Every kind of chart drawn in this process, which holds matplotlib from then on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from brm_desktop.rendering.charts.areas import AreasChart
from brm_desktop.rendering.charts.columns import PilesChart
from brm_desktop.rendering.charts.counts import CountsChart
from brm_desktop.rendering.charts.lines import LinesChart
from brm_desktop.rendering.charts.paper import drawn
from brm_desktop.rendering.charts.pareto import ParetoChart
from brm_desktop.rendering.charts.trend import DOCUMENT_SIZE, TrendChart
from brm_desktop.rendering.theme import SIZE_SMALL, Theme

AnyChart: TypeAlias = AreasChart | CountsChart | LinesChart | ParetoChart | PilesChart | TrendChart
Draw: TypeAlias = Callable[[AnyChart, Theme, float, float], bytes]
"""How a chart becomes SVG of a width and a height in points, in the language in use."""


def svg(chart: AnyChart, theme: Theme, width: float, height: float) -> bytes:
    """A chart as SVG of a size in points, in the language in use; in any thread."""
    size = DOCUMENT_SIZE if isinstance(chart, TrendChart) else SIZE_SMALL
    return drawn(partial(chart.figure, theme, width, height), size)
