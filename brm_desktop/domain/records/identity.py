"""Ids of records that are known by their parts: the same on every machine (domain rule §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID, uuid5

from brm_desktop.domain.records.accounts import AccountPlan, Placement, TeamMember, YearRevenue
from brm_desktop.domain.records.base import Record
from brm_desktop.domain.records.people import Assessment, Influence, ReportingLine, Tie
from brm_desktop.domain.records.projects import ChainLink, ChainMember

_RELATIONS: Final = UUID("6b1f3c52-7f0e-5d0a-9a51-0f5e6d2c8b17")

PARTS: Final[Mapping[type[Record], tuple[str, tuple[str, ...]]]] = {
    YearRevenue: ("year_revenue", ("account", "year")),
    ReportingLine: ("reporting_line", ("person", "manager", "kind")),
    Influence: ("influence", ("source", "target", "kind")),
    Tie: ("tie", ("employee", "person")),
    Assessment: ("assessment", ("author", "person", "organisation", "assessed_on")),
    ChainMember: ("chain_member", ("project", "person")),
    ChainLink: ("chain_link", ("project", "source", "target", "kind")),
    AccountPlan: ("account_plan", ("account", "year")),
    TeamMember: ("team_member", ("account", "employee", "function")),
    Placement: ("placement", ("canvas", "person")),
}
"""The word and the fields that the id of each such kind is made of; the words never change."""


def id_of(kind: type[Record], *parts: object) -> str:
    """The UUIDv5 of a record known by its parts, given as in :data:`PARTS`; ``None`` is blank."""
    word, fields = PARTS[kind]
    if len(parts) != len(fields):
        raise TypeError(f"the id of a {word} is made of {', '.join(fields)}")
    named = (word, *("" if part is None else str(part) for part in parts))
    return str(uuid5(_RELATIONS, "|".join(named)))


def right_id(record: Record) -> str:
    """The id a record should have: of its parts when it is known by them, else the one it has."""
    if type(record) not in PARTS:
        return record.id
    _, fields = PARTS[type(record)]
    return id_of(type(record), *(getattr(record, field) for field in fields))
