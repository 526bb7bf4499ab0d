"""What is typed and cannot be read is said and stays; nothing else is written in its place."""

from __future__ import annotations

from datetime import date

import pytest
from at_the_map import BIGGEST, show_person
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from windowing import Windows

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import AccountId, Dimension, Money, Outcome, Project, ProjectId
from brm_desktop.gui.dialogs.closing import ClosingDialog
from brm_desktop.gui.dialogs.form import Form
from brm_desktop.gui.dialogs.new_opportunity import NewOpportunity
from brm_desktop.gui.dialogs.new_things import NewAccount, NewProject
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.value_fields import NumberField, ValueField, parse_date

TODAY = date(2026, 11, 22)
TEXTS = {"2025/3/12", "2025年3月12日", "12.3.2025", "12. 3. 2025", "2025.03.12", "20250312"}


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_a_day_is_read_however_it_is_usually_written(text: str) -> None:
    assert parse_date(text) == date(2025, 3, 12)


@pytest.mark.parametrize("text", ["3/12/2025", "12-3-2025", "12.3.25", "12.13.2025", "2025-3"])
def test_a_day_that_might_be_another_one_is_not_guessed(text: str) -> None:
    assert parse_date(text) is None


def forms(qtbot: QtBot) -> list[tuple[Form, ValueField, str]]:
    """Every form with a field for a value, and a text that says none."""
    account, project = NewAccount(None, "CNY"), NewProject(None, ["ERP"], "CNY")
    chance = NewOpportunity(None, [], "CNY")
    ended = Project(id=ProjectId("p"), account=AccountId("a"), name="ERP 2026")
    closing = ClosingDialog(None, ended, Outcome.WON, TODAY, [])
    for form in (account, project, chance, closing):
        qtbot.addWidget(form)
    for form in (account, project, chance):
        form.name.setText("Beichen")
    return [
        (account, account.spend, "much"),
        (project, project.amount, "abc"),
        (project, project.start, "3/12/2025"),
        (chance, chance.amount, "1,5 or so"),
        (chance, chance.expected, "spring"),
        (closing, closing.on, "yesterday"),
    ]


def test_no_form_is_done_while_one_of_its_values_cannot_be_read(qtbot: QtBot) -> None:
    for form, field, text in forms(qtbot):
        form.show()
        field.setText(text)
        form.done_button.click()
        assert form.isVisible()
        assert form.problem.isVisible()
        assert form.problem.text()
        assert field.text() == text
        assert field.property("wrong")
        field.clear()
        QTest.keyClicks(field, "20.11.2026" if "date" in form.problem.text() else "500")
        assert not form.problem.isVisible()
        form.done_button.click()
        assert form.result() == QDialog.DialogCode.Accepted


def test_the_day_that_is_typed_is_the_day_a_project_was_decided_and_none_is_asked_for(
    qtbot: QtBot,
) -> None:
    *_others, (closing, field, _text) = forms(qtbot)
    assert isinstance(closing, ClosingDialog)
    field.setText("20.11.2026")
    assert closing.day == date(2026, 11, 20)
    field.clear()
    assert not closing.done_button.isEnabled()


def test_a_number_out_of_its_bounds_stays_and_is_said(qtbot: QtBot) -> None:
    class Around(Form):
        said: Phrase | None = None

        def say_of_field(self, sentence: Phrase) -> None:
            self.said = sentence

    around, field, told = Around(None, "", ""), NumberField(0, 100), list[object]()
    qtbot.addWidget(around)
    around.field("Score", field)
    field.counted.connect(told.append)
    for text in ("155", "x", "-1", "1.5"):
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert told == []
        assert field.text() == text
        assert str(around.said) == "A whole number from 0 to 100."
    field.setText("55")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [55]
    assert not field.property("wrong")


def test_the_window_says_what_is_wrong_with_a_score(windows: Windows, sample: MainWindow) -> None:
    warned = list[str]()
    sample.messages.warned.connect(warned.append)
    windows.show_account(sample, BIGGEST)
    show_person(sample, "Chen Guodong")
    row = sample.inspector.person.scores.sliders[Dimension.CLOSENESS]
    row.number.setText("155")
    row.number.commit()
    assert warned == ["A whole number from 0 to 100."]
    assert row.number.text() == "155"
    row.number.clear()
    row.number.commit()
    assert row.number.text() != ""


def test_an_amount_keeps_its_currency(qtbot: QtBot) -> None:
    form = NewProject(None, [], "CNY")
    qtbot.addWidget(form)
    form.amount.setText("USD 300")
    assert form.fields()["amount"] == Money(30_000, "USD")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_walking_past_a_choice_that_is_asked_for_takes_none(qtbot: QtBot) -> None:
    choice, taken = Choose(), list[object]()
    qtbot.addWidget(choice)
    choice.offer([("Enemy", 1), ("Neutral", 2)], None)
    choice.picked.connect(taken.append)
    choice.show()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.view().isVisible()
    assert taken == []
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    assert taken == [2]
    assert not choice.view().isVisible()
