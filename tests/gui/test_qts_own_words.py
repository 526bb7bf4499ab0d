"""What Qt says by itself is Chinese as well, what its own translation lacks included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from brm_desktop import language
from brm_desktop.gui.texts import QtTexts


@pytest.fixture
def texts(qtbot: QtBot) -> Iterator[QtTexts]:
    """What Qt says, in the language in use before and after."""
    before = language.current()
    made = QtTexts()
    yield made
    language.use(before)
    made.use(before)


def words_of(qtbot: QtBot, folder: Path, mode: QFileDialog.AcceptMode) -> set[str]:
    """The labels and buttons of Qt's own file dialog, and what its columns say of a folder."""
    dialog = QFileDialog(None, "", str(folder), "")
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    tree = dialog.findChild(QTreeView)
    assert isinstance(tree, QTreeView)
    said = {label.text() for label in dialog.findChildren(QLabel)}
    said |= {button.text() for button in dialog.findChildren(QPushButton)}
    model = tree.model()
    root = tree.rootIndex()
    qtbot.waitUntil(lambda: model.rowCount(root) == 1)
    said.add(str(model.index(0, 2, root).data()))
    return said - {""}


@pytest.mark.parametrize("mode", list(QFileDialog.AcceptMode))
def test_the_file_dialog_says_everything_in_chinese(
    qtbot: QtBot, texts: QtTexts, tmp_path: Path, mode: QFileDialog.AcceptMode
) -> None:
    (tmp_path / "x").mkdir()
    language.use("zh_CN")
    texts.use("zh_CN")
    said = words_of(qtbot, tmp_path, mode)
    english = {one for one in said if re.search("[A-Za-z]{2}", one)}
    assert len(said) >= 5
    assert english == set()


def test_the_file_dialog_says_everything_in_english(
    qtbot: QtBot, texts: QtTexts, tmp_path: Path
) -> None:
    (tmp_path / "x").mkdir()
    language.use("en")
    texts.use("en")
    said = words_of(qtbot, tmp_path, QFileDialog.AcceptMode.AcceptOpen)
    assert {"&Look in:", "Files of &type:", "Folder"} <= said
