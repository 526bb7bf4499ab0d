"""The reviews of an account: those in turn are noted, and a WHCSE review is written and kept."""

from __future__ import annotations

import pytest
from windowing import Key, Windows, press, type_text

from brm_desktop.domain.records import AccountId, Review, ReviewKind
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.portfolio.whcse_page import WhcsePage
from brm_desktop.session.session import Session

NAME = "Haisheng Port Group"


def show(window: MainWindow, windows: Windows, name: str) -> AccountId:
    account = window.desk.session.find_account(name)
    windows.go(window, Place(Page.WHCSE, account))
    return account


@pytest.fixture
def page(sample: MainWindow, windows: Windows) -> WhcsePage:
    """The reviews of an account with some."""
    show(sample, windows, NAME)
    found = sample.findChild(WhcsePage)
    assert isinstance(found, WhcsePage)
    return found


def reviews(window: MainWindow, kind: ReviewKind) -> list[Review]:
    account = window.desk.session.find_account(NAME)
    found = window.desk.records.where(Review, account=account)
    held = [one for one in found if one.kind is kind]
    return sorted(held, key=lambda one: one.held_on, reverse=True)


def test_what_is_known_stands_beside_what_is_to_be_written(page: WhcsePage) -> None:
    known = page.form.known
    assert "Jiang Wentao · Chairman · importance 100" in known["who"].text()
    assert "Owner: Zhang Fan" in known["how_managed"].text()
    assert "Smart Gate: " in known["coverage"].text()
    assert "Closeness 48 → 55" in known["evaluation"].text()
    assert page.form.written["coverage"].placeholderText().startswith("Last time: ")
    assert page.form.state.text().startswith("Last reviewed on ")


def say(page: WhcsePage, name: str, text: str) -> None:
    """Write into a field of the form, and leave it."""
    page.form.written[name].setFocus()
    page.form.written[name].setPlainText(text)
    page.form.written[name].commit()


def test_what_is_said_is_kept_at_once_as_one_review_of_today(
    page: WhcsePage, sample: MainWindow
) -> None:
    before = len(reviews(sample, ReviewKind.WHCSE))
    say(page, "strategy", "Win the terminal manager")
    for name, value in (("seller_qualified", True), ("account_qualified", False)):
        page.form.checks[name].picked.emit(value)
    found = reviews(sample, ReviewKind.WHCSE)
    assert len(found) == before + 1
    newest = found[0]
    assert (newest.strategy, newest.held_on) == (
        "Win the terminal manager",
        sample.desk.session.today(),
    )
    checks = (newest.account_qualified, newest.seller_qualified, newest.management_qualified)
    assert checks == (False, True, None)
    assert page.form.written["strategy"].toPlainText() == "Win the terminal manager"
    assert page.form.checks["seller_qualified"].chosen is True
    assert page.model.rows[0].id == newest.id
    page.table.selectRow(0)
    assert "Win the terminal manager" in page.told.text()
    for _ in range(3):
        sample.commands.run("undo")
    assert len(reviews(sample, ReviewKind.WHCSE)) == before
    assert page.form.written["strategy"].toPlainText() == ""


def test_what_was_remarked_in_a_review_can_be_read_in_the_list(
    page: WhcsePage, sample: MainWindow
) -> None:
    page.cadence.remarked.emit(ReviewKind.IMPORTANCE, "Twice as much\nas before")
    newest = reviews(sample, ReviewKind.IMPORTANCE)[0]
    row = [one.id for one in page.model.rows].index(newest.id)
    shown = page.model.index(row, 1).data()
    assert shown == "Review of importance · Twice as much as before"
    page.table.selectRow(row)
    assert page.told.text().endswith("Twice as much\nas before")


def test_the_review_before_stays_the_one_to_compare_with(page: WhcsePage) -> None:
    said, hint = page.form.state.text(), page.form.written["coverage"].placeholderText()
    say(page, "remarks", "Begun")
    assert page.form.state.text() == said
    assert page.form.written["coverage"].placeholderText() == hint


def test_escape_leads_back_and_keeps_what_was_written(
    page: WhcsePage, sample: MainWindow, windows: Windows
) -> None:
    account = sample.desk.session.find_account(NAME)
    back = Place(Page.ACCOUNT, account, Tab.PROJECTS)
    windows.go(sample, back)
    show(sample, windows, NAME)
    page.form.written["strategy"].setFocus()
    type_text(page, "Go on")
    press(page, Key.Key_Escape)
    windows.settle(sample)
    assert sample.desk.place == back
    assert reviews(sample, ReviewKind.WHCSE)[0].strategy == "Go on"


@pytest.mark.parametrize("kind", [ReviewKind.IMPORTANCE, ReviewKind.NEEDS, ReviewKind.CLOSENESS])
def test_a_review_in_turn_is_noted_with_its_remarks(
    page: WhcsePage, sample: MainWindow, kind: ReviewKind
) -> None:
    line = page.cadence.lines[kind]
    assert line.remark is not None
    assert line.record is not None
    before = len(reviews(sample, kind))
    line.remark.setText("All as before")
    line.record.click()
    newest = reviews(sample, kind)[0]
    assert (newest.remarks, newest.held_on) == ("All as before", sample.desk.session.today())
    assert "due on" in line.state.text()
    line.record.click()
    assert len(reviews(sample, kind)) == before + 1, "it was held once"


def remarked(page: WhcsePage, text: str) -> None:
    """Type remarks on the review of needs, and go elsewhere without pressing its button."""
    remark = page.cadence.lines[ReviewKind.NEEDS].remark
    assert remark is not None
    remark.setFocus()
    remark.selectAll()
    type_text(page, text)


def test_remarks_on_a_review_in_turn_are_kept_without_its_button(
    page: WhcsePage, sample: MainWindow, windows: Windows
) -> None:
    before = reviews(sample, ReviewKind.NEEDS)
    remarked(page, "Two new sites")
    page.table.setFocus()
    (newest, *others) = reviews(sample, ReviewKind.NEEDS)
    assert (newest.remarks, newest.held_on) == ("Two new sites", sample.desk.session.today())
    assert others == before
    remarked(page, "Three new sites")
    show(sample, windows, "Beichen Rail Transit")
    shown = page.cadence.lines[ReviewKind.NEEDS].remark
    assert shown is not None
    assert shown.text() == ""
    (newest, *others) = reviews(sample, ReviewKind.NEEDS)
    assert newest.remarks == "Three new sites", "they stay those of their account"
    assert others == before, "and one review"
    show(sample, windows, NAME)
    assert shown.text() == "Three new sites"
    for _ in range(2):
        sample.commands.run("undo")
    assert reviews(sample, ReviewKind.NEEDS) == before
    assert shown.text() == ""


def test_remarks_that_are_being_typed_are_kept_when_the_window_closes(
    page: WhcsePage, sample: MainWindow
) -> None:
    remarked(page, "Half a thought")
    account, store = sample.desk.session.find_account(NAME), sample.desk.session.path
    sample.close()
    with Session.open(store) as session:
        session.open_account(account)
        said = {one.remarks for one in session.records.where(Review, account=account)}
    assert "Half a thought" in said


def test_what_is_written_last_is_kept_for_its_account_when_another_is_looked_at(
    page: WhcsePage, sample: MainWindow, windows: Windows
) -> None:
    page.form.written["remarks"].setFocus()
    page.form.written["remarks"].setPlainText("Half a thought")
    show(sample, windows, "Beichen Rail Transit")
    assert page.form.written["remarks"].toPlainText() == ""
    assert reviews(sample, ReviewKind.WHCSE)[0].remarks == "Half a thought"
    show(sample, windows, NAME)
    assert page.form.written["remarks"].toPlainText() == "Half a thought"


def test_a_review_is_removed_and_comes_again_by_undo(page: WhcsePage, sample: MainWindow) -> None:
    before = [one.id for one in page.model.rows]
    page.table.delete_asked.emit(before[:1])
    assert [one.id for one in page.model.rows] == before[1:]
    sample.commands.run("undo")
    assert [one.id for one in page.model.rows] == before


def test_an_account_without_reviews_says_so(
    page: WhcsePage, sample: MainWindow, windows: Windows
) -> None:
    show(sample, windows, "Bluebay Logistics")
    assert page.form.state.text().startswith("Never reviewed yet")
    say(page, "strategy", "Grow")
    assert page.form.state.text().startswith("Last reviewed on "), "it was, just now"
    sample.commands.run("undo")
    assert page.form.state.text().startswith("Never reviewed yet")
    assert page.form.known["evaluation"].text() == "There is no review to compare with yet"
    assert page.form.known["coverage"].text() == "No live project"
