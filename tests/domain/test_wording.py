"""Records and values as people read them, and values out of JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from building import Portfolio
from stores import everything

from brm_desktop.domain.field_words import word_of_field
from brm_desktop.domain.kinds import kind_named, kind_word, name_of_kind
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.plain_values import value_of
from brm_desktop.domain.records import (
    KINDS,
    Account,
    Action,
    Assessment,
    ChainMember,
    Influence,
    Interaction,
    Money,
    Need,
    Opportunity,
    Person,
    PersonId,
    Product,
    ProjectType,
    Record,
    Records,
    Review,
    Role,
    SalesStage,
    Sameness,
    Snapshot,
    SupportRequest,
    YearRevenue,
)
from brm_desktop.domain.wording import field_told, title_of, value_told
from brm_desktop.storage.rows.mapping import TABLES

RECORDS = everything()


def first(kind: type[Record]) -> Record:
    return next(iter(RECORDS.all(kind).values()))


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (Account, "Acme"),
        (Person, "王敏 Wang Min"),
        (Influence, "Acme clerk → Acme chief"),
        (Sameness, "Acme chief → Acme clerk"),
        (YearRevenue, "Acme · 2025"),
        (Snapshot, "Acme · 2026-02"),
        (Assessment, "Acme chief · 2026-03-31"),
        (ChainMember, "Acme chief · Acme ERP"),
        (Interaction, "2026-02-03"),
        (Action, "Call"),
        (Need, "A second plant"),
        (Review, "Acme · 2026-03-31"),
        (SupportRequest, "A demo"),
        (Product, "GTX Pro"),
        (ProjectType, "ERP"),
    ],
)
def test_a_record_is_called_by_name_or_by_what_it_is_about(kind: type[Record], title: str) -> None:
    assert title_of(RECORDS, first(kind)) == title


def test_a_long_text_is_called_by_its_beginning() -> None:
    action = first(Action)
    assert isinstance(action, Action)
    assert title_of(RECORDS, replace(action, text="x" * 60)) == "x" * 39 + "…"


def test_what_says_nothing_of_itself_is_called_by_its_kind() -> None:
    member = first(ChainMember)
    assert isinstance(member, ChainMember)
    bare = replace(member, person=PersonId(""), project="gone")  # type: ignore[arg-type]
    assert title_of(RECORDS, bare) == kind_word("chain_member")


def test_whoever_is_not_here_is_called_by_the_id() -> None:
    line = first(Influence)
    assert title_of(Records(), line) == "Acme clerk → Acme chief"


def test_somebody_without_a_name_is_called_by_the_title() -> None:
    cfo = Person(id=PersonId("x"), name="", title="CFO")
    assert title_of(Records([cfo]), cfo) == "CFO"


def test_values_are_told_as_people_read_them() -> None:
    facts = Portfolio()
    me = facts.employee("Me")
    records = facts.records()
    assert value_told(records, me) == "Me"
    assert value_told(records, (me, "nobody")) == ("Me", "nobody")
    assert str(value_told(records, True)) == "yes"
    assert str(value_told(records, False)) == "no"
    assert value_told(records, None) == value_told(records, ()) == value_told(records, "") == ""
    for value in (7, Money(1, "CNY"), date(2026, 1, 1), Role.USER):
        assert value_told(records, value) == value


def test_a_stage_is_told_in_its_word_or_as_it_was_written() -> None:
    assert field_told(RECORDS, Opportunity, "stage", "lead") is SalesStage.LEAD
    assert field_told(RECORDS, Opportunity, "stage", "Phase 2") == "Phase 2"
    assert field_told(RECORDS, Opportunity, "stage", "") == ""
    assert field_told(RECORDS, Person, "title", "lead") == "lead"


def test_every_field_has_a_word() -> None:
    for kind in KINDS:
        for field in kind.__dataclass_fields__:
            assert field == "id" or isinstance(word_of_field(field), Phrase), (kind, field)
    assert word_of_field("not_known") == "not known"


def test_kinds_are_found_by_their_names() -> None:
    for kind in KINDS:
        assert kind_named(name_of_kind(kind)) is kind
        assert TABLES[kind].name == name_of_kind(kind)
    with pytest.raises(KeyError):
        kind_named("unheard_of")


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_comes_back_out_of_json(kind: type[Record]) -> None:
    table = TABLES[kind]
    for record in RECORDS.all(kind).values():
        for name, code in table.codes.items():
            value = getattr(record, name)
            assert value_of(kind, name, code.to_plain(value)) == value
            if value == code.empty or value is None:
                assert not value_of(kind, name, None)


@pytest.mark.parametrize(
    ("field", "plain"),
    [
        ("name", 7),
        ("power", "7"),
        ("power", True),
        ("veto", 1),
        ("birthday", "yesterday"),
        ("adaptability", "odd"),
        ("phones", "1"),
        ("phones", [1]),
        ("unheard_of", "x"),
    ],
)
def test_a_value_of_another_kind_is_none(field: str, plain: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        value_of(Person, field, plain)


def test_money_is_two_values() -> None:
    assert value_of(YearRevenue, "revenue", [1, "CNY"]) == Money(1, "CNY")
    with pytest.raises(TypeError):
        value_of(YearRevenue, "revenue", ["1", "CNY"])
