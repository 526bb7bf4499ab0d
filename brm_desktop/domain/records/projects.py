"""Projects, who takes part in deciding them, and the opportunities they are to us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records.base import (
    AccountId,
    Basis,
    Money,
    OrganisationId,
    PersonId,
    ProjectId,
    ProjectTypeId,
    Record,
)


class Outcome(Word):
    """How a project ended."""

    OPEN = "open", "open"
    WON = "won", "won"
    LOST = "lost", "lost"
    NO_DECISION = "no_decision", "no decision"
    NOT_PURSUED = "not_pursued", "not pursued"


class Track(Word):
    """How much ceremony a project's purchase takes."""

    FULL = "full", "full track"
    FAST = "fast", "fast lane"


class Role(Word):
    """A buying role in one project; an influencer stands off the formal chain."""

    APPROVER = "approver", "approver"
    DECISION_MAKER = "decision_maker", "decision maker"
    EVALUATOR = "evaluator", "evaluator"
    USER = "user", "user"
    INFLUENCER = "influencer", "influencer"


class Stance(Word):
    """Attitude toward us in one project."""

    ENEMY = "enemy", "enemy"
    NON_SUPPORTER = "non_supporter", "non-supporter"
    NEUTRAL = "neutral", "neutral"
    SUPPORTER = "supporter", "supporter"
    MENTOR = "mentor", "mentor"
    UNKNOWN = "unknown", "unknown"


class ContactLevel(Word):
    """How much we have talked with someone in one project."""

    NONE = "none", "no contact"
    BRIEF = "brief", "brief contact"
    MULTIPLE = "multiple", "multiple contacts"
    IN_DEPTH = "in_depth", "in depth"
    UNKNOWN = "unknown", "unknown"


class ChainLinkKind(Word):
    """What a link inside one decision chain says."""

    DECIDES_FOR = "decides_for", "decides for"
    REPORTS_TO = "reports_to", "reports to"
    INFLUENCES = "influences", "influences"


class Origin(Word):
    """Where an opportunity came from."""

    CAPTURED = "captured", "captured"
    INCUBATED = "incubated", "incubated"
    OTHER = "other", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectType(Record):
    """A kind of project that comes back; wanted when we sell into it."""

    id: ProjectTypeId
    name: str
    wanted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """Something a customer buys or bought."""

    id: ProjectId
    account: AccountId
    name: str
    type: ProjectTypeId | None = None
    amount: Money | None = None
    business_line: str = ""
    starts_on: date | None = None
    decided_on: date | None = None
    outcome: Outcome = Outcome.OPEN
    lost_to: OrganisationId | None = None
    procurement: str = ""
    track: Track = Track.FULL
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainMember(Record):
    """A person's part in deciding one project; id of (project, person).

    ``veto`` and ``sole_approver``, when not ``None``, override the person's own marks in this
    project. Stance and contact level are claims: :class:`Attitude`.
    """

    project: ProjectId
    person: PersonId
    roles: tuple[Role, ...] = ()
    veto: bool | None = None
    sole_approver: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attitude(Record):
    """One dated claim about a person's stance and contact level in one project.

    Id of (author, person, project, date); what is ``None`` is not said. The newest claim that says
    one is valid, each of the two by itself; ``stamp`` orders claims of the same date (domain rule
    §2).
    """

    project: ProjectId
    person: PersonId
    stated_on: date
    stance: Stance | None = None
    contact: ContactLevel | None = None
    basis: Basis = Basis.ASSUMED
    evidence: str = ""
    author: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink(Record):
    """A link inside one chain; id of (project, source, target, kind).

    For ``decides_for`` the source decides for the target; for ``reports_to`` the source reports to
    the target; for ``influences`` the source sways the target.
    """

    project: ProjectId
    source: PersonId
    target: PersonId
    kind: ChainLinkKind = ChainLinkKind.DECIDES_FOR
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity(Record):
    """What a project is to us in money."""

    account: AccountId
    name: str
    project: ProjectId | None = None
    origin: Origin = Origin.OTHER
    stage: str = ""
    amount: Money | None = None
    probability: int | None = None
    expected_close: date | None = None
    outcome: Outcome = Outcome.OPEN
    closed_on: date | None = None
    owner: PersonId | None = None
