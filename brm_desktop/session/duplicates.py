"""Who may be in a store twice, over all accounts; and telling two apart again that were joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.duplicates import Candidate, duplicates_in
from brm_desktop.domain.edits import tell_apart
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Department,
    Organisation,
    Person,
    Project,
    ProjectType,
    Records,
    ReportingLine,
    Sameness,
    Verdict,
)
from brm_desktop.session.overview import Overview
from brm_desktop.session.restoring import taken_back
from brm_desktop.storage.rows.lines import HistoryLine

_COMPARED = (Organisation, Person, Department, ProjectType, Project, ReportingLine, Sameness)


def candidates(
    session: Overview, check: Callable[[], object] = lambda: None
) -> tuple[Candidate, ...]:
    """Every pair of the whole store that may be one, the likeliest first; safe on a worker thread.

    They are of what is saved; nothing of it comes into memory. What ``check`` raises ends it.
    """
    return duplicates_in(session.records_of(_COMPARED), check)


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
