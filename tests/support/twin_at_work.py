"""An account's canvas, and the tables beside it at work on a desk of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from stores import a_session

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Person,
    PersonId,
    Project,
    ProjectId,
    Role,
)
from brm_desktop.gui.canvas.port import Removal
from brm_desktop.gui.canvas.ports import ChainPort, KeyPersonPort, MapPort, SessionPort
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.look import Look
from brm_desktop.gui.messages import Messages
from brm_desktop.gui.pages.people_rows import PeopleColumns, PersonRow
from brm_desktop.gui.pages.twin import Twin
from brm_desktop.gui.pages.twin_people import canvas_rows, rows_around
from brm_desktop.gui.preferences import Preferences
from brm_desktop.gui.widgets.table import TableModel
from brm_desktop.gui.work import Jobs
from brm_desktop.session.session import Session

NAMES = ("Boss", "Ann", "Bob", "Cy", "Dora")
MAP, CHAIN, VIEW = "map", "chain", "view"
R = TypeVar("R")


def begin(path: Path) -> Session:
    """Five people of an account, two of us, a competitor's man, a project with a chain of two."""
    session = a_session(path)
    session.edit(phrase("1"), edits.create_account, name="Acme")
    account = AccountId(next(iter(session.records.all(Account))))
    for name in NAMES:
        session.edit(phrase("2"), edits.add_person, account=account, name=name)
    for name in ("Ann", "Bob"):
        session.edit(phrase("3"), edits.set_manager, who(session, name), who(session, "Boss"))
    for name in ("Me", "Colleague"):
        session.edit(phrase("4"), edits.add_own_staff, name=name)
    session.edit(phrase("5"), edits.add_competitor, organisation="Rival", name="Zhao")
    session.edit(phrase("6"), edits.set_tie, who(session, "Me"), who(session, "Ann"), 40)
    session.edit(phrase("7"), edits.set_tie, who(session, "Zhao"), who(session, "Bob"), 30)
    session.edit(phrase("8"), edits.create_project, account, "Deal")
    project = ProjectId(next(iter(session.records.all(Project))))
    for name, role in (("Boss", Role.APPROVER), ("Cy", Role.USER)):
        session.edit(phrase("9"), edits.add_member, project, who(session, name), roles=(role,))
    return session


def who(session: Session, name: str) -> PersonId:
    """The person of a name."""
    (found,) = session.records.where(Person, name=name)
    return found.id


def port_of(session: Session, kind: str) -> SessionPort:
    """The canvas of the account, its project's chain, or the view from the boss."""
    account = AccountId(next(iter(session.records.all(Account))))
    project = ProjectId(next(iter(session.records.all(Project))))
    if kind == CHAIN:
        return ChainPort(session, account, project)
    if kind == VIEW:
        return KeyPersonPort(session, account, who(session, "Boss"))
    return MapPort(session, account)


def the_application() -> QApplication:
    """The one that runs."""
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


class AtTwin:
    """A twin on a desk of its own, whose cells are changed by the titles of their columns."""

    def __init__(self, qtbot: QtBot, session: Session, port: SessionPort, folder: Path) -> None:
        self.session = session
        self.port = port
        window = QWidget()
        qtbot.addWidget(window)
        preferences = Preferences(folder / "window.ini")
        self.told: list[str] = []
        look = Look(the_application())
        messages = Messages(window)
        messages.warned.connect(self.told.append)
        self.desk = Desk(look, preferences, Jobs(messages.failed, window), messages, window)
        self.desk.attach(session)
        project = port.project if isinstance(port, ChainPort) else None
        centre = port.person if isinstance(port, KeyPersonPort) else None
        self.desk.place = Place(Page.ACCOUNT, port.account, Tab.MAP, project, centre)
        columns = PeopleColumns(self.desk)
        shown = columns.for_account() if project is None else columns.for_chain(lambda: project)
        self.twin = Twin(
            self.desk,
            shown,
            self._rows,
            lambda: [line.record for line in port.figure().lines],
        )
        self.twin.ask = lambda _people, _lines: Removal.KEEP
        self.twin.work_on(port)
        qtbot.addWidget(self.twin)
        with qtbot.waitExposed(self.twin):
            self.twin.show()

    def _rows(self) -> Sequence[PersonRow]:
        analysis, figure = self.desk.analysis(), self.port.figure()
        if isinstance(self.port, KeyPersonPort):
            return rows_around(self.desk, analysis, figure)
        return canvas_rows(self.desk, analysis, figure, self.desk.place.project)

    def person(self, name: str, title: str, value: object) -> bool:
        """Change a cell of somebody's row as the table's editors do."""
        model = self.twin._people
        return _changed(model, lambda row: row.person.name == name, title, value)

    def link(self, record: str, title: str, value: object) -> bool:
        """Change a cell of a link's row."""
        model = self.twin._links
        return _changed(model, lambda row: row.link.id == record, title, value)

    def close(self) -> None:
        self.desk.detach()


def _changed(model: TableModel[R], fits: Callable[[R], bool], title: str, value: object) -> bool:
    column = next(one for one in model.columns if str(one.title) == title)
    row = next(row for row in model.rows if fits(row))
    offered = column.offered(row)
    assert offered is None or value in [one for _, one in offered] or offered == []
    return model.take(row, column, value)
