"""The sample portfolio: eight invented accounts, in Chinese or English, made through the edits.

Its content is in ``resources/sample``; the dates in it move so that it is always as fresh as it was
on the day it was written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from brm_desktop.bundled import bundled
from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits import Draft
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Action,
    ChainLinkKind,
    Department,
    DepartmentId,
    InteractionKind,
    LineKind,
    Money,
    Opportunity,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Project,
    ProjectId,
    Record,
    Records,
    SupportRequest,
    SupportState,
    TeamFunction,
)
from brm_desktop.session.sample_past import earlier_statements

ACCOUNTS: Final = (
    "huachen",
    "mingyue",
    "lanwan",
    "qinghe",
    "haisheng",
    "yunfan",
    "jinhe",
    "beichen",
)
"""The files of the accounts, the machine-builder first."""

_CURRENCY: Final = "CNY"
_MINOR_UNITS: Final = 100
_AMOUNTS: Final = frozenset({"amount", "spend"})
_LISTS: Final = frozenset({"roles", "phones", "emails", "steps"})
_NAMED: Final = frozenset(
    {
        "author",
        "employee",
        "from",
        "lost_to",
        "manager",
        "of",
        "owner",
        "person",
        "project",
        "referred_by",
        "sponsor",
        "to",
    }
)
"""Fields that name something by its key in the files."""

_Table = Mapping[str, Any]
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Sample:
    """The portfolio as one change, and the employee in it who is the user."""

    change: Change
    user: PersonId


def sample_portfolio(records: Records, act: Act, language: str) -> Sample:
    """The sample portfolio in a language (``zh_CN`` or ``en``), fresh as on the day it is made."""
    ours = _read("ours")
    writer = _Writer(Draft(records), act, _column(language), ours["as_of"])
    writer.company(ours)
    user = PersonId(writer.ids[ours["me"]])
    writer.act = replace(act, author=user)
    for name in ACCOUNTS:
        writer.account(_read(name))
    writer.past(_read("past"))
    return Sample(writer.draft.change(), user)


def sample_company(language: str) -> str:
    """What our own company is called in the sample."""
    name: Sequence[str] = _read("ours")["company"]["name"]
    return name[_column(language)]


def _column(language: str) -> int:
    return 0 if language == "zh_CN" else 1


def _read(name: str) -> _Table:
    return tomllib.loads(bundled("sample", f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class _Writer:
    """Puts the content of the files into a draft; ``ids`` are the ids made, by the files' keys."""

    draft: Draft
    act: Act
    column: int
    as_of: date
    ids: dict[str, str] = field(default_factory=dict)

    def company(self, content: _Table) -> None:
        """Us, what we sell, the competitors, and the types of project."""
        own = self._own_organisation(self._fields(content["company"]))
        for colleague in content["staff"]:
            self._person(colleague, organisation=own)
        for competitor in content["competitors"]:
            fields = self._fields(competitor, "people")
            rival = self._made(
                Organisation,
                self.draft.do(
                    edits.add_organisation, self.act, kind=OrganisationKind.COMPETITOR, **fields
                ),
                competitor,
            )
            for person in competitor["people"]:
                self._person(person, organisation=OrganisationId(rival))
        for type_ in content["types"]:
            fields = self._fields(type_)
            self.ids[type_["key"]] = fields["name"]
            self.draft.do(edits.add_project_type, self.act, **fields)
        for product in content["products"]:
            fields = self._fields(product, "price")
            self.draft.do(edits.add_product, self.act, price=_money(product["price"]), **fields)

    def account(self, content: _Table) -> None:
        """One customer, with its people, projects and plans."""
        account = self._account(content["account"])
        for department in content.get("departments", ()):
            self._department(department, account)
        people = content.get("people", ())
        for person in people:
            self._person(person, account=account)
        for person in people:
            self._lines_and_statements(person)
        self._relations(content)
        for project in content.get("projects", ()):
            self._project(project, account)
        for opportunity in content.get("opportunities", ()):
            self._opportunity(opportunity, account)
        self._plans(content, account)
        self._reviews(content, account)

    def past(self, content: _Table) -> None:
        """What was said of people in earlier years, each under its author."""
        for said in earlier_statements(content):
            author = self.act.author if said.by is None else self.ids[said.by]
            toward = None if said.toward is None else OrganisationId(self.ids[said.toward])
            self.draft.do(
                edits.assess,
                replace(self.act, author=author),
                self._id(said.person),
                on=self._day(said.on),
                organisation=toward,
                basis=said.basis,
                evidence=self._text(said.text),
                **said.scores,
            )

    def _own_organisation(self, fields: dict[str, Any]) -> OrganisationId:
        """Ours: the store's own organisation if it has one already, else a new one."""
        kind = OrganisationKind.OWN
        for own in self.draft.where(Organisation, kind=kind):
            self.draft.do(edits.revise_organisation, self.act, OrganisationId(own.id), **fields)
            return OrganisationId(own.id)
        made = self.draft.do(edits.add_organisation, self.act, kind=kind, **fields)
        return made.added(Organisation)[0].id

    def _account(self, content: _Table) -> AccountId:
        fields = self._fields(content, "revenue", "spend")
        if "spend" in content:
            fields["expected_annual_spend"] = _money(content["spend"])
        made = self.draft.do(edits.create_account, self.act, **fields)
        account = AccountId(self._made(Account, made, content))
        for years, amount in content.get("revenue", {}).items():
            year = self.act.today.year + int(years)
            self.draft.do(edits.set_revenue, self.act, account, year, _money(amount))
        return account

    def _department(self, content: _Table, account: AccountId) -> None:
        fields = self._fields(content, "key_department", "parent")
        parent = content.get("parent")
        made = self.draft.do(
            edits.add_department,
            self.act,
            account=account,
            key=content.get("key_department", False),
            parent=None if parent is None else DepartmentId(self.ids[parent]),
            **fields,
        )
        self._made(Department, made, content)

    def _person(
        self,
        content: _Table,
        account: AccountId | None = None,
        organisation: OrganisationId | None = None,
    ) -> None:
        apart = ("manager", "dotted_manager", "says", "left_on", "successor", "key_person")
        fields = self._fields(content, *apart)
        if isinstance(content.get("department"), str):
            fields["department"] = self.ids[content["department"]]
        if "key_person" in content:
            fields["key"] = content["key_person"]
        made = self.draft.do(
            edits.add_person, self.act, account=account, organisation=organisation, **fields
        )
        self._made(Person, made, content)

    def _lines_and_statements(self, content: _Table) -> None:
        person = self._id(content["key"])
        for name, kind in (("manager", LineKind.SOLID), ("dotted_manager", LineKind.DOTTED)):
            if name in content:
                manager = self._id(content[name])
                self.draft.do(edits.set_manager, self.act, person, manager, kind=kind)
        for statement in content.get("says", ()):
            said = self._fields(statement, "by", "text")
            author = self.ids[statement["by"]] if "by" in statement else self.act.author
            act = replace(self.act, author=author)
            self.draft.do(edits.assess, act, person, evidence=self._text(statement["text"]), **said)
        if "left_on" in content:
            self.draft.do(
                edits.leave,
                self.act,
                person,
                on=self._day(content["left_on"]),
                successor=self._id(content["successor"]),
            )

    def _relations(self, content: _Table) -> None:
        for influence in content.get("influences", ()):
            fields = self._fields(influence, "from", "to")
            source, target = self._id(influence["from"]), self._id(influence["to"])
            self.draft.do(edits.add_influence, self.act, source, target, **fields)
        for conflict in content.get("conflicts", ()):
            fields = self._fields(conflict, "from", "to")
            source, target = self._id(conflict["from"]), self._id(conflict["to"])
            self.draft.do(edits.add_conflict, self.act, source, target, **fields)
        for tie in content.get("ties", ()):
            self.draft.do(edits.set_tie, self.act, **self._fields(tie))

    def _project(self, content: _Table, account: AccountId) -> None:
        fields = self._fields(content, "members", "links", "type")
        made = self.draft.do(
            edits.create_project, self.act, account, type=self.ids[content["type"]], **fields
        )
        project = ProjectId(self._made(Project, made, content))
        since = content.get("starts_on")
        for member in content.get("members", ()):
            fields = self._fields(member, "says")
            on = None if since is None else self._day(since)
            self.draft.do(edits.add_member, self.act, project, on=on, **fields)
            self._attitudes(member, project)
        for link in content.get("links", ()):
            source, target = self._id(link["from"]), self._id(link["to"])
            kind = ChainLinkKind[link.get("kind", "decides_for").upper()]
            self.draft.do(edits.add_chain_link, self.act, project, source, target, kind)

    def _attitudes(self, member: _Table, project: ProjectId) -> None:
        for claim in member.get("says", ()):
            said = self._fields(claim, "text")
            text = self._text(claim["text"]) if "text" in claim else ""
            person = self._id(member["person"])
            self.draft.do(edits.state_attitude, self.act, project, person, evidence=text, **said)

    def _opportunity(self, content: _Table, account: AccountId) -> None:
        fields = self._fields(content, "support", "business_lines")
        fields["business_lines"] = tuple(map(self._text, content.get("business_lines", ())))
        fields["owner_department"] = self.draft.one(Person, fields["owner"]).department
        made = self.draft.do(edits.add_opportunity, self.act, account, **fields)
        opportunity = made.added(Opportunity)[0].id
        for request in content.get("support", ()):
            fields = self._fields(request, "state", "decided_on")
            asked = self.draft.do(edits.ask_support, self.act, opportunity, **fields)
            if "state" in request:
                key, state = (
                    asked.added(SupportRequest)[0].id,
                    SupportState[request["state"].upper()],
                )
                on = self._day(request["decided_on"])
                self.draft.do(edits.answer_support, self.act, key, state, on=on)

    def _reviews(self, content: _Table, account: AccountId) -> None:
        for need in content.get("needs", ()):
            self.draft.do(edits.add_need, self.act, account, **self._fields(need))
        for review in content.get("reviews", ()):
            self.draft.do(edits.add_review, self.act, account, **self._fields(review))

    def _plans(self, content: _Table, account: AccountId) -> None:
        for interaction in content.get("interactions", ()):
            fields = self._fields(interaction, "people", "kind")
            people = [self._id(key) for key in interaction["people"]]
            kind = InteractionKind[interaction["kind"].upper()]
            self.draft.do(
                edits.add_interaction, self.act, account, kind=kind, people=people, **fields
            )
        for action in content.get("actions", ()):
            fields = self._fields(action, "state")
            made = self.draft.do(edits.add_action, self.act, account, **fields).added(Action)
            if "state" in action:
                self.draft.do(edits.revise_action, self.act, made[0].id, state=action["state"])
        for plan in content.get("plans", ()):
            year = self.act.today.year + plan["year"]
            self.draft.do(edits.set_plan, self.act, account, year, **self._fields(plan, "year"))
        for member in content.get("team", ()):
            fields = self._fields(member, "employee", "function")
            employee, function = (
                self._id(member["employee"]),
                TeamFunction[member["function"].upper()],
            )
            self.draft.do(edits.join_team, self.act, account, employee, function, **fields)

    def _made(self, kind: type[R], change: Change, content: _Table) -> str:
        """Note the id of what was made under its key in the files."""
        made = change.added(kind)[0].id
        self.ids[content["key"]] = made
        return made

    def _fields(self, content: _Table, *apart: str) -> dict[str, Any]:
        """The fields of a record as the edits take them, but for the key and those set apart."""
        return {
            name: self._value(name, value)
            for name, value in content.items()
            if name not in {"key", *apart}
        }

    def _value(self, name: str, value: Any) -> Any:
        if name in _LISTS:
            return tuple(value)
        if isinstance(value, list):
            return self._text(value)
        if isinstance(value, date):
            return self._birthday(value) if name == "birthday" else self._day(value)
        if name in _AMOUNTS:
            return _money(value)
        return self.ids[value] if name in _NAMED else value

    def _id(self, key: str) -> PersonId:
        return PersonId(self.ids[key])

    def _text(self, pair: Sequence[str]) -> str:
        return pair[self.column]

    def _day(self, written: date) -> date:
        return self.act.today + (written - self.as_of)

    def _birthday(self, written: date) -> date:
        """A birthday that is as many days off as on the day this was written."""
        years = (self.as_of.year, self.as_of.year + 1)
        coming = next(
            day for day in (written.replace(year=year) for year in years) if day >= self.as_of
        )
        moved = self._day(coming)
        leap = (moved.month, moved.day) == (2, 29)
        age = coming.year - written.year
        return (moved - timedelta(1) if leap else moved).replace(year=moved.year - age)


def _money(amount: int) -> Money:
    return Money(amount * _MINOR_UNITS, _CURRENCY)
