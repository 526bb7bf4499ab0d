"""The company's asset in the window: its report, the look at it, and the way back."""

from __future__ import annotations

from pathlib import Path

from company import take
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from two_reps import EDIT, Reps
from windowing import Key, Windows, dialog_answered, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.past_day import EDITS
from brm_desktop.gui.read_only import ORDERS
from brm_desktop.gui.sync.asset_dialog import AssetDialog
from brm_desktop.gui.sync.asset_page import AssetPage
from brm_desktop.gui.sync.page import SyncPage
from brm_desktop.gui.widgets.table import Table
from brm_desktop.session.asset_view import AssetView


def asset_page(windows: Windows, window: MainWindow, database: Path) -> AssetPage:
    """The report of the asset, asked for in the palette's words; the database is typed."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, AssetDialog)
        dialog.database.setFocus()
        type_text(dialog, str(database.with_name("none.brm")))
        press(dialog, Key.Key_Return)
        windows.qtbot.waitUntil(dialog.problem.isVisible, timeout=5_000)
        dialog.database.selectAll()
        type_text(dialog, str(database))
        press(dialog, Key.Key_Return)

    with dialog_answered(answer):
        window.commands.run("show_asset")
    windows.qtbot.waitUntil(lambda: window.desk.place.page is Page.ASSET, timeout=9_000)
    windows.settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, AssetPage)
    return page


def pressable(window: MainWindow) -> list[str]:
    """What on the page on show and in the inspector changes something and can be pressed."""
    parts = [
        one
        for place in filter(None, (window.pages.currentWidget(), window.inspector))
        for one in place.findChildren(QWidget)
        if one.isVisible() and one.isEnabled()
    ]
    buttons = [one for one in parts if one.property(EDITS)]
    tables = [one for one in parts if isinstance(one, Table) and not one.source.read_only]
    editable = [one for one in tables if any(column.change for column in one.source.columns)]
    return [
        one.text() if isinstance(one, QAbstractButton) else one.accessibleName()
        for one in (*buttons, *editable)
    ]


def test_the_report_lists_accounts_sellers_and_contributors(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)
    page = asset_page(windows, window, reps.company.folder / "asset.brm")
    assert [one.name for one in page.accounts.rows] == ["Acme"]
    assert [one.rep for one in page.contributors.rows] == ["Li Lei", "Wang Min"]
    assert page.sellers.rows
    persons = page.accounts.index(0, page.accounts.columnCount() - 1).data()
    assert len(str(persons).split(" / ")) == 4, "strong, medium, weak and unscored"
    for place in range(3):
        page.bar.setCurrentIndex(place)
        rest()


def test_the_asset_is_looked_at_read_only_and_left_with_one_click(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    own = window.desk.session.path
    page = asset_page(windows, window, reps.company.folder / "asset.brm")
    page.look.setFocus()
    press(window, Key.Key_Space)
    windows.settle(window)
    view = window.desk.session
    assert isinstance(view, AssetView)
    assert window.asset_band.isVisible()
    for tab in Tab:
        windows.go(window, Place(Page.ACCOUNT, view.portfolio()[0].id, tab))
        assert pressable(window) == []
    for page_of_all in (Page.ACCOUNTS, Page.COLLEAGUES, Page.BACKUPS, Page.SYNC, Page.REVIEW):
        windows.go(window, Place(page_of_all))
        assert pressable(window) == []
        shown = window.pages.currentWidget()
        assert not isinstance(shown, SyncPage) or shown.of_asset.isVisible()
    assert not any(window.commands.actions[name].isEnabled() for name in ORDERS)
    assert window.desk.edit(EDIT, edits.create_account, name="Beta") is None
    assert "nothing is changed" in window.toast.accessibleName()
    window.backups.make_now()
    assert "not kept" in window.toast.accessibleName()
    window.asset_band.back.setFocus()
    press(window, Key.Key_Space)
    windows.settle(window)
    assert window.desk.session.path == own
    assert window.desk.place.page is Page.SYNC
    assert not window.asset_band.isVisible()
    focus = window.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert not view.path.exists()
    assert all(window.commands.actions[name].isEnabled() for name in ORDERS)
    windows.go(window, Place(Page.ACCOUNT, reps.acme, Tab.PEOPLE))
    assert "Add a person…" in pressable(window)


def test_what_if_is_made_in_the_asset_and_nothing_of_it_is_kept(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    page = asset_page(windows, window, reps.company.folder / "asset.brm")
    page.look.setFocus()
    press(window, Key.Key_Space)
    windows.settle(window)
    acme = window.desk.session.portfolio()[0].id
    windows.go(window, Place(Page.ACCOUNT, acme, Tab.PEOPLE))
    window.desk.session.suppose()
    rest()
    assert "Add a person…" in pressable(window)
    assert window.desk.edit(EDIT, edits.add_person, account=acme, name="Newcomer") is not None
    window.desk.session.discard_supposed()
    rest()
    assert pressable(window) == []


def test_an_address_that_is_none_is_said_in_the_dialog(windows: Windows, reps: Reps) -> None:
    window = reps.open(windows)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, AssetDialog)
        dialog.address.selectAll()
        type_text(dialog, str(reps.company.folder / "nowhere"))
        press(dialog, Key.Key_Return)
        windows.qtbot.waitUntil(dialog.problem.isVisible, timeout=5_000)
        assert dialog.problem.text()
        press(dialog, Key.Key_Escape)

    with dialog_answered(answer):
        window.commands.run("show_asset")
    windows.settle(window)
    assert window.desk.place.page is Page.ACCOUNTS
    assert not take(reps.li).troubles
