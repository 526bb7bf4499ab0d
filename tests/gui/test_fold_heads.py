"""Headings that fold away what is beneath them, and remember it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from windowing import Windows

from brm_desktop.gui.desk import Selected
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.centres_panel import CentreList
from brm_desktop.gui.widgets.fold_head import FoldHead


def test_a_head_folds_its_part_away_and_is_found_so_again(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, "Huachen Equipment Group")
    pane = sample.navigation.account.pane
    assert pane is not None
    centres = pane.right.findChild(QToolButton, "centres")
    assert centres is not None
    centres.click()
    sample.desk.select(Selected(people=(sample.desk.analysis().by_importance[0].id,)))
    windows.settle(sample)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [sample]
    (first, *_) = (one for one in sample.findChildren(CentreList) if one.isVisible())
    assert first.body.isVisible()
    QTest.mouseClick(first.head, Qt.MouseButton.LeftButton)
    assert not first.body.isVisible()
    heads = [one for one in sample.findChildren(FoldHead) if one.isVisible()]
    assert len(heads) > 2
    folded = FoldHead(sample.look, sample.preferences, first.head._key, first.body, opened=True)
    assert not folded.isChecked()
    for head in heads:
        before = head._body.isVisible()
        head.setFocus()
        QTest.keyClick(head, Qt.Key.Key_Space)
        assert head._body.isVisible() != before
