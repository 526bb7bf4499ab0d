"""People, the lines between them, and what was said and done with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records.base import (
    AccountId,
    Basis,
    DepartmentId,
    OrganisationId,
    PersonId,
    Record,
)


class Adaptability(Word):
    """How someone takes to new things."""

    INNOVATOR = "innovator", "innovator"
    VISIONARY = "visionary", "visionary"
    PRAGMATIST = "pragmatist", "pragmatist"
    CONSERVATIVE = "conservative", "conservative"
    LAGGARD = "laggard", "laggard"
    UNKNOWN = "unknown", "unknown"


class LineKind(Word):
    """A manager on the chart, or one beside it."""

    SOLID = "solid", "solid line"
    DOTTED = "dotted", "dotted line"


class InfluenceKind(Word):
    """Where an influence comes from; a conflict is its own kind, with no strength."""

    PROFESSIONAL = "professional", "professional"
    FAMILY = "family", "family"
    ALUMNI = "alumni", "alumni"
    FORMER_COLLEAGUE = "former_colleague", "former colleague"
    POLITICAL = "political", "political"
    OTHER = "other", "other"
    CONFLICT = "conflict", "conflict"


class InteractionKind(Word):
    """How people met."""

    VISIT = "visit", "visit"
    CALL = "call", "call"
    MEAL = "meal", "meal"
    MEETING = "meeting", "meeting"
    MESSAGE = "message", "message"
    EVENT = "event", "event"


class Dimension(Word):
    """The three scores of an assessment, each 0–100 or unscored."""

    CLOSENESS = "closeness", "closeness"
    SOLUTION = "solution", "solution acceptance"
    PRICE = "price", "price acceptance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Anyone: the customer's, ours, a competitor's, a partner's.

    ``power`` and ``influence`` are the user's own values 0–100; ``None`` means derived (domain
    rule §4). ``veto`` and ``sole_approver`` are yes, no or unknown (``None``); ``crucial`` and
    ``key`` are the user's mark or, when ``None``, derived. ``external_id`` is the key of the file a
    person was imported from.
    """

    id: PersonId
    name: str
    latin_name: str = ""
    organisation: OrganisationId | None = None
    department: DepartmentId | None = None
    title: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    wechat: str = ""
    birthday: date | None = None
    adaptability: Adaptability = Adaptability.UNKNOWN
    power: int | None = None
    influence: int | None = None
    veto: bool | None = None
    sole_approver: bool | None = None
    crucial: bool | None = None
    key: bool | None = None
    influence_asked_on: date | None = None
    placeholder: bool = False
    left_on: date | None = None
    successor: PersonId | None = None
    non_sales: bool = False
    notes: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLine(Record):
    """``person`` reports to ``manager``; id of (person, manager, kind)."""

    person: PersonId
    manager: PersonId
    kind: LineKind = LineKind.SOLID
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence(Record):
    """``source`` sways ``target``, both people of customers; id of (source, target, kind).

    ``strength`` is 1–100, "how likely it works if used"; a conflict has none.
    """

    source: PersonId
    target: PersonId
    strength: int | None = None
    kind: InfluenceKind = InfluenceKind.PROFESSIONAL
    basis: Basis = Basis.ASSUMED
    evidence: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie(Record):
    """One of us, a competitor or a partner knows a customer's person; id of (employee, person).

    One of us may know a partner's person, too: a way to customers that leads over him.
    ``closeness`` now and ``wanted`` are 1–100.
    """

    employee: PersonId
    person: PersonId
    closeness: int
    wanted: int | None = None
    contact_owner: bool = False
    basis: Basis = Basis.ASSUMED
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """One dated statement about one person toward one organisation (``None``: ours).

    Id of (author, person, organisation, date). Scores are 0–100 or ``None``, unscored. ``stamp``
    orders statements of the same date (domain rule §2).
    """

    person: PersonId
    assessed_on: date
    organisation: OrganisationId | None = None
    closeness: int | None = None
    solution: int | None = None
    price: int | None = None
    basis: Basis = Basis.ASSUMED
    evidence: str = ""
    author: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(Record):
    """People of both sides met: what was said, what was learnt, what comes next."""

    account: AccountId
    held_on: date
    kind: InteractionKind = InteractionKind.VISIT
    people: tuple[PersonId, ...] = ()
    summary: str = ""
    learnt: str = ""
    next_step: str = ""
    next_step_on: date | None = None
