"""The weekly review walks the key accounts by the keys; what is said is kept, and told in PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog
from windowing import CTRL, Key, Windows, press, rest, saving_to, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Outcome, Review, ReviewKind, Tier
from brm_desktop.domain.weekly import KEY_TIERS
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.today.weekly_page import WeeklyPage
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session


def weekly(windows: Windows, window: MainWindow) -> WeeklyPage:
    """The page, with all key accounts read."""
    if window.desk.place.page is not Page.WEEKLY:
        windows.go(window, Place(Page.WEEKLY))
    page = window.navigation.weekly
    settled(windows, window, page)
    return page


def settled(windows: Windows, window: MainWindow, page: WeeklyPage) -> None:
    rest(200)
    windows.qtbot.waitUntil(lambda: page.gathering.known and page.gathering.settled, timeout=20_000)
    windows.settle(window)
    rest(40)


def held(window: MainWindow) -> list[Review]:
    """The weekly reviews of today that are in memory."""
    today = window.desk.session.today()
    return [
        one
        for one in window.desk.records.all(Review).values()
        if one.kind is ReviewKind.WEEKLY and one.held_on == today
    ]


def text_of(path: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def test_the_key_accounts_are_listed_with_their_deals_and_none_is_opened(
    sample: MainWindow, windows: Windows
) -> None:
    page = weekly(windows, sample)
    lines = sample.desk.session.portfolio()
    key = {line.id for line in lines if line.tier in KEY_TIERS}
    assert {one.account for one in page.model.rows} == key
    assert not sample.desk.records.all(Account)
    assert page.chosen is not None
    assert page.view.name.text() == page.chosen.name
    assert "0 of" in page.count.text()
    assert page.minutes.isEnabled()


def test_while_ctrl_is_held_the_next_account_is_chosen_and_not_added(
    sample: MainWindow, windows: Windows
) -> None:
    page = weekly(windows, sample)
    page.focus_first()
    first = page.chosen
    type_text(sample, "Alpha")
    press(sample, Key.Key_PageDown, CTRL)
    settled(windows, sample, page)
    assert len(page.table.keys()) == 1
    assert page.chosen is not None
    assert page.chosen != first
    type_text(sample, "Beta")
    assert page.view.remarks.toPlainText() == "Beta"
    press(sample, Key.Key_PageUp, CTRL)
    settled(windows, sample, page)
    assert page.view.remarks.toPlainText() == "Alpha"
    assert sorted(one.remarks for one in held(sample)) == ["Alpha", "Beta"]


def test_accounts_are_walked_and_remarked_by_the_keys_alone(
    sample: MainWindow, windows: Windows
) -> None:
    page = weekly(windows, sample)
    page.focus_first()
    first = page.chosen
    type_text(sample, "Board meets on Monday")
    sample.commands.run("week_next")
    settled(windows, sample, page)
    assert page.chosen is not None
    assert first is not None
    assert page.chosen.account != first.account
    assert sample.focusWidget() is page.view.remarks
    assert page.view.remarks.toPlainText() == ""
    assert [(one.account, one.remarks) for one in held(sample)] == [
        (first.account, "Board meets on Monday")
    ]
    assert "1 of" in page.count.text()
    sample.commands.run("week_previous")
    settled(windows, sample, page)
    assert page.view.remarks.toPlainText() == "Board meets on Monday"


def test_the_remarks_have_the_keys_when_the_accounts_have_come_and_tab_leads_from_them(
    sample: MainWindow, windows: Windows
) -> None:
    sample.commands.run("week_next")
    page = weekly(windows, sample)
    assert sample.focusWidget() is page.view.remarks
    page.table.setFocus()
    press(sample, Key.Key_Tab)
    assert sample.focusWidget() is page.view.remarks


def test_after_the_last_account_comes_what_is_left_and_then_that_the_review_is_over(
    sample: MainWindow, windows: Windows
) -> None:
    page = weekly(windows, sample)
    page.focus_first()
    many = page.table.shown
    sample.commands.run("week_next")
    for place in range(1, many):
        assert page.table.currentIndex().row() == place
        type_text(sample, "Fine")
        sample.commands.run("week_next")
    assert page.table.currentIndex().row() == 0, "of which nothing is said yet"
    assert sample.focusWidget() is page.view.remarks
    type_text(sample, "Fine")
    page.commit()
    page._select(many - 1)
    sample.commands.run("week_next")
    settled(windows, sample, page)
    assert f"All {many} accounts are reviewed" in sample.toast.sentence
    assert sample.focusWidget() is page.minutes
    assert f"{many} of {many} reviewed" in page.count.text()


def test_a_second_remark_of_the_day_changes_the_first_and_both_can_be_undone(
    sample: MainWindow, windows: Windows
) -> None:
    page = weekly(windows, sample)
    for text in ("One", "One and two"):
        page.view.remarks.setFocus()
        page.view.remarks.setPlainText(text)
        page.commit()
        settled(windows, sample, page)
    (review,) = held(sample)
    assert review.remarks == "One and two"
    sample.commands.run("undo")
    settled(windows, sample, page)
    assert held(sample)[0].remarks == "One"
    sample.commands.run("undo")
    settled(windows, sample, page)
    assert held(sample) == []


def test_minutes_do_not_wait_for_a_remark_on_an_account_that_cannot_be_read(
    sample: MainWindow, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = weekly(windows, sample)
    session = sample.desk.session

    def broken(_account: object) -> None:
        raise StoreProblem(phrase("The disk is gone."))

    monkeypatch.setattr(session, "read_account", broken)
    asked: list[bool] = []
    page.minutes_asked.disconnect()
    page.minutes_asked.connect(lambda: asked.append(True))
    page.focus_first()
    type_text(sample, "Nobody was there")
    page.minutes.click()
    windows.settle(sample)
    assert asked == [True]
    assert sample.toast.sentence == "The disk is gone."
    assert not held(sample)


def test_the_order_to_go_on_leads_to_the_review_first(sample: MainWindow, windows: Windows) -> None:
    sample.commands.run("week_next")
    windows.settle(sample)
    assert sample.desk.place.page is Page.WEEKLY


def test_today_leads_to_the_review(sample: MainWindow, windows: Windows) -> None:
    windows.go(sample, Place(Page.TODAY))
    sample.navigation.today.week.click()
    windows.settle(sample)
    assert sample.desk.place.page is Page.WEEKLY


def test_another_tier_puts_an_account_on_the_list(sample: MainWindow, windows: Windows) -> None:
    page = weekly(windows, sample)
    before = len(page.model.rows)
    ordinary = next(line for line in sample.desk.session.portfolio() if line.tier not in KEY_TIERS)
    sample.desk.session.open_account(ordinary.id)
    sample.desk.edit(phrase("Tier"), edits.revise_account, ordinary.id, tier=Tier.KEY)
    settled(windows, sample, page)
    windows.qtbot.waitUntil(lambda: len(page.model.rows) == before + 1, timeout=20_000)


def test_a_key_account_that_is_removed_is_walked_no_more(
    sample: MainWindow, windows: Windows
) -> None:
    page = weekly(windows, sample)
    gone = page.model.rows[-1].account
    sample.desk.session.open_account(gone)
    sample.desk.edit(phrase("Remove"), edits.remove_accounts, [gone])
    settled(windows, sample, page)
    windows.qtbot.waitUntil(
        lambda: gone not in {one.account for one in page.model.rows}, timeout=20_000
    )
    settled(windows, sample, page)
    assert not sample.jobs.running


def test_a_deal_and_the_name_lead_to_the_account(sample: MainWindow, windows: Windows) -> None:
    page = weekly(windows, sample)
    page.view.name.click()
    windows.qtbot.waitUntil(lambda: sample.desk.place.page is Page.ACCOUNT, timeout=20_000)
    windows.settle(sample)
    page = weekly(windows, sample)
    week = next(one for one in page.model.rows if any(deal.project for deal in one.deals))
    page.table.choose([week.account])
    page._show_chosen()
    from brm_desktop.gui.widgets.row_buttons import LinkLabel

    link = page.view.findChild(LinkLabel)
    assert link is not None
    link.click()
    windows.qtbot.waitUntil(lambda: sample.desk.place.tab is Tab.CHAINS, timeout=20_000)
    windows.settle(sample)
    assert sample.desk.place.account == week.account


def test_the_minutes_hold_the_remarks_of_all_accounts(
    sample: MainWindow, windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = weekly(windows, sample)
    page.view.remarks.setFocus()
    page.view.remarks.setPlainText("Board meets on Monday")
    out = tmp_path / "minutes.pdf"
    saving_to(monkeypatch, out)
    page.minutes.click()
    windows.settle(sample)
    windows.qtbot.waitUntil(out.is_file, timeout=20_000)
    windows.settle(sample)
    assert "Board meets on Monday" in text_of(out)
    assert all(one.name.split()[0] in text_of(out) for one in page.model.rows)


@pytest.mark.parametrize(
    ("order", "said"), [("export_brief", "Three questions"), ("export_handover", "Missing facts")]
)
def test_a_paper_of_the_account_on_show_is_written_for_us_or_for_the_customer(
    sample: MainWindow,
    windows: Windows,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    order: str,
    said: str,
) -> None:
    windows.show_account(sample, "Hua")
    for kind, inside in (("PDF (*.pdf)", True), ("PDF for the customer (*.pdf)", False)):
        out = tmp_path / f"{inside}.pdf"
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_a, out=out, kind=kind: (str(out), kind)
        )
        sample.commands.run(order)
        windows.settle(sample)
        assert (said in text_of(out)) == inside
        assert "Huachen" in text_of(out)


def test_a_paper_for_the_customer_has_a_name_of_its_own(
    sample: MainWindow, windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.show_account(sample, "Hua")

    def left_as_proposed(_window: object, _title: str, path: str, kinds: str) -> tuple[str, str]:
        return str(tmp_path / Path(path).name), kinds.rsplit(";;", maxsplit=1)[-1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", left_as_proposed)
    for _ in range(2):
        sample.commands.run("export_brief")
        windows.settle(sample)
    account = sample.desk.analysis().name
    assert sorted(one.name for one in tmp_path.glob("*.pdf")) == [
        f"{account} · Visit brief · for the customer (2).pdf",
        f"{account} · Visit brief · for the customer.pdf",
    ]


def test_thinking_better_of_it_writes_nothing(
    sample: MainWindow, windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.show_account(sample, "Hua")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    for order in ("export_brief", "export_handover", "export_review"):
        sample.commands.run(order)
    windows.settle(sample)
    assert list(tmp_path.glob("*.pdf")) == []


def test_papers_wait_until_a_what_if_is_over(
    sample: MainWindow, windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.show_account(sample, "Hua")
    saving_to(monkeypatch, tmp_path / "brief.pdf")
    sample.desk.session.suppose()
    sample.commands.run("export_brief")
    windows.settle(sample)
    assert list(tmp_path.glob("*.pdf")) == []


def test_no_brief_is_written_about_a_project_that_is_decided(
    sample: MainWindow, windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.show_account(sample, "Hua")
    analysis = sample.desk.analysis()
    decided = next(one for one in analysis.projects if one.outcome is not Outcome.OPEN)
    windows.go(sample, Place(Page.ACCOUNT, analysis.account, Tab.CHAINS, decided.id))
    saving_to(monkeypatch, tmp_path / "brief.pdf")
    sample.commands.run("export_brief")
    windows.settle(sample)
    assert list(tmp_path.glob("*.pdf")) == []
    assert f"{decided.name} is decided" in sample.toast.sentence


def test_an_empty_store_has_nobody_to_review(windows: Windows, tmp_path: Path) -> None:
    Session.open(tmp_path / "empty.brm", create=PLAIN).close()
    window = windows.open(tmp_path / "empty.brm")
    page = weekly(windows, window)
    assert page.empty.isVisible()
    page.focus_first()
    press(window, Key.Key_Down)


def test_other_words_for_the_same_week(sample: MainWindow, windows: Windows) -> None:
    page = weekly(windows, sample)
    before = page.view.facts.text()
    sample.commands.run("switch_language")
    settled(windows, sample, page)
    assert page.view.facts.text() != before
    sample.commands.run("switch_language")
    settled(windows, sample, page)
    assert page.view.facts.text() == before
    sample.desk.detach()
    windows.settle(sample)
    assert page.model.rows == []
