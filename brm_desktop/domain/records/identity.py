"""Ids of records that are known by their parts: the same on every machine (domain rule §3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha1
from typing import Final
from uuid import UUID

from brm_desktop.domain.records.accounts import (
    AccountPlan,
    Contribution,
    Organisation,
    OrganisationKind,
    Placement,
    TeamMember,
    YearRevenue,
)
from brm_desktop.domain.records.base import Record
from brm_desktop.domain.records.people import Assessment, Influence, ReportingLine, Tie
from brm_desktop.domain.records.projects import Attitude, ChainLink, ChainMember
from brm_desktop.domain.records.sharing import Conflict, Sameness, SharingChoice
from brm_desktop.domain.records.snapshots import Snapshot

_RELATIONS: Final = UUID("6b1f3c52-7f0e-5d0a-9a51-0f5e6d2c8b17").bytes
_REMEMBERED: Final = 1024
"""The ids lately made: an edit asks for the id of a relation when it looks for it and makes it."""

PARTS: Final[Mapping[type[Record], tuple[str, tuple[str, ...]]]] = {
    YearRevenue: ("year_revenue", ("account", "year")),
    ReportingLine: ("reporting_line", ("person", "manager", "kind")),
    Influence: ("influence", ("source", "target", "kind")),
    Tie: ("tie", ("employee", "person")),
    Assessment: ("assessment", ("author", "person", "organisation", "assessed_on")),
    ChainMember: ("chain_member", ("project", "person")),
    Attitude: ("attitude", ("author", "person", "project", "stated_on")),
    ChainLink: ("chain_link", ("project", "source", "target", "kind")),
    AccountPlan: ("account_plan", ("account", "year")),
    TeamMember: ("team_member", ("account", "employee", "function")),
    Contribution: ("contribution", ("account", "employee")),
    Snapshot: ("snapshot", ("subject", "month")),
    Placement: ("placement", ("canvas", "person")),
    Sameness: ("sameness", ("one", "other")),
    Conflict: ("conflict", ("kind", "row", "field", "stamp")),
    SharingChoice: ("sharing_choice", ("subject", "part")),
}
"""The word and the fields that the id of each such kind is made of; the words never change."""


def id_of(kind: type[Record], *parts: object) -> str:
    """The UUIDv5 of a record known by its parts, given as in :data:`PARTS`; ``None`` is blank."""
    word, fields = PARTS[kind]
    if len(parts) != len(fields):
        raise TypeError(f"the id of a {word} is made of {', '.join(fields)}")
    named = "|".join([word, *["" if part is None else str(part) for part in parts]])
    return _uuid5(named)


@lru_cache(_REMEMBERED)
def _uuid5(name: str) -> str:
    """What ``str(uuid.uuid5(…))`` gives, in less of its time: imports make many of them."""
    text = sha1(_RELATIONS + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


def right_id(record: Record) -> str:
    """The id a record should have: of its parts when it is known by them, else the one it has."""
    if type(record) not in PARTS:
        return record.id
    _, fields = PARTS[type(record)]
    return id_of(type(record), *(getattr(record, field) for field in fields))


def is_made_by_each(record: Record) -> bool:
    """Whether each store makes the record anew under an id it was told: the company's own."""
    return isinstance(record, Organisation) and record.kind is OrganisationKind.OWN
