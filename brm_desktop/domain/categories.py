"""What every field of every kind of record is, as far as sharing goes: one category, or never sent.

The table is written out field by field, so that a new field is nobody's until somebody says what
it is; a test asserts that none is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING
from dataclasses import fields as fields_of
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import (
    PARTS,
    REFERENCES,
    Account,
    AccountPlan,
    Action,
    Assessment,
    Attitude,
    ChainLink,
    ChainMember,
    Contribution,
    Department,
    Influence,
    Interaction,
    Need,
    Opportunity,
    Organisation,
    Person,
    Placement,
    Product,
    Project,
    ProjectType,
    Record,
    ReportingLine,
    Review,
    Sameness,
    SupportRequest,
    TeamMember,
    Tie,
    YearRevenue,
)


class Category(Word):
    """What a choice of sharing is about, within one account."""

    STRUCTURE = "structure", "people and lines"
    PERSONAL = "personal", "phones, mail and birthdays"
    CONNECTIONS = "connections", "ties and influences"
    OPINIONS = "opinions", "opinions"
    PROJECTS = "projects", "projects and chains"
    MONEY = "money", "money"
    PLANS = "plans", "plans and actions"
    NOTES = "notes", "notes"


_STRUCTURE: Final = Category.STRUCTURE
_CONNECTIONS: Final = Category.CONNECTIONS
_OPINIONS: Final = Category.OPINIONS
_PROJECTS: Final = Category.PROJECTS
_MONEY: Final = Category.MONEY
_PLANS: Final = Category.PLANS
_NOTES: Final = Category.NOTES

_CATEGORIES: Final[Mapping[type[Record], Mapping[Category, str]]] = {
    Organisation: {
        _STRUCTURE: "name short_name kind parent industry region size website",
    },
    Account: {
        _STRUCTURE: "organisation tier lifecycle stage owner sponsor approach coverage_model"
        " second_count customer_type",
        _OPINIONS: "screening screened_on revenue_score potential_score demonstration_score"
        " winnable_score",
        _MONEY: "expected_annual_spend",
        _NOTES: "strategic_reason screening_reason",
    },
    YearRevenue: {_MONEY: "account year revenue"},
    Department: {_STRUCTURE: "organisation name parent key"},
    Person: {
        _STRUCTURE: "name latin_name organisation department title placeholder left_on successor"
        " non_sales external_id",
        Category.PERSONAL: "phones emails wechat birthday",
        _OPINIONS: "adaptability power influence veto sole_approver crucial key influence_asked_on",
        _NOTES: "notes",
    },
    ReportingLine: {_STRUCTURE: "person manager kind", _NOTES: "label"},
    Influence: {_CONNECTIONS: "source target strength kind basis", _NOTES: "evidence label"},
    Tie: {
        _CONNECTIONS: "employee person closeness wanted contact_owner basis",
        _NOTES: "evidence",
    },
    Assessment: {
        _OPINIONS: "person assessed_on organisation closeness solution price basis author stamp",
        _NOTES: "evidence",
    },
    Interaction: {
        _PLANS: "account held_on kind people next_step_on",
        _NOTES: "summary learnt next_step",
    },
    ProjectType: {_PROJECTS: "name wanted"},
    Project: {
        _PROJECTS: "account name type business_line starts_on decided_on outcome lost_to"
        " procurement track",
        _MONEY: "amount",
        _NOTES: "note",
    },
    ChainMember: {
        _PROJECTS: "project person roles",
        _OPINIONS: "veto sole_approver",
        _NOTES: "note",
    },
    Attitude: {
        _OPINIONS: "project person stated_on stance contact basis author stamp",
        _NOTES: "evidence",
    },
    ChainLink: {_PROJECTS: "project source target kind", _NOTES: "label"},
    Opportunity: {
        _PROJECTS: "account name project origin stage probability expected_close outcome"
        " closed_on owner business_lines owner_department lead sold_by referred_by from_line steps"
        " product opened_on",
        _MONEY: "amount",
        _NOTES: "note",
    },
    SupportRequest: {
        _PROJECTS: "opportunity text asked_of asked_on state decided_on",
        _NOTES: "note",
    },
    Product: {_PROJECTS: "name series", _MONEY: "price"},
    Action: {_PLANS: "account text person project owner due state"},
    AccountPlan: {
        _PLANS: "account year goal value_proposition success_factors",
        _NOTES: "remarks",
    },
    Need: {_PLANS: "account horizon kind statement capability gap action"},
    Review: {
        _PLANS: "account kind held_on author",
        _OPINIONS: "account_qualified seller_qualified management_qualified",
        _NOTES: "remarks how_managed coverage strategy evaluation",
    },
    TeamMember: {
        _STRUCTURE: "account employee function business_line dotted from_on to_on",
    },
    Contribution: {_MONEY: "account employee share"},
    Placement: {_STRUCTURE: "canvas person x y pinned"},
    Sameness: {_STRUCTURE: "one other kind verdict author stamp"},
}
"""By kind the category it is of, first, and those of some of its fields; other kinds stay here."""

CATEGORIES: Final[Mapping[type[Record], Mapping[str, Category]]] = MappingProxyType(
    {
        kind: MappingProxyType(
            {name: category for category, names in parts.items() for name in names.split()}
        )
        for kind, parts in _CATEGORIES.items()
    }
)
"""The category of every field that may leave, by kind; what is not here never does."""

BASE: Final[Mapping[type[Record], Category]] = MappingProxyType(
    {kind: next(iter(parts)) for kind, parts in _CATEGORIES.items()}
)
"""The category that decides whether a record leaves at all."""

NAMING: Final[Mapping[type[Record], frozenset[str]]] = MappingProxyType(
    {
        Organisation: frozenset({"name", "kind"}),
        Account: frozenset({"organisation"}),
        Department: frozenset({"organisation", "name"}),
        Person: frozenset({"name", "organisation"}),
        ProjectType: frozenset({"name"}),
        Project: frozenset({"account", "name"}),
        Opportunity: frozenset({"account", "name"}),
    }
)
"""What is told of a record that does not leave itself and is named by one that does: its stub."""

NAMELESS: Final = NAMING[Person] | {"title", "placeholder"}
"""What is told of a person without a name, who is called by the title."""


def _essential(kind: type[Record]) -> frozenset[str]:
    required = {field.name for field in fields_of(kind) if field.default is MISSING}
    bound = {one.field for one in REFERENCES if one.kind is kind and one.falls}
    parts = PARTS[kind][1] if kind in PARTS else ()
    stamp = {"stamp"} & CATEGORIES[kind].keys()
    return frozenset((required | bound | {*parts} | stamp) - {"id"})


ESSENTIAL: Final[Mapping[type[Record], frozenset[str]]] = MappingProxyType(
    {kind: _essential(kind) for kind in CATEGORIES}
)
"""The fields without which a record would be none; they leave with it or it stays."""


def category_of(kind: type[Record], field: str) -> Category | None:
    """The category of a field; ``None`` for what never leaves the store."""
    return CATEGORIES.get(kind, {}).get(field)
