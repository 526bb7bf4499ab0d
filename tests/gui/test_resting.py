"""A window that has come to rest, or whose store was closed, holds no memory that nobody needs."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from pytestqt.qtbot import QtBot
from windowing import Windows

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, ProjectType
from brm_desktop.gui.resting import Resting
from brm_desktop.session.demo import write_demo
from brm_desktop.session.session import Session


class LetGo:
    """Counts how often a session's pages are let go of."""

    def __init__(self, session: Session) -> None:
        self.times = 0
        self._really = session.let_go
        session.let_go = self  # type: ignore[method-assign]

    def __call__(self) -> None:
        self.times += 1
        self._really()


class Circle:
    """Something that holds itself and a record."""

    def __init__(self, held: object) -> None:
        self.held, self.itself = held, self


def test_pages_are_given_back_when_nothing_is_under_way(
    windows: Windows, qtbot: QtBot, tmp_path: Path
) -> None:
    write_demo(tmp_path / "store.brm")
    window = windows.open(tmp_path / "store.brm")
    (resting,) = window.findChildren(Resting)
    qtbot.waitUntil(lambda: not window.jobs.running)
    pages = LetGo(window.desk.session)
    window.jobs.run(phrase("Computing"), lambda _progress: None)
    resting.give_back()
    assert pages.times == 0, "something was under way"
    qtbot.waitUntil(lambda: not window.jobs.running)
    resting.give_back()
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert pages.times == 1
    assert window.desk.session.counts()["account"] == len(window.desk.session.account_ids())


def test_of_a_closed_store_nothing_stays_in_a_circle(
    windows: Windows, qtbot: QtBot, tmp_path: Path
) -> None:
    write_demo(tmp_path / "store.brm")
    window = windows.open(tmp_path / "store.brm")
    session = window.desk.session
    session.open_account(session.account_ids()[0])
    some = [*session.records.all(Account).values(), *session.records.all(ProjectType).values()]
    gone: list[weakref.ref[object]] = [weakref.ref(Circle(one)) for one in some]
    gone.append(weakref.ref(session))
    del some, session
    gc.freeze()
    window.desk.detach()
    qtbot.waitUntil(lambda: not any(one() for one in gone), timeout=5_000)
    assert gc.get_freeze_count() > 0, "what stays is put aside again"
