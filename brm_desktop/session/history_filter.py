"""Which lines of a history are wanted: by person, kind, author and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.records import PersonId, Record, Records, Snapshot
from brm_desktop.session.edits_since import named_in
from brm_desktop.storage.rows.lines import HistoryLine


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What is ``None`` filters nothing; ``since`` and ``until`` are days that count too.

    ``author`` is the name of who edited; days are those of this computer. The numbers kept at the
    end of each month are said by nobody, so they are there only when that kind is asked for.
    """

    person: PersonId | None = None
    kind: type[Record] | None = None
    author: str | None = None
    since: date | None = None
    until: date | None = None

    def keeps(self, line: HistoryLine, records: Records) -> bool:
        """Whether a line is wanted."""
        on = line.when.astimezone().date()
        if (self.since is not None and on < self.since) or (
            self.until is not None and on > self.until
        ):
            return False
        if self.author is not None and line.author_name != self.author:
            return False
        if line.kind is not self.kind and (self.kind is not None or line.kind is Snapshot):
            return False
        return self.person is None or self.person in named_in(line, records)
