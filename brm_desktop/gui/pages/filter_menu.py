"""The filter of a canvas: whoever is not looked for steps back and stays where he is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from brm_desktop.domain.choosing_people import Only, chosen_people
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Department, DepartmentId, PersonId
from brm_desktop.domain.spelling import name_order
from brm_desktop.gui.canvas.ports import ChainPort
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.words import capital
from brm_desktop.language import tr
from brm_desktop.rendering.figure import Figure, LineStyle

if TYPE_CHECKING:
    from brm_desktop.domain.analysis import AccountAnalysis
    from brm_desktop.gui.pages.canvas_pane import CanvasPane

Choice = Only | DepartmentId | None

_TIES: Final = frozenset(
    {LineStyle.OWN_TIE, LineStyle.COMPETITOR_TIE, LineStyle.PARTNER_TIE, LineStyle.SUCCESSION}
)


class FilterMenu(QObject):
    """A menu's part that chooses whom a canvas leaves in full colour.

    ``told`` is called when something else is chosen. The choice stays from one account to the next,
    and goes with its department.
    """

    def __init__(self, menu: QMenu, pane: CanvasPane, told: Callable[[], object]) -> None:
        super().__init__(menu)
        self._pane = pane
        self._told = told
        self._chosen: Choice = None
        self.menu = menu.addMenu("")
        self.departments = QMenu(self.menu)
        self._group = QActionGroup(self)
        texts = Texts(menu)
        texts.bind(self.menu.setTitle, phrase("Fade all but…"))
        texts.bind(self.departments.setTitle, phrase("Department"))
        self.actions: dict[Choice, QAction] = {}
        self._add(self.menu, None)
        self.menu.addSeparator()
        for only in Only:
            self._add(self.menu, only)
        self.menu.addSeparator()
        self.menu.addMenu(self.departments)
        self.menu.aboutToShow.connect(self._offer)
        texts.again(self._said)
        pane.port_shown.connect(self._apply)
        pane.desk.changed.connect(self._see_if_there)
        pane.desk.closed.connect(self._see_if_there)
        self._said()

    @property
    def said(self) -> str:
        """Who is left in full colour; nothing while everyone is."""
        if self._chosen is None:
            return ""
        if isinstance(self._chosen, Only):
            return capital(tr(self._chosen))
        return self._pane.desk.records.one(Department, self._chosen).name

    @property
    def is_on(self) -> bool:
        """Whether anybody is filtered out."""
        return self._chosen is not None

    def choose(self, choice: Choice) -> None:
        """Fade all but these people; ``None`` fades nobody."""
        self._chosen = choice
        self._said()
        if self._pane.canvas is not None:
            self._pane.canvas.set_filter(None if choice is None else self._kept)
        self._told()

    def _apply(self) -> None:
        """Let another canvas than before fade the same people, if they are there at all."""
        self.choose(self._chosen if self._is_there() else None)

    def _see_if_there(self) -> None:
        if not self._is_there():
            self.choose(None)

    def _is_there(self) -> bool:
        """Whether a chosen department is one of the account on show, or none is chosen."""
        port, desk = self._pane.port, self._pane.desk
        if self._chosen is None or isinstance(self._chosen, Only):
            return True
        if port is None or not desk.is_open:
            return desk.is_open and desk.records.get(Department, self._chosen) is not None
        return self._chosen in _departments(port.session.analysis(port.account))

    def _kept(self, figure: Figure) -> frozenset[PersonId]:
        """Whom of a figure the filter leaves as he is, on the day on show."""
        port = self._pane.port
        if port is None or self._chosen is None:
            return frozenset(figure.cards)
        analysis = port.analysis
        if isinstance(self._chosen, Only):
            project = port.project if isinstance(port, ChainPort) else None
            found = chosen_people(analysis, self._chosen, figure.cards, project)
        else:
            found = frozenset(one.id for one in analysis.people if one.department == self._chosen)
        return _with_ties(figure, found)

    def _offer(self) -> None:
        """List the departments of the account on show."""
        for choice in [one for one in self.actions if one is not None]:
            if not isinstance(choice, Only):
                gone = self.actions.pop(choice)
                self.departments.removeAction(gone)
                gone.deleteLater()
        port = self._pane.port
        found = {} if port is None else _departments(port.session.analysis(port.account))
        for department, name in sorted(found.items(), key=lambda item: name_order(item[1])):
            self._add(self.departments, department).setText(name.replace("&", "&&"))
        self.departments.menuAction().setEnabled(bool(found))
        self._said()

    def _add(self, menu: QMenu, choice: Choice) -> QAction:
        action = menu.addAction("")
        action.setCheckable(True)
        action.triggered.connect(lambda: self.choose(choice))
        self._group.addAction(action)
        self.actions[choice] = action
        return action

    def _said(self) -> None:
        for choice, action in self.actions.items():
            if choice is None:
                action.setText(tr("Everyone"))
            elif isinstance(choice, Only):
                action.setText(capital(tr(choice)))
            action.setChecked(choice == self._chosen)


def _departments(analysis: AccountAnalysis) -> dict[DepartmentId, str]:
    """The departments that somebody of the account is in, with their names."""
    there = {person.department for person in analysis.people}
    found = analysis.records.all(Department).values()
    return {one.id: one.name for one in found if one.id in there}


def _with_ties(figure: Figure, people: Iterable[PersonId]) -> frozenset[PersonId]:
    """Some people, and whoever from outside the account is tied to one of them."""
    kept = frozenset(people)
    return kept | {
        line.source for line in figure.lines if line.style in _TIES and line.target in kept
    }
