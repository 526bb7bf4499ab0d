"""The edit that sets many ties at once, as a matrix of levels is typed or pasted."""

from __future__ import annotations

from collections.abc import Mapping

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.relations import revise_relation, set_tie
from brm_desktop.domain.edits.removing import remove_records
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.matrix import Level
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId, Records, Tie, id_of


def set_levels(
    records: Records,
    act: Act,
    /,
    levels: Mapping[tuple[PersonId, PersonId], Level | None],
) -> Change:
    """Set the ties of (employee, person) pairs; ``None`` takes a tie away.

    A level now leaves the wanted one as it is, and the other way round. All or none: a wanted
    level where there is no tie yet is refused, as is what `set_tie` refuses.
    """
    draft = Draft(records)
    for (employee, person), level in levels.items():
        tie = draft.get(Tie, id_of(Tie, employee, person))
        if level is None:
            if tie is not None:
                draft.do(remove_records, act, [tie.id])
        elif level.closeness is not None:
            draft.do(set_tie, act, employee, person, level.closeness, wanted=level.wanted)
        elif tie is None:
            raise Refused(
                phrase(
                    "{employee} has no tie to {person} yet: write the level now first,"
                    " such as 10/{wanted}.",
                    employee=called(records, employee),
                    person=called(records, person),
                    wanted=level.wanted,
                )
            )
        else:
            draft.do(revise_relation, act, tie.id, wanted=level.wanted)
        if level is not None and level.none_wanted:
            draft.do(revise_relation, act, id_of(Tie, employee, person), wanted=None)
    return draft.change()
