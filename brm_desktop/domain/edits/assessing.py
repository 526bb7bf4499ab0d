"""The edit that says how close someone is to us, and how he takes to our solution and price."""

from __future__ import annotations

from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Basis, OrganisationId, PersonId, Records


def assess(
    records: Records,
    act: Act,
    person: PersonId,
    *,
    closeness: int | None = None,
    solution: int | None = None,
    price: int | None = None,
    basis: Basis | None = None,
    evidence: str = "",
    on: date | None = None,
    organisation: OrganisationId | None = None,
) -> Change:
    """Make a dated statement about a person; what is ``None`` is not said (domain rule §2).

    Statements of one author about one person on one day are one statement. Without ``on`` the
    statement is dated today, and says nothing when it only repeats what is valid today; with ``on``
    it is made all the same, so ``on=act.today`` renews a score that stayed what it was.
    """
    raise NotImplementedError
