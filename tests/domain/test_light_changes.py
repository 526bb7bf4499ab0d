from __future__ import annotations

from datetime import date

from brm_desktop.domain.change import Change
from brm_desktop.domain.light_changes import concerned_by
from brm_desktop.domain.records import (
    AccountId,
    Department,
    DepartmentId,
    Interaction,
    OrganisationId,
    Person,
    PersonId,
    Tie,
    id_of,
)


def test_a_change_concerns_whoever_it_speaks_of() -> None:
    li, wu, xu = (PersonId(name) for name in ("li", "wu", "xu"))
    met = Interaction(id="met", account=AccountId("a"), held_on=date(2026, 1, 1), people=(li, wu))
    tie = Tie(id=id_of(Tie, wu, xu), employee=wu, person=xu, closeness=5)
    zhao = Person(id=PersonId("zhao"), name="Zhao")
    board = Department(id=DepartmentId("d"), organisation=OrganisationId("o"), name="Board")
    assert concerned_by(Change.of([met], [board])) == {li, wu}
    assert concerned_by(Change.of([tie], [zhao])) == {xu, zhao.id}
