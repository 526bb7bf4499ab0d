"""What does not fit says so: a choice ends in "…", and its whole is the tool tip."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from brm_desktop import language
from brm_desktop.gui.look import font
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.rendering.fonts import load_fonts

LONG = "A project of a name that no field is wide enough for"


def _narrow(qtbot: QtBot) -> Choose:
    made = Choose()
    made.offer([(LONG, 1), ("short", 2)], 1)
    made.setFixedWidth(120)
    qtbot.addWidget(made)
    made.show()
    made.grab()
    return made


def test_a_choice_that_is_cut_tells_the_whole_of_it(qtbot: QtBot) -> None:
    field = _narrow(qtbot)
    assert field.toolTip() == LONG
    field.show_choice(2)
    field.grab()
    assert field.toolTip() == ""


def test_a_choice_that_is_cut_keeps_the_tip_of_its_own(qtbot: QtBot) -> None:
    field = _narrow(qtbot)
    field.setToolTip("Why it cannot be chosen")
    field.grab()
    assert field.toolTip() == "Why it cannot be chosen"


def test_quotation_marks_are_as_wide_as_in_the_language_in_use() -> None:
    load_fonts()
    wide = {}
    for code in ("en", "zh_CN"):
        language.use(code)
        wide[code] = QFontMetricsF(font(100)).horizontalAdvance("“”")
    assert 0 < 1.5 * wide["en"] < wide["zh_CN"]
