"""Three canvases of one small account, and what a walk over one of them has to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

from pointing import Hand
from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from stores import a_session

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainLink,
    ChainMember,
    Influence,
    Person,
    PersonId,
    Project,
    ProjectId,
    Records,
    ReportingLine,
    Role,
)
from brm_desktop.gui.canvas.port import Removal
from brm_desktop.gui.canvas.ports import ChainPort, KeyPersonPort, MapPort, SessionPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView

MAP, CHAIN, VIEW = "map", "chain", "view"
CANVASES = (MAP, CHAIN, VIEW)
PLACES = {"Boss": (0, 0), "Ann": (-300, 200), "Bob": (300, 200), "Me": (-900, -300)}


def written(folder: Path) -> Path:
    """The store of a boss with two reports, a colleague's tie and a chain, written once."""
    path = folder / "walked.brm"
    if path.exists():
        return path

    def the(name: str) -> PersonId:
        (found,) = made.records.where(Person, name=name)
        return found.id

    with a_session(path) as made:
        made.edit(phrase("1"), edits.create_account, name="Acme")
        account = AccountId(next(iter(made.records.all(Account))))
        for name in ("Boss", "Ann", "Bob"):
            made.edit(phrase("2"), edits.add_person, account=account, name=name, department="IT")
        for name in ("Ann", "Bob"):
            made.edit(phrase("3"), edits.set_manager, the(name), the("Boss"))
        made.edit(phrase("4"), edits.add_own_staff, name="Me")
        made.edit(phrase("5"), edits.set_tie, the("Me"), the("Boss"), 40)
        made.edit(phrase("6"), edits.create_project, account, "Deal")
        project = ProjectId(next(iter(made.records.all(Project))))
        for name, role in (("Boss", Role.APPROVER), ("Ann", Role.USER), ("Bob", Role.USER)):
            made.edit(phrase("7"), edits.add_member, project, the(name), roles=(role,))
        for name in ("Ann", "Bob"):
            made.edit(phrase("7"), edits.add_chain_link, project, the("Boss"), the(name))
    return path


class World:
    """A boss with two reports on one of the three canvases, every card at a known place."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.kind = kind
        path = Path(copyfile(written(folder.parent), folder / f"{kind}.brm"))
        self.session = a_session(path)
        (line,) = self.session.portfolio()
        self.account = line.id
        self.session.open_account(self.account)
        self.project = ProjectId(next(iter(self.session.records.all(Project))))
        self.port = self._port()
        shown = self.port.figure().cards
        places = {self.id(name): at for name, at in PLACES.items() if self.id(name) in shown}
        self.session.edit(phrase("8"), edits.move, self.port.canvas, places)
        self.view: CanvasView
        self.problems: list[object] = []
        self.legends = 0
        self.asked: list[int] = []

    def show(self, show: Callable[[SessionPort], CanvasView]) -> None:
        """Put the canvas on screen."""
        self.view = show(self.port)
        self.view._ask = self._take
        self.view.problem.connect(self.problems.append)
        self.view.legend_asked.connect(self._legend)
        self.view.camera.zoom_to(0.8)
        self.view.camera.look_at(self.view.content.bounds.centre)
        self.hand = Hand(self.view)

    @property
    def records(self) -> Records:
        """The records as they are now."""
        return self.session.records

    def id(self, name: str) -> PersonId:
        """The person of a name."""
        (found,) = self.records.where(Person, name=name)
        return found.id

    def names(self, people: tuple[PersonId, ...]) -> list[str]:
        """The names of some people."""
        return [self.records.one(Person, one).name for one in people]

    def select(self, *names: str) -> None:
        """Select people by their names."""
        self.view.select(Selection(tuple(self.id(name) for name in names)))

    def hangs(self, person: str, under: str) -> bool:
        """Whether somebody reports to, or on a chain is decided for by, somebody."""
        below, above = self.id(person), self.id(under)
        if self.kind == CHAIN:
            links = self.records.all(ChainLink).values()
            return any((one.source, one.target) == (above, below) for one in links)
        lines = self.records.all(ReportingLine).values()
        return any((one.manager, one.person) == (above, below) for one in lines)

    def sways(self, source: str, target: str) -> bool:
        """Whether somebody sways somebody."""
        found = self.records.all(Influence).values()
        wanted = (self.id(source), self.id(target))
        return any((one.source, one.target) == wanted for one in found)

    def shown(self, name: str) -> bool:
        """Whether somebody of a name has a card."""
        return any(card.name.endswith(name) for card in self.view.content.cards.values())

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """What happens within is one edit: one undo takes all of it back, and redo makes it."""
        before = self.records
        yield
        self.view.flush()
        after = self.records
        assert after != before
        assert self.problems == []
        self.view.undo()
        assert self.records == before
        self.view.redo()
        assert self.records == after

    @contextmanager
    def no_step(self) -> Iterator[None]:
        """What happens within is no edit, and leaves no step to undo."""
        before, step = self.records, self.session.can_undo()
        yield
        self.view.flush()
        assert self.records == before
        assert self.session.can_undo() == step

    def close(self) -> None:
        """Close the store."""
        self.view.close_port()
        self.session.close()

    def _take(self, _people: object, lines: int) -> Removal:
        self.asked.append(lines)
        return Removal.TAKE

    def _legend(self) -> None:
        self.legends += 1

    def _port(self) -> SessionPort:
        if self.kind == MAP:
            return MapPort(self.session, self.account)
        if self.kind == CHAIN:
            return ChainPort(self.session, self.account, self.project)
        return KeyPersonPort(self.session, self.account, self.id("Boss"))

    @property
    def members(self) -> set[str]:
        """Who is on the chain."""
        found = self.records.where(ChainMember, project=self.project)
        return {self.records.one(Person, one.person).name for one in found}


def press_keys(widget: QWidget, keys: str) -> None:
    """Press a key of the table of actions, as ``Ctrl+Shift+K``, where the focus is."""
    pressed: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]  # its first key
    found: QWidget | None = widget.window().focusWidget()
    target = widget if found is None else found
    QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())
