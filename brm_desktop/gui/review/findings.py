"""What is to be looked at, read off the window's thread: conflicts, lines, duplicates, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from brm_desktop.domain.authorship import Authorship, rows_of
from brm_desktop.domain.disputes import Dispute, HiddenLine, disputes, hidden_line
from brm_desktop.domain.duplicates import Candidate, Likelihood, duplicates_in
from brm_desktop.domain.records import Record, Records, Sameness
from brm_desktop.domain.sharing_choices import Scopes
from brm_desktop.gui.work import Progress
from brm_desktop.session.duplicates import to_look_at
from brm_desktop.session.first_words import with_first_words
from brm_desktop.session.syncing import names_of_sites

if TYPE_CHECKING:
    from brm_desktop.session.session import Session


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at; ``accounts`` are those that have to be open to settle it."""

    key: str
    about: Dispute | HiddenLine | Candidate | Sameness
    accounts: tuple[str, ...]

    @property
    def is_pressing(self) -> bool:
        """Whether it should be settled: all but two that only may be one."""
        about = self.about
        return not isinstance(about, Candidate) or about.likelihood is Likelihood.VERY_LIKELY


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that is to be looked at, and what was decided about who is the same.

    ``pressing`` are conflicts and likely duplicates, ``perhaps`` those that only may be.
    ``records`` are those they are about, and what these name: of a large store a small part.
    """

    pressing: tuple[Item, ...]
    perhaps: tuple[Item, ...]
    verdicts: tuple[Item, ...]
    records: Records
    authors: Authorship


def when(stamp: str) -> datetime | None:
    """The moment of a stamp, in the time of here."""
    if not stamp:
        return None
    return datetime.fromtimestamp(int(stamp[:12], 16) / 1000, UTC).astimezone()


def find(session: Session, progress: Progress) -> Findings:
    """Look through the whole store; safe on a worker thread."""
    hidden = session.shared_store.hidden_lines()
    if session.supposing:
        records = session.all_records()
    else:
        records = to_look_at(session, hidden, progress.check)
    progress.check()
    scopes = Scopes(records)

    def homes(*of: Record | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for each in of if each for one in scopes.of(each) if one))

    found = disputes(records)
    items = [Item(f"{one.row}/{one.field}", one, homes(records.find(one.row))) for one in found]
    lines = [hidden_line(records, line) for line in hidden]
    items += [
        Item(one.line.id, one, homes(records.find(one.line.person), records.find(one.line.manager)))
        for one in lines
    ]
    progress.check()
    items += [
        Item(f"{one.one.id}/{one.other.id}", one, homes(one.one, one.other))
        for one in duplicates_in(records, progress.check)
    ]
    progress.check()
    decided = sorted(records.all(Sameness).values(), key=lambda one: one.stamp, reverse=True)
    verdicts = [
        Item(one.id, one, homes(records.find(one.one), records.find(one.other))) for one in decided
    ]
    keys = rows_of(found, lines)
    states = session.shared_store.states(keys) if keys else {}
    return Findings(
        tuple(one for one in items if one.is_pressing),
        tuple(one for one in items if not one.is_pressing),
        tuple(verdicts),
        records,
        with_first_words(session, Authorship(records, states, names_of_sites(session)), found),
    )
