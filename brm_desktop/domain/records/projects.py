"""Projects, who takes part in deciding them, and the opportunities they are to us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records.base import (
    AccountId,
    Basis,
    DepartmentId,
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


class LeadSource(Word):
    """What an opportunity was before it was one."""

    EVENT = "event", "event"
    REFERRAL = "referral", "referral"
    BUSINESS_LINE = "business_line", "business line"
    MARKETING = "marketing", "marketing"
    OTHER = "other", "other"


class SalesStage(Word):
    """How far an opportunity is, in the words of the board; the first is a lead."""

    LEAD = "lead", "lead"
    PROSPECTING = "prospecting", "prospecting"
    ENGAGING = "engaging", "engaging"
    PROPOSING = "proposing", "proposing"
    NEGOTIATING = "negotiating", "negotiating"


class SalesStep(Word):
    """One of the seven steps of selling to a target account, in their order."""

    ASSESS = "assess", "assess the opportunity"
    COMPETITIVE_STRATEGY = "competitive_strategy", "set the competitive strategy"
    KEY_PEOPLE = "key_people", "identify the key people"
    RELATIONSHIP_STRATEGY = "relationship_strategy", "set the relationship strategy"
    WORK_PLAN = "work_plan", "make the work plan"
    TEST = "test", "test and improve the plan"
    CLOSE = "close", "close the deal"


class SoldBy(Word):
    """How one business line came to a customer of another."""

    CROSS_SELL = "cross_sell", "cross-selling"
    REFERRAL = "referral", "referral"


class SupportState(Word):
    """What became of a request for support."""

    ASKED = "asked", "asked"
    GRANTED = "granted", "granted"
    REFUSED = "refused", "refused"


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
    """What a project is to us in money.

    ``stage`` is the value of a :class:`SalesStage`, or any other text, which is kept as it was
    written; so is ``product``. ``probability`` is the seller's own, 0–100. ``steps`` are those of
    the seven that are done. ``from_line`` is the business line it was cross-sold from.
    """

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
    business_lines: tuple[str, ...] = ()
    owner_department: DepartmentId | None = None
    lead: LeadSource | None = None
    sold_by: SoldBy | None = None
    referred_by: PersonId | None = None
    from_line: str = ""
    steps: tuple[SalesStep, ...] = ()
    product: str = ""
    opened_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRequest(Record):
    """What support an opportunity needs, who was asked for it, and what was decided."""

    opportunity: str
    text: str
    asked_of: PersonId | None = None
    asked_on: date | None = None
    state: SupportState = SupportState.ASKED
    decided_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Record):
    """Something we sell, with its price in the list."""

    name: str
    series: str = ""
    price: Money | None = None
