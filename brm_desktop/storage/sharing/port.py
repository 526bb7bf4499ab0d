"""What keeps a company's asset: a :class:`Port`, and what it keeps as values.

A port only keeps. What of an asset is decided (order, refusal, merging, who sees what, replies,
retention) is decided once, in the modules beside this one, whether a folder (``folder``) or a
PostgreSQL server (``postgres``) keeps what comes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.membership import Member, RowReach, SiteRole
from brm_desktop.domain.operations import Key, RowState
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import AccountId, Records
from brm_desktop.domain.replies import ReplyRow

Source = bytes | Path
"""A bundle as a server's row has it, or a file."""
APPLIED: Final = "applied"
"""The state of a bundle that was merged; what else it may be is :class:`replies.Trouble`."""
KNOWN: Final = "known"
"""What is said of a bundle that was merged before, or that its device sent otherwise since."""


@dataclass(frozen=True, slots=True)
class About:
    """What an asset is: its id and name, whose it is, and its private keys (64 bytes)."""

    asset: str
    name: str
    organisation: str
    organisation_name: str
    address: str
    public: PublicKeys
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """A bundle that waits in the inbox: under which name, and under which site it was put in."""

    name: str
    site: str
    source: Source
    received_at: int


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a bundle: ``state`` is ``APPLIED`` or a ``Trouble``, then with a reason.

    ``rows`` and ``enrols`` are known only to whoever has just received it: how many rows it
    touched, and whether it was a registration.
    """

    site: str
    first: int
    last: int
    digest: str
    previous: str
    received_at: int
    name: str
    state: str
    reason: Phrase | None = None
    rows: int = 0
    enrols: bool = False


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was invited and may register once; only the code's SHA-256 is kept, as hex."""

    code: str
    rep: str
    person: str
    role: SiteRole
    team: str
    made_at: int
    expires_at: int
    used_by: str = ""


class Merged(NamedTuple):
    """A row as a bundle left it; ``origin`` is the greatest stamp it wrote or went over."""

    state: RowState
    origin: str


class Rows(Protocol):
    """What is kept, within one transaction: all of it becomes true or nothing.

    Everything here is small but the rows; sequences of keys and rows are slices of some thousands.
    """

    def change(self) -> int:
        """The number of this transaction's change: greater than those of all that came before.

        It is the same however often it is asked for.
        """

    def horizon(self) -> int:
        """The change number up to which all changes are there: nothing at or below it can come."""

    def epoch(self) -> int:
        """Since when the asset goes on as it does, in ms since 1970; 0 from its beginning on.

        Change numbers and sequences that were told in another epoch say nothing in this one.
        """

    def begin_epoch(self, epoch: int) -> None:
        """Begin another epoch, greater than the last one."""

    def came_back(self) -> bool:
        """Whether the asset was put where it is from a copy since that was asked last."""

    def member(self, site: str) -> Member | None:
        """A member; nobody else changes it, or merges what it sent, until the transaction ends."""

    def keys_of(self, site: str) -> PublicKeys | None:
        """The keys of a member, which others may change meanwhile."""

    def members(self) -> list[Member]:
        """All members, revoked ones too, by site."""

    def same_device(self, keys: PublicKeys) -> list[Member]:
        """The members with these keys, by site: what one device is and was."""

    def save_member(self, member: Member) -> None:
        """Keep a member, new or as it is now."""

    def invited(self, code: str) -> Invited | None:
        """Who was invited with the code that has this SHA-256 in hex."""

    def invitations(self) -> list[Invited]:
        """Who was invited, also those who have registered since, the oldest first."""

    def save_invited(self, invited: Invited) -> None:
        """Keep an invitation, new or as it is now."""

    def received(self, site: str | None = None) -> list[Received]:
        """What became of bundles, of a site or of all: all that are not applied, oldest first."""

    def is_applied(self, site: str, digest: str) -> bool:
        """Whether a bundle was merged already."""

    def note(self, received: Received) -> None:
        """Keep what became of a bundle, in place of what was noted of the same digest."""

    def forget(self, site: str, digest: str) -> None:
        """Forget what became of a bundle that was not applied."""

    def states(self, keys: Sequence[Key]) -> dict[Key, RowState]:
        """Rows as they are, those that there are; nobody else changes them until the end."""

    def put(self, rows: Sequence[Merged], change: int, at: int) -> None:
        """Keep rows as they are now, each touched last by a change; ``at`` in ms since 1970."""

    def touch(self, keys: Sequence[Key], change: int) -> None:
        """Have rows be touched by a change, so that they are told of again; they are as before."""

    def reaches(self, keys: Sequence[Key]) -> dict[Key, list[RowReach]]:
        """By whose wish rows may be seen."""

    def put_reaches(self, reaches: Sequence[RowReach]) -> None:
        """Keep wishes, each in place of the same site's for the same row."""

    def erased(self, keys: Sequence[Key]) -> set[Key]:
        """Which of some rows were erased by request."""

    def erase(self, keys: Sequence[Key], change: int, at: int) -> None:
        """Leave nothing of rows but their ids: no values, no history, nothing that refers to it.

        They are known as erased from then on, and told of as touched by the change.
        """

    def rows_about(self, row: str) -> list[Key]:
        """The row of an id and all rows that name it in one of their fields, deleted ones too."""

    def named(self, name: str) -> list[Key]:
        """The people of a name."""

    def rows_for(self, reader: Member, after: int, upto: int) -> Iterator[ReplyRow]:
        """The rows touched after a change, up to another, that a reader may see or could see.

        What it may not see any more has no state (``membership.may_see``, ``could_see``).
        """

    def strip(self, before: int, most: int) -> int:
        """Leave nothing of rows that were deleted before a moment but ids, stamps and that.

        What counts is when a merge last touched a row that is deleted, whatever the clock of
        whoever deleted it. Of at most so many, in rows and history; gives of how many. Nobody is
        told: each site does the same by itself.
        """

    def prune(self, before: int) -> None:
        """Let go of history, applied bundles and wishes taken back from before a moment.

        :meth:`floor` is then the last change of before that moment.
        """

    def floor(self) -> int:
        """The change number before which it is not known any more what was taken back."""

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are that are not deleted."""

    def conflicts(self) -> int:
        """How many fields hold more than one thing that somebody wrote."""


class Reading(Protocol):
    """The records of an asset as of one moment, for its report."""

    def accounts(self) -> list[AccountId]:
        """The ids of all accounts."""

    def account(self, account: AccountId) -> Records:
        """An account's records with the shared part beside them; only that if it is not whole."""

    def contributed(self) -> Mapping[str, int]:
        """How many rows each site shares."""

    def bundles(self) -> Mapping[tuple[str, str], int]:
        """How many bundles of each site are in which state."""


class Port(Protocol):
    """A place that keeps an asset: a folder with a database, or a server."""

    @property
    def about(self) -> About:
        """What the asset is."""

    @property
    def is_remote(self) -> bool:
        """Whether working with it is waiting for it, mostly, so that time is left for more."""

    def merging(self) -> AbstractContextManager[None]:
        """Be the one who merges, or one of several where that is possible; raises ``StoreBusy``."""

    def transaction(self) -> AbstractContextManager[Rows]:
        """Read and change what is kept; what is raised inside leaves all as it was."""

    def reading(self) -> AbstractContextManager[Reading]:
        """Read the records, while nobody changes them."""

    def waiting(self) -> list[Letter]:
        """The bundles in the inbox, those of a site in the order they were written."""

    def settle(self, letter: Letter, state: str) -> None:
        """Take a bundle out of the inbox that is applied, known or refused; others stay."""

    def deliver(self, member: Member, reply: Callable[[Path], None] | None) -> None:
        """Put an answer where the site finds it, written by ``reply``; with none, take it away.

        Where sites read for themselves there is nothing to do.
        """

    def write_anew(self) -> None:
        """Let nothing of what was erased stay in the free room of files that are kept here.

        Where nothing was, nothing is done. A server sees to its own files. Raises ``StoreProblem``;
        then the next merge does it.
        """

    def close(self) -> None:
        """Let go of it."""
