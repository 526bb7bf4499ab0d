"""The pages of relations, ours and the competitors': tabs, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.sides import own_employees
from brm_desktop.gui.desk import NOTHING, Desk
from brm_desktop.gui.pages.resources.gathering import gathering_of
from brm_desktop.gui.pages.resources.tab import ChooseCompany, RelationsTab, Whose
from brm_desktop.gui.pages.staff_page import ColleaguesPage, CompetitorsPage, StaffPage
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.language import number, tr

Maker = Callable[[], QWidget]


class RelationsPage(QWidget):
    """Tabs over the relations of one side with all customers."""

    title: Phrase

    def __init__(self, desk: Desk, *, ours: bool) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.whose = Whose(ours=ours, parent=self)
        self.texts = Texts(self)
        self._gathering = gathering_of(desk)
        self._tabs: dict[int, QWidget] = {}
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.texts.name(self.bar, self.title)
        for title, _ in self.parts():
            self.bar.addTab(tr(title))
        self.state = label("small")
        self.go_on = QPushButton()
        self.go_on.setProperty("kind", "link")
        self.texts.bind(self.go_on.setText, phrase("Read on"))
        self.go_on.clicked.connect(self._gathering.go_on)
        strip = QWidget()
        strip.setObjectName("tabstrip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.across = QHBoxLayout(strip)
        self.across.setContentsMargins(4, 0, 20, 0)
        self.across.setSpacing(8)
        self.across.addWidget(self.bar)
        self.across.addStretch(1)
        self.across.addWidget(self.state)
        self.across.addWidget(self.go_on)
        self.stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self.show_tab)
        self._gathering.renewed.connect(self._say_state)
        self.texts.again(self._said)
        self._say_state()
        self.show_tab(0)

    def parts(self) -> Sequence[tuple[Phrase, Maker]]:
        """The tabs and how each is made."""
        raise NotImplementedError

    def show_tab(self, place: int) -> None:
        """Show one of the tabs."""
        found = self._tabs.get(place)
        if found is None:
            found = self.parts()[place][1]()
            self._tabs[place] = found
            self.stack.addWidget(found)
        self.stack.setCurrentWidget(found)
        if self.desk.is_open and self.isVisible():
            self.desk.select(NOTHING)
        if self.bar.currentIndex() != place:
            self.bar.setCurrentIndex(place)

    def tab(self, place: int) -> QWidget:
        """One of the tabs, shown."""
        self.show_tab(place)
        return self._tabs[place]

    @property
    def people(self) -> StaffPage:
        """The table of people."""
        found = self.tab(len(self.parts()) - 1)
        assert isinstance(found, StaffPage)
        return found

    def focus_first(self) -> None:
        """Give the keys to the tab on show."""
        current = self.stack.currentWidget()
        if isinstance(current, RelationsTab | StaffPage):
            focus = getattr(current, "focus_first", None)
            if focus is not None:
                focus()

    def _say_state(self) -> None:
        gathering = self._gathering
        missing = gathering.of - gathering.read
        under_way = self.desk.is_open and missing > 0
        said = tr("{n} of {of} accounts read", n=number(gathering.read), of=number(gathering.of))
        self.state.setText(said if under_way else "")
        self.go_on.setVisible(under_way and gathering.stopped)

    def _said(self) -> None:
        for place, (title, _) in enumerate(self.parts()):
            self.bar.setTabText(place, tr(title))
        self._say_state()


class OurRelationsPage(RelationsPage):
    """Our relations: company, colleagues, matrix, contribution, people."""

    title = phrase("Our relations")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ours=True)
        if desk.is_open and not own_employees(desk.records):
            self.show_tab(len(self.parts()) - 1)

    def parts(self) -> Sequence[tuple[Phrase, Maker]]:
        """The tabs and how each is made."""
        return (
            (phrase("Company"), lambda: company_tab(self.desk, self.whose)),
            (phrase("Colleagues"), lambda: employees_tab(self.desk, self.whose)),
            (phrase("Matrix"), lambda: matrix_tab(self.desk, self.whose)),
            (phrase("Contribution"), self._contribution),
            (phrase("People"), lambda: ColleaguesPage(self.desk)),
        )

    def _contribution(self) -> QWidget:
        from brm_desktop.gui.pages.resources.contribution_tab import ContributionTab

        return ContributionTab(self.desk, self.whose)


class CompetitorRelationsPage(RelationsPage):
    """The same per competitor, and where they are ahead of us."""

    title = phrase("Competitors' relations")
    _nobody: EmptyPage | None = None
    _knows_whose = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ours=False)
        self.company = ChooseCompany(desk, self.whose)
        self.texts.name(self.company, phrase("Competitor"))
        self.across.addWidget(self.company)
        desk.changed.connect(lambda _change: self._offer())
        desk.opened.connect(self._offer)
        self._knows_whose = True
        self._offer()

    def parts(self) -> Sequence[tuple[Phrase, Maker]]:
        """The tabs and how each is made."""
        return (
            (phrase("Ahead of us"), self._ahead),
            (phrase("Company"), lambda: company_tab(self.desk, self.whose)),
            (phrase("Employees"), lambda: employees_tab(self.desk, self.whose)),
            (phrase("Matrix"), lambda: matrix_tab(self.desk, self.whose)),
            (phrase("People"), lambda: CompetitorsPage(self.desk)),
        )

    def show_tab(self, place: int) -> None:
        """Show one of the tabs; those about a competitor say what to do while there is none."""
        super().show_tab(place)
        if self._knows_whose:
            self._show_if_nobody()

    def _offer(self) -> None:
        if self.desk.is_open:
            self.company.refresh()
            if self.whose.organisation is None:
                self.show_tab(len(self.parts()) - 1)
            self._show_if_nobody()

    def _show_if_nobody(self) -> None:
        last = len(self.parts()) - 1
        if self.whose.organisation is None and self.bar.currentIndex() != last:
            if self._nobody is None:
                self._nobody = self._make_nobody()
            self.stack.setCurrentWidget(self._nobody)
        elif self.stack.currentWidget() is self._nobody:
            super().show_tab(self.bar.currentIndex())

    def _make_nobody(self) -> EmptyPage:
        made = EmptyPage(
            self.desk.look,
            CompetitorsPage.empty_icon,
            CompetitorsPage.empty_title,
            CompetitorsPage.empty_words,
        )
        add = made.button(phrase("Add a person…"), primary=True)
        add.clicked.connect(lambda: self.people.ask_new())  # noqa: PLW0108  made when it is wanted
        changes_records(add)
        self.stack.addWidget(made)
        return made

    def _ahead(self) -> QWidget:
        from brm_desktop.gui.pages.resources.ahead_tab import AheadTab

        return AheadTab(self.desk, self.whose)


def company_tab(desk: Desk, whose: Whose) -> QWidget:
    """The company view."""
    from brm_desktop.gui.pages.resources.company_tab import CompanyTab

    return CompanyTab(desk, whose)


def employees_tab(desk: Desk, whose: Whose) -> QWidget:
    """The employee view."""
    from brm_desktop.gui.pages.resources.employees_tab import EmployeesTab

    return EmployeesTab(desk, whose)


def matrix_tab(desk: Desk, whose: Whose) -> QWidget:
    """The matrix."""
    from brm_desktop.gui.pages.resources.matrix_tab import MatrixTab

    return MatrixTab(desk, whose)
