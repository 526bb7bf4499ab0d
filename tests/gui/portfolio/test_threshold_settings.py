"""Threshold tables in the settings: the usual ones until one of one's own takes their place."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from windowing import Windows

from brm_desktop.domain.records import Criterion
from brm_desktop.domain.thresholds import LOOKED_UP, USUAL, Step, Thresholds
from brm_desktop.gui.dialogs.settings_dialog import SettingsDialog
from brm_desktop.gui.dialogs.threshold_settings import ThresholdsPage
from brm_desktop.gui.main_window import MainWindow


@pytest.fixture
def page(sample: MainWindow, qtbot: QtBot) -> ThresholdsPage:
    """The tables in the settings."""
    dialog = SettingsDialog(sample)
    qtbot.addWidget(dialog)
    dialog.tabs.setCurrentWidget(dialog.thresholds)
    dialog.show()
    return dialog.thresholds


def own(window: MainWindow) -> Thresholds:
    return window.desk.session.settings.thresholds


def type_amount(page: ThresholdsPage, line: int, text: str) -> None:
    page._amounts[line].setText(text)
    page._amounts[line].editingFinished.emit()


def test_the_usual_table_is_shown_until_it_is_changed(
    page: ThresholdsPage, sample: MainWindow
) -> None:
    assert "usual" in page.which.currentText()
    assert own(sample) == ()
    page._points[0].setValue(15)
    (table,) = own(sample)
    assert table.steps[0] == Step(USUAL["CNY"][0].at_least, 15)
    assert "usual" not in page.which.currentText()
    page.remove.click()
    assert own(sample) == ()
    assert page._points[0].value() == 10


def test_every_table_in_force_is_offered_that_of_another_currency_too(
    page: ThresholdsPage, sample: MainWindow
) -> None:
    offered = [page.which.itemText(place) for place in range(page.which.count())]
    assert len(offered) == len(LOOKED_UP) * len(USUAL)
    assert all("CNY" in one for one in offered[: len(LOOKED_UP)])
    page.which.picked.emit((LOOKED_UP[0], "USD", "", ""))
    assert page.currency.text() == "USD"
    page._points[0].setValue(15)
    (table,) = own(sample)
    assert (table.currency, table.steps[0].points) == ("USD", 15)


def test_a_table_of_ones_own_is_for_an_industry_or_a_type(
    page: ThresholdsPage, sample: MainWindow
) -> None:
    page.add.click()
    page.customer_type.edited.emit("Agency")
    page.industry.edited.emit("Banking")
    page.currency.edited.emit("usd")
    page.criterion.picked.emit(Criterion.POTENTIAL)
    (table,) = own(sample)
    assert (table.customer_type, table.industry) == ("Agency", "Banking")
    assert (table.currency, table.criterion) == ("USD", Criterion.POTENTIAL)
    page.add.click()
    assert len(own(sample)) == 2
    page._turn_to(own(sample)[0].key)
    assert "Agency" in page.which.currentText()


def test_steps_are_added_changed_and_taken_away_by_their_amounts(
    page: ThresholdsPage, sample: MainWindow
) -> None:
    many = len(page._amounts)
    type_amount(page, many - 1, "2亿")
    (table,) = own(sample)
    assert table.steps[-1] == Step(2 * 10**10, 100)
    type_amount(page, 0, "")
    assert len(own(sample)[0].steps) == many - 1


@pytest.mark.parametrize("text", ["much", "USD 5"])
def test_an_amount_that_is_none_or_of_another_currency_is_marked_and_not_taken(
    page: ThresholdsPage, sample: MainWindow, text: str
) -> None:
    type_amount(page, 0, text)
    assert page._amounts[0].property("wrong")
    assert own(sample) == ()


def test_points_that_would_fall_are_refused_and_stay(
    page: ThresholdsPage, sample: MainWindow, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sample.messages, "failed", told.append)
    page._points[0].setValue(99)
    assert "must not fall" in str(told)
    assert own(sample) == ()
    assert page._points[0].value() == 10
    windows.settle(sample)
