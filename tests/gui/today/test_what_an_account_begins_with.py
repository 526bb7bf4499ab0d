"""An account of which nothing is known yet is asked about on Today, and answered there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from today_shown import settled, today_page
from windowing import Key, Windows, press, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Money, Opportunity, Person
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session


def test_spend_people_and_opportunities_are_asked_and_answered_one_after_the_other(
    windows: Windows, tmp_path: Path
) -> None:
    path = tmp_path / "bare.brm"
    with Session.open(path, create=PLAIN) as session:
        made = session.edit(phrase("Account"), edits.create_account, name="Acme")
        account = made.added(Account)[0].id
        session.edit(phrase("Deal"), edits.add_opportunity, account, "Line")
    window = windows.open(path)
    page = today_page(windows, window)
    asked = [one.fact for one in page.plan.missing]
    assert asked == [Fact.SPEND, Fact.PEOPLE, Fact.DEAL_AMOUNT, Fact.DEAL_DAY]
    page.missing.focus_first()
    for fact, typed in zip(
        asked, ("CNY 500000", "Chen Wei", "CNY 4000", "2027-03-02"), strict=True
    ):
        row = next(one for one in page.missing.rows.values() if one.fact.fact is fact)
        editor = row.editors[0]
        assert isinstance(editor, QLineEdit)
        editor.setFocus()
        type_text(editor, typed)
        press(window, Key.Key_Return)
        settled(windows, window, page)
        assert fact not in {one.fact for one in page.plan.missing}
    records = window.desk.records
    assert records.one(Account, account).expected_annual_spend == Money(500_000_00, "CNY")
    assert [one.name for one in records.all(Person).values()] == ["Chen Wei"]
    (deal,) = records.where(Opportunity, account=account)
    assert (deal.amount, str(deal.expected_close)) == (Money(4_000_00, "CNY"), "2027-03-02")
