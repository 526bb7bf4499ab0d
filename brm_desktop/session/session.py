"""The session: the one door through which every change goes, in the order file, memory, views."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import AccountId, Records
from brm_desktop.session.clock import Clock, SetClock, SystemClock
from brm_desktop.session.settings import Settings, ThemeChoice
from brm_desktop.session.signal import Signal
from brm_desktop.storage.lines import AccountLine, FieldChange, HistoryLine

if TYPE_CHECKING:
    from brm_desktop.domain.analysis import AccountAnalysis

__all__ = [
    "AccountLine",
    "Clock",
    "FieldChange",
    "HistoryLine",
    "LoadedAccount",
    "Session",
    "SetClock",
    "Settings",
    "Signal",
    "SystemClock",
    "ThemeChoice",
]

P = ParamSpec("P")


class LoadedAccount:
    """The working set of one account, read and not yet shown."""


class Session:
    """An open store: its records, and everything that may be done with them.

    One thread at a time uses a session; only :meth:`read_account` may run beside it.
    """

    records: Records
    """The shared part (everything of organisations that are no customers, and project types) and
    the opened accounts; immutable, so that a worker may keep it."""
    changed: Signal[Change]
    """Told of every change of :attr:`records`: edits, undo, redo, an account opened."""
    settings: Settings
    settings_changed: Signal[Settings]

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock | None = None,
        create: bool = False,
        own_name: str = "Our company",
    ) -> Session:
        """Open a store; with ``create``, make it first when there is none.

        Raises
        ------
        StoreProblem
            When there is no file, or it is not a store, newer, damaged, busy or not writable.
        """
        raise NotImplementedError

    @property
    def path(self) -> Path:
        """The store's file."""
        raise NotImplementedError

    def today(self) -> date:
        """The day it is."""
        raise NotImplementedError

    def act(self) -> Act:
        """The circumstances of an edit made now, for :meth:`apply`; :meth:`edit` has its own."""
        raise NotImplementedError

    def edit(
        self,
        name: Phrase,
        edit: Callable[Concatenate[Records, Act, P], Change],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change:
        """Make an edit: ``session.edit(phrase("Add a person"), edits.add_person, name="Li", …)``.

        An edit that changes nothing leaves no trace. Raises what the edit raises, and
        ``StoreProblem`` when the store cannot be written; then nothing has changed.
        """
        raise NotImplementedError

    def apply(self, name: Phrase, change: Change, /) -> Change:
        """Make a change that was decided already, such as an import or a layout; one undo step."""
        raise NotImplementedError

    def undo(self) -> Phrase | None:
        """Take back the last edit and give its name; ``None`` when there is none.

        Raises
        ------
        Refused
            When what the edit changed was changed elsewhere since.
        """
        raise NotImplementedError

    def redo(self) -> Phrase | None:
        """Make the edit again that was undone last and give its name, if there is one."""
        raise NotImplementedError

    def can_undo(self) -> Phrase | None:
        """The name of the edit that :meth:`undo` would take back."""
        raise NotImplementedError

    def can_redo(self) -> Phrase | None:
        """The name of the edit that :meth:`redo` would make again."""
        raise NotImplementedError

    def change_settings(self, **fields: object) -> Settings:
        """Set some settings: ``session.change_settings(user=person.id)``; not an undo step."""
        raise NotImplementedError

    def portfolio(self) -> list[AccountLine]:
        """Every account, in name order, without loading any."""
        raise NotImplementedError

    def find_account(self, name: str) -> AccountId:
        """The account of an id, an exact name or short name, or a unique beginning of a name.

        Raises
        ------
        NotFound
            When nothing fits; ``Ambiguous`` when several do.
        """
        raise NotImplementedError

    def open_account(self, account: AccountId) -> None:
        """Load an account into :attr:`records`, unless it is there; raises ``NotFound``."""
        raise NotImplementedError

    def read_account(self, account: AccountId) -> LoadedAccount:
        """Read an account's working set and show it to nobody; safe on a worker thread."""
        raise NotImplementedError

    def show_account(self, loaded: LoadedAccount) -> None:
        """Bring an account read by :meth:`read_account` into :attr:`records`."""
        raise NotImplementedError

    def all_records(self) -> Records:
        """Everything in the store, for exports and checks; :attr:`records` stays as it is."""
        raise NotImplementedError

    def analysis(self, account: AccountId) -> AccountAnalysis:
        """The numbers of an account today, kept until the records change; opens the account."""
        raise NotImplementedError

    def history(
        self,
        record_id: str | None = None,
        account: AccountId | None = None,
        limit: int = 500,
    ) -> list[HistoryLine]:
        """What was done to a record, to anything of an account, or at all; newest first."""
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """How many records of each kind the store holds, by the kind's name (``person``, …)."""
        raise NotImplementedError

    @property
    def schema(self) -> int:
        """The version of the store's schema."""
        raise NotImplementedError

    def check(self) -> list[Phrase]:
        """What is wrong with the store, a sentence each: schema, file, rules, clocks, history."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the store; the session cannot be used any more."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
