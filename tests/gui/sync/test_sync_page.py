"""Taking part in the company's asset from the window: join, look, choose, send, take in, stop."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from company import Company, send
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QMessageBox
from two_reps import EDIT, Reps
from windowing import Key, Windows, dialog_answered, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.records import Choice, Person
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.history_tab import HistoryTab
from brm_desktop.gui.sync.join_dialog import JoinDialog
from brm_desktop.gui.sync.leaving import Subject
from brm_desktop.gui.sync.page import SyncPage
from brm_desktop.gui.sync.taking_part import TakingPart
from brm_desktop.gui.sync.tree_part import TreePart
from brm_desktop.session import syncing

ALT = Qt.KeyboardModifier.AltModifier
TREE = Qt.ItemDataRole.DisplayRole


def sync_page(windows: Windows, window: MainWindow) -> SyncPage:
    """The Sync page by its key, once it has looked through the store."""
    press(window, Key.Key_S, ALT)
    windows.qtbot.waitUntil(lambda: window.desk.place.page is Page.SYNC, timeout=5_000)
    page = window.pages.currentWidget()
    assert isinstance(page, SyncPage)
    windows.settle(window)
    assert page.seen is not None
    return page


def part(page: SyncPage) -> TakingPart:
    """What is shown to whoever takes part."""
    assert page.taking_part is not None
    return page.taking_part


def lines(tree: TreePart) -> list[tuple[str, ...]]:
    """Every line of a tree that is open, with its cells."""
    found = []
    index = tree.model.index(0, 0)
    while index.isValid():
        found.append(tuple(str(index.siblingAtColumn(at).data(TREE)) for at in range(3)))
        index = tree.tree.indexBelow(index)
    return found


def go_to(part: TreePart, first: str, second: str = "") -> None:
    """Walk down an open tree with the arrows to a line."""
    part.tree.setFocus()
    press(part, Key.Key_Home)
    for _ in range(200):
        cells = [part.tree.currentIndex().siblingAtColumn(at).data(TREE) for at in range(2)]
        if cells[0] == first and (not second or cells[1] == second):
            return
        press(part, Key.Key_Down)
    raise AssertionError((first, lines(part)))


def test_a_store_joins_with_a_typed_invitation(
    windows: Windows, company: Company, tmp_path: Path
) -> None:
    company.store("Wang Min").close()
    invitation = company.invite("Wang Min")
    window = windows.open(tmp_path / "Wang Min.brm")
    page = sync_page(windows, window)
    assert page.empty.isVisible()
    assert page.join_button.hasFocus()

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, JoinDialog)
        type_text(dialog, str(tmp_path / "none.brmi"))
        press(dialog, Key.Key_Return)
        windows.qtbot.waitUntil(dialog.problem.isVisible, timeout=5_000)
        assert "none.brmi" in dialog.problem.text()
        dialog.invitation.setFocus()
        dialog.invitation.selectAll()
        type_text(dialog, str(invitation))
        press(dialog, Key.Key_Return)

    with dialog_answered(answer):
        press(window, Key.Key_Space)
    windows.settle(window)
    assert part(page).state.isVisible()
    assert part(page).state.name.text() == "华东 asset"
    assert part(page).state.fact("taken") == "not yet"
    part(page).send()
    windows.settle(window)
    assert "has not taken this store in yet" in window.toast.accessibleName()
    company.merge()
    press(window, Key.Key_F9)
    windows.settle(window)
    assert part(page).state.fact("taken") != "not yet"


def test_an_invitation_may_be_dropped_onto_the_page(
    windows: Windows, company: Company, tmp_path: Path
) -> None:
    company.store("Wang Min").close()
    invitation = company.invite("Wang Min")
    window = windows.open(tmp_path / "Wang Min.brm")
    page = sync_page(windows, window)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(invitation))])

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, JoinDialog)
        assert dialog.invitation.text() == str(invitation)
        press(dialog, Key.Key_Escape)

    with dialog_answered(answer):
        page.dropEvent(
            QDropEvent(
                QPointF(9, 9),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
    assert page.empty.isVisible()


def test_every_value_that_would_leave_is_shown_and_just_that_leaves(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    desk = window.desk
    desk.session.open_account(reps.acme)
    desk.edit(EDIT, edits.revise_person, reps.chief, title="President", notes="tennis")
    page = sync_page(windows, window)
    assert part(page).leaving.sentence.text() == "1 field of one person"
    assert ("Title", "President", "account team") in lines(part(page).leaving)
    assert "tennis" not in str(lines(part(page).leaving))
    part(page).tabs.bar.setCurrentIndex(1)
    part(page).staying.tree.expandAll()
    assert ("Notes", "tennis", "You chose that it never leaves.") in lines(part(page).staying)
    part(page).send_button.setFocus()
    press(window, Key.Key_Space)
    windows.settle(window)
    assert "Sent: 1 field" in window.toast.accessibleName()
    assert part(page).leaving.sentence.text() == "Nothing would leave."
    assert part(page).state.fact("waiting") == "1"
    reps.company.merge()
    syncing_li = syncing.pull(reps.li)
    reps.li.show_written(syncing_li.written)
    chief = reps.li.all_records().one(Person, reps.chief)
    assert (chief.title, chief.notes) == ("President", "")


def test_a_field_is_kept_from_the_tree_and_undo_lets_it_leave_again(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    window.desk.edit(EDIT, edits.revise_person, reps.chief, title="President")
    page = sync_page(windows, window)
    go_to(part(page).leaving, "Title")
    choice = part(page).leaving.bar.choice
    choice.setFocus()
    for _ in range(2):
        press(window, Key.Key_Down)  # never, then only me
    windows.settle(window)
    part(page).leaving.tree.expandAll()
    assert ("Title", "President", "account team") not in lines(part(page).leaving)
    assert ("Title", "President (taken back)", "account team") in lines(part(page).leaving)
    window.commands.run("undo")
    window.commands.run("undo")
    windows.settle(window)
    part(page).leaving.tree.expandAll()
    assert ("Title", "President", "account team") in lines(part(page).leaving)


def test_what_is_asked_for_leaves_once_it_is_let(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    window.desk.edit(EDIT, edits.revise_person, reps.chief, power=70)
    page = sync_page(windows, window)
    part(page).leaving.tree.expandAll()
    go_to(part(page).leaving, "Chief: power", "70")
    part(page).leaving.bar.let.setFocus()
    press(window, Key.Key_Space)
    windows.settle(window)
    part(page).leaving.tree.expandAll()
    assert ("Power", "70", "account team") in lines(part(page).leaving)


def test_sync_now_says_what_was_sent_and_what_came(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    page = sync_page(windows, window)
    reps.li.open_account(reps.acme)
    reps.li.edit(EDIT, edits.add_person, account=reps.acme, name="Newcomer")
    reps.li_sends()
    press(window, Key.Key_F9)
    windows.settle(window)
    said = window.toast.accessibleName()
    assert "Nothing new was sent. Records that came: " in said
    assert said.endswith("nothing is in conflict.")
    assert window.desk.refusing is None
    assert part(page).now.isEnabled()
    asked: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        asked.append(dialog.text())
        if len(asked) > 1:
            press(dialog, Key.Key_Left)
        press(dialog, Key.Key_Space)

    for stays in (True, False):
        with dialog_answered(answer):
            window.commands.run("undo")
        windows.settle(window)
        names = {one.name for one in window.desk.session.all_records().all(Person).values()}
        assert ("Newcomer" in names) is stays
    assert "came from colleagues" in asked[0]
    press(window, Key.Key_F9)
    windows.settle(window)
    assert "Sent: 1 deletion. Records that came: 0" in window.toast.accessibleName()


def test_an_asset_that_went_back_to_its_backup_is_told_of_and_told(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    page = sync_page(windows, window)
    store, company = window.desk.session.shared_store, reps.company
    link = store.link()
    assert link is not None
    store.save_link(replace(link, cursor=link.cursor + 9))
    company.now += timedelta(days=2)
    company.merge()
    part(page).take_button.click()
    windows.settle(window)
    assert "knows less than it had told" in window.toast.accessibleName()
    company.merge()
    part(page).take_button.click()
    windows.settle(window)
    assert window.toast.accessibleName().endswith("nothing is in conflict.")


def test_a_stick_takes_the_place_of_the_folder(
    windows: Windows, reps: Reps, tmp_path: Path
) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    window.desk.edit(EDIT, edits.revise_person, reps.chief, title="President")
    page = sync_page(windows, window)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert page.seen is not None
    window.syncing.send(page.seen.prepared, str(stick))
    windows.settle(window)
    assert [*stick.rglob("*.brmb")]


def test_a_folder_that_is_gone_is_said_and_nothing_is_lost(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    page = sync_page(windows, window)
    away = reps.company.home.with_name("away")
    shutil.move(reps.company.home, away)
    part(page).take_button.setFocus()
    press(window, Key.Key_Space)
    windows.settle(window)
    assert window.toast.property("warning")
    assert window.desk.refusing is None
    shutil.move(away, reps.company.home)
    press(window, Key.Key_Space)
    windows.settle(window)
    assert "Records that came" in window.toast.accessibleName()


def test_nothing_is_edited_while_work_comes_in_and_it_can_be_stopped(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    reps.li.open_account(reps.acme)
    reps.li.edit(EDIT, edits.add_person, account=reps.acme, name="Newcomer")
    reps.li_sends()
    sync_page(windows, window)
    window.commands.run("take_in")
    assert window.syncing.job is not None
    assert window.desk.edit(EDIT, edits.create_account, name="Beta") is None
    window.syncing.cancel()
    windows.settle(window)
    assert window.desk.refusing is None
    assert window.desk.edit(EDIT, edits.create_account, name="Beta") is not None
    assert window.desk.session.check() == []


def test_the_inspector_says_with_whom_a_person_is_shared(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    windows.go(window, Place(Page.ACCOUNT, reps.acme))
    window.desk.show_person(reps.chief)
    rest()
    part = window.inspector.person.sharing
    part.head.setFocus()
    press(window, Key.Key_Space)
    assert part.whole.currentText() == "usual: account team"
    assert part.written.text() == "Written by Wang Min"
    part.whole.setFocus()
    press(window, Key.Key_Down)
    windows.settle(window)
    chosen: list[object] = [part.whole.chosen]
    window.commands.run("undo")
    rest()
    chosen.append(part.whole.chosen)
    assert chosen == [Choice.NEVER, None]
    assert send(reps.li).operations == 0


def test_a_line_of_the_tree_tells_what_it_is_about(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    window.desk.edit(EDIT, edits.revise_person, reps.chief, title="President")
    page = sync_page(windows, window)
    go_to(part(page).leaving, "Title")
    about = part(page).leaving.model.branch(part(page).leaving.tree.currentIndex()).about
    assert about == Subject(("person", reps.chief), reps.acme, "title")
    bar, high = part(page).leaving.bar, part(page).leaving.bar.height()
    press(part(page).leaving.tree, Key.Key_Home)
    rest()
    assert not bar.choice.isVisible()
    assert bar.height() == high, "the tree keeps its room whatever line is lit"


def test_the_history_names_the_colleague_whose_edit_came(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    reps.li.open_account(reps.acme)
    reps.li.edit(EDIT, edits.revise_person, reps.chief, title="Chair")
    reps.li_sends()
    window.commands.run("take_in")
    windows.settle(window)
    windows.go(window, Place(Page.ACCOUNT, reps.acme, Tab.HISTORY))
    tab = window.navigation.account.tab(Tab.HISTORY)
    assert isinstance(tab, HistoryTab)
    assert "Li Lei" in {step.first.author_name for step in tab.model.rows}


def test_the_history_says_in_words_what_stands_in_conflict_and_nothing_of_places(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    window.desk.session.open_account(reps.acme)
    reps.li.open_account(reps.acme)
    for title, edit in (("Chair", reps.li.edit), ("President", window.desk.edit)):
        edit(EDIT, edits.lay_out, reps.acme, {reps.chief: (len(title), 8)})
        edit(EDIT, edits.revise_person, reps.chief, title=title)
    reps.li_sends()
    window.commands.run("take_in")
    windows.settle(window)
    windows.go(window, Place(Page.ACCOUNT, reps.acme, Tab.HISTORY))
    tab = window.navigation.account.tab(Tab.HISTORY)
    assert isinstance(tab, HistoryTab)
    tab.table.selectRow(0)
    told = [
        [str(tab.details.index(row, column).data()) for column in range(5)]
        for row in range(tab.details.rowCount())
    ]
    (conflict,) = [cells for cells in told if cells[0] == "conflict"]
    assert conflict[:3] == ["conflict", "Chief", "Title"]
    assert {"Chair", "President"} & set(conflict)
