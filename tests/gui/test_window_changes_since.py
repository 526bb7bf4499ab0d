"""What changed since another day: marked on the cards, listed beside the canvas."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from past_days import BIGGEST, band_of, pane_of, some_person, stated
from windowing import Key, Windows, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.changes_since import changes_since
from brm_desktop.domain.days import last_visit, months_before
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person
from brm_desktop.gui.main_window import MainWindow


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


def test_changes_are_marked_on_the_cards_and_listed_beside_the_canvas(at_map: MainWindow) -> None:
    desk = at_map.desk
    band = band_of(at_map)
    day = desk.session.today() - timedelta(days=100)
    band.compare_with(day)
    analysis = desk.analysis()
    shifts = changes_since(analysis, day)
    rises = {one.person: one.difference for one in shifts if one.kind.value == "closeness"}
    for card in pane_of(at_map).figure().cards.values():
        assert (card.change or None) == rises.get(card.person)
    changes = pane_of(at_map).time.changes
    assert changes is not None
    people = [one for one in changes.entries() if one.person is not None and not one.strong]
    assert len(people) >= len(shifts)

    changes.list.setFocus()
    place = next(n for n, one in enumerate(changes.entries()) if one.person is not None)
    changes.list.setCurrentRow(place)
    press(at_map, Key.Key_Return)
    assert desk.selection.people == (changes.entries()[place].person,)


def test_a_comparison_with_nothing_to_tell_says_so(at_map: MainWindow) -> None:
    desk = at_map.desk
    band = band_of(at_map)
    first = stated(at_map)[0]
    desk.show_day(first + timedelta(days=2))
    band.compare_with(first + timedelta(days=1))
    changes = pane_of(at_map).time.changes
    assert changes is not None
    assert changes.entries() == []
    assert changes.list.isHidden()


def test_the_presets_are_days_before_the_day_on_show(at_map: MainWindow) -> None:
    band = band_of(at_map)
    today = at_map.desk.session.today()
    offered = [(str(text), day) for text, day in band.presets()]
    assert offered[0] == ("A month ago", months_before(today, 1))
    assert ("The last visit", last_visit(at_map.desk.analysis())) in offered
    band.compare.menu().aboutToShow.emit()
    actions = band.compare.menu().actions()
    actions[0].trigger()
    assert at_map.desk.since == months_before(today, 1)
    band.compare.menu().aboutToShow.emit()
    band.compare.menu().actions()[-1].trigger()
    assert at_map.desk.since is None


def test_a_day_of_ones_own_is_typed_and_must_be_past(at_map: MainWindow) -> None:
    band = band_of(at_map)
    band.compare.menu().aboutToShow.emit()
    own = band.compare.menu().actions()[-2]
    own.trigger()
    assert band.since.hasFocus()
    type_text(at_map, "2025-12-31")
    press(at_map, Key.Key_Return)
    assert at_map.desk.since == date(2025, 12, 31)
    band.since.setFocus()
    band.since.selectAll()
    type_text(at_map, "2099-01-01")
    press(at_map, Key.Key_Return)
    assert at_map.desk.since == date(2025, 12, 31)
    assert "Compare with a day before" in at_map.toast.sentence


def test_an_edit_is_listed_and_the_list_follows_edits(at_map: MainWindow) -> None:
    band = band_of(at_map)
    band.compare_with(at_map.desk.session.today() - timedelta(days=1))
    person = some_person(at_map)
    at_map.desk.edit(phrase("A new title"), edits.revise_person, person, title="Chief")
    rest()
    changes = pane_of(at_map).time.changes
    assert changes is not None
    found = next(one for one in changes.entries() if one.title == "A new title")
    assert found.person == person
    assert at_map.desk.records.one(Person, person).title == "Chief"


def test_closing_the_band_goes_back_to_today(at_map: MainWindow) -> None:
    band = band_of(at_map)
    at_map.desk.show_day(stated(at_map)[2], stated(at_map)[1])
    band.shut.click()
    assert (at_map.desk.day, at_map.desk.since) == (None, None)
    assert not pane_of(at_map).time.is_open
    changes = pane_of(at_map).time.changes
    assert changes is not None
    assert changes.isHidden()
