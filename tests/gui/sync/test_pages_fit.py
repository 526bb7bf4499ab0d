"""The pages of sync show all their words, and name all that can be reached."""

from __future__ import annotations

import pytest
from clipped import clipped
from company import take
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTabBar, QTreeView, QWidget
from two_reps import EDIT, Reps
from windowing import Windows, rest

from brm_desktop import language
from brm_desktop.domain import edits
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.review.page import Listed, ReviewPage
from brm_desktop.gui.sync.page import SyncPage
from brm_desktop.gui.widgets.table import Table
from brm_desktop.session.asset import open_asset

REACHED = (QAbstractButton, QComboBox, QLineEdit, QTabBar, QTreeView, Table)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("wide", [1100, 1400])
def test_every_word_of_sync_is_seen_and_every_part_has_a_name(
    code: str, wide: int, windows: Windows, reps: Reps
) -> None:
    language.use(code)
    window = windows.open(reps.wang, code)
    window.resize(wide, 700)
    session = window.desk.session
    session.open_account(reps.acme)
    reps.li.open_account(reps.acme)
    window.desk.edit(EDIT, edits.add_person, account=reps.acme, name="Boss of it all")
    window.desk.edit(EDIT, edits.revise_person, reps.chief, title="President")
    reps.li.edit(EDIT, edits.revise_person, reps.chief, title="Chair", name="Boss of it all")
    reps.li_sends()
    take(session)
    windows.go(window, Place(Page.SYNC))
    page = window.pages.currentWidget()
    assert isinstance(page, SyncPage)
    assert page.taking_part is not None
    cut, nameless = set(clipped(window)), set(_nameless(page))
    for tab in range(4):
        page.taking_part.tabs.bar.setCurrentIndex(tab)
        rest(60)
        cut |= set(clipped(window))
        nameless |= set(_nameless(page))
    windows.go(window, Place(Page.REVIEW))
    review = window.pages.currentWidget()
    assert isinstance(review, ReviewPage)
    windows.settle(window)
    for listed in (Listed.PRESSING, Listed.PERHAPS):
        review.which.show_choice(listed)
        review.which.picked.emit(listed)
        rest(60)
        assert len(review.model.rows) == 1
        cut |= set(clipped(window))
        nameless |= set(_nameless(review))
    with open_asset(str(reps.company.home), database=reps.company.folder / "asset.brm") as asset:
        report = asset.report(lambda _done, _of: None)
    window.navigation.asset.show_report("S:/BRM", report)
    windows.go(window, Place(Page.ASSET))
    cut |= set(clipped(window))
    nameless |= set(_nameless(window.navigation.asset))
    assert cut == set()
    assert nameless == set()


def _nameless(root: QWidget) -> list[str]:
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in root.findChildren(QWidget)
        if isinstance(one, REACHED) and one.isVisible() and not _name(one)
    ]


def _name(one: QWidget) -> str:
    text = one.text() if isinstance(one, QAbstractButton) else ""
    return one.accessibleName() or text
