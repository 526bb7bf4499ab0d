"""Whatever is chosen for whatever records, the same leaves as by the plain definition."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some
from naive_sharing import Naive
from sharing_chosen import chosen
from stores import everything

from brm_desktop.domain.categories import (
    CATEGORIES,
    Category,
)
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.records import (
    REFERENCES,
    Account,
    Audience,
    Choice,
    Department,
    DepartmentId,
    Influence,
    Organisation,
    Person,
    PersonId,
    Record,
    Records,
    ReportingLine,
    SharingChoice,
    Tie,
)
from brm_desktop.domain.sharing import what_leaves

TEAM, COMPANY = Audience.TEAM, Audience.COMPANY


def several() -> Records:
    """Two accounts with a record of every kind each, joined by a line, and somebody of nowhere."""
    one, two = everything("Acme"), everything("Beta")
    records = one.with_changes((), [record for record in two if record.id not in one])
    ends = ("Acme chief", "Beta clerk")
    line = Influence(id="between", source=PersonId(ends[0]), target=PersonId(ends[1]), strength=5)
    nobody = Person(id=PersonId("nobody"), name="", title="CFO", placeholder=True)
    lost = ReportingLine(id="lost", person=PersonId("Acme chief"), manager=PersonId("gone"))
    group = Organisation(id="group", name="Group")  # type: ignore[arg-type]
    under = replace(records.one(Organisation, "organisation Beta"), parent=group.id)
    tie = Tie(id="tie", employee=PersonId("王敏 Wang Min"), person=nobody.id, closeness=5)
    board = next(iter(records.all(Department).values()))
    part = replace(board, id=DepartmentId("part"), name="Part", parent=board.id)
    return records.with_changes((), [line, nobody, lost, group, under, tie, part])


RECORDS = several()
CHOICES = some.sampled_from(Choice)


@some.composite
def choices_of(draw: some.DrawFn) -> list[SharingChoice]:
    """Some policies, some choices for records and some for fields."""
    scopes = ["", *RECORDS.all(Account), *RECORDS.all(Organisation)]
    parts = some.tuples(some.sampled_from(scopes), some.sampled_from([*Category]))
    marked = [one for one in RECORDS if type(one) in CATEGORIES]
    record = some.sampled_from(marked)
    found: dict[tuple[str, str], Choice] = {}
    for where in draw(some.lists(parts, max_size=12)):
        found[where[0], where[1].value] = draw(CHOICES)
    for one in draw(some.lists(record, max_size=4)):
        found[one.id, ""] = draw(CHOICES)
    for one in draw(some.lists(record, max_size=4)):
        found[one.id, draw(some.sampled_from([*CATEGORIES[type(one)]]))] = draw(CHOICES)
    return [chosen(*where, choice) for where, choice in found.items()]


@given(choices_of())
def test_whatever_is_chosen_the_same_leaves_as_by_the_plain_definition(
    choices: list[SharingChoice],
) -> None:
    found = what_leaves(RECORDS, choices)
    said = {
        key: (one.fields, [TEAM, COMPANY].index(one.reach) + 1, one.stub)
        for key, one in found.leaving.items()
    }
    assert said == Naive(RECORDS, choices).leaving()
    every = {(name_of_kind(type(one)), one.id) for one in RECORDS if type(one) in CATEGORIES}
    assert found.leaving.keys() | found.staying.keys() == every
    assert not found.leaving.keys() & found.staying.keys()


@given(choices_of(), some.randoms(use_true_random=False))
def test_the_order_of_records_and_choices_does_not_matter(
    choices: list[SharingChoice], chance: random.Random
) -> None:
    records, turned = list(RECORDS), list(choices)
    chance.shuffle(records)
    chance.shuffle(turned)
    assert what_leaves(Records(records), turned) == what_leaves(RECORDS, choices)


@given(choices_of())
def test_whatever_leaves_what_it_names_leaves_as_far(choices: list[SharingChoice]) -> None:
    leaving = what_leaves(RECORDS, choices).leaving
    by_id = {key: one for (_, key), one in leaving.items()}
    for (_, key), one in leaving.items():
        record = RECORDS.find(key)
        assert record is not None
        for named in _named(record, one.fields):
            assert [TEAM, COMPANY].index(by_id[named].reach) >= [TEAM, COMPANY].index(one.reach)


def _named(record: Record, names: frozenset[str]) -> Iterator[str]:
    for reference in REFERENCES:
        if reference.kind is type(record) and reference.field in names:
            value = getattr(record, reference.field)
            yield from value if isinstance(value, tuple) else [value] if value else []
