"""What is wrong with one record by the rules of its kind: edits refuse it, ``check`` reports it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from brm_desktop.domain.checks import (
    amount,
    customers,
    employer,
    named,
    ours,
    within,
    year,
)
from brm_desktop.domain.naming import account_called, called, project_called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Account,
    AccountPlan,
    Action,
    Assessment,
    Attitude,
    ChainLink,
    ChainMember,
    Contribution,
    Criterion,
    Department,
    Dimension,
    Influence,
    InfluenceKind,
    LineKind,
    Need,
    Opportunity,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Product,
    Project,
    ProjectId,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    Role,
    SalesStep,
    Snapshot,
    SupportRequest,
    TeamMember,
    Tie,
    YearRevenue,
    id_of,
)
from brm_desktop.domain.sides import side_of

_RIVALS = frozenset({OrganisationKind.OWN, OrganisationKind.COMPETITOR})
_ROLES = tuple(Role)
_STEPS = tuple(SalesStep)


def faults(records: Records, record: Record) -> Iterator[Phrase]:
    """Each rule of its kind that a record breaks, beside dangling references and circles."""
    rule = _RULES.get(type(record))
    if rule is not None:
        yield from rule(records, record)


def in_role_order(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Roles without duplicates, in the order of :class:`Role`."""
    return tuple(role for role in _ROLES if role in roles)


def in_step_order(steps: tuple[SalesStep, ...]) -> tuple[SalesStep, ...]:
    """Steps of a sale without duplicates, in the order of :class:`SalesStep`."""
    return tuple(step for step in _STEPS if step in steps)


def _of_account(records: Records, record: Action | Opportunity, what: str) -> Iterator[Phrase]:
    project = records.get(Project, record.project)
    if project is not None and project.account != record.account:
        yield phrase(
            "“{what}” is for {account}, but its project {project} is another account's.",
            what=what,
            account=account_called(records, record.account),
            project=project.name,
        )


def _organisation(records: Records, record: Organisation) -> Iterator[Phrase]:
    yield from named(record.name, phrase("An organisation"))


def _account(records: Records, record: Account) -> Iterator[Phrase]:
    name = account_called(records, record.id)
    organisation = records.get(Organisation, record.organisation)
    if organisation is not None and organisation.kind is not OrganisationKind.CUSTOMER:
        yield phrase("{name} is no customer, so it can have no account.", name=organisation.name)
    yield from ours(records, record.owner, phrase("The owner of an account"))
    yield from ours(records, record.sponsor, phrase("The sponsor of an account"))
    yield from amount(record.expected_annual_spend, name)
    for criterion in Criterion:
        yield from within(getattr(record, f"{criterion.value}_score"), 0, 100, criterion, name)


def _revenue(records: Records, record: YearRevenue) -> Iterator[Phrase]:
    name = account_called(records, record.account)
    yield from year(record.year, name)
    yield from amount(record.revenue, name)


def _department(records: Records, record: Department) -> Iterator[Phrase]:
    yield from named(record.name, phrase("A department"))
    parent = records.get(Department, record.parent)
    if parent is not None and parent.organisation != record.organisation:
        yield phrase(
            "{name} cannot be a part of {parent}, a department of another organisation.",
            name=record.name,
            parent=parent.name,
        )


def _person(records: Records, record: Person) -> Iterator[Phrase]:
    if not record.placeholder:
        yield from named(record.name, phrase("A person"))
    name = called(records, record.id)
    yield from within(record.power, 0, 100, phrase("power"), name)
    yield from within(record.influence, 0, 100, phrase("influence"), name)
    department = records.get(Department, record.department)
    if department is not None and department.organisation != record.organisation:
        yield phrase(
            "{name} cannot be in {department}, a department of another organisation.",
            name=name,
            department=department.name,
        )


def _reporting_line(records: Records, record: ReportingLine) -> Iterator[Phrase]:
    name = called(records, record.person)
    if record.person == record.manager:
        yield phrase("{name} cannot be their own manager.", name=name)
    sides = {side_of(records, record.person), side_of(records, record.manager)} - {None}
    if len(sides) > 1:
        yield phrase(
            "{name}, of {organisation}, cannot report to {manager}, of {other}.",
            name=name,
            organisation=employer(records, record.person),
            manager=called(records, record.manager),
            other=employer(records, record.manager),
        )
    if record.kind is LineKind.SOLID:
        lines = records.where(ReportingLine, person=record.person)
        managers = [line.manager for line in lines if line.kind is LineKind.SOLID]
        if len(managers) > 1:
            yield phrase(
                "{name} has more than one solid manager: {names}.",
                name=name,
                names=", ".join(sorted(called(records, manager) for manager in managers)),
            )


def _influence(records: Records, record: Influence) -> Iterator[Phrase]:
    name = called(records, record.source)
    if record.source == record.target:
        yield phrase("{name} cannot have a line to themselves.", name=name)
    yield from customers(records, record.source, phrase("The start of an influence"))
    yield from customers(records, record.target, phrase("The end of an influence"))
    if record.kind is InfluenceKind.CONFLICT:
        if record.strength is not None:
            yield phrase("A conflict has no strength; the one of {name} has.", name=name)
    elif record.strength is None:
        yield phrase("An influence needs a strength; the one of {name} has none.", name=name)
    else:
        yield from within(record.strength, 1, 100, phrase("strength"), name)


def _tie(records: Records, record: Tie) -> Iterator[Phrase]:
    name = called(records, record.employee)
    side = side_of(records, record.employee)
    if side is OrganisationKind.CUSTOMER:
        yield phrase(
            "A tie starts at a colleague, a competitor's or a partner's employee; {name} belongs to"
            " {organisation}.",
            name=name,
            organisation=employer(records, record.employee),
        )
    end = side_of(records, record.person)
    if (side, end) != (OrganisationKind.OWN, OrganisationKind.PARTNER):
        yield from customers(records, record.person, phrase("The end of a tie"))
    yield from within(record.closeness, 1, 100, Dimension.CLOSENESS, name)
    yield from within(record.wanted, 1, 100, phrase("wanted closeness"), name)


def _assessment(records: Records, record: Assessment) -> Iterator[Phrase]:
    name = called(records, record.person)
    for dimension in Dimension:
        yield from within(getattr(record, dimension.value), 0, 100, dimension, name)
    if record.closeness is record.solution is record.price is None:
        yield phrase("A statement about {name} says no score.", name=name)
    if side_of(records, record.person) in _RIVALS:
        yield phrase("{name} is no customer's person, so there is nothing to score.", name=name)
    toward = records.get(Organisation, record.organisation)
    if toward is not None and toward.kind is not OrganisationKind.COMPETITOR:
        yield phrase(
            "{name} is scored toward us or a competitor; {organisation} is neither.",
            name=name,
            organisation=toward.name,
        )


def _project_type(records: Records, record: ProjectType) -> Iterator[Phrase]:
    yield from named(record.name, phrase("A project type"))


def _project(records: Records, record: Project) -> Iterator[Phrase]:
    yield from named(record.name, phrase("A project"))
    yield from amount(record.amount, record.name)


def _chain_member(records: Records, record: ChainMember) -> Iterator[Phrase]:
    yield from _may_decide(records, record.person)
    if record.roles != in_role_order(record.roles):
        name = called(records, record.person)
        yield phrase("The roles of {name} repeat or stand out of order.", name=name)


def _may_decide(records: Records, person: PersonId) -> Iterator[Phrase]:
    if side_of(records, person) in _RIVALS:
        yield phrase(
            "{name}, of {organisation}, does not take part in a customer's decision.",
            name=called(records, person),
            organisation=employer(records, person),
        )


def _attitude(records: Records, record: Attitude) -> Iterator[Phrase]:
    yield from _may_decide(records, record.person)
    if record.stance is None and record.contact is None:
        name = called(records, record.person)
        yield phrase("A statement about {name} says neither stance nor contact.", name=name)


def _chain_link(records: Records, record: ChainLink) -> Iterator[Phrase]:
    if record.source == record.target:
        name = called(records, record.source)
        yield phrase("{name} cannot have a line to themselves.", name=name)
    for person in dict.fromkeys((record.source, record.target)):
        if records.get(ChainMember, id_of(ChainMember, record.project, person)) is None:
            yield _not_on_chain(records, record.project, person)


def _not_on_chain(records: Records, project: ProjectId, person: PersonId) -> Phrase:
    return phrase(
        "{name} is linked on the chain of {project} without being on it.",
        name=called(records, person),
        project=project_called(records, project),
    )


def _opportunity(records: Records, record: Opportunity) -> Iterator[Phrase]:
    yield from named(record.name, phrase("An opportunity"))
    yield from within(record.probability, 0, 100, phrase("probability"), record.name)
    yield from amount(record.amount, record.name)
    yield from _of_account(records, record, record.name)
    if record.steps != in_step_order(record.steps):
        yield phrase("The steps done of {name} repeat or stand out of order.", name=record.name)
    opened, closed = record.opened_on, record.closed_on
    if opened is not None and closed is not None and closed < opened:
        yield phrase("{name} cannot be closed before it was opened.", name=record.name)
    department = records.get(Department, record.owner_department)
    home = records.get(Organisation, department.organisation) if department else None
    if department is not None and home is not None and home.kind is not OrganisationKind.OWN:
        yield phrase(
            "{name} is looked after by one of our departments; {department} belongs to"
            " {organisation}.",
            name=record.name,
            department=department.name,
            organisation=home.name,
        )


def _support_request(records: Records, record: SupportRequest) -> Iterator[Phrase]:
    if not record.text.strip():
        yield phrase("A request for support says what is needed.")
    yield from ours(records, record.asked_of, phrase("Who is asked for support"))
    asked, decided = record.asked_on, record.decided_on
    if asked is not None and decided is not None and decided < asked:
        yield phrase("“{what}” cannot be decided before it was asked for.", what=record.text)


def _product(records: Records, record: Product) -> Iterator[Phrase]:
    yield from named(record.name, phrase("A product"))
    yield from amount(record.price, record.name)


def _need(records: Records, record: Need) -> Iterator[Phrase]:
    if not record.statement.strip():
        yield phrase("A need says what is needed.")
    name = account_called(records, record.account)
    yield from within(record.capability, 0, 100, phrase("our capability"), name)


def _action(records: Records, record: Action) -> Iterator[Phrase]:
    if not record.text.strip():
        yield phrase("An action says what is to be done.")
    yield from _of_account(records, record, record.text)


def _plan(records: Records, record: AccountPlan) -> Iterator[Phrase]:
    yield from year(record.year, account_called(records, record.account))


def _team_member(records: Records, record: TeamMember) -> Iterator[Phrase]:
    yield from ours(records, record.employee, phrase("A member of an account's team"))
    if record.from_on and record.to_on and record.to_on < record.from_on:
        yield phrase(
            "{name} cannot leave the team before joining it.", name=called(records, record.employee)
        )


def _contribution(records: Records, record: Contribution) -> Iterator[Phrase]:
    name = called(records, record.employee)
    yield from ours(records, record.employee, phrase("Who has a share of a contribution"))
    yield from within(record.share, 1, 100, phrase("the share"), name)


def _snapshot(records: Records, record: Snapshot) -> Iterator[Phrase]:
    if record.month.day != 1:
        yield phrase("The numbers of {month} are not those of a whole month.", month=record.month)
    yield from amount(record.spend, record.month.isoformat())
    yield from amount(record.potential, record.month.isoformat())


_RULES: Final[Mapping[type[Record], Callable[[Records, Any], Iterator[Phrase]]]] = {
    Organisation: _organisation,
    Account: _account,
    YearRevenue: _revenue,
    Department: _department,
    Person: _person,
    ReportingLine: _reporting_line,
    Influence: _influence,
    Tie: _tie,
    Assessment: _assessment,
    ProjectType: _project_type,
    Project: _project,
    ChainMember: _chain_member,
    Attitude: _attitude,
    ChainLink: _chain_link,
    Opportunity: _opportunity,
    SupportRequest: _support_request,
    Product: _product,
    Action: _action,
    AccountPlan: _plan,
    Need: _need,
    TeamMember: _team_member,
    Contribution: _contribution,
    Snapshot: _snapshot,
}
