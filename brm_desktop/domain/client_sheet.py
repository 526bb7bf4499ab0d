"""What of an account may be handed to the customer: names, functions and dates, nothing else.

No score, stance, role in deciding, importance, competitor, amount, note or text of ours is in it,
and a client-safe document is made of this alone. Whom we hold to sway others, and how we sell
(sponsor, pre-sales, business line), is no customer's either: influencers off the formal chain stay
out, and colleagues have a :class:`ClientFunction`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.chain_members import FORMAL
from brm_desktop.domain.deal_history import outcome_on
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.plan import team_of
from brm_desktop.domain.records import (
    ChainMember,
    Department,
    Outcome,
    Person,
    ProjectId,
    TeamFunction,
)
from brm_desktop.domain.spelling import name_order


class ClientFunction(Word):
    """What one of us does, as his customer knows it."""

    ACCOUNT = "account", "account management"
    MANAGEMENT = "management", "management"
    SALES = "sales", "sales"
    ADVICE = "advice", "technical advice"
    ORDERS = "orders", "orders and offers"
    CONTRACTS = "contracts", "contracts"
    FINANCE = "finance", "finance"
    TEAM = "team", "team"


_FUNCTIONS: Final = {
    TeamFunction.ACCOUNT_MANAGER: ClientFunction.ACCOUNT,
    TeamFunction.ACCOUNT_LEAD: ClientFunction.ACCOUNT,
    TeamFunction.SPONSOR: ClientFunction.MANAGEMENT,
    TeamFunction.REGIONAL_DIRECTOR: ClientFunction.MANAGEMENT,
    TeamFunction.BUSINESS_LINE_SELLER: ClientFunction.SALES,
    TeamFunction.TELE_SALES: ClientFunction.SALES,
    TeamFunction.MARKETING: ClientFunction.SALES,
    TeamFunction.PRE_SALES: ClientFunction.ADVICE,
    TeamFunction.COMMERCIAL_SUPPORT: ClientFunction.ORDERS,
    TeamFunction.CONTRACTS: ClientFunction.CONTRACTS,
    TeamFunction.FINANCE: ClientFunction.FINANCE,
    TeamFunction.OTHER: ClientFunction.TEAM,
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of us, as a customer may know him."""

    name: str
    function: ClientFunction
    title: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """One of the customer's people, as his own company knows him."""

    name: str
    title: str
    department: str


@dataclass(frozen=True, slots=True)
class SharedProject:
    """A project both sides know of, with its dates."""

    name: str
    starts_on: date | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class ClientSheet:
    """An account as its customer may see it.

    ``contacts`` are those who have a formal part in its open projects, by their own names.
    """

    account: str
    on: date
    team: tuple[Colleague, ...]
    contacts: tuple[Contact, ...]
    projects: tuple[SharedProject, ...]


def client_sheet(analysis: AccountAnalysis, project: ProjectId | None = None) -> ClientSheet:
    """What may be handed over of an account, or of one of its projects, today."""
    records, today = analysis.records, analysis.today
    live = [
        one
        for one in analysis.projects
        if outcome_on(one, today) is Outcome.OPEN and project in {None, one.id}
    ]
    on_chains = {
        member.person
        for one in live
        for member in records.where(ChainMember, project=one.id)
        if not set(FORMAL).isdisjoint(member.roles)
    }
    known = [one for one in analysis.people if one.id in on_chains and not one.placeholder]
    known.sort(key=lambda one: name_order(one.name))
    functions = dict.fromkeys((one.employee, _FUNCTIONS[one.function]) for one in team_of(analysis))
    colleagues = ((records.one(Person, employee), what) for employee, what in functions)
    return ClientSheet(
        analysis.name,
        today,
        tuple(
            Colleague(who.name, what, who.title, who.phones, who.emails) for who, what in colleagues
        ),
        tuple(_contact(analysis, person) for person in known),
        tuple(
            SharedProject(one.name, one.starts_on, one.decided_on)
            for one in sorted(
                live, key=lambda one: (one.decided_on or date.max, name_order(one.name))
            )
        ),
    )


def _contact(analysis: AccountAnalysis, person: Person) -> Contact:
    department = analysis.records.get(Department, person.department)
    name = called(analysis.records, person.id)
    return Contact(name, person.title, department.name if department else "")
