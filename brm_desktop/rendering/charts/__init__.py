"""Charts drawn by matplotlib as SVG whose text stays text; one module for each kind of chart.

The library is loaded on first use, which is in a worker: nothing here is imported with the window.
"""

from brm_desktop.rendering.charts.areas import AreaMonth, areas_chart
from brm_desktop.rendering.charts.columns import Pile, piles_chart
from brm_desktop.rendering.charts.counts import Stack, counts_chart
from brm_desktop.rendering.charts.lines import Line, lines_chart
from brm_desktop.rendering.charts.pareto import ParetoBar, pareto_chart
from brm_desktop.rendering.charts.trend import Series, trend_chart

__all__ = [
    "AreaMonth",
    "Line",
    "ParetoBar",
    "Pile",
    "Series",
    "Stack",
    "areas_chart",
    "counts_chart",
    "lines_chart",
    "pareto_chart",
    "piles_chart",
    "trend_chart",
]
