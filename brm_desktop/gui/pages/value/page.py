"""The page Value: tabs, each made when it is first shown, under one line of what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk, Page, Place, Section
from brm_desktop.gui.pages.value.choice import Choice, ChoiceBar
from brm_desktop.gui.pages.value.standing import Standing
from brm_desktop.gui.pages.value.tab import ValueTab
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.language import number, tr

Maker = Callable[[Desk, Standing], ValueTab]


class ValuePage(QWidget):
    """What the accounts are worth."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.texts = Texts(self)
        self.choice = Choice(desk, self)
        self.standing = Standing(desk, self.choice)
        self.choosing = ChoiceBar(desk, self.choice)
        self._tabs: dict[int, ValueTab] = {}
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.texts.name(self.bar, Section.VALUE.phrase)
        for title, _ in _PARTS:
            self.bar.addTab(tr(title))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip())
        layout.addWidget(self.choosing)
        self.stack = QStackedWidget()
        self.empty = self._empty()
        self.stack.addWidget(self.empty)
        layout.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self.show_tab)
        self.standing.renewed.connect(self._renewed)
        self.standing.gathering.renewed.connect(self._say_state)
        self.texts.again(self._said)
        self.show_tab(0)

    def show_tab(self, place: int) -> None:
        """Show one of the tabs."""
        if place not in self._tabs:
            made = _PARTS[place][1](self.desk, self.standing)
            self._tabs[place] = made
            self.stack.addWidget(made)
        if self.bar.currentIndex() != place:
            self.bar.setCurrentIndex(place)
        else:
            self._arrange()

    def tab(self, place: int) -> ValueTab:
        """One of the tabs, shown."""
        self.show_tab(place)
        return self._tabs[place]

    def focus_first(self) -> None:
        """Give the keys to the tab on show."""
        focus = getattr(self.stack.currentWidget(), "focus_first", None)
        if focus is not None:
            focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Have everything read when it is first looked at."""
        super().showEvent(event)
        if self.desk.is_open:
            self.standing.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute nothing that nobody looks at."""
        super().hideEvent(event)
        self.standing.rest()

    def _strip(self) -> QWidget:
        strip = QWidget()
        strip.setObjectName("tabstrip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across = QHBoxLayout(strip)
        across.setContentsMargins(4, 0, 20, 0)
        across.setSpacing(8)
        self.state = label("small")
        self.go_on = QPushButton()
        self.go_on.setProperty("kind", "link")
        self.texts.bind(self.go_on.setText, phrase("Read on"))
        self.go_on.clicked.connect(self.standing.gathering.go_on)
        across.addWidget(self.bar)
        across.addStretch(1)
        across.addWidget(self.state)
        across.addWidget(self.go_on)
        return strip

    def _empty(self) -> EmptyPage:
        empty = EmptyPage(
            self.desk.look,
            "value",
            phrase("No account yet"),
            phrase("Add an account and its opportunities; what they are worth is shown here."),
        )
        empty.button(phrase("Go to accounts"), primary=True).clicked.connect(
            lambda: self.desk.go(Place(Page.ACCOUNTS))
        )
        return empty

    def _renewed(self) -> None:
        shown = self.standing.shown
        if shown is not None:
            self.choosing.refresh(shown.sellers, shown.leaders, shown.currencies, shown.currency)
        self._arrange()

    def _arrange(self) -> None:
        """Show the tab, or what an empty store can do next, and the fields that go with it."""
        tab, shown = self._tabs[self.bar.currentIndex()], self.standing.shown
        nothing = (
            tab.wants_accounts
            and shown is not None
            and not shown.names
            and self.standing.gathering.settled
        )
        self.stack.setCurrentWidget(self.empty if nothing else tab)
        self.choosing.setVisible(tab.wants_accounts and not nothing)
        self.choosing.show_for(
            period=tab.wants_period, accounts=tab.wants_accounts, currency=tab.wants_currency
        )
        self._say_state()

    def _say_state(self) -> None:
        gathering = self.standing.gathering
        under_way = self.desk.is_open and gathering.of > gathering.read
        said = tr("{n} of {of} accounts read", n=number(gathering.read), of=number(gathering.of))
        self.state.setText(said if under_way else "")
        self.go_on.setVisible(under_way and gathering.stopped)

    def _said(self) -> None:
        for place, (title, _) in enumerate(_PARTS):
            self.bar.setTabText(place, tr(title))
        self._say_state()
        self._renewed()


def _period(desk: Desk, standing: Standing) -> ValueTab:
    from brm_desktop.gui.pages.value.period_tab import PeriodTab

    return PeriodTab(desk, standing)


def _potential(desk: Desk, standing: Standing) -> ValueTab:
    from brm_desktop.gui.pages.value.potential_tab import PotentialTab

    return PotentialTab(desk, standing)


def _pipeline(desk: Desk, standing: Standing) -> ValueTab:
    from brm_desktop.gui.pages.value.pipeline_tab import PipelineTab

    return PipelineTab(desk, standing)


def _projects(desk: Desk, standing: Standing) -> ValueTab:
    from brm_desktop.gui.pages.value.projects_tab import ProjectsOverTab

    return ProjectsOverTab(desk, standing)


def _index(desk: Desk, standing: Standing) -> ValueTab:
    from brm_desktop.gui.pages.value.index_tab import IndexTab

    return IndexTab(desk, standing)


def _trends(desk: Desk, standing: Standing) -> ValueTab:
    from brm_desktop.gui.pages.value.trends_tab import TrendsTab

    return TrendsTab(desk, standing)


def _calculators(desk: Desk, standing: Standing) -> ValueTab:
    from brm_desktop.gui.pages.value.calculators_tab import CalculatorsTab

    return CalculatorsTab(desk, standing)


_PARTS: Sequence[tuple[Phrase, Maker]] = (
    (phrase("Figures of the period"), _period),
    (phrase("Potential"), _potential),
    (phrase("Pipeline"), _pipeline),
    (phrase("Projects"), _projects),
    (phrase("BRM index"), _index),
    (phrase("Trends"), _trends),
    (phrase("Calculators"), _calculators),
)
