"""What the window's commands do, by the ids of the table of actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.actions import ACTIONS, Scope
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.palette_entries import entries
from brm_desktop.gui.panes import go_to_pane

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow

Handler = Callable[[], object]


def handlers(window: MainWindow) -> dict[str, Handler]:
    """Every command of the window; those that need an open store do nothing without one."""
    return {
        **_always(window),
        **{name: _with_store(window, run) for name, run in _on_store(window).items()},
        **{name: _with_account(window, run) for name, run in _on_account(window).items()},
    }


def _always(window: MainWindow) -> dict[str, Handler]:
    return {
        "find_anything": lambda: window.palette_sheet.ask(entries(window)),
        "toggle_navigation": window.toggle_navigation,
        "toggle_inspector": window.toggle_inspector,
        "next_pane": partial(go_to_pane, window, 1),
        "previous_pane": partial(go_to_pane, window, -1),
        "settings": lambda: _settings(window),
        "help": lambda: _help(window),
        "tour": lambda: _tour(window),
        "full_screen": lambda: _full_screen(window),
        "switch_language": window.switch_language,
        "switch_theme": window.switch_theme,
        "new_store": window.stores.ask_new,
        "open_store": window.stores.ask_open,
        "show_asset": window.asset_looking.ask,
        "open_sample": window.stores.open_sample,
        "remove_sample": lambda: _remove_sample(window),
        "import": lambda: _import(window),
        "quit": window.close,
    }


def _on_store(window: MainWindow) -> dict[str, Handler]:
    desk = window.desk

    def page(wanted: Page) -> Handler:
        return lambda: desk.go(Place(wanted))

    return {
        "undo": desk.undo,
        "redo": desk.redo,
        "show_today": page(Page.TODAY),
        "show_week": page(Page.WEEKLY),
        "week_next": partial(_on_week, window, "go_next"),
        "week_previous": partial(_on_week, window, "go_previous"),
        "export_review": partial(_export, window, "ask_review"),
        "show_accounts": page(Page.ACCOUNTS),
        "show_colleagues": page(Page.COLLEAGUES),
        "show_competitors": page(Page.COMPETITORS),
        "show_value": page(Page.VALUE),
        "show_backups": page(Page.BACKUPS),
        "show_screening": page(Page.SCREENING),
        "show_sync": page(Page.SYNC),
        "show_review": page(Page.REVIEW),
        "sync_now": window.syncing.sync_now,
        "send": window.syncing.send,
        "take_in": window.syncing.take_in,
        "review_next": partial(_on_review, window, "go_next"),
        "review_previous": partial(_on_review, window, "go_previous"),
        "review_first": partial(_on_review, window, "choose_first"),
        "review_second": partial(_on_review, window, "choose_second"),
        "back_up": window.backups.make_now,
        "new_account": partial(_on_accounts, window, "new_account"),
        "lock": lambda: window.guard.lock(),  # noqa: PLW0108  the guard is made after the commands
        "protection": lambda: _settings(window, "protection"),
        "build_months": window.snapshots.build_anew,
        "why": lambda: _why(window),
        "what_if": lambda: _what_if(window),
        "what_if_keep": lambda: _end_what_if(window, keep=True),
        "what_if_discard": lambda: _end_what_if(window, keep=False),
    }


def _on_account(window: MainWindow) -> dict[str, Handler]:
    desk = window.desk

    def tab(wanted: Tab) -> Handler:
        return lambda: desk.go(Place(Page.ACCOUNT, desk.place.account, wanted))

    def page(name: str) -> Handler:
        return partial(_on_account_page, window, name)

    return {
        "show_map": tab(Tab.MAP),
        "show_people": tab(Tab.PEOPLE),
        "show_chains": tab(Tab.CHAINS),
        "show_projects": tab(Tab.PROJECTS),
        "show_plan": tab(Tab.PLAN),
        "show_history": tab(Tab.HISTORY),
        "show_whcse": lambda: desk.go(Place(Page.WHCSE, desk.place.account)),
        "table_twin": page("toggle_twin"),
        "centres": page("toggle_centres"),
        "show_time": page("toggle_time"),
        "what_if_sliders": page("go_to_sliders"),
        "work_first": page("toggle_work_first"),
        "restore_value": page("restore_value"),
        "new_project": page("new_project"),
        "new_person": page("new_person"),
        "export_plan": page("export_plan"),
        "export_brief": partial(_export, window, "ask_brief"),
        "export_handover": partial(_export, window, "ask_handover"),
        "export_canvas": page("export_canvas"),
        "print": page("print_canvas"),
        "key_person_view": page("look_from_selected"),
    }


def _on_accounts(window: MainWindow, name: str) -> None:
    getattr(window.navigation.accounts, name)()


def _on_week(window: MainWindow, name: str) -> None:
    """Walk the key accounts, from wherever one is: the weekly review is shown first."""
    if window.desk.place.page is not Page.WEEKLY:
        window.desk.go(Place(Page.WEEKLY))
        return
    getattr(window.navigation.weekly, name)()


def _export(window: MainWindow, name: str) -> None:
    """Ask where a paper shall be, and write it."""
    from brm_desktop.gui import exporting_papers
    from brm_desktop.gui.what_if.leaving import refused_meanwhile

    if not refused_meanwhile(window.desk):
        getattr(exporting_papers, name)(window.desk, window)


def _on_review(window: MainWindow, name: str) -> None:
    """Walk what is to be looked at, from wherever one is: it is shown first."""
    if window.desk.place.page is not Page.REVIEW:
        window.desk.go(Place(Page.REVIEW))
        return
    getattr(window.navigation.review, name)()


def _on_account_page(window: MainWindow, name: str) -> None:
    getattr(window.navigation.account, name)()


def canvas_action_ids() -> list[str]:
    """The actions that a canvas carries out itself."""
    return [spec.id for spec in ACTIONS.values() if spec.scope is Scope.CANVAS]


def _with_store(window: MainWindow, run: Handler) -> Handler:
    return lambda: run() if window.desk.is_open else None


def _with_account(window: MainWindow, run: Handler) -> Handler:
    def guarded() -> None:
        if window.desk.is_open and window.desk.place.page is Page.ACCOUNT:
            run()
        else:
            window.messages.say(phrase("Open an account first."))

    return guarded


def _settings(window: MainWindow, page: str = "") -> None:
    from brm_desktop.gui.dialogs.settings_dialog import SettingsDialog

    SettingsDialog(window, page).exec()


def _why(window: MainWindow) -> None:
    from brm_desktop.gui.why import why_here

    on_account = window.desk.place.page is Page.ACCOUNT
    why_here(window.desk, window.navigation.account.pane if on_account else None)


def _what_if(window: MainWindow) -> None:
    """Begin a what-if on the canvas on show, or end it from wherever one is."""
    from brm_desktop.gui.what_if import leaving

    page = window.navigation.account if window.desk.place.page is Page.ACCOUNT else None
    if page is not None and page.pane is not None:
        page.pane.what_if.toggle()
    elif window.desk.session.supposing:
        leaving.leave(window.desk, window)
    else:
        window.messages.say(phrase("Show a canvas first."))


def _end_what_if(window: MainWindow, *, keep: bool) -> None:
    from brm_desktop.gui.what_if import leaving

    if not window.desk.session.supposing:
        window.messages.say(phrase("There is no what-if to end."))
    elif keep:
        leaving.keep(window.desk)
    else:
        leaving.discard(window.desk)


def _help(window: MainWindow) -> None:
    from brm_desktop.gui.dialogs.help_dialog import HelpDialog

    HelpDialog(window, window.commands.keys).exec()


def _tour(window: MainWindow) -> None:
    from brm_desktop.gui.tour import start_tour

    start_tour(window)


def _full_screen(window: MainWindow) -> None:
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()


def _import(window: MainWindow) -> None:
    from brm_desktop.gui.what_if.leaving import refused_meanwhile

    if refused_meanwhile(window.desk):
        return
    from brm_desktop.gui.dialogs.import_dialog import ImportDialog

    def ask() -> None:
        if ImportDialog(window).exec() and window.desk.place.page is Page.ACCOUNT:
            pane = window.navigation.account.pane
            if pane is not None and pane.canvas is not None:
                pane.canvas.fit()  # who came stands where there was room, perhaps out of sight

    if window.desk.is_open:
        ask()
    else:
        window.stores.ask_new(then=ask)


def _remove_sample(window: MainWindow) -> None:
    if not window.stores.sample_path().is_file():
        window.messages.say(phrase("There is no sample portfolio to remove."))
        return
    question = phrase("Remove the sample portfolio with everything you changed in it?")
    if window.messages.ask(question, phrase("Remove"), danger=True):
        window.stores.remove_sample()
