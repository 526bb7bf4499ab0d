"""The page of one account: its tabs, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Department, Person, Project, ProjectType
from brm_desktop.domain.spelling import name_order
from brm_desktop.gui.commands import Commands
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.navigation import TAB_TITLES
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.what_if.leaving import refused_meanwhile
from brm_desktop.language import tr


class AccountPage(QWidget):
    """Map · People · Decision chains · Projects · Plan · History."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self._commands = commands
        self._walking = False
        self._texts = Texts(self)
        self._tabs: dict[Tab, QWidget] = {}
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self._texts.name(self.bar, phrase("Parts of the account"))
        for tab in Tab:
            self.bar.addTab(tr(TAB_TITLES[tab]))
        self.bar.currentChanged.connect(self._chosen)
        self.bar.tabBarClicked.connect(self._back)
        self.bar.tabBarClicked.connect(self._clicked)
        strip = QWidget()
        strip.setObjectName("tabstrip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across = QHBoxLayout(strip)
        across.setContentsMargins(4, 0, 4, 0)
        across.addWidget(self.bar)
        across.addStretch(1)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self._stack, 1)
        self._texts.again(self._said)

    def show_place(self, place: Place) -> None:
        """Show a tab of an account, and what of it."""
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(list(Tab).index(place.tab))
        tab = self.tab(place.tab)
        show = getattr(tab, "show_place", None)
        if show is not None:
            show(place)
        self._stack.setCurrentWidget(tab)

    def focus_first(self) -> None:
        """Give the keys to the tab on show, unless someone walks along the tabs with them."""
        found = getattr(self._stack.currentWidget(), "focus_first", None)
        if self._walking:
            self.bar.setFocus()
        elif found is not None:
            found()

    def tab(self, wanted: Tab) -> QWidget:
        """One of the tabs."""
        found = self._tabs.get(wanted)
        if found is None:
            found = self._maker(wanted)()
            self._tabs[wanted] = found
            self._stack.addWidget(found)
        return found

    @property
    def pane(self) -> CanvasPane | None:
        """The canvas on show with its tools, if there is one."""
        current = self._stack.currentWidget()
        found = getattr(current, "pane", None)
        return found if isinstance(found, CanvasPane) else None

    def toggle_twin(self) -> None:
        """Show the canvas's table instead of the canvas, or the other way round."""
        if self.pane is not None:
            self.pane.toggle_twin()

    def go_to_sliders(self) -> None:
        """Give the keys to the sliders of the selected card, in a what-if."""
        if self.pane is not None:
            self.pane.what_if.go_to_sliders()
        else:
            self.desk.messages.say(phrase("Show a canvas first."))

    def toggle_work_first(self) -> None:
        """Show or hide whom to work on first, beside the canvas."""
        if self.pane is not None:
            self.pane.what_if.toggle_list()
        else:
            self.desk.messages.say(phrase("Show a canvas first."))

    def restore_value(self) -> None:
        """Put back the field that is chosen in the history."""
        from brm_desktop.gui.pages.history_tab import HistoryTab

        shown = self._stack.currentWidget()
        if isinstance(shown, HistoryTab):
            shown.restore_value()
        else:
            self.desk.messages.say(phrase("Choose a value in the history first."))

    def toggle_time(self) -> None:
        """Open the slider over the days above the canvas on show, or close it."""
        if self.pane is not None:
            self.pane.time.toggle()
        else:
            self.desk.messages.say(phrase("Show a canvas first."))

    def toggle_centres(self) -> None:
        """Show the power and influence centres beside the map, or put them away."""
        from brm_desktop.gui.pages.map_tab import MapTab

        place = self.desk.place
        if place.tab is not Tab.MAP or place.person is not None:
            self.desk.go(Place(Page.ACCOUNT, place.account, Tab.MAP))
        shown = self.tab(Tab.MAP)
        assert isinstance(shown, MapTab)
        shown.centres_button.click()

    def new_person(self) -> None:
        """Ask for a person and add him to the account."""
        from brm_desktop.gui.dialogs.new_things import NewPerson

        account = self.desk.place.account
        if account is None:
            return
        organisation = self.desk.analysis().organisation.id
        departments = self.desk.records.where(Department, organisation=organisation)
        form = NewPerson(self.window(), tr("Add a person"), [one.name for one in departments])
        if not form.exec():
            return
        name = form.name.text().strip()
        change = self.desk.edit(
            phrase("Add {name}", name=name),
            edits.add_person,
            name=name,
            account=account,
            **form.fields(),
        )
        for person in () if change is None else change.added(Person):
            self.desk.show_person(person.id)

    def new_project(self) -> None:
        """Ask for a project, make it and go to its chain."""
        from brm_desktop.gui.dialogs.new_things import NewProject

        account = self.desk.place.account
        if account is None:
            return
        there = self.desk.records.all(ProjectType).values()
        types = sorted((one.name for one in there), key=name_order)
        form = NewProject(self.window(), types, self.desk.session.settings.currency)
        if not form.exec():
            return
        name = form.name.text().strip()
        change = self.desk.edit(
            phrase("Create the project {name}", name=name),
            edits.create_project,
            account,
            name,
            type=form.type.currentText().strip(),
            **form.fields(),
        )
        for project in () if change is None else change.added(Project):
            self.desk.go(Place(Page.ACCOUNT, account, Tab.CHAINS, project.id))

    def look_from_selected(self) -> None:
        """Show the account from the selected person."""
        people = self.desk.selection.people
        if people:
            self.desk.go(Place(Page.ACCOUNT, self.desk.place.account, Tab.MAP, person=people[0]))
        else:
            self.desk.messages.say(phrase("Select the person to look from first."))

    def export_plan(self) -> None:
        """Ask where to, and write the account plan as PDF."""
        from brm_desktop.gui.exporting import ask_plan

        if not refused_meanwhile(self.desk):
            ask_plan(self.desk, self.window())

    def export_canvas(self) -> None:
        """Ask where to, and write the canvas on show."""
        from brm_desktop.gui.exporting import ask_canvas

        if refused_meanwhile(self.desk):
            return
        if self.pane is not None:
            ask_canvas(self.desk, self.window(), self.pane.picture())
        else:
            self.desk.messages.say(phrase("Show a canvas first."))

    def print_canvas(self) -> None:
        """Ask for a printer, and print the canvas on show."""
        from brm_desktop.gui.printing import ask_print

        if refused_meanwhile(self.desk):
            return
        if self.pane is None:
            self.desk.messages.say(phrase("Show a canvas first."))
        elif ask_print(self.window(), self.pane.picture()):
            self.desk.messages.say(phrase("Sent to the printer."))

    def _chosen(self, place: int) -> None:
        self._walking = self.bar.hasFocus()
        self.desk.go(Place(Page.ACCOUNT, self.desk.place.account, list(Tab)[place]))
        self._walking = False

    def _clicked(self, place: int) -> None:
        """A click on the tab on show leads back to it from what was opened in it."""
        if place == self.bar.currentIndex():
            self._chosen(place)

    def _back(self, place: int) -> None:
        """A click on the tab one is at leads back from the view of one person."""
        if place == self.bar.currentIndex() and self.desk.place.person is not None:
            self._chosen(place)

    def _said(self) -> None:
        for place, tab in enumerate(Tab):
            self.bar.setTabText(place, tr(TAB_TITLES[tab]))

    def _maker(self, tab: Tab) -> Callable[[], QWidget]:
        makers: dict[Tab, Callable[[], QWidget]] = {
            Tab.MAP: self._map,
            Tab.PEOPLE: self._people,
            Tab.CHAINS: self._chains,
            Tab.PROJECTS: self._projects,
            Tab.PLAN: self._plan,
            Tab.HISTORY: self._history,
        }
        return makers[tab]

    def _map(self) -> QWidget:
        from brm_desktop.gui.pages.map_tab import MapTab

        return MapTab(self.desk, self._commands)

    def _people(self) -> QWidget:
        from brm_desktop.gui.pages.people_tab import PeopleTab

        tab = PeopleTab(self.desk)
        tab.add_asked.connect(self.new_person)
        return tab

    def _chains(self) -> QWidget:
        from brm_desktop.gui.pages.chains_tab import ChainsTab

        tab = ChainsTab(self.desk, self._commands)
        tab.new_asked.connect(self.new_project)
        return tab

    def _projects(self) -> QWidget:
        from brm_desktop.gui.pages.projects.tab import ProjectsTab

        tab = ProjectsTab(self.desk)
        tab.new_asked.connect(self.new_project)
        return tab

    def _plan(self) -> QWidget:
        from brm_desktop.gui.pages.plan_tab import PlanTab

        tab = PlanTab(self.desk)
        tab.export_asked.connect(self.export_plan)
        return tab

    def _history(self) -> QWidget:
        from brm_desktop.gui.pages.history_tab import HistoryTab

        return HistoryTab(self.desk)
