"""One list of what is to be looked at: settled by keys alone, and taken back."""

from __future__ import annotations

from company import share, take
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from two_reps import EDIT, Reps
from windowing import Key, Windows, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.records import Choice, LineKind, Person, ReportingLine
from brm_desktop.gui.desk import Page
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.review.page import Listed, ReviewPage

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def review_page(windows: Windows, window: MainWindow) -> ReviewPage:
    """The review by its key, once the store was looked through."""
    press(window, Key.Key_R, ALT)
    windows.qtbot.waitUntil(lambda: window.desk.place.page is Page.REVIEW, timeout=5_000)
    page = window.pages.currentWidget()
    assert isinstance(page, ReviewPage)
    windows.settle(window)
    return page


def both_write(windows: Windows, reps: Reps, **fields: tuple[object, object]) -> MainWindow:
    """Both write the person they share at once; then what Li Lei wrote is taken in."""
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    reps.li.open_account(reps.acme)
    for name, (mine, theirs) in fields.items():
        window.desk.edit(EDIT, edits.revise_person, reps.chief, **{name: mine})
        reps.li.edit(EDIT, edits.revise_person, reps.chief, **{name: theirs})
    take_in(windows, reps, window)
    return window


def take_in(windows: Windows, reps: Reps, window: MainWindow) -> None:
    """What Li Lei did, and what the window's rep did, comes together here."""
    reps.li_sends()
    window.commands.run("sync_now")
    windows.settle(window)


def person(window: MainWindow, reps: Reps) -> Person:
    return window.desk.records.one(Person, reps.chief)


def listed(page: ReviewPage) -> Listed:
    return page.listed


def said(page: ReviewPage) -> str:
    """All that is on show beside the list."""
    return "\n".join(one.text() for one in page.sides.findChildren(QLabel) if one.isVisible())


def test_a_conflict_is_shown_side_by_side_with_who_and_settled_by_a_digit(
    windows: Windows, reps: Reps
) -> None:
    window = both_write(windows, reps, title=("President", "Chair"))
    windows.qtbot.waitUntil(lambda: window.rail.buttons["show_review"].count == 1, timeout=9_000)
    assert "to be looked at: 1" in window.toast.accessibleName()
    page = review_page(windows, window)
    shown = said(page)
    assert "President" in shown
    assert "Chair" in shown
    assert "Wang Min" in shown
    assert "Li Lei" in shown
    before = person(window, reps).title
    other = "Chair" if before == "President" else "President"
    press(window, Key.Key_2)
    windows.settle(window)
    assert person(window, reps).title == other
    assert page.empty.isVisible()
    assert window.rail.buttons["show_review"].count == 0
    assert "Settled: “Chief" in window.toast.accessibleName()
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest(1_700)
    windows.settle(window)
    assert person(window, reps).title == before
    assert len(page.model.rows) == 1


def test_another_value_may_be_typed(windows: Windows, reps: Reps) -> None:
    window = both_write(windows, reps, title=("President", "Chair"))
    page = review_page(windows, window)
    page.sides.field.setFocus()
    type_text(window, "Chair 2")
    assert person(window, reps).title in {"President", "Chair"}, "a digit typed is a digit"
    press(window, Key.Key_Return)
    windows.settle(window)
    assert person(window, reps).title == "Chair 2"
    assert page.empty.isVisible()


def test_a_word_is_chosen_from_its_set(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    share(window.desk.session, reps.acme, opinions=Choice.TEAM)
    share(reps.li, reps.acme, opinions=Choice.TEAM)
    window.desk.edit(EDIT, edits.revise_person, reps.chief, power=50)
    reps.li.edit(EDIT, edits.revise_person, reps.chief, power=60)
    take_in(windows, reps, window)
    page = review_page(windows, window)
    assert page.sides.field.isVisible()
    page.sides.field.setFocus()
    type_text(window, "many")
    press(window, Key.Key_Return)
    assert page.sides.field.property("wrong")
    page.sides.field.selectAll()
    type_text(window, "55")
    press(window, Key.Key_Return)
    windows.settle(window)
    assert person(window, reps).power == 55


def test_the_keys_walk_the_list_and_choose(windows: Windows, reps: Reps) -> None:
    window = both_write(windows, reps, title=("President", "Chair"), name=("Chief", "Boss"))
    page = review_page(windows, window)
    names = [one.about for one in page.model.rows]
    assert len(names) >= 1
    first = page.table.keys()
    press(window, Key.Key_F6)
    after = page.table.keys()
    press(window, Key.Key_F6, SHIFT)
    assert page.table.keys() == first
    assert after != first or len(names) == 1
    press(window, Key.Key_1, ALT)
    windows.settle(window)
    assert len(page.model.rows) == len(names) - 1


def test_all_that_is_marked_is_settled_by_one_choice_and_taken_back_by_one_undo(
    windows: Windows, reps: Reps
) -> None:
    window = both_write(windows, reps, title=("President", "Chair"), name=("Head", "Boss"))
    page = review_page(windows, window)
    assert len(page.model.rows) == 2
    before = person(window, reps)
    page.table.setFocus()
    press(window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "2 marked: a choice settles 2 of them" in page.count.text()
    press(window, Key.Key_2)
    windows.settle(window)
    after = person(window, reps)
    assert {after.title, before.title} == {"President", "Chair"}
    assert {after.name, before.name} == {"Head", "Boss"}
    assert "Settled: 2 conflicts" in window.toast.accessibleName()
    assert page.empty.isVisible()
    window.commands.run("undo")
    windows.settle(window)
    assert person(window, reps) == before


def test_what_was_deleted_and_edited_is_kept_or_deleted(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    reps.li.open_account(reps.acme)
    window.desk.edit(EDIT, edits.revise_person, reps.chief, title="President")
    reps.li.edit(EDIT, edits.remove_people, [reps.chief])
    take_in(windows, reps, window)
    page = review_page(windows, window)
    assert "Deleted by Li Lei, edited by Wang Min" in said(page)
    press(window, Key.Key_2)
    windows.settle(window)
    assert window.desk.records.get(Person, reps.chief) is None
    window.commands.run("undo")
    windows.settle(window)
    assert person(window, reps).title == "President"


def test_of_two_managers_one_is_chosen(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    session = window.desk.session
    session.open_account(reps.acme)
    heads = {}
    for name in ("First", "Second"):
        made = window.desk.edit(EDIT, edits.add_person, account=reps.acme, name=name)
        assert made is not None
        heads[name] = made.added(Person)[0].id
    take_in(windows, reps, window)
    reps.company.merge()
    take(reps.li)
    reps.li.open_account(reps.acme)
    window.desk.edit(EDIT, edits.set_manager, reps.chief, heads["First"])
    reps.li.edit(EDIT, edits.set_manager, reps.chief, heads["Second"])
    take_in(windows, reps, window)
    page = review_page(windows, window)
    assert "which line holds" in said(page)
    before = manager(window, reps)
    press(window, Key.Key_2)
    windows.settle(window)
    assert {before, manager(window, reps)} == set(heads.values())


def manager(window: MainWindow, reps: Reps) -> str:
    (line,) = (
        one
        for one in window.desk.records.where(ReportingLine, person=reps.chief)
        if one.kind is LineKind.SOLID
    )
    return line.manager


def test_two_of_one_are_joined_and_told_apart_again(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    window.desk.edit(
        EDIT, edits.add_person, account=reps.acme, name="Chief", phones=("13800138000",)
    )
    page = review_page(windows, window)
    shown = said(page)
    assert "the same name" in shown
    assert "the same organisation" in shown
    press(window, Key.Key_1)
    windows.settle(window)
    chiefs = [one for one in window.desk.records.all(Person).values() if one.name == "Chief"]
    assert len(chiefs) == 1
    assert chiefs[0].phones == ("13800138000",)
    page.which.setFocus()
    press(window, Key.Key_Down)
    windows.settle(window)
    assert len(page.model.rows) == 1
    page.table.setFocus()
    press(window, Key.Key_1)
    windows.settle(window)
    chiefs = [one for one in window.desk.records.all(Person).values() if one.name == "Chief"]
    assert len(chiefs) == 2


def test_two_who_are_not_the_same_are_not_asked_again_until_one_asks(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    window.desk.edit(EDIT, edits.add_person, account=reps.acme, name="Chief")
    page = review_page(windows, window)
    press(window, Key.Key_3)
    windows.settle(window)
    assert page.model.rows == []
    window.commands.run("undo")
    rest(1_700)
    windows.settle(window)
    assert len(page.model.rows) == 1


def test_those_who_only_may_be_one_are_listed_apart_and_not_counted_at_the_side(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    for _ in range(2):
        window.desk.edit(EDIT, edits.add_person, account=reps.acme, name="Wu Di")
    page = review_page(windows, window)
    assert listed(page) is Listed.PERHAPS
    assert page.which.currentText() == "Perhaps the same  1"
    assert page.count.text() == "1 thing to look at"
    assert window.rail.buttons["show_review"].count == 0
    for _ in range(2):
        window.desk.edit(EDIT, edits.add_person, account=reps.acme, name="Li Na", title="CIO")
    windows.settle(window)
    page.refresh()
    windows.settle(window)
    assert window.rail.buttons["show_review"].count == 1
    page.which.setFocus()
    press(window, Key.Key_Up)
    assert listed(page) is Listed.PRESSING
    assert [str(one.key) for one in page.model.rows] == [
        one.key for one in page.model.rows if one.is_pressing
    ]
