"""The page Value in the window: its figures open their sums, its charts give their data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from clipped import clipped
from deals import won
from PySide6.QtGui import QGuiApplication
from windowing import CTRL, Key, Windows, press, rest

from brm_desktop import language
from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Money, Origin, Outcome, Snapshot
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.value.calculators_tab import CalculatorsTab
from brm_desktop.gui.pages.value.choice import Span, Whose, period_of
from brm_desktop.gui.pages.value.index_tab import IndexTab
from brm_desktop.gui.pages.value.page import ValuePage
from brm_desktop.gui.pages.value.period_tab import PeriodTab
from brm_desktop.gui.pages.value.pipeline_tab import PipelineTab
from brm_desktop.gui.pages.value.potential_tab import PotentialTab
from brm_desktop.gui.pages.value.standing import Shown
from brm_desktop.gui.pages.value.trends_tab import TrendsTab
from brm_desktop.gui.widgets.popover import Popover, SumButton
from brm_desktop.gui.window_commands import handlers
from brm_desktop.session.demo import write_demo
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session
from brm_desktop.session.snapshots import own_company
from brm_desktop.session.theme_choice import ThemeChoice

T = TypeVar("T")


def wait(windows: Windows, until: Callable[[], bool]) -> None:
    """Wait until something is so, and for what it leads to."""
    windows.qtbot.waitUntil(until, timeout=20_000)


def value(windows: Windows, window: MainWindow) -> ValuePage:
    """The page, with all accounts read."""
    windows.go(window, Place(Page.VALUE))
    page = window.pages.currentWidget()
    assert isinstance(page, ValuePage)
    wait(windows, lambda: page.standing.gathering.settled and page.standing.shown is not None)
    windows.settle(window)
    return page


def tab_of(windows: Windows, page: ValuePage, kind: type[T]) -> T:
    """A tab of the page, shown."""
    for place in range(page.bar.count()):
        found = page.tab(place)
        if isinstance(found, kind):
            windows.settle(window_of(page))
            return found
    raise AssertionError(kind)


def window_of(page: ValuePage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def opened(window: MainWindow, figure: SumButton) -> Popover:
    """The sum a figure opens."""
    figure.click()
    rest()
    (popover,) = window.findChildren(Popover)
    return popover


def copied(page: ValuePage) -> list[list[str]]:
    return [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]


def test_the_four_figures_of_the_period_open_their_sums(
    sample: MainWindow, windows: Windows
) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, PeriodTab)
    shown = page.standing.shown
    assert shown is not None
    for card in (tab.growth, tab.captured, tab.incubated, tab.rate):
        (first, *_) = card.figures
        assert first.text()
        assert first.accessibleName().startswith(card.title.text())
        popover = opened(sample, first)
        assert popover.shown.total
        popover.close()
        rest()
    assert tab.rate.figures[0].text().endswith("%")
    decided = [one for one in shown.value.owners if one.win_rate.won or one.win_rate.lost]
    assert tab.sellers.rowCount() == len(decided)


def test_growth_is_told_once_all_accounts_are_read(sample: MainWindow, windows: Windows) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, PeriodTab)
    shown = page.standing.shown
    assert shown is not None
    assert shown.complete
    known = tab.growth.figures[0].text()
    tab.show_value(replace(shown, complete=False))
    assert (tab.growth.figures[0].text(), tab.growth.note.text()) == ("–", "Reading the accounts…")
    tab.show_value(shown)
    assert tab.growth.figures[0].text() == known


def test_a_charts_data_are_copied_by_keys_by_its_menu_and_by_its_button(
    sample: MainWindow, windows: Windows
) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, PotentialTab)
    wait(windows, lambda: tab.chart.chart.is_drawn)
    QGuiApplication.clipboard().clear()
    tab.chart.chart.setFocus()
    press(tab.chart.chart, Key.Key_C, CTRL)
    by_keys = copied(page)
    assert by_keys[0][:3] == ["Account", "Currency", "Potential output"]
    assert {line[1] for line in by_keys[1:]} == {"CNY"}
    assert all(float(line[2]) >= 0 for line in by_keys[1:]), "plain numbers for a spreadsheet"
    assert len(by_keys) == 8, "seven accounts have a potential"
    for way in (tab.chart.copy.click, tab.chart.chart.menu().actions()[0].trigger):
        QGuiApplication.clipboard().clear()
        way()
        assert copied(page) == by_keys
    assert tab.chart.chart.accessibleDescription().startswith("Account\t")


def test_every_chart_is_drawn_in_both_themes_and_gives_its_data(
    sample: MainWindow, windows: Windows
) -> None:
    page = value(windows, sample)
    wait(windows, lambda: bool(company_months(sample)))
    windows.settle(sample)
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        sample.look.choose(theme)
        for kind, names in (
            (PeriodTab, ("won", "open")),
            (PotentialTab, ("chart",)),
            (IndexTab, ("chart",)),
            (TrendsTab, ("bands", "scores")),
        ):
            tab = tab_of(windows, page, kind)
            for name in names:
                chart = getattr(tab, name).chart
                wait(windows, lambda chart=chart: chart.is_drawn)  # type: ignore[misc]
                assert "\t" in chart.text()
                assert chart.accessibleName()


def company_months(window: MainWindow) -> tuple[Snapshot, ...]:
    records = window.desk.records
    return records.where(Snapshot, subject=own_company(records))


def test_another_period_and_another_sellers_accounts_are_shown(
    sample: MainWindow, windows: Windows
) -> None:
    page = value(windows, sample)
    tab_of(windows, page, PeriodTab)
    first = page.standing.shown
    assert first is not None
    page.choosing.span.picked.emit(Span.LAST_YEAR)
    wait(windows, lambda: page.standing.shown is not first)
    today = sample.desk.session.today()
    then = page.standing.shown
    assert then is not None
    assert then.period == period_of(Span.LAST_YEAR, today)
    name, seller = then.sellers[0]
    page.choosing.whose.picked.emit(Whose(seller))
    wait(windows, lambda: page.standing.shown is not then)
    only = page.standing.shown
    assert only is not None
    assert name
    assert {one.owner for one in only.accounts} <= {seller}
    assert len(only.accounts) < len(then.accounts)


def test_a_period_of_ones_own_is_typed_and_a_wrong_one_refused(
    sample: MainWindow, windows: Windows
) -> None:
    page = value(windows, sample)
    tab_of(windows, page, PeriodTab)
    bar = page.choosing
    assert not bar.first.isVisible()
    bar.span.picked.emit(Span.OWN)
    windows.settle(sample)
    assert bar.first.isVisible()
    bar.first.setText("2025-01-15")
    bar.first.editingFinished.emit()
    windows.settle(sample)
    assert page.choice.period.first.isoformat() == "2025-01-15"
    kept = page.choice.period
    bar.last.setText("2024-01-15")
    bar.last.editingFinished.emit()
    windows.settle(sample)
    assert page.choice.period == kept
    assert bar.last.property("wrong") is True
    assert "15 Jan 2025" in bar.said.text(), "whose figures are shown is said"
    bar.last.setText(kept.last.isoformat())
    bar.last.editingFinished.emit()
    windows.settle(sample)
    assert bar.last.property("wrong") is False
    assert bar.last.text() == kept.last.isoformat()


def test_what_was_won_of_neither_origin_has_a_figure_of_its_own(
    sample: MainWindow, windows: Windows
) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, PeriodTab)
    account = sample.desk.session.find_account("Hua")
    sample.desk.session.open_account(account)
    won = {"outcome": Outcome.WON, "closed_on": sample.desk.session.today()}
    for origin in (Origin.OTHER, Origin.CAPTURED):
        before = tab.other.figures[0].text() if tab.other.isVisible() else ""
        name = f"Deal of {origin}"
        amount = Money(7_000_000_00, "CNY")
        fields = {"origin": origin, "amount": amount, **won}
        sample.desk.edit(phrase("Deal"), edits.add_opportunity, account, name, **fields)
        windows.settle(sample)
        rest(60)
        windows.settle(sample)
        assert tab.other.isVisible()
        assert (tab.other.figures[0].text() != before) is (origin is Origin.OTHER)


def test_growth_that_ends_before_today_says_until_when(
    sample: MainWindow, windows: Windows
) -> None:
    wait(windows, lambda: bool(company_months(sample)))
    page = value(windows, sample)
    tab = tab_of(windows, page, PotentialTab)
    assert "until" not in tab.grown.note.text()
    bar = page.choosing
    bar.span.picked.emit(Span.OWN)
    windows.settle(sample)
    for field, typed in ((bar.first, "2025-07-01"), (bar.last, "2025-12-31")):
        field.setText(typed)
        field.editingFinished.emit()
        windows.settle(sample)
    wait(windows, lambda: "until 31 Dec 2025" in tab.grown.note.text())


def test_growth_is_counted_from_any_month_that_is_kept(
    sample: MainWindow, windows: Windows
) -> None:
    wait(windows, lambda: bool(company_months(sample)))
    page = value(windows, sample)
    tab = tab_of(windows, page, PotentialTab)
    shown = page.standing.shown
    assert shown is not None
    assert shown.months
    month = shown.months[len(shown.months) // 2]
    tab.since.picked.emit(month)
    wait(windows, lambda: page.standing.shown is not shown)
    later = page.standing.shown
    assert later is not None
    assert later.since.then_on.replace(day=1) == month
    assert later.since.kept
    popover = opened(sample, tab.grown.figures[0])
    assert "Growth of potential" in popover.shown.head


def test_the_index_is_told_by_account_and_by_seller(sample: MainWindow, windows: Windows) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, IndexTab)
    wait(windows, lambda: page.standing.curves.settled)
    windows.settle(sample)
    assert tab.index.text().endswith("%")
    assert tab.table.shown == 8
    tab.by.setCurrentIndex(1)
    tab.by.activated.emit(1)
    assert 0 < tab.table.shown < 8
    popover = opened(sample, tab.index)
    assert "completeness" in popover.shown.rule


def test_the_curve_goes_back_as_far_as_was_chosen_and_remembers_it(
    sample: MainWindow, windows: Windows
) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, IndexTab)
    curves = page.standing.curves
    wait(windows, lambda: curves.settled)
    tab.back.picked.emit(72)
    wait(windows, lambda: curves.settled and len(curves.held[0].curve) == 24)
    windows.settle(sample)
    assert tab.chart.note.text() == "A point every 3 months."
    first = tab.chart.chart.text().splitlines()[1]
    assert int(first[:4]) <= sample.desk.session.today().year - 5
    assert sample.preferences.text("value/curve_months") == "72"


def test_a_row_of_the_potential_opens_its_account(sample: MainWindow, windows: Windows) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, PotentialTab)
    account = tab.table.every_row[0].value.account
    tab.table.opened.emit(account)
    wait(windows, lambda: sample.desk.place == Place(Page.ACCOUNT, account))
    windows.settle(sample)


def test_the_calculators_begin_with_the_usual_example(sample: MainWindow, windows: Windows) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, CalculatorsTab)
    assert tab.understanding.results()[:2] == ["160 ×", "20 ×"]
    assert tab.potential.results() == ["3,000", "300"]
    assert tab.opportunities.results() == ["2,000", "20"]
    tab.potential.fields[-1].setText("100")
    assert tab.potential.results()[0] == "30,000"
    tab.opportunities.fields[1].setText("100")
    assert tab.opportunities.results()[0] == "20,000"
    for wrong in ("", "x", "-1", "1/0", "9" * 40):
        tab.potential.fields[0].setText(wrong)
        assert tab.potential.results() == []
        assert tab.potential.fields[0].property("wrong") is True
    tab.potential.fields[0].setText("500")
    tab.potential.fields[1].setText("101")
    assert tab.potential.results() == []
    tab.understanding.fields[0].setText("1/2")
    assert tab.understanding.results() == []
    for calculator, place, wrong in ((tab.potential, 1, "0.6"), (tab.understanding, 2, "1,200.5")):
        calculator.fields[0].setText("4")
        calculator.fields[place].setText(wrong)
        assert calculator.results() == []
    assert not page.choosing.isVisible()


def test_an_empty_store_says_what_to_do_next(windows: Windows, tmp_path: Path) -> None:
    path = tmp_path / "empty.brm"
    Session.open(path, create=PLAIN).close()
    window = windows.open(path)
    page = value(windows, window)
    assert page.stack.currentWidget() is page.empty
    tab_of(windows, page, CalculatorsTab)
    assert page.stack.currentWidget() is not page.empty


def test_what_is_won_meanwhile_is_shown_each_currency_apart(
    sample: MainWindow, windows: Windows
) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, PeriodTab)
    before = len(tab.captured.figures)
    session = sample.desk.session
    account = session.portfolio()[0].id
    deal = won(Money(70_000_00, "USD"), session.today(), account=account)
    session.apply(phrase("Won"), Change.of((), [deal]))
    wait(windows, lambda: len(tab.captured.figures) == before + 1)
    assert "USD" in tab.captured.figures[-1].text()
    assert page.choosing.currency.isVisible()
    assert page.standing.shown is not None
    assert page.standing.shown.currency == "CNY", "that of most amounts"
    tab_of(windows, page, PipelineTab)
    assert not page.choosing.currency.isVisible(), "the board has all currencies"


def test_the_page_is_reached_by_its_key(sample: MainWindow, windows: Windows) -> None:
    handlers(sample)["show_value"]()
    wait(windows, lambda: sample.desk.place.page is Page.VALUE)
    windows.settle(sample)


def test_the_page_speaks_the_other_language_at_once(sample: MainWindow, windows: Windows) -> None:
    page = value(windows, sample)
    sample.switch_language()
    windows.settle(sample)
    assert page.standing.shown is not None
    sample.switch_language()
    windows.settle(sample)


@pytest.mark.parametrize("span", list(Span))
def test_every_period_offered_can_be_compared(span: Span) -> None:
    for day in (date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)):
        period = period_of(span, day)
        assert period.before.days == period.days
        if span in (Span.THIS_YEAR, Span.THIS_QUARTER, Span.TWELVE_MONTHS):
            assert day in period


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("wide", [1100, 1400])
def test_no_word_of_the_page_is_cut(code: str, wide: int, windows: Windows, tmp_path: Path) -> None:
    language.use(code)
    write_demo(tmp_path / "sample.brm")
    window = windows.open(tmp_path / "sample.brm", code)
    window.resize(wide, 880)
    page = value(windows, window)
    cut: set[str] = set()
    for place in range(page.bar.count()):
        page.show_tab(place)
        windows.settle(window)
        rest(60)
        cut |= {str(one) for one in clipped(window)}
    assert cut == set()


def test_a_tab_is_filled_anew_only_when_something_new_stands(
    sample: MainWindow, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = value(windows, sample)
    tab = tab_of(windows, page, PotentialTab)
    windows.settle(sample)
    filled: list[Shown] = []
    monkeypatch.setattr(tab, "show_value", filled.append)
    before = page.standing.shown
    sample.desk.changed.emit(Change())
    assert filled == []
    wait(windows, lambda: page.standing.shown is not before)
    windows.settle(sample)
    assert filled
    assert before not in filled


def test_while_nobody_looks_nothing_is_read(sample: MainWindow, windows: Windows) -> None:
    page = value(windows, sample)
    before = page.standing.shown
    windows.go(sample, Place(Page.COLLEAGUES))
    sample.desk.change_settings(rules=replace(sample.desk.session.settings.rules, strong_from=71))
    windows.settle(sample)
    rest(200)
    assert not page.standing.gathering.settled
    assert page.standing.shown is before
    assert value(windows, sample).standing.shown is not before
