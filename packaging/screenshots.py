"""Pictures of the real window for the documentation: eleven views, two languages, two themes.

Run ``uv run python packaging/screenshots.py [FOLDER]``; it needs no display. The sample portfolio
is written anew on a fixed day, so that the same program gives the same pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import astuple
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from brm_desktop.domain.records import PersonId
    from brm_desktop.gui.desk import Place
    from brm_desktop.gui.main_window import MainWindow
    from brm_desktop.rendering.theme import Theme
    from brm_desktop.session.clock import Clock

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
TODAY = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 -- local time, as the user's
SIZE = (1400, 880)
SETTLED_MS = 900

ACCOUNT = {"en": "Huachen", "zh_CN": "华辰"}
PROJECT = {"en": "2027 Line Digitalisation, Phase One", "zh_CN": "2027 产线数字化一期"}
PERSON = {"en": "Chen Guodong", "zh_CN": "陈国栋"}


def main(folder: Path) -> None:
    """Make all pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_SCALE_FACTOR", "1.5")
    from PySide6.QtWidgets import QApplication

    defects: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: defects.append(error)
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    try:
        for language in ACCOUNT:
            for theme in ("light", "dark"):
                with tempfile.TemporaryDirectory() as place:
                    _pictures(folder, Path(place), language, theme)
                    _sync_pictures(folder, Path(place), language, theme)
    finally:
        sys.excepthook = sys.__excepthook__
    application.quit()
    if defects:
        raise ExceptionGroup(
            "the window had defects", [e for e in defects if isinstance(e, Exception)]
        )


def _pictures(folder: Path, place: Path, language: str, theme: str) -> None:
    from brm_desktop import language as spoken
    from brm_desktop.gui.desk import Page, Tab
    from brm_desktop.session.clock import SetClock
    from brm_desktop.session.demo import write_demo

    spoken.use(language)
    clock = SetClock(TODAY, seed=7)
    store = place / "sample.brm"
    write_demo(store, clock=clock)
    window = _opened(store, clock, language, theme)
    chief, views = _views(window, language)
    for name, view in views.items():
        window.desk.go(view)
        while window.jobs.running:
            _settle()
        _settle()
        if view.page is Page.ACCOUNT and view.tab is not Tab.PROJECTS:
            window.desk.show_person(chief)
        elif view.tab is Tab.PROJECTS:
            _choose_what_comes_back(window)
        if name == "what-if":
            window.commands.run("what_if")
        _settle()
        _take(window, folder / f"{name}-{language}-{theme}.png")
        if name == "what-if":
            window.commands.run("what_if_discard")
    _closed(window)


def _views(window: MainWindow, language: str) -> tuple[PersonId, dict[str, Place]]:
    """Whom the pictures of an account show selected, and where each picture is taken."""
    from brm_desktop.gui.desk import Page, Place, Tab

    session = window.desk.session
    analysis = session.analysis(session.find_account(ACCOUNT[language]))
    account = analysis.account
    chief = next(person.id for person in analysis.people if person.name == PERSON[language])
    project = next(one.id for one in analysis.projects if one.name == PROJECT[language])
    views = {
        "relationship-map": Place(Page.ACCOUNT, account, Tab.MAP),
        "decision-chain": Place(Page.ACCOUNT, account, Tab.CHAINS, project=project),
        "key-person": Place(Page.ACCOUNT, account, Tab.MAP, person=chief),
        "what-if": Place(Page.ACCOUNT, account, Tab.CHAINS, project=project),
        "our-relations": Place(Page.COLLEAGUES),
        "today": Place(Page.TODAY),
        "portfolio": Place(Page.ACCOUNTS),
        "projects": Place(Page.ACCOUNT, account, Tab.PROJECTS),
        "value": Place(Page.VALUE),
    }
    return chief, views


def _choose_what_comes_back(window: MainWindow) -> None:
    """Select the type of project on top, of which the inspector tells when it comes again."""
    from brm_desktop.gui.pages.projects.history import ProjectHistory

    shown = window.findChild(ProjectHistory)
    assert shown is not None, "the tab begins with what comes back"
    shown.table.selectRow(0)


def _sync_pictures(folder: Path, place: Path, language: str, theme: str) -> None:
    """The Sync page and the review, on the sample of two reps who share it."""
    from shared_sample import share_sample

    from brm_desktop import language as spoken
    from brm_desktop.gui.desk import Page, Place
    from brm_desktop.gui.review.page import ReviewPage
    from brm_desktop.session.clock import SetClock
    from brm_desktop.session.demo import write_demo

    spoken.use(language)
    store = place / "shared.brm"
    write_demo(store, clock=SetClock(TODAY, seed=7))
    share_sample(place, store, TODAY, language)
    clock = SetClock(TODAY + timedelta(minutes=5), seed=8)
    window = _opened(store, clock, language, theme)
    window.reviewing.look()
    for name, view in {"review": Place(Page.REVIEW), "sync": Place(Page.SYNC)}.items():
        window.desk.go(view)
        while window.jobs.running:
            _settle()
        _settle()
        page = window.pages.currentWidget()
        if isinstance(page, ReviewPage):
            page.table.selectRow(len(page.model.rows) - 1)
            _settle()
        _take(window, folder / f"{name}-{language}-{theme}.png")
    _closed(window)


def _opened(store: Path, clock: Clock, language: str, theme: str) -> MainWindow:
    """The window with a store open, in a theme."""
    from brm_desktop.gui.main_window import MainWindow
    from brm_desktop.gui.preferences import Preferences
    from brm_desktop.session.session import Session
    from brm_desktop.session.theme_choice import ThemeChoice

    window = MainWindow(
        open_store=lambda path, _create, _secret: Session.open(path, clock=clock),
        preferences=Preferences(store.parent / "window.ini"),
        wanted_language=language,
    )
    window.look.choose(ThemeChoice.DARK if theme == "dark" else ThemeChoice.LIGHT)
    window.resize(*SIZE)
    window.show()
    window.start(store)
    while not window.desk.is_open:
        _settle()
    return window


def _closed(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    _settle()


def _take(window: MainWindow, picture: Path) -> None:
    window.grab().save(str(picture))
    _in_few_colours(picture, window.look.theme)


def _in_few_colours(picture: Path, theme: Theme) -> None:
    """Write a picture again in the theme's and its commonest colours, 256: a third of its size."""
    from PIL import Image, ImageColor

    with Image.open(picture) as opened:
        whole = opened.convert("RGB")
    found = cast(
        list[tuple[int, tuple[int, int, int]]], whole.getcolors(whole.width * whole.height)
    )
    tokens = [one for one in astuple(theme) if isinstance(one, str) and one.startswith("#")]
    kept = [ImageColor.getrgb(token)[:3] for token in tokens]
    often = [colour for _, colour in sorted(found, reverse=True) if colour not in kept]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in [*kept, *often][:256] for part in colour])
    whole.quantize(palette=palette, dither=Image.Dither.NONE).save(picture, optimize=True)


def _settle() -> None:
    """Let what was asked for arrive: worker jobs, animations, the sharp picture after moving."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(SETTLED_MS, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
