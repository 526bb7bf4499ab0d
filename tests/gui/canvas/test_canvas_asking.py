"""What is asked before people are removed, and what is on the clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.asking import ask_removal
from brm_desktop.gui.canvas.clipping import Clip
from brm_desktop.gui.canvas.port import Removal


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("Delete with the lines", Removal.TAKE),
        ("Pass reports to the manager", Removal.KEEP),
        ("Cancel", None),
    ],
)
def test_the_question_about_relations_has_three_answers(
    qtbot: QtBot, button: str, answer: Removal | None
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    said: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.extend((box.text(), box.informativeText()))
        for one in box.findChildren(QPushButton):
            if one.text() == button:
                one.click()

    QTimer.singleShot(0, press)
    assert ask_removal(parent, (PersonId("a"), PersonId("b")), 3) is answer
    assert said[0] == "Delete these 2 people?"
    assert said[1].startswith("3 lines")


def test_people_copied_here_are_forgotten_when_something_else_is_copied(qtbot: QtBot) -> None:
    clip, other = Clip(), Clip()
    clip.put(("people",), "Ann\nBob")
    assert clip.taken() == ("people",)
    assert other.taken() is None
    assert other.names() == ["Ann", "Bob"]
    QApplication.clipboard().setText("elsewhere")
    assert clip.taken() is None
