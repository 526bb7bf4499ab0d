"""Real data in the window: imported, reached by routes and printed as by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from import_window import Import
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLayout
from pytestqt.qtbot import QtBot
from real_data import FindData, account_on_show, empty_store, person_named, text_of
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

from brm_desktop.domain.records import Person, Tie
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.inspector.account_view import ScoreLine
from brm_desktop.gui.inspector.routes_part import RouteCard
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.map_tab import MapTab
from brm_desktop.gui.pages.resources.page import OurRelationsPage
from brm_desktop.gui.widgets.row_buttons import RowButton
from brm_desktop.language import percent
from brm_desktop.session.importing import Subject

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


# Twenty-one managers


def test_twenty_one_managers_are_imported_routed_to_and_printed_through_the_window(
    windows: Windows,
    terminal: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shared_data: FindData,
) -> None:
    data = shared_data("krackhardt_hightech")
    window = empty_store(windows, tmp_path)
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
    windows.go(window, Place(Page.ACCOUNT, account_on_show(window)))
    drawn, plan = tmp_path / "map.pdf", tmp_path / "plan.pdf"
    saving_to(monkeypatch, drawn)
    press(window, Key.Key_E, CTRL | SHIFT)
    windows.settle(window)
    assert everybody <= set(text_of(drawn).split())
    saving_to(monkeypatch, plan)
    press(window, Key.Key_E, CTRL)
    windows.settle(window)
    assert everybody | {"Ada", "Kim"} <= set(text_of(plan).split())
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
    assert {(one.name, one.title, not one.non_sales) for one in staff_of(window)} == set(COLLEAGUES)


def _add_ties(windows: Windows, window: MainWindow) -> None:
    windows.show_account(window, "Krackhardt")
    part = window.inspector.person.ties
    for employee, person, closeness in TIES:
        window.desk.show_person(person_named(window, person).id)
        rest(50)
        part.other.show_choice(person_named(window, employee).id)
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
    window.desk.show_person(person_named(window, "7").id)
    rest(50)
    press(window, Key.Key_J, CTRL)
    windows.settle(window)
    assert window.desk.place.person == person_named(window, "7").id
    tab = window.navigation.account.tab(Tab.MAP)
    assert isinstance(tab, MapTab)
    windows.qtbot.waitUntil(
        lambda: bool(tab.seen_from.routes.findChildren(RouteCard)), timeout=5_000
    )
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


def staff_of(window: MainWindow) -> list[Person]:
    names = {name for name, *_ in COLLEAGUES}
    return [one for one in window.desk.records.all(Person).values() if one.name in names]
