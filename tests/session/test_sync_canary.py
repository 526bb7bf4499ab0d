"""A canary: a marker in every field that may not leave is in nothing that leaves, wherever it lies.

The markers are looked for in the bundles (as they lie there, and opened), in the asset's database
and its folder, in the answers, in the colleagues' stores, in what the colleagues would send, in
every other file that came about, and in the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zlib import crc32

import pytest
from company import Company, send, take
from hypothesis import given
from hypothesis import strategies as some
from naive_sharing import Naive
from stores import everything, rightly_named

from brm_desktop.domain.categories import CATEGORIES, Category
from brm_desktop.domain.change import Change
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.domain.records import (
    KINDS,
    Account,
    Choice,
    Organisation,
    OrganisationKind,
    Record,
    Records,
    Sameness,
    SharingChoice,
    id_of,
)
from brm_desktop.exchange.bundles import open_bundle
from brm_desktop.session.session import Session
from brm_desktop.session.syncing import prepare
from brm_desktop.storage.rows.mapping import TABLES

NAMES = UUID(int=7)
ACME = str(uuid5(NAMES, "account Acme"))
NO_TEXT = {"id", "author", "stamp", "subject", "part", "kind", "row", "field", "one", "other"}


def marker(record: Record, field: str) -> str:
    return f"quoll-{name_of_kind(type(record))}-{field}-{crc32(record.id.encode())}"


def marked(record: Record) -> Record:
    """A record with a text of its own in every field that is a text."""
    names = [
        name
        for name, code in TABLES[type(record)].codes.items()
        if name not in NO_TEXT
        and code.plain is None
        and code.json is str
        and not code.person
        and isinstance(getattr(record, name), str)
        and not _names_something(record, name)
    ]
    texts: dict[str, Any] = {name: marker(record, name) for name in names}
    lists: dict[str, Any] = {
        name: (marker(record, name),)
        for name in ("phones", "emails")
        if name in TABLES[type(record)].codes
    }
    return replace(record, **texts, **lists)


def _names_something(record: Record, name: str) -> bool:
    return name in {
        "account",
        "organisation",
        "parent",
        "department",
        "person",
        "manager",
        "source",
        "target",
        "employee",
        "project",
        "type",
        "lost_to",
        "owner",
        "sponsor",
        "successor",
        "canvas",
    }


def a_portfolio(ours: str) -> Records:
    """A record of every kind, marked; our own organisation is the one that the store has."""
    found = everything()
    ids = {record.id: str(uuid5(NAMES, record.id)) for record in found} | {"organisation We": ours}
    return rightly_named(
        Records(
            _renamed(marked(record), ids)
            for record in found
            if not isinstance(record, SharingChoice) and record.id != "organisation We"
        )
    )


def _renamed(record: Record, ids: dict[str, str]) -> Record:
    """A record with ids as the program makes them."""
    names: dict[str, Any] = {}
    for field in record.__dataclass_fields__:
        value = getattr(record, field)
        if isinstance(value, tuple):
            names[field] = tuple(ids.get(one, one) for one in value)
        elif isinstance(value, str) and not isinstance(value, Word):
            names[field] = ids.get(value, value)
    if isinstance(record, Sameness):
        names["one"], names["other"] = sorted((names["one"], names["other"]))
    return replace(record, **names)


def filled(session: Session, choices: list[SharingChoice]) -> Records:
    """Put the portfolio into a store, with what is chosen about it."""
    (ours,) = session.records.where(Organisation, kind=OrganisationKind.OWN)
    session.apply(phrase("Fill"), Change.of((), [*a_portfolio(ours.id), *choices]))
    return session.all_records()


def choice(subject: str, part: str, chosen: Choice) -> SharingChoice:
    key = id_of(SharingChoice, subject, part)
    return SharingChoice(id=key, subject=subject, part=part, choice=chosen)


def markers_of(records: Records, leaving: set[tuple[str, str, str]]) -> tuple[set[str], set[str]]:
    """The markers of what stays, and of what leaves; ``leaving`` are kinds, ids and fields."""
    stays: set[str] = set()
    leaves: set[str] = set()
    for record in records:
        for field in TABLES[type(record)].codes:
            value = getattr(record, field)
            found = value[0] if isinstance(value, tuple) and value else value
            if isinstance(found, str) and found.startswith("quoll-"):
                goes = (name_of_kind(type(record)), record.id, field) in leaving
                (leaves if goes else stays).add(found)
    return stays, leaves


def all_bytes(folder: Path, but: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file there is but those of one store."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(but.stem):
            yield path, path.read_bytes()


def assert_kept(company: Company, wang: Session, li: Session, stays: set[str]) -> None:
    """No marker of what stays is anywhere but in the store it is of."""
    for path, content in all_bytes(company.folder, wang.path):
        assert not [one for one in stays if one.encode() in content], path
    for sent in wang.shared_store.unacknowledged():
        told = [*open_bundle(sent.bundle, company.keys, lambda _header, _key: True).lines()]
        text = json.dumps(told, ensure_ascii=False)
        assert not [one for one in stays if one in text]
        assert not [one for one in stays if one.encode() in sent.bundle]
    seen = repr([*li.all_records(), *prepare(li).outgoing.operations])
    assert not [one for one in stays if one in seen]


POLICIES: dict[str, list[SharingChoice]] = {
    "nothing": [],
    "people": [choice("", "structure", Choice.TEAM)],
    "all but notes": [
        choice("", one.value, Choice.COMPANY) for one in Category if one is not Category.NOTES
    ],
    "never beats all": [
        *(choice("", one.value, Choice.COMPANY) for one in Category),
        choice(ACME, "opinions", Choice.NEVER),
        choice(ACME, "money", Choice.NEVER),
        choice(ACME, "personal", Choice.NEVER),
    ],
    "asked": [choice("", one.value, Choice.ASK) for one in Category],
}


@pytest.mark.parametrize("name", POLICIES)
def test_no_marker_of_what_stays_is_in_anything_that_leaves(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    company = Company(tmp_path)
    with company.rep("Wang Min") as wang, company.rep("Li Lei") as li:
        records = filled(wang, POLICIES[name])
        found = prepare(wang)
        leaving = {
            (*key, field) for key, one in found.selection.leaving.items() for field in one.fields
        }
        stays, leaves = markers_of(records, leaving)
        assert stays
        send(wang)
        assert_kept(company, wang, li, stays)
        company.merge()
        take(li)
        assert_kept(company, wang, li, stays)
        take(wang)
        arrived = repr([*li.all_records()])
        assert not [one for one in leaves if one not in arrived]
        assert bool(leaves) is bool(found.outgoing)
    assert "quoll-" not in caplog.text


def test_every_kind_has_a_marker_in_every_text_of_its_own() -> None:
    records = a_portfolio("ours")
    told = repr([*records])
    for kind in KINDS:
        texts = {"name", "title", "notes", "note", "evidence", "label", "summary", "learnt"}
        for field in texts & CATEGORIES.get(kind, {}).keys():
            assert f"quoll-{name_of_kind(kind)}-{field}" in told, (kind, field)


@pytest.fixture(scope="module")
def reps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    company = Company(tmp_path_factory.mktemp("company"))
    with company.rep("Wang Min") as wang:
        filled(wang, [])
        yield wang


@given(some.data())
def test_the_values_that_would_leave_are_those_of_the_plain_definition(
    reps: Session, data: some.DataObject
) -> None:
    records = reps.all_records()
    subjects = some.sampled_from(["", *records.all(Account), *records.all(Organisation)])
    parts = some.tuples(subjects, some.sampled_from(Category), some.sampled_from(Choice))
    wanted = {
        (subject, category.value): choice(subject, category.value, chosen)
        for subject, category, chosen in data.draw(some.lists(parts, max_size=10))
    }
    before = records.all(SharingChoice).values()
    reps.apply(phrase("Choose"), Change.of(before, wanted.values()))
    found = prepare(reps).outgoing
    said = {
        (one.kind, one.row, field): value
        for one in found.operations
        for field, value in one.values.items()
    }
    plain: dict[tuple[str, str, str], Any] = {}
    for (kind, key), (fields, _, _) in Naive(records, wanted.values()).leaving().items():
        record = records.find(key)
        assert record is not None
        full = TABLES[type(record)].full(record)
        plain |= {(kind, key, field): full[field] for field in fields if field in full}
    assert said == plain
