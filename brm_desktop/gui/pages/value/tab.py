"""What the tabs of the page Value have in common: they show what stands, when it is renewed."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.value.standing import Shown, Standing

MARGIN = 20
GAP = 12


class ValueTab(DeskPage):
    """A tab that shows what stands; :meth:`show_value` is called with all of it."""

    wants_period = False
    """Whether the tab depends on the period that is chosen."""
    wants_accounts = True
    """Whether it depends on whose accounts are chosen."""
    wants_currency = False
    """Whether it has a chart of amounts, which is of one currency."""

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk)
        self.standing = standing
        standing.renewed.connect(self.ask_refresh)

    def refresh(self) -> None:
        """Show what is known so far."""
        if self.standing.shown is not None:
            self.show_value(self.standing.shown)

    def show_value(self, shown: Shown) -> None:
        """Show all figures of the tab."""
        raise NotImplementedError

    def scrolling(self) -> QVBoxLayout:
        """A column that scrolls where the window is too low for it."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, 16)
        layout.setSpacing(GAP)
        area.setWidget(inner)
        outer.addWidget(area)
        return layout
