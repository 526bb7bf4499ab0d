"""What is open without an amount or a probability is counted, and said to weigh nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from deals import deal
from windowing import Windows

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.pipeline import Stock
from brm_desktop.domain.records import Account, AccountId
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.pages.projects.opportunities import worth
from brm_desktop.gui.pages.value.page import ValuePage
from brm_desktop.gui.pages.value.period_tab import PeriodTab
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session


@pytest.mark.parametrize(
    ("stock", "said"),
    [
        (Stock(()), ""),
        (Stock((deal(), deal())), "2 without an amount count nothing"),
        (
            Stock((deal(), deal(amount=10_000))),
            "CNY 100 (1 without an amount counts nothing, 1 without a probability counts nothing)",
        ),
        (Stock((deal(amount=10_000, probability=50),)), "CNY 100, by probability CNY 50"),
    ],
)
def test_what_weighs_nothing_is_said_beside_what_does(stock: Stock, said: str) -> None:
    assert worth(stock) == said


def test_a_store_whose_opportunities_have_no_amounts_is_not_said_to_have_none(
    windows: Windows, tmp_path: Path
) -> None:
    path = tmp_path / "bare.brm"
    with Session.open(path, create=PLAIN) as session:
        session.edit(phrase("Account"), edits.create_account, name="Acme")
        (account,) = map(AccountId, session.records.all(Account))
        for name in ("One", "Two"):
            session.edit(phrase("Deal"), edits.add_opportunity, account=account, name=name)
    window = windows.open(path)
    windows.go(window, Place(Page.VALUE))
    page = window.pages.currentWidget()
    assert isinstance(page, ValuePage)
    windows.qtbot.waitUntil(lambda: page.standing.shown is not None, timeout=20_000)
    windows.settle(window)
    tab = next(one for one in map(page.tab, range(page.bar.count())) if isinstance(one, PeriodTab))
    assert tab.open.note.text() == "2 open opportunities · 2 without an amount count nothing"
