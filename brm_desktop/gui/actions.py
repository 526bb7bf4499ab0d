"""The one table of everything the window can be told to do, with its keys.

Every menu, tool button, palette entry and key comes from here. A key acts within a scope; two
actions whose scopes can be active together never share a key (:func:`conflicts`). The user may give
an action other keys; they are kept with the preferences of this computer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QKeySequence

from brm_desktop.domain.phrase import Phrase, phrase


class Scope(Enum):
    """Where a key acts."""

    WINDOW = auto()
    CANVAS = auto()
    CARD = auto()


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing to do: its id, what it is called, its keys, where they act, and its icon."""

    id: str
    text: Phrase
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW
    icon: str = ""
    in_palette: bool = True
    fixed: bool = False


def _window() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("find_anything", phrase("Search or run a command"), ("Ctrl+K",), icon="search"),
        ActionSpec("undo", phrase("Undo"), ("Ctrl+Z",), icon="undo"),
        ActionSpec("redo", phrase("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo"),
        ActionSpec("toggle_navigation", phrase("Show or hide the navigation"), ("Ctrl+B",)),
        ActionSpec("toggle_inspector", phrase("Show or hide the inspector"), ("Ctrl+I",)),
        ActionSpec(
            "next_pane",
            phrase("Go to the next pane: page, inspector, top bar, navigation"),
            ("Ctrl+F6",),
        ),
        ActionSpec("previous_pane", phrase("Go to the pane before"), ("Ctrl+Shift+F6",)),
        ActionSpec("why", phrase("Why this number?"), ("F3", "Alt+Return")),
        ActionSpec("settings", phrase("Settings"), ("Ctrl+,",), icon="settings"),
        ActionSpec("help", phrase("Keys and help"), ("F1",)),
        ActionSpec("tour", phrase("Tour in five steps"), icon="flag"),
        ActionSpec("full_screen", phrase("Full screen"), ("F11",)),
        ActionSpec("switch_language", phrase("Switch between Chinese and English")),
        ActionSpec("switch_theme", phrase("Switch between light and dark"), icon="moon"),
        ActionSpec("new_store", phrase("New store…"), icon="plus"),
        ActionSpec("open_store", phrase("Open a store…"), ("Ctrl+O",), icon="folder"),
        ActionSpec("open_sample", phrase("Open the sample portfolio"), icon="sample"),
        ActionSpec("remove_sample", phrase("Remove the sample portfolio"), icon="trash"),
        ActionSpec("lock", phrase("Lock now"), ("Ctrl+Shift+X",), icon="lock"),
        ActionSpec("protection", phrase("Protection of this store"), icon="lock"),
        ActionSpec("quit", phrase("Quit"), ("Ctrl+Q",)),
    )


def _places() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("show_today", phrase("Go to today"), ("Alt+T",), icon="today"),
        ActionSpec("show_week", phrase("Go to the weekly review"), ("Alt+W",), icon="week"),
        ActionSpec("show_accounts", phrase("Go to accounts"), ("Alt+A",), icon="accounts"),
        ActionSpec("show_colleagues", phrase("Go to our relations"), ("Alt+O",), icon="colleagues"),
        ActionSpec("show_competitors", phrase("Go to competitors"), ("Alt+C",), icon="competitors"),
        ActionSpec("show_value", phrase("Go to value"), ("Alt+V",), icon="value"),
        ActionSpec("show_screening", phrase("Screen the accounts"), icon="check"),
        ActionSpec("show_whcse", phrase("Reviews of this account"), icon="review"),
        ActionSpec("show_backups", phrase("Go to backups"), ("Alt+B",), icon="backup"),
        ActionSpec("back_up", phrase("Back up now"), icon="backup"),
        ActionSpec("show_sync", phrase("Go to sync"), ("Alt+S",), icon="sync"),
        ActionSpec("show_review", phrase("Go to the review"), ("Alt+R",), icon="review"),
        ActionSpec("show_asset", phrase("The company's shared asset…"), icon="asset"),
        ActionSpec("show_map", phrase("Show the map"), ("Ctrl+1",), icon="layout"),
        ActionSpec("show_people", phrase("Show the people"), ("Ctrl+2",), icon="colleagues"),
        ActionSpec("show_chains", phrase("Show the decision chains"), ("Ctrl+3",), icon="chain"),
        ActionSpec("show_projects", phrase("Show the projects"), ("Ctrl+4",), icon="folder"),
        ActionSpec("show_plan", phrase("Show the account plan"), ("Ctrl+5",), icon="plan"),
        ActionSpec("show_history", phrase("Show the history"), ("Ctrl+6",), icon="history"),
        ActionSpec("table_twin", phrase("Canvas or table"), ("Ctrl+T",), icon="table"),
        ActionSpec(
            "centres",
            phrase("Power and influence centres beside the map"),
            ("Ctrl+Shift+L",),
            icon="ranked",
        ),
        ActionSpec("what_if", phrase("What if"), ("Ctrl+Shift+W",), icon="what_if"),
        ActionSpec("what_if_sliders", phrase("What if: sliders of the card"), ("Ctrl+Shift+S",)),
        ActionSpec("what_if_keep", phrase("What if: keep"), icon="what_if"),
        ActionSpec("what_if_discard", phrase("What if: discard")),
        ActionSpec("work_first", phrase("Work on whom first"), ("Ctrl+Shift+F",), icon="ranked"),
        ActionSpec(
            "show_time", phrase("Time: the canvas as of a day"), ("Ctrl+Shift+T",), icon="history"
        ),
    )


def _work() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("sync_now", phrase("Sync now"), ("F9",), icon="sync"),
        ActionSpec("send", phrase("Send what leaves"), icon="export"),
        ActionSpec("take_in", phrase("Take in what came"), icon="import"),
        ActionSpec("week_next", phrase("Weekly review: next account"), ("Ctrl+PgDown",)),
        ActionSpec("week_previous", phrase("Weekly review: previous account"), ("Ctrl+PgUp",)),
        ActionSpec("review_next", phrase("Review: next"), ("F6",)),
        ActionSpec("review_previous", phrase("Review: previous"), ("Shift+F6",)),
        ActionSpec("review_first", phrase("Review: the first holds"), ("Alt+1",)),
        ActionSpec("review_second", phrase("Review: the second holds"), ("Alt+2",)),
        ActionSpec("new_account", phrase("New account…"), ("Ctrl+N",), icon="plus"),
        ActionSpec("new_project", phrase("New project…"), ("Ctrl+Shift+N",), icon="chain"),
        ActionSpec("new_person", phrase("Add a person…"), ("Ctrl+Shift+P",), icon="person"),
        ActionSpec("restore_value", phrase("Restore the value chosen in the history"), ("Ctrl+R",)),
        ActionSpec("import", phrase("Import…"), ("Ctrl+Shift+I",), icon="import"),
        ActionSpec("build_months", phrase("Build snapshots anew"), icon="history"),
        ActionSpec(
            "export_plan", phrase("Export the account plan as PDF…"), ("Ctrl+E",), icon="plan"
        ),
        ActionSpec("export_brief", phrase("Export the visit brief as PDF…"), icon="plan"),
        ActionSpec("export_handover", phrase("Export the handover pack as PDF…"), icon="plan"),
        ActionSpec("export_review", phrase("Export the minutes as PDF…"), icon="week"),
        ActionSpec(
            "export_canvas", phrase("Export this canvas…"), ("Ctrl+Shift+E",), icon="export"
        ),
        ActionSpec("print", phrase("Print this canvas…"), ("Ctrl+P",)),
    )


def _canvas() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("find_on_canvas", phrase("Find on the canvas"), ("Ctrl+F",), Scope.CANVAS),
        ActionSpec("select_all", phrase("Select everything"), ("Ctrl+A",), Scope.CANVAS),
        ActionSpec("cut", phrase("Cut"), ("Ctrl+X",), Scope.CANVAS),
        ActionSpec("copy", phrase("Copy"), ("Ctrl+C",), Scope.CANVAS),
        ActionSpec("paste", phrase("Paste"), ("Ctrl+V",), Scope.CANVAS),
        ActionSpec("duplicate", phrase("Duplicate"), ("Ctrl+D",), Scope.CANVAS),
        ActionSpec("delete", phrase("Delete"), ("Del",), Scope.CANVAS, "trash"),
        ActionSpec("lay_out", phrase("Lay out"), ("Ctrl+L",), Scope.CANVAS, "layout"),
        ActionSpec("collapse", phrase("Collapse or expand"), ("Ctrl+.",), Scope.CANVAS, "collapse"),
        ActionSpec("show_more", phrase("Show more people"), ("Ctrl+Shift+.",), Scope.CANVAS),
        ActionSpec("pin", phrase("Pin or unpin"), ("Ctrl+Shift+K",), Scope.CANVAS, "pin"),
        ActionSpec("key_person_view", phrase("Look from this person"), ("Ctrl+J",), icon="focus"),
        ActionSpec("zoom_100", phrase("Zoom to 100 %"), ("Ctrl+0",), Scope.CANVAS),
        ActionSpec("zoom_in", phrase("Zoom in"), ("Ctrl+=", "Ctrl++"), Scope.CANVAS),
        ActionSpec("zoom_out", phrase("Zoom out"), ("Ctrl+-",), Scope.CANVAS),
        ActionSpec("fit", phrase("Fit everything"), ("Shift+1",), Scope.CANVAS, "fit"),
        ActionSpec("fit_selection", phrase("Fit the selection"), ("Shift+2",), Scope.CANVAS),
        ActionSpec("legend", phrase("Legend: what the signs mean"), ("F8",), Scope.CANVAS),
    )


def _cards() -> tuple[ActionSpec, ...]:
    def key(name: str, text: Phrase, *keys: str, scope: Scope = Scope.CARD) -> ActionSpec:
        return ActionSpec(name, text, keys, scope, in_palette=False, fixed=True)

    return (
        key("add_peer", phrase("Add a peer of the selected person"), "Return"),
        key("add_report", phrase("Add someone who reports to the selected person"), "Tab"),
        key("add_manager", phrase("Add a manager of the selected person"), "Shift+Tab"),
        key("add_swayed", phrase("Draw an influence: type whom this person sways"), "Ctrl+Return"),
        key("edit_name", phrase("Edit the name"), "F2"),
        key("leave", phrase("Leave: end the edit, the tool or the selection"), "Esc"),
        key("go_left", phrase("Go to the card on the left"), "Left"),
        key("go_right", phrase("Go to the card on the right"), "Right"),
        key("go_up", phrase("Go to the manager"), "Up"),
        key("go_down", phrase("Go to the first report"), "Down"),
        key("nudge_left", phrase("Nudge left (ten times with Shift)"), "Alt+Left"),
        key("nudge_right", phrase("Nudge right (ten times with Shift)"), "Alt+Right"),
        key("nudge_up", phrase("Nudge up (ten times with Shift)"), "Alt+Up"),
        key("nudge_down", phrase("Nudge down (ten times with Shift)"), "Alt+Down"),
    )


ACTIONS: Final[Mapping[str, ActionSpec]] = MappingProxyType(
    {spec.id: spec for spec in (*_window(), *_places(), *_work(), *_canvas(), *_cards())}
)
"""Every action by its id, in the order people read them."""

_TOGETHER: Final = {
    Scope.WINDOW: {Scope.WINDOW, Scope.CANVAS, Scope.CARD},
    Scope.CANVAS: {Scope.WINDOW, Scope.CANVAS, Scope.CARD},
    Scope.CARD: {Scope.WINDOW, Scope.CANVAS, Scope.CARD},
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One key that two actions want at once."""

    key: str
    first: str
    second: str


@dataclass(slots=True)
class Keys:
    """The keys in force: the table's, with the user's own in their place."""

    own: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, action: str) -> tuple[str, ...]:
        """The keys of an action now."""
        return self.own.get(action, ACTIONS[action].keys)

    def give(self, action: str, keys: Iterable[str]) -> None:
        """Give an action other keys; the table's own keys are not kept as the user's."""
        wanted = tuple(normal(key) for key in keys if key)
        if wanted == tuple(normal(key) for key in ACTIONS[action].keys):
            self.own.pop(action, None)
        else:
            self.own[action] = wanted

    def reset(self) -> None:
        """Forget every key of the user's."""
        self.own.clear()

    def stored(self) -> dict[str, str]:
        """The user's keys as words to remember."""
        return {action: "; ".join(keys) for action, keys in self.own.items()}

    @classmethod
    def restored(cls, table: Mapping[str, str]) -> Keys:
        """The keys remembered; actions that are no more are left out."""
        kept = {
            action: tuple(key for key in words.split("; ") if key)
            for action, words in table.items()
            if action in ACTIONS
        }
        return cls(kept)


def normal(key: str) -> str:
    """A key as Qt spells it, so that two spellings compare equal."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def shown(key: str) -> str:
    """A key as this computer's people read it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def conflicts(keys: Keys) -> list[Conflict]:
    """Every key that two actions active together both have."""
    found: list[Conflict] = []
    owners: dict[str, list[ActionSpec]] = {}
    for spec in ACTIONS.values():
        for key in keys.of(spec.id):
            spelt = normal(key)
            found.extend(
                Conflict(spelt, other.id, spec.id)
                for other in owners.get(spelt, ())
                if spec.scope in _TOGETHER[other.scope]
            )
            owners.setdefault(spelt, []).append(spec)
    return found
