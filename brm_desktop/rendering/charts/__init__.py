"""Charts are values that say what they show; matplotlib draws them as SVG whose text stays text.

One module for each kind of chart. The library takes a whole process for itself
(docs/decisions/0033): what lasts draws by a :class:`~brm_desktop.rendering.drawer.Drawer`, a
command that ends anyway by :func:`svg` itself.
"""

from brm_desktop.rendering.charts.areas import AreaMonth, AreasChart
from brm_desktop.rendering.charts.columns import Pile, PilesChart
from brm_desktop.rendering.charts.counts import CountsChart, Stack
from brm_desktop.rendering.charts.drawing import AnyChart, Draw, svg
from brm_desktop.rendering.charts.lines import Line, LinesChart
from brm_desktop.rendering.charts.pareto import ParetoBar, ParetoChart
from brm_desktop.rendering.charts.trend import Series, TrendChart

__all__ = [
    "AnyChart",
    "AreaMonth",
    "AreasChart",
    "CountsChart",
    "Draw",
    "Line",
    "LinesChart",
    "ParetoBar",
    "ParetoChart",
    "Pile",
    "PilesChart",
    "Series",
    "Stack",
    "TrendChart",
    "svg",
]
