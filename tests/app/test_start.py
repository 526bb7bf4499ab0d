"""What the program loads before its window is first seen, and before its accounts are listed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from programs import LONGEST, ROOT, Program

from brm_desktop.session.demo import write_demo
from brm_desktop.session.protection import Passphrase
from brm_desktop.session.session import Session

SEEN_FIRST: Final = """
app bundled domain domain.errors domain.phrase domain.reasons environment exchange
exchange.bounded_json exchange.bounds gui gui.crash gui.crash.ending gui.crash.qt_messages
gui.crash.watching gui.desk gui.garbage gui.icons gui.look gui.main_window gui.messages
gui.preferences gui.protection gui.protection.sign gui.rail gui.stores gui.style_sheet gui.texts
gui.top_bar gui.what_if gui.what_if.leaving gui.widgets gui.widgets.frames gui.widgets.tips
gui.work language process process.alive process.folders process.frames process.logs
process.only_one process.run_mark process.secrecy process.wanted rendering rendering.fonts
rendering.theme session session.clock session.last_store session.theme_choice
"""
"""Of the program's own modules: each takes half a millisecond, those of many classes more."""
LATE: Final = {
    *("babel", "datetime", "dateutil", "locale", "logging.handlers", "sqlcipher3"),
    "PySide6.QtNetwork",
}
PAINTED: Final = """
import linecache, os, sys
from brm_desktop import app

def tell(window, store):
    print(*sys.modules, *linecache.cache, flush=True)
    os._exit(0)

def told():
    made = application()
    from brm_desktop.gui.main_window import MainWindow

    MainWindow.start = tell
    return made

application = app._application
app._application = told
app.main(sys.argv[1:])
"""
ASKED: Final = """
import os, sys
from brm_desktop import app

def tell(sheet):
    rise(sheet)
    print(*sys.modules, flush=True)
    os._exit(0)

def told():
    made = application()
    from brm_desktop.gui.protection.lock_sheet import LockSheet

    global rise
    rise, LockSheet._rise = LockSheet._rise, tell
    return made

application = app._application
app._application = told
app.main(sys.argv[1:])
"""
OF_SYNC: Final = (
    *("brm_desktop.domain.replies", "brm_desktop.domain.bundles", "brm_desktop.session.asset"),
    *("brm_desktop.storage.sharing", "brm_desktop.storage.folder", "brm_desktop.storage.postgres"),
    "brm_desktop.storage.merging.folding",
)
OF_ACCOUNTS: Final = ("brm_desktop.gui.canvas.", "brm_desktop.rendering.figures")
LATER: Final = {
    *("brm_desktop.gui.pages.account_page", "brm_desktop.gui.inspector.inspector"),
    *("sqlite_utils", "click", "keyring", "cryptography", "matplotlib", "networkx", "numpy"),
}

SHOW_FIRST_ACCOUNT: Final = """
from brm_desktop.gui.desk import Page, Place
desk = window().desk
desk.go(Place(Page.ACCOUNT, desk.session.portfolio()[0].id))
shown = lambda: desk.place.account is not None and is_settled()
when(shown, lambda: (tell(*sys.modules), window().close()))
"""
LOOKED_AT_LATER: Final = {
    *(f"brm_desktop.gui.inspector.{one}_view" for one in ("person", "link", "opportunity")),
    *("brm_desktop.gui.pages.twin", "brm_desktop.gui.pages.key_person_page"),
    *("keyring", "cryptography", "matplotlib", "networkx", "numpy"),
}
SHOW_EVERY_CHART: Final = """
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.widgets.chart import Chart
desk = window().desk
desk.go(Place(Page.VALUE))
page = window().pages.currentWidget()
drawn = set()

def all_drawn():
    charts = [one for one in page.findChildren(Chart) if one.isVisible()]
    if not is_settled() or not all(one.is_drawn for one in charts):
        return False
    drawn.update(map(id, charts))
    page.show_tab((page.bar.currentIndex() + 1) % page.bar.count())
    return len(drawn) == 6

when(all_drawn, lambda: (tell(*sys.modules, desk.drawer.process), window().close()))
"""


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with a home of its own."""
    return Program(tmp_path_factory.mktemp("h"))


def test_the_window_is_painted_before_what_works_behind_it_is_imported(program: Program) -> None:
    started = subprocess.run(
        [sys.executable, "-c", PAINTED],
        cwd=ROOT,
        env=program.variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    loaded = set(started.stdout.split())
    assert "PySide6.QtWidgets" in loaded, started.stderr
    ours = {name for name in loaded if name.startswith("brm_desktop.")}
    assert ours - {f"brm_desktop.{name}" for name in SEEN_FIRST.split()} == set()
    assert loaded & LATE == set()
    sources = (ROOT / "brm_desktop" / "gui").as_posix()
    assert {one for one in loaded if one.startswith(sources)} == set(), "PySide's import read them"


def test_a_secret_is_asked_for_before_what_works_behind_the_window_is_imported(
    program: Program, tmp_path: Path
) -> None:
    store = tmp_path / "locked.brm"
    Session.open(store, create=Passphrase("four quiet words here")).close()
    started = subprocess.run(
        [sys.executable, "-c", ASKED, "--store", str(store)],
        cwd=ROOT,
        env=program.variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    loaded = set(started.stdout.split())
    assert "brm_desktop.gui.protection.guard" in loaded, started.stderr
    behind = {"domain.records", "gui.furnishing", "session.session", "storage.local_store"}
    assert loaded & {f"brm_desktop.{name}" for name in behind} == set()
    assert loaded & (LATE - {"datetime", "sqlcipher3"} | LATER) == set()


def test_the_accounts_are_listed_without_what_shows_one(program: Program, tmp_path: Path) -> None:
    store = tmp_path / "sample.brm"
    write_demo(store)
    code, told, said = program.run("tell(*sys.modules)\nwindow().close()", "--store", str(store))
    assert (code, said) == (0, "")
    loaded = set(told.split())
    assert "brm_desktop.gui.pages.accounts_page" in loaded
    clipping = "brm_desktop.gui.canvas.clipping"
    assert {name for name in loaded - {clipping} if name.startswith(OF_ACCOUNTS)} == set()
    assert {name for name in loaded if name.startswith(OF_SYNC)} == set()
    assert loaded & LATER == set()


def test_an_account_is_shown_without_what_is_not_looked_at(
    program: Program, tmp_path: Path
) -> None:
    store = tmp_path / "sample.brm"
    write_demo(store)
    code, told, said = program.run(SHOW_FIRST_ACCOUNT, "--store", str(store))
    assert (code, said) == (0, "")
    loaded = set(told.split())
    assert "brm_desktop.gui.inspector.account_view" in loaded
    assert loaded & LOOKED_AT_LATER == set()


def test_every_chart_is_shown_without_the_libraries_that_draw_it(
    program: Program, tmp_path: Path
) -> None:
    store = tmp_path / "sample.brm"
    write_demo(store)
    code, told, said = program.run(SHOW_EVERY_CHART, "--store", str(store))
    assert (code, said) == (0, "")
    *loaded, drawing = told.split()
    assert "brm_desktop.rendering.charts.pareto" in loaded
    assert set(loaded) & {"matplotlib", "numpy", "PIL"} == set()
    assert int(drawing) > 0, "a process of its own drew them"


def test_what_works_behind_the_window_is_imported_without_a_session_or_a_canvas() -> None:
    """Each is a part of its own, so that the window answers in between."""
    listing = subprocess.run(
        [sys.executable, "-c", "import sys, brm_desktop.gui.furnishing; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = set(listing.stdout.split())
    assert "brm_desktop.gui.furnishing" in loaded, listing.stderr
    assert loaded & {"brm_desktop.session.session", "brm_desktop.gui.pages.canvas_pane"} == set()
