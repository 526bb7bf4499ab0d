"""Organisations, the accounts among them, and what is planned for an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records.base import (
    AccountId,
    DepartmentId,
    Money,
    OrganisationId,
    PersonId,
    ProjectId,
    Record,
)


class OrganisationKind(Word):
    """What an organisation is to us."""

    CUSTOMER = "customer", "customer"
    OWN = "own", "our company"
    COMPETITOR = "competitor", "competitor"
    PARTNER = "partner", "partner"


class Tier(Word):
    """How much an account counts for us."""

    STRATEGIC = "strategic", "strategic"
    KEY = "key", "key"
    ORDINARY = "ordinary", "ordinary"
    SMALL = "small", "small"


class Lifecycle(Word):
    """Where the account stands between first contact and after-sale."""

    NEW = "new", "new"
    PURSUIT = "pursuit", "pursuit"
    AFTER_SALE = "after_sale", "after-sale"


class AccountStage(Word):
    """What we mean to do with the account."""

    ACQUIRE = "acquire", "acquire"
    GROW = "grow", "grow"
    RETAIN = "retain", "retain"
    WIN_BACK = "win_back", "win back"


class Approach(Word):
    """Whether we tend the account or hunt in it."""

    FARMING = "farming", "farming"
    HUNTING = "hunting", "hunting"


class CoverageModel(Word):
    """How many of us look after how many accounts."""

    N_TO_1 = "n_to_1", "N-to-1"
    ONE_TO_N = "1_to_n", "1-to-N"
    ONE_TO_MANY = "1_to_many", "1-to-many"


class ScreeningVerdict(Word):
    """What screening decided about an account."""

    UNDECIDED = "undecided", "undecided"
    TARGET = "target", "target"
    EXCLUDED = "excluded", "excluded"


class Criterion(Word):
    """What an account is selected by, each 0–100 (domain rule §9)."""

    REVENUE = "revenue", "revenue"
    POTENTIAL = "potential", "potential"
    DEMONSTRATION = "demonstration", "demonstration effect"
    WINNABLE = "winnable", "winnable and doable"


class ActionState(Word):
    """How far an action is."""

    OPEN = "open", "open"
    DONE = "done", "done"
    CANCELLED = "cancelled", "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A company or body: a customer, us, a competitor or a partner."""

    id: OrganisationId
    name: str
    short_name: str = ""
    kind: OrganisationKind = OrganisationKind.CUSTOMER
    parent: OrganisationId | None = None
    industry: str = ""
    region: str = ""
    size: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Record):
    """A customer organisation that someone manages.

    The four scores are the user's own values 0–100, one for each :class:`Criterion`; ``None`` means
    looked up in a threshold table or unknown (domain rule §9). ``customer_type`` names a table.
    """

    id: AccountId
    organisation: OrganisationId
    tier: Tier = Tier.ORDINARY
    lifecycle: Lifecycle = Lifecycle.NEW
    stage: AccountStage = AccountStage.ACQUIRE
    owner: PersonId | None = None
    sponsor: PersonId | None = None
    expected_annual_spend: Money | None = None
    approach: Approach | None = None
    coverage_model: CoverageModel | None = None
    second_count: bool = False
    strategic_reason: str = ""
    screening: ScreeningVerdict = ScreeningVerdict.UNDECIDED
    screening_reason: str = ""
    screened_on: date | None = None
    revenue_score: int | None = None
    potential_score: int | None = None
    demonstration_score: int | None = None
    winnable_score: int | None = None
    customer_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRevenue(Record):
    """What an account bought from us in one year; id of (account, year)."""

    account: AccountId
    year: int
    revenue: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Department(Record):
    """A part of an organisation."""

    id: DepartmentId
    organisation: OrganisationId
    name: str
    parent: DepartmentId | None = None
    key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    """Something someone will do by a date, for an account, perhaps for one person or project."""

    account: AccountId
    text: str
    person: PersonId | None = None
    project: ProjectId | None = None
    owner: PersonId | None = None
    due: date | None = None
    state: ActionState = ActionState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPlan(Record):
    """What we want of an account in one year; id of (account, year)."""

    account: AccountId
    year: int
    goal: str = ""
    value_proposition: str = ""
    success_factors: str = ""
    remarks: str = ""


class TeamFunction(Word):
    """What a colleague does on an account's team."""

    ACCOUNT_MANAGER = "account_manager", "account manager"
    ACCOUNT_LEAD = "account_lead", "account lead"
    SPONSOR = "sponsor", "sponsor"
    REGIONAL_DIRECTOR = "regional_director", "regional key-account director"
    BUSINESS_LINE_SELLER = "business_line_seller", "business-line seller"
    PRE_SALES = "pre_sales", "pre-sales"
    COMMERCIAL_SUPPORT = "commercial_support", "commercial support"
    MARKETING = "marketing", "marketing"
    TELE_SALES = "tele_sales", "tele-sales"
    CONTRACTS = "contracts", "contracts"
    FINANCE = "finance", "finance"
    OTHER = "other", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember(Record):
    """A colleague on an account's team; id of (account, employee, function)."""

    account: AccountId
    employee: PersonId
    function: TeamFunction = TeamFunction.OTHER
    business_line: str = ""
    dotted: bool = False
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Record):
    """What share of an account's result a colleague has, 1–100 percent; id of (account, employee).

    Agreed by the team, entered by its leader; the shares of an account add to 100.
    """

    account: AccountId
    employee: PersonId
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Record):
    """Where a person's card stands on one canvas; id of (canvas, person).

    ``canvas`` is the id of what the canvas shows: an account (relationship map), a project
    (decision chain) or a person (key-person view). ``x`` and ``y`` are the card's centre in scene
    units; a pinned card is never moved by a layout.
    """

    canvas: str
    person: PersonId
    x: int
    y: int
    pinned: bool = False
