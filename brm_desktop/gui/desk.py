"""What every page works at: the open session, where the user is, and what he has selected.

The session's signals become Qt's here, edits go through :meth:`Desk.edit`, and what goes wrong ends
as a sentence in the window. It is there before the window is painted, so the records are not
imported with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal

from brm_desktop.domain.errors import Problem, Refused
from brm_desktop.domain.phrase import Phrase, Word, phrase

if TYPE_CHECKING:
    from datetime import date

    from brm_desktop.domain.act import Act
    from brm_desktop.domain.analysis import AccountAnalysis
    from brm_desktop.domain.change import Change
    from brm_desktop.domain.records import AccountId, PersonId, ProjectId, ProjectTypeId, Records
    from brm_desktop.gui.look import Look
    from brm_desktop.gui.messages import Messages
    from brm_desktop.gui.preferences import Preferences
    from brm_desktop.gui.work import Jobs
    from brm_desktop.rendering.drawer import Drawer
    from brm_desktop.session.session import Session

P = ParamSpec("P")


class Page(StrEnum):
    """The pages of the window."""

    START = "start"
    TODAY = "today"
    WEEKLY = "weekly"
    ACCOUNTS = "accounts"
    ACCOUNT = "account"
    COLLEAGUES = "colleagues"
    COMPETITORS = "competitors"
    VALUE = "value"
    BACKUPS = "backups"
    SYNC = "sync"
    REVIEW = "review"
    ASSET = "asset"
    SCREENING = "screening"
    WHCSE = "whcse"


class Section(Word):
    """What pages are called whose names mean something else elsewhere."""

    VALUE = "value", "Value"


class Tab(StrEnum):
    """The tabs of an account's page."""

    MAP = "map"
    PEOPLE = "people"
    CHAINS = "chains"
    PROJECTS = "projects"
    PLAN = "plan"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user is; ``person`` is the centre of a key-person view on the map's tab.

    ``about`` is what one came for: an action of the plan by its id, or kinds of review, apart.
    """

    page: Page = Page.START
    account: AccountId | None = None
    tab: Tab = Tab.MAP
    project: ProjectId | None = None
    person: PersonId | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Selected:
    """What the inspector shows: people, links by their records' ids, or one of the others."""

    people: tuple[PersonId, ...] = ()
    links: tuple[str, ...] = ()
    project: ProjectId | None = None
    project_type: ProjectTypeId | None = None
    opportunity: str | None = None

    def __bool__(self) -> bool:
        return self != NOTHING


NOTHING = Selected()
_WITH_CANVAS = frozenset({Tab.MAP, Tab.CHAINS})


class _Watch:
    """How to stop hearing a session."""

    __slots__ = ("stops",)

    def __init__(self) -> None:
        self.stops: list[Callable[[], None]] = []

    def stop(self) -> None:
        for stop in self.stops:
            stop()
        self.stops.clear()


class Desk(QObject):
    """The window's state, and the one way from its pages to the session."""

    opened = Signal()
    closed = Signal()
    held = Signal()
    changed = Signal(object)
    settings_changed = Signal()
    went = Signal(object)
    arrived = Signal(object)
    selected = Signal(object)
    day_shown = Signal()
    reveal = Signal(object)

    def __init__(
        self, look: Look, preferences: Preferences, jobs: Jobs, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.preferences = preferences
        self.jobs = jobs
        self.messages = messages
        self.place = Place()
        self.came_from = Place(Page.ACCOUNTS)
        """Where one was before the page that is on show."""
        self.last_account: AccountId | None = None
        self.selection = NOTHING
        self.day: date | None = None
        self.since: date | None = None
        self.refusing: Phrase | None = None
        """Why nothing is edited for the moment, as while colleagues' work is taken in."""
        self.owed: list[Callable[[], None]] = []
        """What the user said and waits to be done; each takes itself off the list when it is."""
        self._session: Session | None = None
        self._watch = _Watch()
        self._drawer: Drawer | None = None

    @property
    def drawer(self) -> Drawer:
        """Who draws charts, in a process of its own while there are some to be drawn."""
        if self._drawer is None:
            from brm_desktop.rendering.drawer import Drawer

            self._drawer = Drawer()
        return self._drawer

    @property
    def session(self) -> Session:
        """The open session; asking without one is a defect."""
        if self._session is None:
            raise RuntimeError("no store is open")
        return self._session

    @property
    def is_open(self) -> bool:
        """Whether a store is open."""
        return self._session is not None

    @property
    def records(self) -> Records:
        """The records that are loaded."""
        return self.session.records

    def attach(self, session: Session) -> None:
        """Work on this session from now on."""
        self.detach()
        self._session = session
        self._hear(session)
        self.opened.emit()

    def detach(self) -> None:
        """Close the session, if one is open."""
        if self._session is None:
            return
        self.settle()
        if self._drawer is not None:
            self._drawer.leave_off()
        self.jobs.stop()
        if self._drawer is not None:
            self._drawer.rest()
        self._watch.stop()
        self.select(NOTHING)
        self.day = self.since = self.last_account = None
        session, self._session = self._session, None
        self.closed.emit()
        session.close()

    def settle(self, first: Callable[[], object] = lambda: None) -> bool:
        """Do now what is owed, as before the store is closed; false when something was refused.

        What is done ``first`` may owe something more, or be refused itself. What fails is told and
        owed no more: whoever closes or locks the window goes on, and is not kept from it for ever.
        """
        said: list[object] = []
        heard = self.messages.warned.connect(said.append)
        said += self._failing(first)
        for settle in tuple(self.owed):
            said += self._failing(settle)
            if settle in self.owed:
                self.owed.remove(settle)
        self.messages.warned.disconnect(heard)
        return not said

    def _failing(self, do: Callable[[], object]) -> list[Exception]:
        """Do something; what goes wrong is told and given."""
        try:
            do()
        except Exception as error:  # noqa: BLE001  (told, whatever it is)
            self.messages.failed(error)
            return [error]
        return []

    def hold(self) -> None:
        """Let views go of the session, as before a worker changes it."""
        self._watch.stop()
        self.held.emit()

    def resume(self) -> None:
        """Hear the session again, and show what it holds now."""
        if self._session is not None and not self._watch.stops:
            self._hear(self._session)
            self._renew()
            self.go(self.place)

    def edit(
        self,
        name: Phrase,
        edit: Callable[Concatenate[Records, Act, P], Change],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change | None:
        """Make an edit; a rule that forbids it is told, and ``None`` given."""
        try:
            self.check_today()
            return self.session.edit(name, edit, *args, **kwargs)
        except Problem as problem:
            self.messages.failed(problem)
            self._renew()
            return None

    def change_settings(self, **fields: object) -> None:
        """Set some settings of the store; that they cannot be is told, and they stay."""
        try:
            self.session.change_settings(**fields)
        except Problem as problem:
            self.messages.failed(problem)

    def undo(self) -> None:
        """Take back the last edit; what colleagues wrote only after a warning."""
        session = self.session
        others = 0 if session.supposing else session.shared_store.come_undone()
        question = phrase(
            "This takes back {n} records that came from colleagues; what of it you share yourself"
            " is deleted or written over for everybody with your next sending.",
            n=others,
        )
        if not others or self.messages.ask(question, phrase("Take these back"), danger=True):
            self._told(session.undo)

    def redo(self) -> None:
        """Make the edit again that was taken back."""
        self._told(self.session.redo)

    def analysis(self, account: AccountId | None = None) -> AccountAnalysis:
        """The numbers of an account, by default of the one on show."""
        wanted = account or self.place.account
        if wanted is None:
            raise RuntimeError("no account is on show")
        found = self.session.analysis(wanted)
        return found if self.day is None else found.on(self.day)

    @property
    def today(self) -> date:
        """The day that is on show: today, or the day in the past that one looks at."""
        return self.day or self.session.today()

    def show_day(self, day: date | None, since: date | None = None) -> None:
        """Look at a day in the past, ``None`` being today; ``since`` marks what changed since."""
        past = day if day is not None and day < self.session.today() else None
        if (past, since) != (self.day, self.since):
            self.day, self.since = past, since
            self.day_shown.emit()

    @property
    def only_looks(self) -> bool:
        """Whether the company's asset is on show, and nothing is supposed about it."""
        session = self._session
        return session is not None and session.is_asset and not session.supposing

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed: on a day in the past, and in the company's asset."""
        return self.day is not None or self.only_looks

    def check_today(self) -> None:
        """Refuse what would be written while a day in the past is on show, or work comes in."""
        if self.refusing is not None:
            raise Refused(self.refusing)
        if self.day is not None:
            from brm_desktop.gui.past_day import READ_ONLY

            raise Refused(READ_ONLY)

    def go(self, place: Place) -> None:
        """Go somewhere; the window opens what is needed."""
        self.went.emit(place)

    def arrive(self, place: Place) -> None:
        """The window is somewhere else now."""
        if place.account != self.place.account or place.page != self.place.page:
            self.select(NOTHING)
        looks_from = place.person if place.person != self.place.person else None
        leaves_canvas = place.tab not in _WITH_CANVAS or place.page is not Page.ACCOUNT
        if leaves_canvas or place.account != self.place.account:
            self._back_to_today()
        if place.page is not self.place.page:
            left = self.place
            self.came_from = Place(Page.ACCOUNTS) if left.page is Page.START else left
        self.place = place
        self.last_account = place.account or self.last_account
        self.arrived.emit(place)
        if looks_from is not None:
            self.select(Selected(people=(looks_from,)))

    def select(self, selection: Selected) -> None:
        """Select something; the inspector and the views follow."""
        if selection != self.selection:
            self.selection = selection
            self.selected.emit(selection)

    def show_person(self, person: PersonId) -> None:
        """Select one person and bring him into view."""
        self.select(Selected(people=(person,)))
        self.reveal.emit(person)

    def _renew(self) -> None:
        """Have views show again what is so, though nothing changed."""
        from brm_desktop.domain.change import Change

        self.changed.emit(Change())

    def _back_to_today(self) -> None:
        if (self.day, self.since) != (None, None):
            self.day = self.since = None
            self.day_shown.emit()

    def _hear(self, session: Session) -> None:
        self._watch.stops.append(session.changed.subscribe(self.changed.emit))
        self._watch.stops.append(
            session.settings_changed.subscribe(lambda _settings: self.settings_changed.emit())
        )

    def _told(self, work: Callable[[], object]) -> None:
        try:
            self.check_today()
            work()
        except Problem as problem:
            self.messages.failed(problem)
