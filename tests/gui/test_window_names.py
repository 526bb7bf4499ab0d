"""Every control has a name for who cannot see it, and something to press has a text or a name."""

from __future__ import annotations

from biggest import biggest_account
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QGraphicsView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from windowing import Windows, dialog_answered, rest

from brm_desktop.domain.records import Outcome
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QGraphicsView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)


def test_every_control_of_every_page_has_a_name(windows: Windows, sample: MainWindow) -> None:
    account = biggest_account(sample.desk.session)
    unnamed = set(_unnamed(sample))
    for page in (Page.COLLEAGUES, Page.COMPETITORS, Page.ACCOUNTS, Page.SCREENING, Page.WHCSE):
        windows.go(sample, Place(page, account if page is Page.WHCSE else None))
        unnamed |= set(_unnamed(sample))
    for tab in Tab:
        windows.go(sample, Place(Page.ACCOUNT, account, tab))
        unnamed |= set(_unnamed(sample))
    analysis = sample.desk.analysis(account)
    person = analysis.by_importance[0].id
    live = next(one for one in analysis.projects if one.outcome is Outcome.OPEN)
    windows.go(sample, Place(Page.ACCOUNT, account, Tab.CHAINS, live.id))
    sample.desk.show_person(person)
    rest(50)
    unnamed |= set(_unnamed(sample))
    windows.go(sample, Place(Page.ACCOUNT, account, Tab.MAP, person=person))
    unnamed |= set(_unnamed(sample))
    sample.commands.run("table_twin")
    rest(50)
    unnamed |= set(_unnamed(sample))
    assert unnamed == set()


def test_every_control_of_the_dialogs_has_a_name(sample: MainWindow) -> None:
    found: list[str] = []

    def look(dialog: QDialog) -> None:
        found.extend(_unnamed(dialog))
        dialog.reject()

    for command in ("settings", "help", "new_account"):
        with dialog_answered(look):
            sample.commands.run(command)
    assert found == []


def test_the_start_page_names_its_ways_to_begin(windows: Windows) -> None:
    assert list(_unnamed(windows.open())) == []


def _unnamed(root: QWidget) -> list[str]:
    """Visible controls without name and text; parts that Qt makes inside its own are left out."""
    return [
        f"{type(control).__name__} in {_place(control)}"
        for control in root.findChildren(QWidget)
        if isinstance(control, CONTROLS)
        and control.isVisible()
        and not _inner(control)
        and not _named(control)
    ]


def _named(control: QWidget) -> bool:
    if control.accessibleName():
        return True
    return isinstance(control, QAbstractButton) and bool(control.text().strip("✕ "))


def _inner(control: QWidget) -> bool:
    parent = control.parentWidget()
    ours = type(control).__module__.startswith("brm_desktop")
    inside = isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar)
    header = isinstance(control, QAbstractItemView) and type(control).__name__ == "QHeaderView"
    corner = isinstance(parent, QAbstractItemView)
    return not ours and (inside or header or corner or isinstance(control, QScrollBar))


def _place(control: QWidget) -> str:
    names = []
    parent = control.parentWidget()
    while parent is not None:
        if type(parent).__module__.startswith("brm_desktop"):
            names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names)
