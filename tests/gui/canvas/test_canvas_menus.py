"""The menus of a canvas by the mouse: under the right button, of colours, layers and lines."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from menus import choose, entries, pressed
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windowing import NO_KEYS, Key, Windows, at_rest, dialog_answered, press, rest, type_text

from brm_desktop.domain.records import Outcome, Person, PersonId
from brm_desktop.gui.canvas.legend import LegendCorner
from brm_desktop.gui.canvas.ports import MapPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.widgets.popover import Popover
from brm_desktop.gui.widgets.tool_strip import DropButton
from brm_desktop.gui.words import capital
from brm_desktop.language import tr
from brm_desktop.rendering.figure import Lens, LineStyle, Point, Side

BIGGEST = "Huachen Equipment Group"
MAP, CHAIN, VIEW = CANVASES = ("map", "chain", "key-person view")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def lasting(
    request: pytest.FixtureRequest, sample_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for all tests here, as the menus of a canvas leave it whole."""
    folder = tmp_path_factory.mktemp("lasting")
    with pytest.MonkeyPatch.context() as patch:
        opener = Windows(QtBot(request), folder, patch)
        window = opener.open(Path(copyfile(sample_file, folder / "sample.brm")))
        opener.show_account(window, BIGGEST)
        ready(window)
        yield window
        window.close()
        window.deleteLater()


@pytest.fixture
def at_map(windows: Windows, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    """The map of the biggest account, of which every edit is taken back when a test ends."""
    window: MainWindow = request.getfixturevalue("lasting")  # once the test has its home
    gc.disable()  # as at the window's start, which the end of each test undoes
    window.activateWindow()
    windows.qtbot.waitUntil(window.isActiveWindow)
    window.resize(1400, 880)
    windows.show_account(window, BIGGEST)
    canvas_of(window).select(Selection())
    ready(window)
    yield window
    window.desk.show_day(None)
    while window.desk.session.can_undo():
        window.desk.undo()
    windows.settle(window)


@pytest.fixture(params=CANVASES)
def window(windows: Windows, at_map: MainWindow, request: pytest.FixtureRequest) -> MainWindow:
    """The window with the map, a chain or the key-person view of the biggest account."""
    analysis = at_map.desk.analysis()
    live = next(one.id for one in analysis.projects if one.outcome is Outcome.OPEN)
    places = {
        MAP: Place(Page.ACCOUNT, analysis.account, Tab.MAP),
        CHAIN: Place(Page.ACCOUNT, analysis.account, Tab.CHAINS, live),
        VIEW: Place(Page.ACCOUNT, analysis.account, Tab.MAP, person=analysis.by_importance[0].id),
    }
    if request.param != MAP:
        windows.go(at_map, places[request.param])
        canvas_of(at_map).select(Selection())
        ready(at_map)
    return at_map


def ready(window: MainWindow) -> None:
    """Cards arrive at once, and everything is in sight; nothing moves any more."""
    canvas_of(window).glide.duration = 0
    at_rest(canvas_of(window))
    canvas_of(window).fit()


def pane_of(window: MainWindow) -> CanvasPane:
    """The canvas on show with its tools."""
    pane = window.navigation.account.pane
    assert pane is not None
    return pane


def canvas_of(window: MainWindow) -> CanvasView:
    """The canvas on show."""
    canvas = pane_of(window).canvas
    assert canvas is not None
    return canvas


def right_press(window: MainWindow, at: Point) -> Callable[[], object]:
    """Presses the right button at a place of the canvas, which asks for its menu.

    The pointer comes to the place first: where there is no display, Qt hears of no pointer that
    enters what the last menu lay over, and gives a press without a move to nobody.
    """
    viewport, handle = canvas_of(window).viewport(), window.windowHandle()
    inside = canvas_of(window).camera.to_screen(at).toPoint()
    assert viewport.rect().contains(inside)
    there = viewport.mapTo(window, inside)

    def press_it() -> None:
        QTest.mouseMove(handle, there + QPoint(2, 2))
        QTest.mouseClick(handle, Qt.MouseButton.RightButton, NO_KEYS, there)

    return press_it


def on_card(window: MainWindow, person: PersonId) -> Callable[[], object]:
    """Presses the right button on somebody's card."""
    return right_press(window, canvas_of(window).content.cards[person].centre)


def nowhere(window: MainWindow) -> Point:
    """A place in sight where nothing is."""
    canvas = canvas_of(window)
    for x in range(100, canvas.viewport().width() - 200, 20):
        for y in range(20, canvas.viewport().height() - 140, 20):
            at = canvas.camera.to_scene(QPoint(x, y).toPointF())
            near = 40 / canvas.zoom
            content = canvas.content
            if content.card_at(at, near) is None and content.line_at(at, near) is None:
                return at
    raise AssertionError("the canvas is full")


def free_line(canvas: CanvasView) -> tuple[str, Point]:
    """A line and a place of it that no card is over, nor another line at the next pixels."""
    for record, shape in canvas.content.shapes.items():
        at, pixel = shape.middle, 1 / canvas.zoom
        near = [Point(at.x + x, at.y + y) for x in (-pixel, 0, pixel) for y in (-pixel, 0, pixel)]
        found = [canvas.content.line_at(one, 2 * pixel) for one in near]
        hit = {None if line is None else line.record for line in found}
        if canvas.content.card_at(at) is None and hit == {record}:
            return record, at
    raise AssertionError("every line is covered")


def somebody(window: MainWindow) -> PersonId:
    """One of the account who is on show and is not what the view is of."""
    cards = canvas_of(window).content.cards
    people = window.desk.analysis().by_importance
    return next(one.id for one in people[1:] if one.id in cards)


def name_of(window: MainWindow, person: PersonId) -> str:
    """Somebody's name as it is now."""
    return window.desk.records.one(Person, person).name


def named(window: MainWindow, name: str) -> list[Person]:
    """The people of a name."""
    return [one for one in window.desk.records.all(Person).values() if one.name == name]


def button_named(window: MainWindow, name: str) -> DropButton:
    """A button of the right strip that drops a menu."""
    buttons = pane_of(window).right.findChildren(DropButton)
    return next(one for one in buttons if one.accessibleName() == name)


def styles(window: MainWindow) -> set[LineStyle]:
    """The kinds of line on show."""
    return {line.style for line in canvas_of(window).content.lines.values()}


# ---------------------------------------------------------------- under the right button


def test_the_menu_of_a_card_selects_it_and_says_what_can_be_done(window: MainWindow) -> None:
    QApplication.clipboard().clear()
    person = somebody(window)
    found = entries(on_card(window, person))
    assert canvas_of(window).selection.people == (person,)
    off = {text for text, action in found.items() if not action.is_on}
    assert off <= {"Paste", "Collapse or expand"}
    assert "Paste" in off
    assert (found["Cut"].key, found["Edit the name"].key) == ("Ctrl+X", "F2")
    assert not any("(" in one.key for one in found.values())


def test_the_name_is_edited_from_the_menu(window: MainWindow) -> None:
    person = somebody(window)
    choose(on_card(window, person), "Edit the name")
    canvas = canvas_of(window)
    assert canvas.field.is_open
    canvas.field.line.selectAll()
    type_text(window, "Renamed")
    press(window, Key.Key_Return)
    assert name_of(window, person) == "Renamed"


def test_one_looks_from_a_person_from_the_menu(windows: Windows, window: MainWindow) -> None:
    person = somebody(window)
    choose(on_card(window, person), "Look from this person")
    windows.settle(window)
    assert window.desk.place.person == person
    ready(window)
    assert canvas_of(window).content.figure.centre == person
    assert not entries(on_card(window, person))["Look from this person"].is_on


def test_one_of_ours_has_no_view_of_his_own(at_map: MainWindow) -> None:
    cards = canvas_of(at_map).content.cards.values()
    ours = next(card.person for card in cards if card.side is Side.OWN)
    assert not entries(on_card(at_map, ours))["Look from this person"].is_on


def test_why_opens_the_sum_beside_the_card(window: MainWindow) -> None:
    choose(on_card(window, somebody(window)), "Why this number?")
    (popover,) = window.findChildren(Popover)
    assert popover.isVisible()
    press(window, Key.Key_Escape)
    assert canvas_of(window).hasFocus()


def test_a_part_is_collapsed_and_expanded_from_the_menu(window: MainWindow) -> None:
    content = canvas_of(window).content
    heads = [one for one in content.cards if content.collapsible(one)]
    leaves = set(content.cards) - set(heads)
    leaf = next(one for one in leaves if content.cards[one].side is Side.CUSTOMER)
    assert not entries(on_card(window, leaf))["Collapse or expand"].is_on
    if heads:
        before = set(content.cards)
        choose(on_card(window, heads[-1]), "Collapse or expand")
        assert set(content.cards) < before
        choose(on_card(window, heads[-1]), "Collapse or expand")
        assert set(content.cards) == before


def test_a_card_is_pinned_and_unpinned_from_the_menu(window: MainWindow) -> None:
    person, canvas = somebody(window), canvas_of(window)
    choose(on_card(window, person), "Pin or unpin")
    assert canvas.content.cards[person].pinned
    choose(on_card(window, person), "Pin or unpin")
    assert not canvas.content.cards[person].pinned


def test_people_are_copied_pasted_and_duplicated_from_the_menu(window: MainWindow) -> None:
    person = somebody(window)
    before = len(canvas_of(window).content.cards)
    choose(on_card(window, person), "Copy")
    assert name_of(window, person) in QApplication.clipboard().text()
    choose(on_card(window, person), "Duplicate")
    assert len(canvas_of(window).content.cards) == before + 1
    canvas_of(window).fit()
    choose(on_card(window, person), "Paste")
    assert len(canvas_of(window).content.cards) == before + 2


@pytest.mark.parametrize("entry", ["Cut", "Delete"])
def test_somebody_goes_by_the_menu_and_undo_brings_him_back(window: MainWindow, entry: str) -> None:
    person, records = somebody(window), window.desk.records
    if window.desk.place.project is None:
        with dialog_answered(lambda dialog: press(dialog, Key.Key_Return)):
            choose(on_card(window, person), entry)
    else:
        choose(on_card(window, person), entry)
    gone = person not in canvas_of(window).content.cards
    assert gone == (window.desk.records != records)
    if gone:
        window.desk.undo()
        assert person in canvas_of(window).content.cards


def test_the_menu_of_a_line_offers_to_delete_it(window: MainWindow) -> None:
    canvas = canvas_of(window)
    wanted, there = free_line(canvas)
    assert list(entries(right_press(window, there))) == ["Delete"]
    assert canvas.selection.lines == (wanted,)
    choose(right_press(window, there), "Delete")
    assert wanted not in canvas.content.lines
    window.desk.undo()
    assert wanted in canvas.content.lines


def test_the_menu_of_the_empty_canvas_offers_what_needs_nobody(window: MainWindow) -> None:
    QApplication.clipboard().clear()
    found = entries(right_press(window, nowhere(window)))
    assert list(found) == [
        "Add a person…",
        "Paste",
        "Select everything",
        "Find on the canvas",
        "Lay out",
        "Fit everything",
        "Legend: what the signs mean",
    ]
    assert [text for text, one in found.items() if not one.is_on] == ["Paste"]


def test_a_person_is_added_where_the_empty_canvas_was_pressed(window: MainWindow) -> None:
    at = nowhere(window)
    choose(right_press(window, at), "Add a person…")
    type_text(window, "Newcomer")
    press(window, Key.Key_Return)
    (made,) = named(window, "Newcomer")
    assert made.id in canvas_of(window).content.cards
    assert canvas_of(window).selection.people == (made.id,)


def test_names_from_elsewhere_are_pasted_on_the_empty_canvas(window: MainWindow) -> None:
    QApplication.clipboard().setText("First Newcomer\nSecond Newcomer\n")
    choose(right_press(window, nowhere(window)), "Paste")
    for name in ("First Newcomer", "Second Newcomer"):
        (made,) = named(window, name)
        assert made.id in canvas_of(window).content.cards


def test_everything_is_selected_found_laid_out_and_fitted(window: MainWindow) -> None:
    canvas = canvas_of(window)
    choose(right_press(window, nowhere(window)), "Select everything")
    assert set(canvas.selection.people) == set(canvas.content.cards)
    choose(right_press(window, nowhere(window)), "Find on the canvas")
    assert canvas.find_bar.isVisible()
    press(window, Key.Key_Escape)
    choose(right_press(window, nowhere(window)), "Lay out")
    canvas.camera.zoom_to(1.0)
    choose(right_press(window, nowhere(window)), "Fit everything")
    assert canvas.zoom < 1.0
    corner = canvas.findChild(LegendCorner)
    assert corner is not None
    shown = corner.panel.isVisible()
    choose(right_press(window, nowhere(window)), "Legend: what the signs mean")
    assert corner.panel.isVisible() != shown
    choose(right_press(window, nowhere(window)), "Legend: what the signs mean")
    assert corner.panel.isVisible() == shown


def test_in_the_past_the_menus_offer_nothing_that_edits(window: MainWindow) -> None:
    desk = window.desk
    desk.show_day(desk.session.today().replace(year=desk.session.today().year - 1))
    ready(window)
    cards = canvas_of(window).content.cards
    on = [one for one, card in cards.items() if card.side is Side.CUSTOMER]
    found = entries(on_card(window, on[0]))
    off = {text for text, action in found.items() if not action.is_on}
    edits = {"Edit the name", "Pin or unpin", "Cut", "Paste", "Duplicate", "Delete"}
    assert edits <= off
    assert found["Copy"].is_on
    found = entries(right_press(window, nowhere(window)))
    assert not found["Add a person…"].is_on
    assert not found["Lay out"].is_on
    assert found["Fit everything"].is_on


# ---------------------------------------------------------------- what is shown, and how


def test_each_entry_of_the_colours_colours_every_card(window: MainWindow) -> None:
    button = button_named(window, "Colour by")
    assert list(entries(pressed(button))) == [capital(tr(lens)) for lens in Lens]
    for lens in reversed(Lens):
        text = capital(tr(lens))
        choose(pressed(button), text)
        cards = canvas_of(window).content.cards.values()
        assert {card.lens for card in cards if card.side is Side.CUSTOMER} == {lens}
        assert button.text() == f"{text} ▾"
        assert [t for t, one in entries(pressed(button)).items() if one.is_checked] == [text]


def test_each_layer_shows_its_lines_from_the_menu_it_folds_into(at_map: MainWindow) -> None:
    at_map.resize(1100, 760)
    rest(50)
    button = button_named(at_map, "Layer")
    assert button.isVisible()
    upright = {LineStyle.REPORTING}
    bent = {LineStyle.INFLUENCE, LineStyle.CONFLICT}
    for text, has, has_not in (
        ("Power", upright, bent),
        ("Influence", bent, upright),
        ("Both", upright | bent, set()),
    ):
        choose(pressed(button), text)
        assert has <= styles(at_map)
        assert not has_not & styles(at_map)
        assert button.text() == f"{text} ▾"


def test_each_kind_of_line_goes_and_comes_back(at_map: MainWindow) -> None:
    button = button_named(at_map, "What the map shows")
    before = styles(at_map)
    for text, kinds in (
        ("Reporting lines", {LineStyle.REPORTING, LineStyle.DOTTED_REPORTING}),
        ("Influence", {LineStyle.INFLUENCE}),
        ("Conflicts", {LineStyle.CONFLICT}),
        ("Our ties", {LineStyle.OWN_TIE, LineStyle.PARTNER_TIE}),
        ("Competitors' ties", {LineStyle.COMPETITOR_TIE}),
    ):
        choose(pressed(button), text)
        assert styles(at_map) == before - kinds
        assert not entries(pressed(button))[text].is_checked
        choose(pressed(button), text)
        assert styles(at_map) == before


def test_groups_former_people_and_departments_follow_their_entries(at_map: MainWindow) -> None:
    button, content = button_named(at_map, "What the map shows"), canvas_of(at_map).content
    assert content.grounds
    choose(pressed(button), "Groups by department")
    assert not content.grounds
    choose(pressed(button), "Groups by department")
    everyone = set(content.cards)
    choose(pressed(button), "Collapse all departments")
    assert set(content.cards) < everyone
    choose(pressed(button), "Expand all departments")
    assert set(content.cards) == everyone
    choose(pressed(button), "Former people")
    assert isinstance(pane_of(at_map).port, MapPort)
    assert set(content.cards) >= everyone
    assert entries(pressed(button))["Former people"].is_checked
    choose(pressed(button), "Former people")
    assert set(content.cards) == everyone


def test_each_focus_lets_those_stand_out_who_are_near(window: MainWindow) -> None:
    names = {one.accessibleName() for one in pane_of(window).right.findChildren(DropButton)}
    name = ({"What the map shows", "Focus on the selection"} & names).pop()
    button, canvas = button_named(window, name), canvas_of(window)
    QTest.mouseClick(
        canvas.viewport(),
        Qt.MouseButton.LeftButton,
        pos=canvas.camera.to_screen(canvas.content.cards[somebody(window)].centre).toPoint(),
    )
    faded = []
    for text in ("Focus 1 step", "Focus 2 steps", "Focus 3 steps", "Focus off"):
        choose(pressed(button), text)
        faded.append(sum(card.faded for card in canvas.content.cards.values()))
    assert faded[0] > 0 == faded[-1]
    assert sorted(faded, reverse=True) == faded
