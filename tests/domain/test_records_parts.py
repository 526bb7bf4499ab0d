from __future__ import annotations

from dataclasses import fields
from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.records import (
    KINDS,
    PARTS,
    REFERENCES,
    AccountId,
    Assessment,
    Influence,
    InfluenceKind,
    Interaction,
    Person,
    PersonId,
    ReportingLine,
    id_of,
    named_by,
    right_id,
)


def test_the_id_of_a_relation_is_the_same_on_every_machine() -> None:
    assert id_of(ReportingLine, "a", "b", "solid") == "1e3d85a5-72a3-536f-b1da-44e13b4328ce"


@given(st.text(), st.text())
def test_the_id_of_a_relation_is_a_uuid_5_of_its_parts(person: str, manager: str) -> None:
    name = f"reporting_line|{person}|{manager}|solid"
    relations = UUID("6b1f3c52-7f0e-5d0a-9a51-0f5e6d2c8b17")
    assert id_of(ReportingLine, person, manager, "solid") == str(uuid5(relations, name))


def test_the_order_of_the_parts_matters() -> None:
    assert id_of(ReportingLine, "a", "b", "solid") != id_of(ReportingLine, "b", "a", "solid")


def test_relations_of_different_kinds_between_the_same_ends_have_different_ids() -> None:
    ids = {id_of(Influence, "a", "b", kind) for kind in InfluenceKind}
    assert len(ids) == len(InfluenceKind)


def test_a_wrong_number_of_parts_is_a_defect() -> None:
    with pytest.raises(TypeError, match="person, manager, kind"):
        id_of(ReportingLine, "a", "b")


def test_a_statement_of_nobody_toward_us_has_an_id_too() -> None:
    day = date(2026, 3, 31)
    statement = Assessment(id="", person=PersonId("p"), assessed_on=day, closeness=1)
    assert right_id(statement) == id_of(Assessment, "", "p", None, day)


def test_a_thing_keeps_the_id_it_has() -> None:
    assert right_id(Person(id=PersonId("p"), name="P")) == "p"


def test_the_parts_and_references_are_fields_of_their_kinds() -> None:
    for kind, (_, parts) in PARTS.items():
        assert set(parts) <= {field.name for field in fields(kind)}
    for reference in REFERENCES:
        assert reference.field in {field.name for field in fields(reference.kind)}
        assert set(reference.targets) <= set(KINDS)


def test_every_field_that_holds_an_id_of_another_record_is_a_reference() -> None:
    known = {(reference.kind, reference.field) for reference in REFERENCES}
    for kind in KINDS:
        for field in fields(kind):
            if field.name not in {"id", "external_id"} and "Id" in str(field.type):
                assert (kind, field.name) in known


def test_a_record_names_what_its_fields_refer_to() -> None:
    met = Interaction(
        id="i",
        account=AccountId("a"),
        held_on=date(2026, 3, 31),
        people=(PersonId("p"), PersonId("q")),
    )
    assert [named for _, named in named_by(met)] == ["a", "p", "q"]
    assert list(named_by(Person(id=PersonId("p"), name="P"))) == []
