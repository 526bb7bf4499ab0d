"""What every record has, and the types of its ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from brm_desktop.domain.phrase import Word

OrganisationId = NewType("OrganisationId", str)
AccountId = NewType("AccountId", str)
DepartmentId = NewType("DepartmentId", str)
PersonId = NewType("PersonId", str)
ProjectTypeId = NewType("ProjectTypeId", str)
ProjectId = NewType("ProjectId", str)


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
