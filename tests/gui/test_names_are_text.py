"""A name is a text, whatever looks like a tag in it: in tips and in questions too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QToolTip, QWidget
from windowing import Windows, dialog_answered

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.widgets.wrapping import PersonLink

EVIL = "Ann <img src='file:///tmp/x.png'><h1>Bob</h1>"


def test_a_tip_shows_a_tag_as_it_is_written() -> None:
    assert plain_tip("华辰 & Co") == "华辰 & Co"
    assert plain_tip("a <b>\nc") == "<qt>a &lt;b&gt;<br>c</qt>"


def test_a_persons_name_is_no_markup_in_the_tip_that_leads_to_him(windows: Windows) -> None:
    link = PersonLink(EVIL)
    windows.qtbot.addWidget(link)
    assert "<img" not in link.toolTip()
    assert "&lt;img" in link.toolTip()
    QToolTip.hideText()


def test_a_question_shows_a_tag_as_it_is_written(sample: MainWindow) -> None:
    seen: list[Qt.TextFormat] = []

    def look(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        seen.append(box.textFormat())
        assert EVIL in box.text()
        box.reject()

    with dialog_answered(look):
        sample.messages.ask(phrase("Delete {name}?", name=EVIL), phrase("Delete"))
    assert seen == [Qt.TextFormat.PlainText]
