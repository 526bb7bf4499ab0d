"""Every number opens its sum: by mouse and by keys, in tables, on cards and in the panels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from windowing import SHIFT, Key, Windows, dialog_answered, press, rest

from brm_desktop import language
from brm_desktop.domain.records import Dimension, Person, Stance
from brm_desktop.domain.sums.explanation import Explanation, SumLine, formula
from brm_desktop.domain.sums.scores import account_score
from brm_desktop.domain.sums.together import of_account, of_chain, of_routes
from brm_desktop.gui.desk import Page, Place, Selected, Tab
from brm_desktop.gui.dialogs.rule_settings import RuleBox
from brm_desktop.gui.dialogs.settings_dialog import SettingsDialog
from brm_desktop.gui.inspector.routes_part import RouteCard
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.people_tab import PeopleTab
from brm_desktop.gui.widgets.odds_panel import OddsPanel
from brm_desktop.gui.widgets.popover import Popover, SumButton, SumLabel, open_sum
from brm_desktop.gui.widgets.wrapping import PersonLink
from brm_desktop.rendering.sums import plain_sums

BIGGEST = "Huachen Equipment Group"
CHIEF = "Chen Guodong"


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


def popover(window: MainWindow) -> Popover:
    """The one popover that is open."""
    (found,) = window.findChildren(Popover)
    assert isinstance(found, Popover)
    return found


def is_closed(window: MainWindow) -> bool:
    """Whether no popover is open."""
    rest()
    return window.findChildren(Popover) == []


def words(shown: QWidget) -> str:
    """Everything that a popover shows."""
    said = (part.text() for part in shown.findChildren(QLabel))
    return "\n".join(said).replace("\u200b", "")


def chief(window: MainWindow) -> Person:
    """The general manager of the open account."""
    return next(one for one in window.desk.analysis().people if one.name == CHIEF)


def closeness(window: MainWindow) -> SumButton:
    """The number of the account's closeness in the inspector."""
    found = window.inspector.account.findChildren(SumButton)
    return next(one for one in found if one.property("kind") == "score")


def live(window: MainWindow) -> Place:
    """The chain of the sample's live project."""
    analysis = window.desk.analysis()
    project = next(one for one in analysis.projects if one.name.startswith("2027 Line"))
    return Place(Page.ACCOUNT, analysis.account, Tab.CHAINS, project.id)


def test_a_popover_says_the_words_of_the_json_for_every_kind_of_number(at_map: MainWindow) -> None:
    analysis = at_map.desk.analysis()
    project = live(at_map).project
    assert project is not None
    found = [*of_account(analysis), *of_chain(analysis, project)]
    found += of_routes(analysis, analysis.routes_to(chief(at_map).id))
    kinds = {one.number: one for one in reversed(found)}
    assert len(kinds) > 20
    for one, plain in zip(kinds.values(), plain_sums(list(kinds.values())), strict=True):
        shown = open_sum(one, at_map.look, at_map)
        said = words(shown)
        for part in ("title", "total", "rule"):
            assert str(plain[part]) in said
        for line in plain["lines"]:  # type: ignore[attr-defined]  # a list of lines
            for part in ("label", "part", "adds", "note"):
                assert line[part] is None or line[part] in said
        assert shown.accessibleDescription() == plain["text"]
        shown.close()
        rest(1)


def test_a_number_is_opened_by_mouse_and_its_person_is_gone_to_by_mouse(
    at_map: MainWindow,
) -> None:
    QTest.mouseClick(closeness(at_map), Qt.MouseButton.LeftButton)
    link = popover(at_map).findChildren(PersonLink)[0]
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert is_closed(at_map)
    assert at_map.desk.selection == Selected(people=(chief(at_map).id,))


def test_a_number_is_opened_walked_copied_and_left_by_keys(at_map: MainWindow) -> None:
    number = closeness(at_map)
    number.setFocus()
    press(at_map, Key.Key_Return)
    shown = popover(at_map)
    press(at_map, Key.Key_Tab)
    first = QApplication.focusWidget()
    assert isinstance(first, PersonLink)
    press(at_map, Key.Key_Down)
    assert QApplication.focusWidget() is not first
    press(at_map, Key.Key_Up)
    assert QApplication.focusWidget() is first
    press(at_map, Key.Key_Tab, SHIFT)
    press(at_map, Key.Key_Tab, SHIFT)
    assert popover(at_map) is shown
    press(at_map, Key.Key_Return)
    assert QGuiApplication.clipboard().text() == shown.shown.text
    assert "100 × 40 = 4,000" in QGuiApplication.clipboard().text()
    press(at_map, Key.Key_PageDown)
    press(at_map, Key.Key_PageUp)
    press(at_map, Key.Key_Escape)
    assert is_closed(at_map)
    assert QApplication.focusWidget() is number


def test_enter_on_a_person_of_a_sum_goes_to_him(at_map: MainWindow) -> None:
    closeness(at_map).setFocus()
    press(at_map, Key.Key_F3)
    press(at_map, Key.Key_Tab)
    press(at_map, Key.Key_Return)
    assert is_closed(at_map)
    assert at_map.desk.selection == Selected(people=(chief(at_map).id,))


def test_a_sum_goes_when_the_keys_go_elsewhere(at_map: MainWindow) -> None:
    closeness(at_map).click()
    popover(at_map)
    at_map.inspector.account.industry.setFocus()
    assert is_closed(at_map)


@pytest.mark.parametrize("width", [1100, 1400])
def test_a_sum_is_never_off_the_window_however_long_its_names(
    at_map: MainWindow, width: int
) -> None:
    at_map.resize(width, 700)
    rest()
    long = SumLine("长" * 500, part=formula("1 × 1"), person=chief(at_map).id)
    plain = SumLine("x" * 500, note=formula("{n}", n="y" * 300))
    lines = (long, plain) * 150
    title = formula("{n}", n="z" * 200)
    sum_of_all = Explanation("all", title, formula("1"), lines, formula("="), formula("?"))
    for corner in (QPoint(0, 0), QPoint(width - 4, 0), QPoint(0, 690), QPoint(width - 4, 690)):
        spot = QWidget(at_map)
        spot.setGeometry(corner.x(), corner.y(), 4, 10)
        spot.show()
        shown = open_sum(sum_of_all, at_map.look, spot, go=at_map.desk.show_person)
        rest()
        assert at_map.rect().contains(shown.geometry())
        for part in shown.findChildren(QLabel):
            inside = part.mapTo(shown, QPoint(0, 0)).x() + part.width()
            assert inside <= shown.width()
        assert "100 more lines" in words(shown)
        shown.close()
        spot.deleteLater()
        rest(1)


def test_the_person_s_numbers_marks_and_scores_open_their_sums(at_map: MainWindow) -> None:
    at_map.desk.show_person(chief(at_map).id)
    rest()
    head = at_map.inspector.person.head
    titles = []
    scores = at_map.inspector.person.scores.sliders.values()
    for number in (*head.numbers, *head.kinds, *(one.note for one in scores)):
        if number.isVisible():
            number.click()
            titles.append(popover(at_map).shown.title)
            popover(at_map).close()
            rest(1)
    assert titles[:3] == [f"{one} of {CHIEF}" for one in ("Power", "Influence", "Importance")]
    assert f"{CHIEF}: key person" in titles
    assert titles[-3] == f"Closeness of {CHIEF}"


def test_a_cell_s_number_opens_by_key_and_by_its_menu(windows: Windows, at_map: MainWindow) -> None:
    account = at_map.desk.place.account
    windows.go(at_map, Place(Page.ACCOUNT, account, Tab.PEOPLE))
    (tab,) = at_map.findChildren(PeopleTab)
    table = tab.table
    columns = [column.title.text for column in tab.model.columns]
    cell = table.model().index(0, columns.index("Importance"))
    table.setCurrentIndex(cell)
    table.setFocus()
    press(at_map, Key.Key_F3)
    assert popover(at_map).shown.title.startswith("Importance of")
    press(at_map, Key.Key_Escape)
    assert is_closed(at_map)
    power = table.model().index(0, columns.index("Power"))
    assert "right-click to ask why" in str(power.data(Qt.ItemDataRole.ToolTipRole))
    menu = table.menu_of(power)
    assert menu is not None
    menu.actions()[0].trigger()
    assert popover(at_map).shown.title.startswith("Power of")
    press(at_map, Key.Key_Escape)
    name = table.model().index(0, 0)
    assert table.menu_of(name) is None
    table.setCurrentIndex(name)
    press(at_map, Key.Key_F3)
    assert is_closed(at_map)


def test_the_accounts_page_explains_an_account_that_is_not_open(
    windows: Windows, sample: MainWindow
) -> None:
    windows.go(sample, Place(Page.ACCOUNTS))
    windows.settle(sample)
    page = sample.navigation.accounts
    titles = [column.title.text for column in page.model.columns]
    cell = page.table.model().index(0, titles.index("Closeness"))
    page.table.setCurrentIndex(cell)
    page.table.setFocus()
    press(sample, Key.Key_F3)
    assert popover(sample).shown.title.startswith("Closeness of")


def test_the_selected_card_opens_the_sum_of_what_colours_it(
    windows: Windows, at_map: MainWindow
) -> None:
    press(at_map, Key.Key_F3)
    assert is_closed(at_map)
    canvas = at_map.navigation.account.pane
    assert canvas is not None
    assert canvas.canvas is not None
    at_map.desk.show_person(chief(at_map).id)
    canvas.canvas.setFocus()
    press(at_map, Key.Key_F3)
    assert popover(at_map).shown.title == f"Closeness of {CHIEF}"
    press(at_map, Key.Key_Escape)
    assert QApplication.focusWidget() is canvas.canvas
    windows.go(at_map, live(at_map))
    pane = at_map.navigation.account.pane
    assert pane is not None
    assert pane.canvas is not None
    at_map.desk.show_person(chief(at_map).id)
    pane.canvas.setFocus()
    press(at_map, Key.Key_F3)
    assert popover(at_map).shown.title == f"Closeness of {CHIEF}"


def test_points_gains_caps_and_the_record_of_the_odds_panel_open_their_sums(
    windows: Windows, at_map: MainWindow
) -> None:
    windows.go(at_map, live(at_map))
    (panel,) = at_map.findChildren(OddsPanel)
    titles = set()
    for number in panel.findChildren(SumButton):
        if number.isVisible():
            number.click()
            titles.add(popover(at_map).shown.number)
            popover(at_map).close()
            rest(1)
    for sentence in panel.findChildren(SumLabel):
        if sentence.isVisible():
            sentence.setFocus()
            press(at_map, Key.Key_Return)
            titles.add(popover(at_map).shown.number)
            popover(at_map).close()
            rest(1)
    expected = {"chain.odds", "chain.value", "chain.cap", "chain.target", "seller.record"}
    assert titles == expected


def test_a_route_and_the_tie_that_would_open_one_explain_themselves(at_map: MainWindow) -> None:
    at_map.desk.show_person(chief(at_map).id)
    rest()
    part = at_map.inspector.person.routes
    card = part.findChildren(RouteCard)[0]
    card.value.click()
    assert popover(at_map).shown.total == "80% × 90% = 72%"
    popover(at_map).close()
    rest(1)
    for sentence, number in ((part.opening, "route.opening"), (part.rival, "route.step")):
        if sentence.isVisible():
            QTest.mouseClick(sentence, Qt.MouseButton.LeftButton)
            assert popover(at_map).shown.number == number
            popover(at_map).close()
            rest(1)


def test_a_rule_that_is_changed_counts_at_once_and_the_sums_say_it(at_map: MainWindow) -> None:
    def answer(dialog: object) -> None:
        assert isinstance(dialog, SettingsDialog)
        boxes = {box.accessibleName(): box for box in dialog.findChildren(RuleBox)}
        boxes["Strong from"].setValue(60)
        boxes["What “supporter” is worth"].setValue(0.8)
        boxes["Share of closeness"].setValue(50)
        assert boxes["Share of price acceptance"].value() == 25
        boxes["What “supporter” is worth"].setValue(0.3)
        assert boxes["What “supporter” is worth"].value() == 0.8
        dialog.accept()

    with dialog_answered(answer):
        at_map.commands.run("settings")
    rules = at_map.desk.session.settings.rules
    assert rules.strong_from == 60
    assert sum(rules.potential_weights.values()) == 1
    assert float(rules.stance_values[Stance.SUPPORTER]) == 0.8
    closeness_sum = at_map.inspector.account.bands
    closeness_sum.click()
    assert "strong from 60" in popover(at_map).shown.rule


def test_the_usual_numbers_come_back_with_one_press(at_map: MainWindow) -> None:
    def answer(dialog: object) -> None:
        assert isinstance(dialog, SettingsDialog)
        boxes = {box.accessibleName(): box for box in dialog.findChildren(RuleBox)}
        boxes["Weight of the approver"].setValue(50)
        assert dialog.rules.again.isEnabled()
        dialog.rules.again.click()
        assert boxes["Weight of the approver"].value() == 30
        assert not dialog.rules.again.isEnabled()
        dialog.accept()

    with dialog_answered(answer):
        at_map.commands.run("settings")


def test_shares_end_as_they_were_typed_and_what_is_out_of_bounds_is_said(
    at_map: MainWindow,
) -> None:
    wanted = {"revenue": 45, "demonstration effect": 25, "winnable and doable": 20, "potential": 10}
    warned = list[str]()
    at_map.messages.warned.connect(warned.append)

    def answer(dialog: object) -> None:
        assert isinstance(dialog, SettingsDialog)
        boxes = {box.accessibleName(): box for box in dialog.findChildren(RuleBox)}
        for name, value in wanted.items():
            boxes[f"Weight of {name}"].setValue(value)
        assert {name: boxes[f"Weight of {name}"].value() for name in wanted} == wanted
        boxes["Weight of potential"].setValue(30)
        assert sum(boxes[f"Weight of {name}"].value() for name in wanted) == 100
        before = boxes["Key accounts: the first"].value()
        boxes["Key accounts: the first"].setValue(150)
        assert boxes["Key accounts: the first"].value() == before
        assert warned == ["Key accounts: the first: a number from 1 to 100."]
        QTest.keyClick(boxes["Routes shown"], Qt.Key.Key_Return)
        assert dialog.isVisible()
        dialog.accept()

    with dialog_answered(answer):
        at_map.commands.run("settings")


def test_key_accounts_are_not_chosen_by_sales_alone(at_map: MainWindow) -> None:
    def answer(dialog: object) -> None:
        assert isinstance(dialog, SettingsDialog)
        boxes = {box.accessibleName(): box for box in dialog.findChildren(RuleBox)}
        boxes["Weight of revenue"].setValue(100)
        assert boxes["Weight of revenue"].value() == 30
        boxes["Weight of revenue"].setValue(51)
        assert boxes["Weight of potential"].value() == 21
        boxes["Key accounts: the first"].setValue(25)
        boxes["Strategic accounts: the first"].setValue(30)
        assert boxes["Strategic accounts: the first"].value() == 5
        dialog.accept()

    with dialog_answered(answer):
        at_map.commands.run("settings")
    rules = at_map.desk.session.settings.rules
    assert sum(rules.composite_weights.values()) == 1
    assert (float(rules.key_share), float(rules.strategic_share)) == (0.25, 0.05)


def test_a_sum_speaks_the_language_in_use(at_map: MainWindow) -> None:
    language.use("zh_CN")
    analysis = at_map.desk.analysis()
    shown = open_sum(account_score(analysis, Dimension.CLOSENESS), at_map.look, at_map)
    assert "2026年" in words(shown) or "2025年" in words(shown) or "月" in words(shown)
    language.use("en")
