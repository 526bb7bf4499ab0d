"""Whose words a value in a conflict first were, where somebody else's undo put them back.

Whoever undoes the settling of a conflict writes what was shown before, which a colleague had said:
the stamp is of who undid, the words are the colleague's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from brm_desktop.domain.authorship import Authorship
from brm_desktop.domain.disputes import Dispute
from brm_desktop.domain.stamp import site_of_stamp
from brm_desktop.session.enrolling import site_of

if TYPE_CHECKING:
    from brm_desktop.session.session import Session


def with_first_words(session: Session, authors: Authorship, found: Iterable[Dispute]) -> Authorship:
    """The same with who wrote each value first, of fields of which one author says two things.

    History is read for no others; safe on a worker thread. What was written here it may tell by the
    name of the user in this store, who is the rep of this device.
    """
    own, reps = authors.names.get(site_of(session), ""), set(authors.names.values())
    first: dict[tuple[str, str, str], str] = {}
    for one in found:
        said = dict(_said(authors, one))
        if one.is_deletion or len({site_of_stamp(stamp) for stamp in said}) == len(said):
            continue
        lines = session.history(one.row)
        for stamp, value in said.items():
            wrote = [
                line.author_name if line.author_name in reps else own
                for line in lines
                for field in line.fields
                if field.field == one.field and field.after == value
            ]
            if wrote and wrote[-1] != authors.who(stamp):
                first[one.row, one.field, stamp] = wrote[-1]
    return replace(authors, first=first)


def _said(authors: Authorship, one: Dispute) -> Iterator[tuple[str, object]]:
    """Stamp and value of what is shown of a field, and of what stands against it."""
    yield authors.shown_stamp(one.kind, one.row, one.field), one.value
    for side in one.sides:
        yield side.stamp, side.value
