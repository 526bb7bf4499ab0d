"""The sums of a table's numbers, opened beside their cells."""

from __future__ import annotations

from PySide6.QtCore import QRect

from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.widgets.popover import Go, open_sum
from brm_desktop.gui.widgets.table import Table


def explain_cells(table: Table, desk: Desk, go: Go | None = None) -> None:
    """Let a table's numbers open their sums beside their cells; ``go`` leads to people in them."""

    def show(explanation: object, place: QRect) -> None:
        if isinstance(explanation, Explanation):
            open_sum(explanation, desk.look, table, place, go or desk.show_person)

    table.why_asked.connect(show)
