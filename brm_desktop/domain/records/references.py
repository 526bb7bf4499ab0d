"""Which fields hold the id of another record, and what happens to them when that one goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from brm_desktop.domain.records.accounts import (
    Account,
    AccountPlan,
    Action,
    Contribution,
    Department,
    Organisation,
    Placement,
    TeamMember,
    YearRevenue,
)
from brm_desktop.domain.records.base import Record
from brm_desktop.domain.records.needs import Need
from brm_desktop.domain.records.people import (
    Assessment,
    Influence,
    Interaction,
    Person,
    ReportingLine,
    Tie,
)
from brm_desktop.domain.records.projects import (
    Attitude,
    ChainLink,
    ChainMember,
    Opportunity,
    Product,
    Project,
    ProjectType,
    SupportRequest,
)
from brm_desktop.domain.records.reviews import Review
from brm_desktop.domain.records.sharing import Conflict, Sameness, SharingChoice
from brm_desktop.domain.records.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Reference:
    """A field of one kind that names a record of one of ``targets``.

    A record whose reference ``falls`` goes with what it names; otherwise the field is emptied.
    """

    kind: type[Record]
    field: str
    targets: tuple[type[Record], ...]
    falls: bool


def _falls(kind: type[Record], field: str, *targets: type[Record]) -> Reference:
    return Reference(kind, field, targets, falls=True)


def _empties(kind: type[Record], field: str, *targets: type[Record]) -> Reference:
    return Reference(kind, field, targets, falls=False)


_THINGS: Final = (Organisation, Account, Department, Person, Project)
_SHARED: Final = (
    *_THINGS,
    YearRevenue,
    ReportingLine,
    Influence,
    Tie,
    Assessment,
    Interaction,
    ProjectType,
    ChainMember,
    Attitude,
    ChainLink,
    Opportunity,
    SupportRequest,
    Product,
    Action,
    AccountPlan,
    Need,
    Review,
    TeamMember,
    Contribution,
    Placement,
    Sameness,
)
"""Every kind that may leave the store."""

REFERENCES: Final[tuple[Reference, ...]] = (
    _empties(Organisation, "parent", Organisation),
    _falls(Account, "organisation", Organisation),
    _empties(Account, "owner", Person),
    _empties(Account, "sponsor", Person),
    _falls(YearRevenue, "account", Account),
    _falls(Department, "organisation", Organisation),
    _empties(Department, "parent", Department),
    _falls(Person, "organisation", Organisation),
    _empties(Person, "department", Department),
    _empties(Person, "successor", Person),
    _falls(ReportingLine, "person", Person),
    _falls(ReportingLine, "manager", Person),
    _falls(Influence, "source", Person),
    _falls(Influence, "target", Person),
    _falls(Tie, "employee", Person),
    _falls(Tie, "person", Person),
    _falls(Assessment, "person", Person),
    _falls(Assessment, "organisation", Organisation),
    _falls(Interaction, "account", Account),
    _empties(Interaction, "people", Person),
    _falls(Project, "account", Account),
    _empties(Project, "type", ProjectType),
    _empties(Project, "lost_to", Organisation),
    _falls(ChainMember, "project", Project),
    _falls(ChainMember, "person", Person),
    _falls(Attitude, "project", Project),
    _falls(Attitude, "person", Person),
    _falls(ChainLink, "project", Project),
    _falls(ChainLink, "source", Person),
    _falls(ChainLink, "target", Person),
    _falls(Opportunity, "account", Account),
    _empties(Opportunity, "project", Project),
    _empties(Opportunity, "owner", Person),
    _empties(Opportunity, "owner_department", Department),
    _empties(Opportunity, "referred_by", Person),
    _falls(SupportRequest, "opportunity", Opportunity),
    _empties(SupportRequest, "asked_of", Person),
    _falls(Action, "account", Account),
    _empties(Action, "person", Person),
    _empties(Action, "project", Project),
    _empties(Action, "owner", Person),
    _falls(AccountPlan, "account", Account),
    _falls(Need, "account", Account),
    _falls(Review, "account", Account),
    _falls(TeamMember, "account", Account),
    _falls(TeamMember, "employee", Person),
    _falls(Contribution, "account", Account),
    _falls(Contribution, "employee", Person),
    _falls(Snapshot, "subject", Account, Organisation),
    _falls(Placement, "canvas", Account, Project, Person),
    _falls(Placement, "person", Person),
    _falls(Conflict, "row", *_SHARED),
    _falls(SharingChoice, "subject", *_SHARED),
)
"""Every reference there is; the ``author`` of a claim is none, it outlives who said it.

Nor are the two ids of a verdict on a duplicate: of two that are the same one goes, and the verdict
keeps its id.
"""


def named_by(record: Record) -> Iterator[tuple[Reference, str]]:
    """The references of a record that name something, with the id named."""
    for reference in _OF_KIND.get(type(record), ()):
        value = getattr(record, reference.field)
        if isinstance(value, tuple):
            for named in value:
                yield reference, named
        elif value is not None and value != "":
            yield reference, value


_OF_KIND: Final[dict[type[Record], tuple[Reference, ...]]] = {
    kind: tuple(reference for reference in REFERENCES if reference.kind is kind)
    for kind in {reference.kind for reference in REFERENCES}
}
