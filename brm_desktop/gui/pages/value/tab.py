"""What the tabs of the page Value have in common: they show what stands, when it is renewed."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.language import current
from brm_desktop.rendering.theme import Theme

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
    reads_records = False
    """Whether it shows records besides what stands, and so follows every change of them."""

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk)
        self.standing = standing
        self._told: tuple[Shown, Theme, str] | None = None
        standing.renewed.connect(self.ask_refresh)

    def refresh(self) -> None:
        """Show what is known so far, unless just that is shown: what is new is computed first."""
        shown = self.standing.shown
        if shown is None:
            return
        before, self._told = self._told, (shown, self.desk.look.theme, current())
        same = before is not None and before[0] is shown and before[1:] == self._told[1:]
        if self.reads_records or not same:
            self.show_value(shown)

    def show_again(self) -> None:
        """Show what is known in another way, as a choice on the tab says."""
        self._told = None
        self.refresh()

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
