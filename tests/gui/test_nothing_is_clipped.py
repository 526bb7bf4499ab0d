"""No word is cut off where nothing says so, in either language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from biggest import biggest_account
from clipped import clipped
from windowing import Windows, rest

from brm_desktop import language
from brm_desktop.domain.records import Outcome
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.widgets.odds_panel import FlagLine, OddsPanel
from brm_desktop.session.demo import write_demo


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_every_label_and_button_shows_all_its_words(
    code: str, windows: Windows, tmp_path: Path
) -> None:
    language.use(code)
    write_demo(tmp_path / "sample.brm")
    window = windows.open(tmp_path / "sample.brm", code)
    rest(60)
    cut = set(clipped(window))
    for place in _places(windows, window):
        windows.go(window, place)
        if place.page is Page.ACCOUNT:
            window.desk.show_person(window.desk.analysis().by_importance[0].id)
            window.inspector.person.details.head.setChecked(True)
        rest(60)
        cut |= set(clipped(window))
    assert cut == set()


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("wide", [1100, 1400])
def test_the_odds_are_whole_where_red_flags_take_two_lines(
    code: str, wide: int, windows: Windows, tmp_path: Path
) -> None:
    language.use(code)
    write_demo(tmp_path / "sample.brm")
    window = windows.open(tmp_path / "sample.brm", code)
    window.resize(wide, 700)
    chain = _places(windows, window)[-2]
    windows.go(window, chain)
    panel = window.findChild(OddsPanel)
    assert panel is not None
    cap = "Wang Fang holds a veto, stance unknown: at most 60"
    flags = tuple(FlagLine(f"{cap} ({place})") for place in range(7))
    panel.show_odds(replace(panel.view, flags=flags, cap=60, cap_text=cap))
    rest(60)
    room = panel._numbers.viewport().width()
    assert panel._part.minimumSizeHint().width() <= panel._part.width() == room


def test_the_start_page_shows_all_its_words(windows: Windows) -> None:
    assert list(clipped(windows.open())) == []


def _places(windows: Windows, window: MainWindow) -> list[Place]:
    account = biggest_account(window.desk.session)
    windows.go(window, Place(Page.ACCOUNT, account))
    analysis = window.desk.analysis(account)
    live = next(one for one in analysis.projects if one.outcome is Outcome.OPEN)
    return [
        Place(Page.TODAY),
        Place(Page.WEEKLY),
        Place(Page.COLLEAGUES),
        Place(Page.COMPETITORS),
        *(Place(Page.ACCOUNT, account, tab) for tab in Tab),
        Place(Page.ACCOUNT, account, Tab.CHAINS, live.id),
        Place(Page.ACCOUNT, account, person=analysis.by_importance[0].id),
    ]
