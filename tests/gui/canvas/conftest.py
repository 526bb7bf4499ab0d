"""A canvas on screen, and a hand on the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from canvas_people import person
from paper_canvas import PaperPort, card, figure_of, line
from pointing import Hand
from pytestqt.qtbot import QtBot
from stores import a_session

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Project,
    ProjectId,
)
from brm_desktop.gui.canvas.port import CanvasPort
from brm_desktop.gui.canvas.ports import ChainPort, MapPort
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import LineStyle
from brm_desktop.rendering.theme import LIGHT
from brm_desktop.session.session import Session

ShowCanvas = Callable[[CanvasPort], CanvasView]


@pytest.fixture
def show(qtbot: QtBot) -> ShowCanvas:
    """Puts a canvas on screen, cards arriving at once."""

    def shown(port: CanvasPort) -> CanvasView:
        view = CanvasView(port, LIGHT, phrase("Relationship map"))
        view.glide.duration = 0
        qtbot.addWidget(view)
        view.resize(1000, 700)
        with qtbot.waitExposed(view):
            view.show()
        view.setFocus()
        view.camera.zoom_to(1.0)
        return view

    return shown


@pytest.fixture
def port() -> PaperPort:
    """A boss with two reports, the left of whom sways a loner."""
    return PaperPort(
        figure_of(
            [
                card("boss", 0, 0),
                card("left", -200, 160),
                card("right", 200, 160),
                card("loner", -200, 320),
            ],
            line("boss", "left"),
            line("boss", "right"),
            line("left", "loner", LineStyle.INFLUENCE),
        )
    )


@pytest.fixture
def view(show: ShowCanvas, port: PaperPort) -> CanvasView:
    """The canvas of those four people."""
    return show(port)


@pytest.fixture
def hand(view: CanvasView) -> Hand:
    """A hand on the mouse over that canvas."""
    return Hand(view)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A store with one account of four people: a boss, two reports, and a colleague of ours."""
    with a_session(tmp_path / "store.brm") as opened:
        opened.edit(phrase("1"), edits.create_account, name="Acme")
        (account,) = opened.records.all(Account)
        for name, department in (("Boss", "Board"), ("Ann", "IT"), ("Bob", "IT")):
            opened.edit(
                phrase("2"),
                edits.add_person,
                account=AccountId(account),
                name=name,
                title="Head",
                department=department,
            )
        boss = person(opened, "Boss")
        for name in ("Ann", "Bob"):
            opened.edit(phrase("3"), edits.set_manager, person(opened, name), boss)
        opened.edit(phrase("4"), edits.add_own_staff, name="Me")
        opened.edit(phrase("5"), edits.set_tie, person(opened, "Me"), person(opened, "Ann"), 40)
        opened.edit(phrase("6"), edits.create_project, AccountId(account), "Deal")
        yield opened


@pytest.fixture
def account(session: Session) -> AccountId:
    """That account."""
    (found,) = session.records.all(Account)
    return AccountId(found)


@pytest.fixture
def map_port(session: Session, account: AccountId) -> MapPort:
    """Its relationship map."""
    return MapPort(session, account)


@pytest.fixture
def project(session: Session) -> ProjectId:
    """Its project."""
    (found,) = session.records.all(Project)
    return ProjectId(found)


@pytest.fixture
def chain_port(session: Session, account: AccountId, project: ProjectId) -> ChainPort:
    """The project's decision chain."""
    return ChainPort(session, account, project)
