"""Small portfolios for tests, said in a few words: who works where, knows whom and thinks what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from brm_desktop.domain.records import (
    Account,
    AccountId,
    Assessment,
    Attitude,
    ChainMember,
    ContactLevel,
    Department,
    DepartmentId,
    Influence,
    InfluenceKind,
    Interaction,
    InteractionKind,
    LineKind,
    Money,
    Opportunity,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Outcome,
    Person,
    PersonId,
    Project,
    ProjectId,
    Record,
    Records,
    ReportingLine,
    Role,
    Stance,
    Tie,
    id_of,
)

TODAY = date(2026, 3, 31)
LONG_AGO = date(2000, 1, 1)
"""The day of claims of which a test does not say when they were made."""

R = TypeVar("R", bound=Record)


class Portfolio:
    """Facts being collected; ids are readable: a person's id is the name given first."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self.us = self.organisation("We", OrganisationKind.OWN)

    def records(self) -> Records:
        """Everything collected so far."""
        return Records(self._records.values())

    def put(self, record: R) -> R:
        """Add a record, or replace the one with its id."""
        self._records[record.id] = record
        return record

    def _put_with(self, record: R, fields: Mapping[str, object]) -> R:
        """Add a record with some of its fields otherwise; a wrong name or type is for the test."""
        return self.put(replace(record, **fields))  # type: ignore[arg-type]  # fields of any kind

    def organisation(
        self, name: str, kind: OrganisationKind = OrganisationKind.CUSTOMER
    ) -> OrganisationId:
        """An organisation of a kind."""
        key = OrganisationId(f"organisation {name}")
        return self.put(Organisation(id=key, name=name, kind=kind)).id

    def competitor(self, name: str) -> OrganisationId:
        """A competitor."""
        return self.organisation(name, OrganisationKind.COMPETITOR)

    def account(
        self, name: str = "Acme", spend: Money | None = None, owner: PersonId | None = None
    ) -> AccountId:
        """A customer organisation and its account."""
        return self.put(
            Account(
                id=AccountId(f"account {name}"),
                organisation=self.organisation(name),
                expected_annual_spend=spend,
                owner=owner,
            )
        ).id

    def person(self, name: str, of: AccountId | OrganisationId, /, **fields: object) -> PersonId:
        """Someone of an account or of an organisation."""
        home = self._records[of]
        organisation = home.organisation if isinstance(home, Account) else OrganisationId(of)
        key = name if name not in self._records else f"{name} {len(self._records)}"
        person = Person(id=PersonId(key), name=name, organisation=organisation)
        return self._put_with(person, fields).id

    def people(self, of: AccountId | OrganisationId, *names: str) -> list[PersonId]:
        """Several people of an account or of an organisation."""
        return [self.person(name, of) for name in names]

    def employee(self, name: str, **fields: object) -> PersonId:
        """One of us."""
        return self.person(name, self.us, **fields)

    def revise(self, record_id: str, **fields: object) -> None:
        """Change fields of a record."""
        self._put_with(self._records[record_id], fields)

    def department(self, name: str, of: AccountId | OrganisationId) -> DepartmentId:
        """A department of an account or of an organisation."""
        home = self._records[of]
        organisation = home.organisation if isinstance(home, Account) else OrganisationId(of)
        key = DepartmentId(f"department {name}")
        return self.put(Department(id=key, name=name, organisation=organisation)).id

    def reports(
        self, person: PersonId, manager: PersonId, kind: LineKind = LineKind.SOLID
    ) -> ReportingLine:
        """``person`` reports to ``manager``."""
        key = id_of(ReportingLine, person, manager, kind)
        return self.put(ReportingLine(id=key, person=person, manager=manager, kind=kind))

    def sways(
        self,
        source: PersonId,
        target: PersonId,
        strength: int | None,
        kind: InfluenceKind = InfluenceKind.PROFESSIONAL,
        **fields: object,
    ) -> Influence:
        """``source`` sways ``target``."""
        line = Influence(
            id=id_of(Influence, source, target, kind),
            source=source,
            target=target,
            strength=strength,
            kind=kind,
        )
        return self._put_with(line, fields)

    def tie(self, employee: PersonId, person: PersonId, closeness: int, **fields: object) -> Tie:
        """An employee of ours, a competitor or a partner knows a customer's person."""
        tie = Tie(
            id=id_of(Tie, employee, person),
            employee=employee,
            person=person,
            closeness=closeness,
        )
        return self._put_with(tie, fields)

    def assess(
        self,
        person: PersonId,
        closeness: int | None = None,
        solution: int | None = None,
        price: int | None = None,
        on: date = TODAY,
        toward: OrganisationId | None = None,
        **fields: object,
    ) -> Assessment:
        """A dated statement about a person, toward us or a competitor.

        A second one of the same author and day takes the place of the first.
        """
        assessment = Assessment(
            id=id_of(Assessment, fields.get("author", ""), person, toward, on),
            person=person,
            assessed_on=on,
            organisation=toward,
            closeness=closeness,
            solution=solution,
            price=price,
        )
        return self._put_with(assessment, fields)

    def met(self, account: AccountId, on: date, *people: PersonId) -> Interaction:
        """People met on a day."""
        return self.put(
            Interaction(
                id=f"interaction {len(self._records)}",
                account=account,
                held_on=on,
                kind=InteractionKind.MEETING,
                people=people,
            )
        )

    def project(
        self,
        account: AccountId,
        name: str = "Project",
        outcome: Outcome = Outcome.OPEN,
        **fields: object,
    ) -> ProjectId:
        """A project of an account."""
        project = Project(
            id=ProjectId(f"project {name}"), account=account, name=name, outcome=outcome
        )
        return self._put_with(project, fields).id

    def member(
        self,
        project: ProjectId,
        person: PersonId,
        *roles: Role,
        stance: Stance | None = None,
        contact: ContactLevel | None = None,
        **fields: object,
    ) -> ChainMember:
        """A person's part in deciding a project, and the one claim how he has long stood there."""
        for claim in [one for one in self._records.values() if isinstance(one, Attitude)]:
            if (claim.project, claim.person) == (project, person):
                del self._records[claim.id]
        if stance is not None or contact is not None:
            self.claim(project, person, stance, contact)
        member = ChainMember(
            id=id_of(ChainMember, project, person),
            project=project,
            person=person,
            roles=roles,
        )
        return self._put_with(member, fields)

    def claim(
        self,
        project: ProjectId,
        person: PersonId,
        stance: Stance | None = None,
        contact: ContactLevel | None = None,
        on: date = LONG_AGO,
        **fields: object,
    ) -> Attitude:
        """A dated claim how someone stands in a project; one of the same author and day goes."""
        claim = Attitude(
            id=id_of(Attitude, fields.get("author", ""), person, project, on),
            project=project,
            person=person,
            stated_on=on,
            stance=stance,
            contact=contact,
        )
        return self._put_with(claim, fields)

    def opportunity(self, account: AccountId, project: ProjectId, owner: PersonId) -> Opportunity:
        """What a project is to one seller."""
        return self.put(
            Opportunity(
                id=f"opportunity {project}",
                account=account,
                name=project,
                project=project,
                owner=owner,
            )
        )
