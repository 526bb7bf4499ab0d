"""Who is asked for and not known yet is made in the row that asks, as one step with the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from small_today import Asked, small_today
from windowing import Key, Windows, press, type_text

from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, ChainMember, Person, ReportingLine
from brm_desktop.gui.today.answering import AnswerRow
from brm_desktop.session.company import Reading

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def asked(windows: Windows, tmp_path: Path) -> Asked:
    """A boss, somebody of whom too little is known, one of us, and a project past its day."""
    return small_today(windows, tmp_path)


def typed(asked: Asked, row: AnswerRow, text: str) -> QComboBox:
    """Type a name where somebody is asked for, once those known are there."""
    box = row.editors[0]
    assert isinstance(box, QComboBox)
    box.setFocus()
    asked.windows.settle(asked.window)
    type_text(box, text)
    return box


def offered(box: QComboBox) -> list[str]:
    """Who can be chosen."""
    return [box.itemText(place) for place in range(box.count())]


def named(asked: Asked, name: str) -> tuple[Person, ...]:
    """Everybody of a name."""
    return asked.window.desk.records.where(Person, name=name)


def test_a_name_that_is_nobodys_is_made_and_answered_with_in_one_step(asked: Asked) -> None:
    box = typed(asked, asked.row(Fact.PLACE, asked.person), "Zhou  Min")
    assert offered(box) == ["Chen Wei · CEO", "New person “Zhou  Min”"]
    press(asked.window, Key.Key_Return)
    asked.settled()
    (made,) = named(asked, "Zhou Min")
    (line,) = asked.window.desk.records.where(ReportingLine, person=asked.person)
    assert line.manager == made.id
    assert not asked.is_asked(Fact.PLACE, asked.person)
    asked.window.commands.run("undo")
    asked.settled()
    assert named(asked, "Zhou Min") == ()
    assert asked.window.desk.records.where(ReportingLine, person=asked.person) == ()


def test_somebody_new_who_decides_is_chosen_in_the_list_and_made_once(asked: Asked) -> None:
    box = typed(asked, asked.row(Fact.PARTICIPANTS, asked.project), "Chen")
    completer = box.completer()
    assert completer is not None
    names = completer.popup()
    assert names is not None
    assert names.isVisible()
    assert completer.completionCount() == 2, "who is called so, and somebody new"
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        QTest.keyClick(names, key)
    asked.settled()
    (made,) = named(asked, "Chen")
    (member,) = asked.window.desk.records.where(ChainMember, project=asked.project)
    assert member.person == made.id


def test_enter_makes_nobody_while_somebody_known_may_be_meant(asked: Asked) -> None:
    box = typed(asked, asked.row(Fact.PLACE, asked.person), "chen w")
    press(asked.window, Key.Key_Return)
    asked.settled()
    assert named(asked, "chen w") == ()
    assert offered(box) == ["Chen Wei · CEO"], "what was typed and not taken is forgotten"
    assert box.currentText() == ""


def test_a_name_that_is_left_without_being_taken_makes_nobody(asked: Asked) -> None:
    box = typed(asked, asked.row(Fact.PLACE, asked.person), "Zhou")
    box.clearFocus()
    asked.settled()
    assert named(asked, "Zhou") == ()
    assert asked.is_asked(Fact.PLACE, asked.person)


def test_a_name_typed_to_its_end_is_who_is_called_so(asked: Asked) -> None:
    box = typed(asked, asked.row(Fact.PLACE, asked.person), "Chen Wei · CEO")
    assert offered(box) == ["Chen Wei · CEO"]
    press(asked.window, Key.Key_Return)
    asked.settled()
    (line,) = asked.window.desk.records.where(ReportingLine, person=asked.person)
    assert line.manager == named(asked, "Chen Wei")[0].id


def test_who_can_be_chosen_is_read_again_after_it_could_not_be(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_self: Reading, _account: AccountId) -> None:
        raise StoreProblem(phrase("The store cannot be read."))

    row = asked.row(Fact.PLACE, asked.person)
    with monkeypatch.context() as broken:
        broken.setattr(Reading, "analysis", unreadable)
        box = typed(asked, row, "Zhou")
        assert offered(box) == [], "nobody is made while it is not known who is there"
    assert asked.window.toast.sentence == "The store cannot be read."
    box.clearFocus()
    box = typed(asked, row, "")
    assert offered(box) == ["Chen Wei · CEO"]
