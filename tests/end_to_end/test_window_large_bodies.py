"""Real bodies of hundreds and thousands of posts: opened, searched, folded and laid out."""

from __future__ import annotations

import gzip
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest
from import_window import Import
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot
from real_data import FindData, canvas_on_show, empty_store, text_of
from terminal import Terminal
from windowing import (
    CTRL,
    SHIFT,
    Key,
    Windows,
    press,
    rest,
    saving_to,
    type_text,
)

from brm_desktop.domain.records import Department, Person, PersonId
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Windows of one computer."""
    return Windows(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    """The command line on another store."""
    return Terminal(capsys, tmp_path / "command line.brm")


# The Ministry of Defence


def test_six_hundred_posts_are_opened_panned_searched_collapsed_laid_out_and_printed(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared_data: FindData
) -> None:
    data = shared_data("uk_gov_organograms")
    window = empty_store(windows, tmp_path)
    _import_ministry(windows, window, data / "senior_2011-03-31.csv")
    windows.settle(window)
    canvas = canvas_on_show(window)
    assert len(canvas.content.cards) == 600

    _pan(canvas)
    _find_a_post(window, canvas)
    _collapse_below(window, canvas)
    _collapse_a_department(window, canvas)
    _lay_out_as_one_step(windows, window, canvas)

    drawn = tmp_path / "defence.pdf"
    saving_to(monkeypatch, drawn)
    press(window, Key.Key_E, CTRL | SHIFT)
    windows.settle(window)
    text = text_of(drawn)
    names = {one.name for one in window.desk.records.all(Person).values() if not one.placeholder}
    assert len(pypdfium2.PdfDocument(drawn)) > 5
    assert {name for name in names if name not in text} == set()
    window.close()


def _import_ministry(windows: Windows, window: MainWindow, file: Path) -> None:
    posts = Import(windows.qtbot, window)
    posts.take(file)
    posts.only("body", "ministry_of_defence")
    posts.into("Ministry of Defence")
    for field, column in (
        ("id", "post_id"),
        ("name", "person_pseudonym"),
        ("title", "job_title"),
        ("department", "unit"),
        ("reports_to_id", "reports_to_post_id"),
    ):
        posts.source(field, column)
    posts.means("Reports to (number)", "XX", "")
    posts.means("Name", "VACANT POST", "")
    assert posts.counts == "616 rows: 600 new, 0 updated, 0 unchanged, 16 refused"
    assert len(posts.reasons) == 16
    posts.press_import()
    assert len(window.desk.records.all(Person)) == 600


def _pan(canvas: CanvasView) -> None:
    before = canvas.camera.seen
    canvas.zoom_100()
    canvas.pan_by(-400, -120)
    rest(200)
    assert canvas.camera.seen != before
    canvas.fit()
    rest(50)
    everything = QRectF(canvas.viewport().rect())
    assert everything.contains(canvas.camera.box_on_screen(canvas.content.bounds))


def _find_a_post(window: MainWindow, canvas: CanvasView) -> None:
    canvas.setFocus()
    press(window, Key.Key_F, CTRL)
    type_text(window, "permanent under")
    rest(50)
    (found,) = canvas.selection.people
    assert window.desk.records.one(Person, found).title == "Permanent Undersecretary"
    place = canvas.camera.box_on_screen(canvas.content.cards[found].box)
    assert QRectF(canvas.viewport().rect()).contains(place)
    press(window, Key.Key_Escape)
    assert not canvas.find_bar.isVisible()


def _collapse_below(window: MainWindow, canvas: CanvasView) -> None:
    """Everyone under the one who was found, and back."""
    shown = len(canvas.content.cards)
    press(window, Key.Key_Period, CTRL)
    rest(50)
    assert len(canvas.content.cards) < shown
    press(window, Key.Key_Period, CTRL)
    rest(50)
    assert len(canvas.content.cards) == shown


def _collapse_a_department(window: MainWindow, canvas: CanvasView) -> None:
    people = window.desk.records.all(Person).values()
    departments = [one.department for one in people if one.department]
    largest = max(set(departments), key=departments.count)
    name = window.desk.records.one(Department, largest).name
    member = next(one.id for one in people if one.department == largest)
    canvas.collapse_department(member)
    rest(50)
    assert len(canvas.content.cards) == 600 - (departments.count(largest) - 1), name
    canvas.expand_all()
    rest(50)
    assert len(canvas.content.cards) == 600


def _lay_out_as_one_step(windows: Windows, window: MainWindow, canvas: CanvasView) -> None:
    drawn = _places(canvas)
    canvas.show_person(next(iter(drawn)))
    canvas.setFocus()
    press(window, Key.Key_Right, ALT | SHIFT)
    windows.qtbot.waitUntil(lambda: _places(canvas) != drawn, timeout=5_000)
    rest(1_000)  # shifting by keys is one edit once it rests
    moved = _places(canvas)
    press(window, Key.Key_L, CTRL)
    windows.qtbot.waitUntil(lambda: _places(canvas) != moved, timeout=10_000)
    windows.qtbot.waitUntil(lambda: not canvas.glide.running, timeout=10_000)
    laid = _places(canvas)
    assert laid.keys() == moved.keys()
    assert not _overlaps(laid)
    press(window, Key.Key_Z, CTRL)
    windows.qtbot.waitUntil(lambda: _places(canvas) == moved, timeout=10_000)
    press(window, Key.Key_Y, CTRL)
    windows.qtbot.waitUntil(lambda: _places(canvas) == laid, timeout=10_000)


def _places(canvas: CanvasView) -> dict[PersonId, tuple[float, float]]:
    cards = canvas.content.figure.cards
    return {person: (card.centre.x, card.centre.y) for person, card in cards.items()}


def _overlaps(places: dict[PersonId, tuple[float, float]]) -> list[tuple[float, float]]:
    return [
        (x, y)
        for (x, y), (u, v) in combinations(places.values(), 2)
        if abs(x - u) < CARD_WIDTH and abs(y - v) < CARD_HEIGHT
    ]


# Further bodies


def test_the_next_largest_bodies_open_with_a_card_for_every_post(
    windows: Windows, terminal: Terminal, shared_data: FindData
) -> None:
    file = shared_data("uk_gov_organograms") / "senior_2011-03-31.csv"
    columns = {"id": "post_id", "name": "person_pseudonym", "title": "job_title"}
    columns |= {"department": "unit", "reports_to_id": "reports_to_post_id"}
    maps = [part for field, name in columns.items() for part in ("--map", f"{field}={name}")]
    bodies = (("her_majestys_revenue_and_customs", 346, 0), ("department_of_health", 302, 3))
    for body, _, code in bodies:
        chosen = ("--where", f"body={body}", "--value", "reports_to_id:XX=")
        assert terminal("import", file, "--account", body, *chosen, *maps).code == code
    window = windows.open(terminal.store)
    for body, posts, _ in bodies:
        windows.show_account(window, body)
        canvas = canvas_on_show(window)
        assert len(canvas.content.cards) == posts
        assert not _overlaps(_places(canvas))
    window.close()


def test_a_body_of_five_thousand_posts_opens_collapsed_and_is_searched_unfolded_and_undone(
    windows: Windows, terminal: Terminal, shared_data: FindData
) -> None:
    table = shared_data("uk_gov_organograms") / "expanded_tree_2011-09-30.csv.gz"
    file = terminal.file("body.csv", _body(table, "48"))
    columns = ("id=id", "name=job_title", "title=grade", "reports_to_id=parent_id")
    maps = [part for column in columns for part in ("--map", column)]
    terminal.done("import", file, "--account", "Foreign Office", "--as", "people", *maps)
    window = windows.open(terminal.store)
    windows.show_account(window, "Foreign Office")
    canvas = canvas_on_show(window)
    analysis = window.desk.analysis()
    first = set(canvas.content.cards)
    assert len(analysis.people) == 5_436
    assert len(first) < 200

    deepest = max(analysis.people, key=lambda one: len(analysis.hierarchy.above(one.id)))
    canvas.setFocus()
    press(window, Key.Key_F, CTRL)
    type_text(window, deepest.name)
    rest(50)
    (found,) = canvas.selection.people
    assert window.desk.records.one(Person, found).name == deepest.name
    assert {found, *analysis.hierarchy.above(found)} <= canvas.content.cards.keys()
    press(window, Key.Key_Escape)
    _pan(canvas)

    head = max(first, key=lambda one: len(analysis.hierarchy.below(one)))
    canvas.show_person(head)
    canvas.setFocus()
    before = len(canvas.content.cards)
    press(window, Key.Key_Period, CTRL | SHIFT)
    rest(50)
    assert len(canvas.content.cards) > before

    press(window, Key.Key_Z, CTRL)
    windows.settle(window)
    assert window.desk.session.portfolio() == []
    assert not window.desk.session.all_records().all(Person)
    window.close()


def _body(table: Path, root: str) -> str:
    """Everything below a root, as a table with its header."""
    with gzip.open(table, "rt", encoding="utf-8") as file:
        header, *rows = file
    above = dict(row.split(",", 2)[:2] for row in rows)

    def top(post: str) -> str:
        while above[post]:
            post = above[post]
        return post

    return "".join([header, *(row for row in rows if top(row.split(",", 1)[0]) == root)])
