"""Who may be in a store twice, over all accounts; and telling two apart again that were joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Final

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.disputes import hidden_line, value_in
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.duplicates import Candidate, Sharing, duplicates_in
from brm_desktop.domain.edits import tell_apart
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.merge import SETTLES_ITSELF
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    REFERENCES,
    Account,
    Conflict,
    Department,
    Organisation,
    Person,
    Project,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    Sameness,
    Verdict,
    named_by,
)
from brm_desktop.session.overview import Overview
from brm_desktop.session.restoring import taken_back
from brm_desktop.storage.rows.lines import HistoryLine

_COMPARED: Final = (Organisation, Person, Department, ProjectType, Project)
_WHOLE: Final = (Organisation, Account, Sameness, Conflict)
"""The kinds of which there are few, or all are looked at."""
_STEPS: Final = 3
"""So far is followed what records name: an edge of a chain names a place in it, this a person."""
_REFERENCES: Final = {(one.kind, one.field): one for one in REFERENCES}

Check = Callable[[], object]
Wanted = defaultdict[type[Record], set[str]]


def candidates(session: Overview, check: Check = lambda: None) -> tuple[Candidate, ...]:
    """Every pair of the whole store that may be one, the likeliest first; safe on a worker thread.

    They are of what is saved; nothing of it comes into memory. What ``check`` raises ends it.
    """
    return duplicates_in(to_look_at(session, check=check), check)


def to_look_at(
    session: Overview, lines: Sequence[ReportingLine] = (), check: Check = lambda: None
) -> Records:
    """What of a saved store may be there twice, is disputed or decided about, and what that names.

    ``lines`` are those that are hidden; then all lines are among it. Of a large store it is a small
    part: everything is read twice, and only that is kept. Safe on a worker thread.
    """
    found: dict[str, Record] = {}
    for record in session.each_of((*_WHOLE, *([ReportingLine] if lines else []))):
        found[record.id] = record
    named = [one for one in found.values() if not isinstance(one, ReportingLine)]
    named += _sharing(session, check)
    found |= {one.id: one for one in named}
    known = Records(found.values())
    for line in lines:
        named += [line, *hidden_line(known, line).against]
    for _ in range(_STEPS):
        check()
        named = _named(session, named, found)
        found |= {one.id: one for one in named}
    return Records(found.values())


def _sharing(session: Overview, check: Check) -> list[Record]:
    """The records that share anything with another, and the lines between people of them."""
    seen = Sharing()
    for record in session.each_of(_COMPARED):
        check()
        seen.see(record)
    found: list[Record] = []
    for record in session.each_of(_COMPARED):
        check()
        if seen.shares(record):
            found.append(record)
    people = {one.id for one in found if isinstance(one, Person)}
    found += (
        one
        for one in session.each_of((ReportingLine,))
        if isinstance(one, ReportingLine) and {one.person, one.manager} <= people
    )
    return found


def _named(session: Overview, some: Iterable[Record], known: Container[str]) -> list[Record]:
    """What some records name, and what stands in conflict, of what is not known yet."""
    wanted: Wanted = defaultdict(set)
    for record in some:
        for reference, key in named_by(record):
            _want(wanted, reference.targets, key)
        if isinstance(record, Conflict) and record.kind not in SETTLES_ITSELF:
            _want_disputed(wanted, record)
    return [
        one
        for kind, ids in wanted.items()
        for one in session.records_with(kind, (key for key in ids if key not in known))
    ]


def _want_disputed(wanted: Wanted, conflict: Conflict) -> None:
    """What a conflict is about, and what its value names."""
    kind = kind_named(conflict.kind)
    _want(wanted, (kind,), conflict.row)
    reference = _REFERENCES.get((kind, conflict.field))
    if reference is not None:
        said = value_in(conflict)
        for key in said if isinstance(said, tuple) else (said,):
            _want(wanted, reference.targets, str(key or ""))


def _want(wanted: Wanted, kinds: Iterable[type[Record]], key: str) -> None:
    for kind in kinds:
        wanted[kind].add(key)


def parted(records: Records, act: Act, verdict: Sameness, lines: Sequence[HistoryLine]) -> Change:
    """Tell two apart that were joined: ``lines`` are what joining them did (``lines_of_edit``).

    Who went comes again with all that named him, as far as nobody changed it since; the one that
    stayed gets back what it said before. Raises ``Refused``, when nothing is left of the joining.
    """
    if verdict.verdict is not Verdict.SAME:
        raise Refused(phrase("These are two already."))
    draft = Draft(records)
    draft.apply(taken_back(draft, act, lines))
    kinds = {line.record: line.kind for line in lines}
    draft.do(tell_apart, act, kinds[verdict.one], verdict.one, verdict.other)
    return draft.change()
