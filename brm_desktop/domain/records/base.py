"""What every record has, its id types, and how ids of relations are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType
from uuid import UUID, uuid5

from brm_desktop.domain.phrase import Word

OrganisationId = NewType("OrganisationId", str)
AccountId = NewType("AccountId", str)
DepartmentId = NewType("DepartmentId", str)
PersonId = NewType("PersonId", str)
ProjectTypeId = NewType("ProjectTypeId", str)
ProjectId = NewType("ProjectId", str)

_RELATIONS = UUID("6b1f3c52-7f0e-5d0a-9a51-0f5e6d2c8b17")


class Audience(Word):
    """Who may ever see a record once the user shares."""

    PRIVATE = "private", "only me"
    TEAM = "team", "account team"
    COMPANY = "company", "whole company"


class Basis(Word):
    """Whether a statement was confirmed or is only assumed."""

    ASSUMED = "assumed", "assumed"
    CONFIRMED = "confirmed", "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One fact, frozen, flat and known by its id (UUIDv7 of a thing, UUIDv5 of a relation)."""

    id: str
    audience: Audience = Audience.PRIVATE


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in integer minor units (fen, cents) with its ISO 4217 currency; never a float."""

    minor: int
    currency: str


def relation_id(kind: str, *parts: str) -> str:
    """The UUIDv5 of a thing known by its parts, the same on every machine (domain rule §3)."""
    return str(uuid5(_RELATIONS, "|".join((kind, *parts))))
