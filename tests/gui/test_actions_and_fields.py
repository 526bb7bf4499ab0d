"""The table of actions, what is typed into fields, and how names are found."""

from __future__ import annotations

from datetime import date

import pytest
from windowing import Windows

from brm_desktop.domain.records import Money
from brm_desktop.domain.spelling import fits
from brm_desktop.gui.actions import ACTIONS, Keys, Scope, conflicts
from brm_desktop.gui.canvas.keys import METHODS
from brm_desktop.gui.palette import Entry, found
from brm_desktop.gui.widgets.amounts import amount_text, parse_amount
from brm_desktop.gui.widgets.value_fields import parse_date


def test_no_two_actions_want_the_same_key() -> None:
    assert conflicts(Keys()) == []


def test_a_key_given_twice_is_a_conflict_and_can_be_taken_back() -> None:
    keys = Keys()
    keys.give("settings", ["ctrl+z"])
    assert [(one.key, one.second) for one in conflicts(keys)] == [("Ctrl+Z", "settings")]
    keys.give("settings", ["Ctrl+,"])
    assert keys.stored() == {}


def test_keys_of_the_user_are_stored_and_restored() -> None:
    keys = Keys()
    keys.give("undo", ["F9", "F10"])
    keys.give("print", [])
    again = Keys.restored({**keys.stored(), "gone_since": "F1"})
    assert again.of("undo") == ("F9", "F10")
    assert again.of("print") == ()
    assert again.of("redo") == ACTIONS["redo"].keys


def test_every_action_is_carried_out_by_the_window_or_by_the_canvas(windows: Windows) -> None:
    handled = set(windows.open().commands.actions) | set(METHODS)
    assert set(ACTIONS) - handled == set()


def test_no_single_letter_is_a_key_and_shift_alone_is_the_canvas_s_own() -> None:
    for spec in ACTIONS.values():
        for key in spec.keys:
            plain = key.split("+")[-1]
            lone = "+" not in key and len(plain) == 1
            assert not lone, spec.id
            assert not (key.startswith("Shift+") and len(plain) == 1) or spec.scope is Scope.CANVAS


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("500000", 50_000_000, "CNY"),
        ("500,000.50", 50_000_050, "CNY"),
        ("50万", 50_000_000, "CNY"),
        ("1.2M", 120_000_000, "CNY"),
        ("USD 300", 30_000, "USD"),
        ("300 jpy", 300, "JPY"),
        ("3亿元", 30_000_000_000, "CNY"),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, minor: int, currency: str) -> None:
    assert parse_amount(text, "CNY") == Money(minor, currency)


def test_what_is_no_amount_is_none_and_an_amount_reads_back_as_itself() -> None:
    assert parse_amount("much", "CNY") is None
    assert parse_amount("", "CNY") is None
    for money in (Money(50_000_050, "CNY"), Money(300, "JPY"), Money(120_000_000, "USD")):
        assert parse_amount(amount_text(money), "EUR") == money


def test_dates_are_read_in_every_usual_writing_and_nonsense_is_none() -> None:
    wanted = date(2026, 10, 4)
    for text in ("2026-10-04", "2026/10/4", "2026.10.04", "20261004"):
        assert parse_date(text) == wanted
    for text in ("", "tomorrow", "2026-13-01", "2026-02-30", "04/10"):
        assert parse_date(text) is None


def test_chinese_names_are_found_by_letters_pinyin_and_initials() -> None:
    for typed in ("陈国", "guodong", "chenguodong", "cgd"):
        assert fits(typed, "陈国栋") is not None
    assert fits("xyz", "陈国栋") is None
    assert fits("qiu", "仇和") is not None
    assert fits("jw", "John Wayne") is not None


def test_the_palette_puts_beginnings_first_and_people_before_commands() -> None:
    entries = [
        Entry("Show the plan", "", "plan", lambda: None, order=4),
        Entry("Ann Plan", "", "person", lambda: None, order=0),
        Entry("Plan the year", "", "plan", lambda: None, order=4),
        Entry("Planck", "", "person", lambda: None, order=0),
    ]
    names = [entry.name for entry in found("plan", entries)]
    assert names == ["Planck", "Plan the year", "Ann Plan", "Show the plan"]
