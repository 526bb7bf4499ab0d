"""Filters that fade: chosen in the menu by mouse and keys, on the map, a chain, and one's view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from menus import choose, choose_by_keys, entries, pressed, pressed_by_key
from windowing import CTRL, SHIFT, Key, Windows, press, rest

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.choosing_people import Only
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Department, Dimension, Outcome, Person, PersonId
from brm_desktop.domain.scores import Freshness
from brm_desktop.gui.canvas.port import Relation
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.widgets.tool_strip import DropButton
from brm_desktop.gui.words import capital
from brm_desktop.language import tr

BIGGEST = "Huachen Equipment Group"
MAP, CHAIN, VIEW = CANVASES = ("map", "chain", "key-person view")
FADE = "Fade all but…"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Keeps = Callable[[AccountAnalysis, PersonId], bool]


def _closeness(analysis: AccountAnalysis, person: PersonId) -> int | None:
    found = analysis.standing(person, Dimension.CLOSENESS)
    return None if found is None else found.value


def _between(least: int, most: int) -> Keeps:
    def see(analysis: AccountAnalysis, person: PersonId) -> bool:
        value = _closeness(analysis, person)
        return value is not None and least <= value <= most

    return see


def _stale(analysis: AccountAnalysis, person: PersonId) -> bool:
    found = analysis.standing(person, Dimension.CLOSENESS)
    return found is not None and found.freshness is Freshness.STALE


FILTERS: dict[str, Keeps] = {
    "Key persons": lambda a, one: a.importance[one].key,
    "Crucial people": lambda a, one: a.importance[one].crucial,
    "Power centres": lambda a, one: a.importance[one].power_centre,
    "Influence centres": lambda a, one: a.importance[one].influence_centre,
    "Veto holders": lambda a, one: a.records.one(Person, one).veto is True,
    "Strong closeness": _between(70, 100),
    "Medium closeness": _between(40, 69),
    "Weak closeness": _between(0, 39),
    "No score for closeness": lambda a, one: _closeness(a, one) is None,
    "Stale statements of closeness": _stale,
}


@pytest.fixture(params=CANVASES)
def window(windows: Windows, sample: MainWindow, request: pytest.FixtureRequest) -> MainWindow:
    """The window with the map, a chain or the key-person view of the biggest account."""
    windows.show_account(sample, BIGGEST)
    windows.go(sample, place_of(sample, request.param))
    return sample


def place_of(window: MainWindow, kind: str) -> Place:
    """Where a canvas of the account on show is."""
    analysis = window.desk.analysis()
    if kind == CHAIN:
        project = next(one.id for one in analysis.projects if one.outcome is Outcome.OPEN)
        return Place(Page.ACCOUNT, analysis.account, Tab.CHAINS, project)
    person = analysis.by_importance[0].id if kind == VIEW else None
    return Place(Page.ACCOUNT, analysis.account, Tab.MAP, person=person)


def pane_of(window: MainWindow) -> CanvasPane:
    """The canvas on show with its tools."""
    pane = window.navigation.account.pane
    assert pane is not None
    return pane


def canvas_of(window: MainWindow) -> CanvasView:
    """The canvas on show."""
    canvas = pane_of(window).canvas
    assert canvas is not None
    return canvas


def button_of(window: MainWindow) -> DropButton:
    """The button whose menu has the filter."""
    names = {tr("What the map shows"), tr("Focus on the selection")}
    buttons = pane_of(window).right.findChildren(DropButton)
    return next(one for one in buttons if one.accessibleName() in names)


def by_mouse(window: MainWindow, *path: str) -> None:
    """Choose something in the menu of the filter by pressing it."""
    choose(pressed(button_of(window)), *path)


def in_colour(window: MainWindow) -> set[PersonId]:
    """Who of the account is not faded."""
    there = window.desk.analysis().importance
    cards = canvas_of(window).content.cards.values()
    return {card.person for card in cards if card.person in there and not card.faded}


def on_show(window: MainWindow) -> set[PersonId]:
    """Who of the account has a card."""
    return set(canvas_of(window).content.cards) & set(window.desk.analysis().importance)


def wanted(window: MainWindow, text: str) -> set[PersonId]:
    """Whom a filter is to keep, found one by one."""
    analysis = window.desk.analysis()
    return {one for one in on_show(window) if FILTERS[text](analysis, one)}


def rested(window: MainWindow) -> str:
    """What the button says while nobody is filtered out."""
    return "Show ▾" if button_of(window).accessibleName() == "What the map shows" else "Focus ▾"


def test_every_entry_fades_all_others_and_everyone_takes_it_back(window: MainWindow) -> None:
    button, before = button_of(window), window.desk.records
    assert list(entries(pressed(button), FADE)) == ["Everyone", *FILTERS, "Department"]
    sizes = set()
    for text in FILTERS:
        by_mouse(window, FADE, text)
        assert in_colour(window) == wanted(window, text), text
        assert (button.text(), button.toolTip()) == ("Filtered ▾", text)
        checked = [name for name, one in entries(pressed(button), FADE).items() if one.is_checked]
        assert checked == [text]
        sizes.add(len(in_colour(window)))
    assert len(sizes) > 3
    by_mouse(window, FADE, "Everyone")
    assert not any(card.faded for card in canvas_of(window).content.cards.values())
    assert (button.text(), button.toolTip()) == (rested(window), "")
    assert window.desk.records is before


def test_the_keys_alone_choose_a_filter_and_take_it_back(window: MainWindow) -> None:
    opens = pressed_by_key(button_of(window))
    choose_by_keys(opens, FADE, "Medium closeness")
    assert in_colour(window) == wanted(window, "Medium closeness")
    name = window.desk.records.one(Department, _department_on_show(window)).name
    choose_by_keys(opens, FADE, "Department", name)
    assert button_of(window).toolTip() == name
    choose_by_keys(opens, FADE, "Everyone")
    assert in_colour(window) == on_show(window)


def test_who_is_tied_to_one_who_is_kept_stays_in_colour_with_the_tie(window: MainWindow) -> None:
    by_mouse(window, FADE, "Medium closeness")
    content, kept = canvas_of(window).content, in_colour(window)
    around = set(content.cards) - on_show(window)
    tied = {line.source for line in content.lines.values() if line.target in kept} & around
    assert {one for one in around if not content.cards[one].faded} == tied
    for line in content.lines.values():
        ends = [content.cards[one] for one in (line.source, line.target)]
        assert line.faded == any(card.faded for card in ends)


def _another_account(window: MainWindow) -> AccountId:
    held = sorted(window.desk.session.holding().accounts, key=lambda one: -one.people)
    return AccountId(next(one.id for one in held if one.id != window.desk.place.account))


def _department_on_show(window: MainWindow) -> str:
    people = (window.desk.records.one(Person, one) for one in sorted(on_show(window)))
    return next(one.department for one in people if one.department is not None)


def test_a_department_is_kept_until_it_goes(window: MainWindow) -> None:
    department = _department_on_show(window)
    records = window.desk.records
    by_mouse(window, FADE, "Department", records.one(Department, department).name)
    people = [one for one in window.desk.analysis().people if one.department == department]
    members = {one.id for one in people}
    assert in_colour(window) == members & on_show(window)
    first, *others = people
    for one in others:
        assert window.desk.edit(phrase("Change"), edits.revise_person, one.id, department="")
    assert in_colour(window) <= {first.id}
    assert button_of(window).text() == "Filtered ▾"
    assert window.desk.edit(phrase("Change"), edits.revise_person, first.id, department="")
    assert in_colour(window) == on_show(window)
    assert button_of(window).text() == rested(window)


def test_an_ampersand_in_the_name_of_a_department_is_one_in_the_menu(window: MainWindow) -> None:
    person = sorted(on_show(window))[0]
    name = phrase("Change")
    assert window.desk.edit(name, edits.revise_person, person, department="R&D")
    by_mouse(window, FADE, "Department", "R&D")
    assert in_colour(window) == {person}


def test_without_any_department_there_is_none_to_choose(window: MainWindow) -> None:
    for one in window.desk.analysis().people:
        if one.department is not None:
            window.desk.edit(phrase("Change"), edits.revise_person, one.id, department="")
    assert not entries(pressed(button_of(window)), FADE)["Department"].is_on


def test_a_score_that_changes_changes_who_is_kept(window: MainWindow) -> None:
    by_mouse(window, FADE, "Strong closeness")
    person = sorted(on_show(window) - in_colour(window))[0]
    assert window.desk.edit(phrase("Change"), edits.assess, person, closeness=90)
    assert person in in_colour(window)
    assert in_colour(window) == wanted(window, "Strong closeness")
    window.desk.undo()
    assert person not in in_colour(window)


def test_on_another_day_those_are_kept_who_fitted_then(window: MainWindow) -> None:
    by_mouse(window, FADE, "Strong closeness")
    today = in_colour(window)
    press(window, Key.Key_T, CTRL | SHIFT)
    found: dict[date, set[PersonId]] = {}
    for _ in range(12):
        press(window, Key.Key_Left)
        found[window.desk.today] = in_colour(window)
        assert in_colour(window) == wanted(window, "Strong closeness")
    assert len(found) > 3
    assert any(kept != today for kept in found.values())
    press(window, Key.Key_End)
    assert in_colour(window) == today


def test_a_filter_speaks_the_language_of_the_window(window: MainWindow) -> None:
    by_mouse(window, FADE, "Key persons")
    kept = in_colour(window)
    window.switch_language()
    rest()
    button = button_of(window)
    assert (button.text(), button.toolTip()) == (f"{tr('Filtered')} ▾", capital(tr(Only.KEY)))
    shown = entries(pressed(button), tr(FADE))
    assert list(shown)[:2] == [tr("Everyone"), capital(tr(Only.KEY))]
    assert not any(text.isascii() for text in shown)
    assert in_colour(window) == kept
    by_mouse(window, tr(FADE), tr("Everyone"))
    assert in_colour(window) == on_show(window)


def test_the_next_account_is_filtered_alike_but_not_by_a_department_it_has_not(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, BIGGEST)
    by_mouse(sample, FADE, "Crucial people")
    windows.go(sample, Place(Page.ACCOUNT, _another_account(sample), Tab.MAP))
    assert in_colour(sample) == wanted(sample, "Crucial people") != on_show(sample)
    assert button_of(sample).text() == "Filtered ▾"
    name = sample.desk.records.one(Department, _department_on_show(sample)).name
    by_mouse(sample, FADE, "Department", name)
    assert in_colour(sample) != on_show(sample)
    windows.show_account(sample, BIGGEST)
    assert in_colour(sample) == on_show(sample)
    assert button_of(sample).text() == "Show ▾"


def test_each_canvas_has_a_filter_of_its_own(windows: Windows, sample: MainWindow) -> None:
    windows.show_account(sample, BIGGEST)
    places = {kind: place_of(sample, kind) for kind in CANVASES}
    by_mouse(sample, FADE, "Weak closeness")
    for kind in (CHAIN, VIEW):
        windows.go(sample, places[kind])
        assert in_colour(sample) == on_show(sample)
    windows.go(sample, places[MAP])
    assert in_colour(sample) == wanted(sample, "Weak closeness") != on_show(sample)


def test_on_a_chain_its_own_mark_makes_a_veto_holder(windows: Windows, sample: MainWindow) -> None:
    windows.show_account(sample, BIGGEST)
    place = place_of(sample, CHAIN)
    assert place.project is not None
    windows.go(sample, place)
    by_mouse(sample, FADE, "Veto holders")
    person = sorted(on_show(sample) - in_colour(sample))[0]
    assert sample.desk.edit(phrase("Change"), edits.revise_member, place.project, person, veto=True)
    assert person in in_colour(sample)
    by_mouse(sample, FADE, "Crucial people")
    assert person in in_colour(sample)
    assert canvas_of(sample).content.cards[person].crucial


def test_the_focus_stays_from_one_account_to_the_next_and_follows_new_lines(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, BIGGEST)
    by_mouse(sample, "Focus 1 step")
    windows.go(sample, Place(Page.ACCOUNT, _another_account(sample), Tab.MAP))
    assert entries(pressed(button_of(sample)))["Focus 1 step"].is_checked
    canvas = canvas_of(sample)
    person = sorted(on_show(sample))[0]
    canvas.select(Selection.of(person))
    near = in_colour(sample)
    far = sorted(on_show(sample) - near)
    assert person in near
    assert far
    canvas.port.link(person, far[0], Relation.SWAYED)
    assert in_colour(sample) == near | {far[0]}
    by_mouse(sample, "Focus off")
    assert in_colour(sample) == on_show(sample)


def test_filter_and_focus_together_keep_only_those_of_both(window: MainWindow) -> None:
    person = window.desk.analysis().by_importance[0].id
    by_mouse(window, "Focus 1 step")
    canvas_of(window).select(Selection.of(person))
    near = in_colour(window)
    by_mouse(window, FADE, "Medium closeness")
    assert in_colour(window) == near & wanted(window, "Medium closeness")
    assert button_of(window).text() == "Filtered ▾"
    by_mouse(window, FADE, "Everyone")
    assert in_colour(window) == near


def test_a_department_goes_with_its_store_and_what_counts_stays(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, BIGGEST)
    store = sample.desk.session.path
    for text, told in (("Key persons", "Filtered ▾"), ("", "Show ▾")):
        name = sample.desk.records.one(Department, _department_on_show(sample)).name
        by_mouse(sample, FADE, *([text] if text else ["Department", name]))
        assert button_of(sample).text() == "Filtered ▾"
        button = button_of(sample)
        sample.desk.detach()
        assert button.text() == told
        sample.switch_language()
        sample.switch_language()
        sample.stores.open(store)
        windows.settle(sample)
        windows.show_account(sample, BIGGEST)
        assert button_of(sample).text() == told


def test_the_button_finds_room_for_what_it_says(window: MainWindow) -> None:
    window.resize(1100, 700)
    rest(50)
    for text in ("Key persons", "Everyone"):
        by_mouse(window, FADE, text)
        pane, button = pane_of(window), button_of(window)
        assert button.width() >= button.sizeHint().width()
        assert pane.left.geometry().right() < pane.right.geometry().left()
        assert pane.right.geometry().right() <= pane.width()


def test_a_picture_of_a_filtered_canvas_fades_as_the_canvas_does(window: MainWindow) -> None:
    pane = pane_of(window)
    assert pane.picture() == pane.figure()
    by_mouse(window, FADE, "Veto holders")
    picture, shown = pane.picture(), canvas_of(window).content
    assert {p for p, c in picture.cards.items() if c.faded} == {
        p for p, c in shown.cards.items() if c.faded
    }
    assert {one.record for one in picture.lines if one.faded} == {
        key for key, one in shown.lines.items() if one.faded
    }
    assert any(card.faded for card in picture.cards.values())
