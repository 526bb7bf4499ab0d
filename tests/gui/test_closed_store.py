"""Pages that were seen outlive the store they showed."""

from __future__ import annotations

import weakref

from biggest import biggest_account
from windowing import Windows

from brm_desktop.domain.records import Outcome
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.session.theme_choice import ThemeChoice


def test_every_page_stands_a_change_of_language_and_theme_after_its_store_is_closed(
    windows: Windows, sample: MainWindow
) -> None:
    account = biggest_account(sample.desk.session)
    windows.go(sample, Place(Page.ACCOUNT, account))
    analysis = sample.desk.analysis(account)
    live = next(one for one in analysis.projects if one.outcome is Outcome.OPEN)
    chief = analysis.by_importance[0].id
    places = [
        Place(Page.COLLEAGUES),
        Place(Page.COMPETITORS),
        *(Place(Page.ACCOUNT, account, tab) for tab in Tab),
        Place(Page.ACCOUNT, account, Tab.CHAINS, live.id),
        Place(Page.ACCOUNT, account, person=chief),
    ]
    for place in places:
        windows.go(sample, place)
        if place.account is not None:
            sample.desk.show_person(chief)
        windows.settle(sample)
    session = weakref.ref(sample.desk.session)
    sample.desk.detach()
    sample.commands.run("switch_language")
    sample.look.choose(ThemeChoice.DARK)
    windows.settle(sample)
    assert sample.desk.place.page is Page.START
    sample.garbage.clear()
    assert session() is None, "a page holds the session of a store that is closed"


def test_what_is_owed_and_fails_is_told_and_keeps_the_window_open_only_once(
    windows: Windows, sample: MainWindow
) -> None:
    done: list[str] = []

    def fail() -> None:
        raise ZeroDivisionError

    sample.desk.owed += [fail, lambda: done.append("the next")]
    assert not sample.close()
    assert sample.desk.is_open
    assert done == ["the next"]
    assert [type(one) for one in windows.defects] == [ZeroDivisionError]
    windows.defects.clear()
    assert sample.close()
