"""What the tabs of the page Value have in common: they show what stands, when it is renewed."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from brm_desktop.domain.records import Money
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.language import money, number, percent, signed, tr

MARGIN = 20
GAP = 12


class ValueTab(DeskPage):
    """A tab that shows what stands; :meth:`show_value` is called with all of it."""

    wants_period = False
    """Whether the tab depends on the period that is chosen."""
    wants_accounts = True
    """Whether it depends on whose accounts are chosen."""

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


def change_said(growth: Money | None, ratio: Fraction | None) -> str:
    """By how much something grew: ``▲ CNY 1.2M · +20%``; nothing where it is not known."""
    if growth is None:
        return ""
    if not growth.minor:
        return "＝"
    sign = "▲" if growth.minor > 0 else "▼"
    amount = bare_money(Money(abs(growth.minor), growth.currency))
    return f"{sign} {amount}" + ("" if ratio is None else f" · {signed(ratio * 100)}%")


def bare_money(amount: Money) -> str:
    """An amount where its currency is said beside it: ``1.2M``, ``120万``."""
    return money(amount, "short").removeprefix(f"{amount.currency} ")


def points_said(now: Fraction | None, before: Fraction | None) -> str:
    """By how many points a share moved."""
    if now is None or before is None:
        return ""
    moved = (now - before) * 100
    if not moved:
        return "＝"
    sign = "▲" if moved > 0 else "▼"
    return f"{sign} " + tr("{n} percentage points", n=number(abs(moved), 1))


def moved_tint(moved: Fraction | int | None) -> str:
    """The tint that says which way something went."""
    if not moved:
        return "quiet"
    return "strong" if moved > 0 else "weak"


def share_said(share: Fraction | None) -> str:
    """A share of all, with a decimal where it is small."""
    return percent(share, 1)
