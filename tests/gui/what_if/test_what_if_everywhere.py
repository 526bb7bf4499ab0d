"""A what-if on every page: the band that says so, and what it excludes and closes."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar
from windowing import Windows, rest

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Outcome
from brm_desktop.domain.what_if import work_first
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.pages.map_tab import MapTab
from brm_desktop.gui.widgets.popover import Popover

BIGGEST = "Huachen Equipment Group"


@pytest.fixture
def at_map(windows: Windows, sample_file: Path, tmp_path: Path) -> MainWindow:
    """The map of the sample's biggest account."""
    window = windows.open(Path(copyfile(sample_file, tmp_path / "sample.brm")))
    windows.show_account(window, BIGGEST, Tab.MAP)
    return window


def _pane(window: MainWindow) -> CanvasPane:
    pane = window.navigation.account.pane
    assert pane is not None
    return pane


def _looks_back(pane: CanvasPane) -> bool:
    return pane.time.is_open


def _suppose_something(window: MainWindow) -> None:
    window.commands.run("what_if")
    person = window.desk.analysis().by_importance[0].id
    assert window.desk.edit(phrase("Change"), edits.revise_person, person, notes="supposed")
    rest()


def test_every_page_says_that_nothing_is_saved_and_keeps_or_discards(
    windows: Windows, at_map: MainWindow
) -> None:
    band, account = at_map.supposed_band, at_map.desk.place.account
    assert band.isHidden()
    _suppose_something(at_map)
    for place in (
        *(Place(Page.ACCOUNT, account, tab) for tab in Tab),
        Place(Page.ACCOUNTS),
        Place(Page.COLLEAGUES),
        Place(Page.COMPETITORS),
    ):
        windows.go(at_map, place)
        assert band.isVisible()
        assert band.count.text() == "1 supposed change"
    band.discard.click()
    assert band.isHidden()
    assert not at_map.desk.session.supposing


def test_a_number_in_a_what_if_opens_its_sum(at_map: MainWindow) -> None:
    _suppose_something(at_map)
    band = _pane(at_map).what_if.band
    assert band is not None
    for name in ("potential", "odds", "route"):
        band.numbers[name].value.click()
        opened = [one for one in at_map.findChildren(Popover) if one.isVisible()]
        assert len(opened) == 1, name
        opened[0].close()
        rest()


def test_other_days_wait_until_the_what_if_is_over(at_map: MainWindow) -> None:
    pane = _pane(at_map)
    pane.time.toggle()
    at_map.desk.show_day(None, at_map.desk.today.replace(year=at_map.desk.today.year - 1))
    assert _looks_back(pane)
    at_map.commands.run("what_if")
    assert at_map.desk.session.supposing
    assert not _looks_back(pane)
    assert at_map.desk.since is None
    pane.time.toggle()
    assert not _looks_back(pane)
    assert not pane.time.button.isChecked()
    assert "Keep or discard" in at_map.toast.sentence


def test_the_list_that_a_what_if_opened_closes_with_it(at_map: MainWindow) -> None:
    at_map.resize(1700, 900)
    rest()
    tab = at_map.navigation.account.tab(Tab.MAP)
    assert isinstance(tab, MapTab)
    what_if = _pane(at_map).what_if
    tab.centres_button.click()
    assert tab.centres.isVisible()
    what_if.toggle()
    assert what_if.list is not None
    assert what_if.list.isVisible()
    assert not tab.centres.isVisible()
    assert not tab.centres_button.isChecked()
    what_if.toggle()
    assert not what_if.list.isVisible()
    assert tab.centres.isVisible()
    assert tab.centres_button.isChecked()
    for wide in (1100, 1400):
        at_map.resize(wide, 800)
        rest()
        pane = _pane(at_map)
        assert pane.stack.width() >= 0.6 * pane.width()


def test_a_what_if_begins_beside_the_tables_too(at_map: MainWindow) -> None:
    pane = _pane(at_map)
    pane.toggle_twin()
    assert not pane.modes.buttons["PERSON"].isEnabled()
    QTest.mouseClick(pane.what_if.button, Qt.MouseButton.LeftButton)
    assert at_map.desk.session.supposing
    assert pane.shows_twin
    pane.toggle_twin()
    assert pane.modes.buttons["PERSON"].isEnabled()


def test_the_sliders_stand_off_their_card_and_go_where_their_title_is_pulled(
    at_map: MainWindow,
) -> None:
    person = at_map.desk.analysis().by_importance[0].id
    at_map.desk.show_person(person)
    at_map.commands.run("what_if")
    rest()
    pane = _pane(at_map)
    sliders, canvas = pane.what_if.sliders, pane.canvas
    assert sliders is not None
    assert canvas is not None
    card = canvas.camera.box_on_screen(canvas.content.cards[person].box).toRect()
    assert not sliders.geometry().intersects(card)
    before = sliders.pos()
    QTest.mousePress(sliders, Qt.MouseButton.LeftButton, pos=QPoint(20, 16))
    QTest.mouseMove(sliders, QPoint(50, 36))
    QTest.mouseRelease(sliders, Qt.MouseButton.LeftButton, pos=QPoint(50, 36))
    moved = sliders.pos()
    assert moved != before
    sliders.stand()
    assert sliders.pos() == moved


def test_a_planned_route_is_known_in_the_other_language(at_map: MainWindow) -> None:
    from brm_desktop.gui.inspector.routes_part import do_route
    from brm_desktop.gui.planning import planned

    analysis = at_map.desk.analysis()
    person = analysis.by_importance[0].id
    route = analysis.routes_to(person).routes[0]
    do_route(at_map.desk, analysis, route, person)
    at_map.use_language("zh_CN")
    assert planned(at_map.desk, analysis.account, person, route.first_action) is not None
    at_map.use_language("en")


def test_the_matrix_opens_with_the_account_one_was_in(windows: Windows, at_map: MainWindow) -> None:
    from brm_desktop.gui.pages.resources.matrix_tab import MatrixTab

    account = at_map.desk.place.account
    windows.go(at_map, Place(Page.COLLEAGUES))
    page = at_map.pages.currentWidget()
    assert page is not None
    bar = page.findChildren(QTabBar)[0]
    for place in range(bar.count()):
        bar.setCurrentIndex(place)
        rest()
    assert {one.account.account for one in page.findChildren(MatrixTab)} == {account}


def test_whom_to_work_on_first_is_of_the_chain_one_went_to(
    windows: Windows, at_map: MainWindow
) -> None:
    analysis = at_map.desk.analysis()
    one, other = [each.id for each in analysis.projects if each.outcome is Outcome.OPEN][:2]
    windows.go(at_map, Place(Page.ACCOUNT, analysis.account, Tab.CHAINS, one))
    what_if = _pane(at_map).what_if
    what_if.toggle_list()
    assert what_if.list is not None
    ranked = [row.gain for row in what_if.list.rows]
    assert ranked == list(work_first(analysis, one))

    windows.go(at_map, Place(Page.ACCOUNT, analysis.account, Tab.CHAINS, other))
    assert [row.gain for row in what_if.list.rows] == list(work_first(analysis, other))
