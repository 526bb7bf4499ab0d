"""Real files through the real window: imported, looked at, laid out and printed as a user does."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from import_window import Import
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QDialog, QLabel, QLayout
from pytestqt.qtbot import QtBot
from terminal import Terminal
from windowing import (
    CTRL,
    SHIFT,
    Key,
    Windows,
    dialog_answered,
    press,
    rest,
    saving_to,
    type_text,
)

from brm_desktop.domain.records import AccountId, Department, Person, PersonId, Tie
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.inspector.account_view import ScoreLine
from brm_desktop.gui.inspector.routes_part import RouteCard
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.map_tab import MapTab
from brm_desktop.gui.pages.resources.page import OurRelationsPage
from brm_desktop.gui.widgets.row_buttons import RowButton
from brm_desktop.language import percent
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH
from brm_desktop.session.importing import Subject
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

FindData = Callable[[str], Path]

ALT = Qt.KeyboardModifier.AltModifier

COLLEAGUES = (("Ada", "Account manager", True), ("Kim", "Head of recruiting", False))
TIES = (("Ada", "7", 20), ("Ada", "18", 70), ("Kim", "2", 80))
LEVELS = (("1", "CEO"), ("2", "Vice president"), ("3", "Manager"))


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Windows of one computer."""
    return Windows(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    """The command line on another store."""
    return Terminal(capsys, tmp_path / "command line.brm")


def _empty_store(windows: Windows, folder: Path) -> MainWindow:
    Session.open(folder / "window.brm", create=PLAIN).close()
    return windows.open(folder / "window.brm")


# Twenty-one managers


def test_twenty_one_managers_are_imported_routed_to_and_printed_through_the_window(
    windows: Windows,
    terminal: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shared_data: FindData,
) -> None:
    data = shared_data("krackhardt_hightech")
    window = _empty_store(windows, tmp_path)
    _import_managers(windows, window, data)
    _add_colleagues(windows, window)
    _add_ties(windows, window)
    _by_the_command_line(terminal, data)

    account = terminal.done("account", "--account", "Krackhardt", "--json").json
    assert _scores_on_show(windows, window) == _rounded(account["scores"])
    assert _centres_on_show(window) == _centres(account)
    routes = terminal.done("path", "--account", "Krackhardt", "--to", "7", "-k", "3", "--json")
    assert _routes_on_show(windows, window) == _routes(routes.json)

    everybody = {str(number) for number in range(1, 22)}
    windows.go(window, Place(Page.ACCOUNT, _account(window)))
    drawn, plan = tmp_path / "map.pdf", tmp_path / "plan.pdf"
    saving_to(monkeypatch, drawn)
    press(window, Key.Key_E, CTRL | SHIFT)
    windows.settle(window)
    assert everybody <= set(_text_of(drawn).split())
    saving_to(monkeypatch, plan)
    press(window, Key.Key_E, CTRL)
    windows.settle(window)
    assert everybody | {"Ada", "Kim"} <= set(_text_of(plan).split())
    window.close()


def _import_managers(windows: Windows, window: MainWindow, data: Path) -> None:
    people = Import(windows.qtbot, window)
    people.take(data / "nodes.csv")
    people.into("Krackhardt")
    people.source("name", "id")
    people.source("title", "level")
    for level, title in LEVELS:
        people.means("Title", level, title)
    people.means("Department", "0", "")
    assert people.counts == "21 rows: 21 new, 0 updated, 0 unchanged, 0 refused"
    people.press_import()

    lines = Import(windows.qtbot, window)
    lines.take(data / "reports.csv", data / "advice.csv")
    lines.are(Subject.REPORTING)
    lines.source("person", "from")
    lines.source("manager", "to")
    lines.dialog.strip.tabs.setCurrentIndex(1)
    lines.source("from", "to")  # someone who is asked for advice sways the one who asks
    lines.source("to", "from")
    lines.same("strength", "60")
    assert lines.counts == "210 rows: 210 new, 0 updated, 0 unchanged, 0 refused"
    lines.press_import()


def _add_colleagues(windows: Windows, window: MainWindow) -> None:
    windows.go(window, Place(Page.COLLEAGUES))
    relations = window.pages.currentWidget()
    assert isinstance(relations, OurRelationsPage)
    page = relations.people
    for name, title, _ in COLLEAGUES:

        def answer(form: QDialog, name: str = name, title: str = title) -> None:
            type_text(form, name)
            press(form, Key.Key_Tab)
            type_text(form, title)
            press(form, Key.Key_Return)

        with dialog_answered(answer):
            page.ask_new()
        windows.settle(window)
    sales = next(one for one in page.model.columns if one.title.text == "Sales")
    for row in list(page.model.rows):
        in_sales = next(works for name, _, works in COLLEAGUES if name == row.person.name)
        page.model.take(row, sales, not in_sales)
    assert {(one.name, one.title, not one.non_sales) for one in _staff(window)} == set(COLLEAGUES)


def _add_ties(windows: Windows, window: MainWindow) -> None:
    windows.show_account(window, "Krackhardt")
    part = window.inspector.person.ties
    for employee, person, closeness in TIES:
        window.desk.show_person(_person(window, person).id)
        rest(50)
        part.other.show_choice(_person(window, employee).id)
        part.strength.setText(str(closeness))
        part.add.click()
        rest(50)
    people = window.desk.records.all(Person)
    made = {
        (people[tie.employee].name, people[tie.person].name, tie.closeness)
        for tie in window.desk.records.all(Tie).values()
    }
    assert made == set(TIES)


def _by_the_command_line(terminal: Terminal, data: Path) -> None:
    def take(file: Path, *choices: str) -> None:
        terminal.done("import", file, "--account", "Krackhardt", *choices)

    titles = [part for level, title in LEVELS for part in ("--value", f"title:{level}={title}")]
    names = ("--map", "name=id", "--map", "title=level", "--value", "department:0=")
    take(data / "nodes.csv", *names, *titles)
    take(data / "reports.csv", "--as", "reporting", "--map", "person=from", "--map", "manager=to")
    crossed = ("--map", "from=to", "--map", "to=from", "--set", "strength=60")
    take(data / "advice.csv", "--as", "influence", *crossed)
    staff = "".join(
        f"{name},{title},own,{'yes' if sales else 'no'}\n" for name, title, sales in COLLEAGUES
    )
    take(terminal.file("us.csv", f"name,title,organisation,sales\n{staff}"))
    ties = "".join(f"{employee},own,{person},{value}\n" for employee, person, value in TIES)
    take(terminal.file("ties.csv", f"from,from_org,to,strength\n{ties}"))


def _scores_on_show(windows: Windows, window: MainWindow) -> list[str]:
    windows.go(window, Place(Page.ACCOUNTS))
    windows.show_account(window, "Krackhardt")
    shown = window.inspector.account
    assert shown.isVisible()
    rest(50)
    lines = [line for line in shown.findChildren(QLayout) if isinstance(line, ScoreLine)]
    return [line.number.text() for line in lines]


def _rounded(scores: dict[str, Any]) -> list[str]:
    values = [scores[name]["value"] for name in ("closeness", "solution", "price")]
    return ["–" if value is None else str(int(value + 0.5)) for value in values]


def _centres_on_show(window: MainWindow) -> tuple[set[str], set[str]]:
    """Power and influence centres, as many as the inspector names."""
    analysis = window.desk.analysis()
    power = {person.name for person in analysis.power_centres}
    influence = {person.name for person in analysis.influence_centres}
    rows = window.inspector.account.findChildren(RowButton)
    named = {row.accessibleName().split(" · ")[0] for row in rows}
    assert named <= power | influence
    assert power <= named
    assert len(named & influence) == min(len(influence), 6)
    return power, influence


def _centres(account: dict[str, Any]) -> tuple[set[str], set[str]]:
    return (
        set(account["power_centres"]),
        set(account["influence_centres"]),
    )


def _routes_on_show(windows: Windows, window: MainWindow) -> list[tuple[str, str]]:
    """The three routes beneath the view from the chief executive."""
    window.desk.show_person(_person(window, "7").id)
    rest(50)
    press(window, Key.Key_J, CTRL)
    windows.settle(window)
    assert window.desk.place.person == _person(window, "7").id
    tab = window.navigation.account.tab(Tab.MAP)
    assert isinstance(tab, MapTab)
    windows.qtbot.waitUntil(lambda: bool(tab.seen_from.routes.findChildren(RouteCard)), timeout=5_000)
    cards = tab.seen_from.routes.findChildren(RouteCard)
    return [(card.findChildren(QLabel)[0].text(), card.value.text()) for card in cards]


def _routes(reading: dict[str, Any]) -> list[tuple[str, str]]:
    """What the command line found, as the window says it; Ada came first, so Ada is "me"."""
    return [
        (
            " → ".join("me" if name == "Ada" else name for name in route["people"]),
            percent(route["value"]),
        )
        for route in reading["routes"]
    ]


# The Ministry of Defence


def test_six_hundred_posts_are_opened_panned_searched_collapsed_laid_out_and_printed(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared_data: FindData
) -> None:
    data = shared_data("uk_gov_organograms")
    window = _empty_store(windows, tmp_path)
    _import_ministry(windows, window, data / "senior_2011-03-31.csv")
    windows.settle(window)
    canvas = _canvas(window)
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
    text = _text_of(drawn)
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
        canvas = _canvas(window)
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
    canvas = _canvas(window)
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


# What is on show


def _account(window: MainWindow) -> AccountId:
    return window.desk.session.find_account("Krackhardt")


def _canvas(window: MainWindow) -> CanvasView:
    pane = window.navigation.account.pane
    assert pane is not None
    assert pane.canvas is not None
    return pane.canvas


def _person(window: MainWindow, name: str) -> Person:
    return next(one for one in window.desk.records.all(Person).values() if one.name == name)


def _staff(window: MainWindow) -> list[Person]:
    names = {name for name, *_ in COLLEAGUES}
    return [one for one in window.desk.records.all(Person).values() if one.name in names]


def _text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())
