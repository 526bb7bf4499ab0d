"""Random sequences of edits: whatever is accepted is sound, and undoing it all is exact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Concatenate, TypeVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Account,
    Attitude,
    ChainLinkKind,
    ChainMember,
    ContactLevel,
    Horizon,
    Influence,
    InfluenceKind,
    LineKind,
    Need,
    NeedKind,
    Opportunity,
    Organisation,
    OrganisationKind,
    Outcome,
    Person,
    Project,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    ReviewKind,
    Role,
    SalesStep,
    Stance,
    SupportRequest,
    SupportState,
    Tie,
    id_of,
)
from brm_desktop.domain.soundness import problems_in

R = TypeVar("R", bound=Record)
TODAY = date(2026, 3, 31)

numbers = st.integers(0, 10_000)
scores = st.none() | st.integers(-1, 101)
strengths = st.none() | st.integers(0, 101)
places = st.tuples(st.integers(-500, 500), st.integers(-500, 500))
names = st.sampled_from(("", "Li", "Wu", "Qin", "王敏"))


class Editing(RuleBasedStateMachine):
    """A portfolio edited at random, beside one draft in which the same edits are made."""

    def __init__(self) -> None:
        super().__init__()
        self.start = Records()
        self.records = self.start
        self.draft = Draft(self.start)
        self.changes: list[Change] = []
        self.count = 0
        self.checked = self.start

    def some(self, kind: type[R], number: int) -> Any:
        """One of the records of a kind there are."""
        found = sorted(self.records.all(kind).values(), key=lambda record: record.id)
        assume(found)
        return found[number % len(found)]

    def do(
        self, edit: Callable[Concatenate[Records, Act, ...], Change], *args: Any, **kwargs: Any
    ) -> None:
        self.count += 1
        stamp, new = f"{self.count:032x}", iter(range(100_000))
        act = Act(TODAY, stamp, "me", lambda: f"{self.count}.{next(new)}")
        try:
            change = edit(self.records, act, *args, **kwargs)
        except Refused:
            return
        self.records = change.applied(self.records)
        self.draft.apply(change)
        self.changes.append(change)

    @initialize()
    def begin(self) -> None:
        self.do(edits.create_account, name="Acme")
        account = self.some(Account, 0)
        for name in ("A", "B", "C"):
            self.do(edits.add_person, account=account.id, name=name, department="IT")
        self.do(edits.add_own_staff, name="Me")
        self.do(edits.add_competitor, organisation="Rival", name="Zhao")
        self.do(edits.create_project, account.id, "Plant", type="MES")

    @rule(name=names)
    def create_account(self, name: str) -> None:
        self.do(edits.create_account, name=name, region="East")

    @rule(account=numbers, name=names, department=names, placeholder=st.booleans())
    def add_person(self, account: int, name: str, department: str, placeholder: bool) -> None:
        home = self.some(Account, account)
        self.do(
            edits.add_person,
            account=home.id,
            name=name,
            department=department,
            placeholder=placeholder,
        )

    @rule(name=names, kind=st.sampled_from(OrganisationKind))
    def add_outsider(self, name: str, kind: OrganisationKind) -> None:
        self.do(edits.add_competitor, organisation="Rival", name=name, kind=kind)

    @rule(person=numbers, power=scores, department=names, organisation=numbers, moves=st.booleans())
    def revise_person(
        self, person: int, power: int | None, department: str, organisation: int, moves: bool
    ) -> None:
        fields: dict[str, object] = {"power": power, "department": department}
        if moves:
            fields["organisation"] = self.some(Organisation, organisation).id
        self.do(edits.revise_person, self.some(Person, person).id, **fields)

    @rule(
        person=numbers,
        manager=numbers,
        kind=st.sampled_from(LineKind),
        replace=st.booleans(),
        away=st.booleans(),
    )
    def set_manager(
        self, person: int, manager: int, kind: LineKind, replace: bool, away: bool
    ) -> None:
        chief = None if away else self.some(Person, manager).id
        self.do(edits.set_manager, self.some(Person, person).id, chief, kind=kind, replace=replace)

    @rule(source=numbers, end=numbers, kind=st.sampled_from(InfluenceKind), strength=strengths)
    def add_influence(
        self, source: int, end: int, kind: InfluenceKind, strength: int | None
    ) -> None:
        ends = self.some(Person, source).id, self.some(Person, end).id
        self.do(edits.add_influence, *ends, kind=kind, strength=strength)

    @rule(employee=numbers, person=numbers, closeness=st.integers(0, 101), wanted=strengths)
    def set_tie(self, employee: int, person: int, closeness: int, wanted: int | None) -> None:
        ends = self.some(Person, employee).id, self.some(Person, person).id
        self.do(edits.set_tie, *ends, closeness, wanted=wanted)

    @rule(
        kind=st.sampled_from((Influence, Tie, ReportingLine)),
        line=numbers,
        end=st.sampled_from(("source", "target", "person", "manager", "employee", "kind")),
        other=numbers,
        line_kind=st.sampled_from((*InfluenceKind, *LineKind)),
    )
    def revise_relation(
        self, kind: type[Record], line: int, end: str, other: int, line_kind: str
    ) -> None:
        relation = self.some(kind, line)
        assume(hasattr(relation, end))
        value = line_kind if end == "kind" else self.some(Person, other).id
        self.do(edits.revise_relation, relation.id, **{end: value})

    @rule(
        person=numbers, closeness=scores, price=scores, days=st.integers(-2, 2), dated=st.booleans()
    )
    def assess(
        self, person: int, closeness: int | None, price: int | None, days: int, dated: bool
    ) -> None:
        on = TODAY + timedelta(days=days) if dated else None
        self.do(edits.assess, self.some(Person, person).id, closeness=closeness, price=price, on=on)

    @rule(project=numbers, person=numbers, roles=st.lists(st.sampled_from(Role), max_size=3))
    def add_member(self, project: int, person: int, roles: list[Role]) -> None:
        ids = self.some(Project, project).id, self.some(Person, person).id
        self.do(edits.add_member, *ids, roles=roles)

    @rule(
        member=numbers,
        stance=st.none() | st.sampled_from(Stance),
        contact=st.none() | st.sampled_from(ContactLevel),
        days=st.integers(-2, 2),
        goes=st.booleans(),
    )
    def change_member(
        self,
        member: int,
        stance: Stance | None,
        contact: ContactLevel | None,
        days: int,
        goes: bool,
    ) -> None:
        one = self.some(ChainMember, member)
        if goes:
            self.do(edits.remove_member, one.project, one.person)
            return
        on = TODAY + timedelta(days=days)
        said = {name: word for name, word in (("stance", stance), ("contact", contact)) if word}
        self.do(edits.revise_member, one.project, one.person, on=on, **said)
        now = attitude_on(self.records, one.project, one.person, on)
        assert stance in {None, now.stance}
        assert contact in {None, now.contact}

    @rule(project=numbers, source=numbers, end=numbers, kind=st.sampled_from(ChainLinkKind))
    def add_chain_link(self, project: int, source: int, end: int, kind: ChainLinkKind) -> None:
        ends = self.some(Person, source).id, self.some(Person, end).id
        self.do(edits.add_chain_link, self.some(Project, project).id, *ends, kind)

    @rule(
        kind=st.sampled_from((Account, Project, Person)), canvas=numbers, person=numbers, at=places
    )
    def place(self, kind: type[Record], canvas: int, person: int, at: tuple[int, int]) -> None:
        where, who = self.some(kind, canvas).id, self.some(Person, person).id
        self.do(edits.move, where, {who: at})
        self.do(edits.pin, where, [who], pinned=at[0] > 0)
        self.do(edits.lay_out, where, {who: at})

    @rule(account=numbers, project=numbers, steps=st.lists(st.sampled_from(SalesStep), max_size=3))
    def add_opportunity(self, account: int, project: int, steps: list[SalesStep]) -> None:
        where, what = self.some(Account, account).id, self.some(Project, project).id
        self.do(edits.add_opportunity, where, "Line", project=what, steps=steps)

    @rule(opportunity=numbers, person=numbers, probability=scores)
    def revise_opportunity(self, opportunity: int, person: int, probability: int | None) -> None:
        key, who = self.some(Opportunity, opportunity).id, self.some(Person, person)
        department = who.department
        self.do(edits.revise_opportunity, key, probability=probability, referred_by=who.id)
        self.do(edits.revise_opportunity, key, owner=who.id, owner_department=department)

    @rule(opportunity=numbers, outcome=st.sampled_from(Outcome), days=st.integers(-2, 1))
    def close_opportunity(self, opportunity: int, outcome: Outcome, days: int) -> None:
        key, on = self.some(Opportunity, opportunity).id, TODAY + timedelta(days=days)
        self.do(edits.close_opportunity, key, outcome, on=on)
        self.do(edits.revise_opportunity, key, outcome=outcome)

    @rule(account=numbers, type_=numbers, people=st.none() | st.lists(numbers, max_size=2))
    def capture_opportunity(self, account: int, type_: int, people: list[int] | None) -> None:
        where, what = self.some(Account, account).id, self.some(ProjectType, type_).id
        who = None if people is None else [self.some(Person, one).id for one in people]
        self.do(edits.capture_opportunity, where, what, people=who)

    @rule(opportunity=numbers, person=numbers, state=st.sampled_from(SupportState))
    def support(self, opportunity: int, person: int, state: SupportState) -> None:
        key, who = self.some(Opportunity, opportunity).id, self.some(Person, person).id
        self.do(edits.ask_support, key, "A demo", of=who)
        self.do(edits.answer_support, self.some(SupportRequest, person).id, state)

    @rule(account=numbers, horizon=st.sampled_from(Horizon), capability=scores)
    def plan_ahead(self, account: int, horizon: Horizon, capability: int | None) -> None:
        where = self.some(Account, account).id
        self.do(edits.add_need, where, horizon, NeedKind.SERVICE, "More", capability=capability)
        self.do(edits.revise_need, self.some(Need, account).id, capability=capability)
        self.do(edits.add_review, where, ReviewKind.NEEDS)

    @rule(person=numbers, successor=numbers, hand_over=st.booleans())
    def leave(self, person: int, successor: int, hand_over: bool) -> None:
        other = self.some(Person, successor).id
        self.do(edits.leave, self.some(Person, person).id, successor=other, hand_over=hand_over)

    @rule(people=st.lists(numbers, min_size=1, max_size=3), keep=st.booleans())
    def remove_people(self, people: list[int], keep: bool) -> None:
        ids = [self.some(Person, person).id for person in people]
        self.do(edits.remove_people, ids, keep)

    @rule(record=numbers)
    def remove_any(self, record: int) -> None:
        found = sorted(one.id for one in self.records)
        assume(found)
        self.do(edits.remove_records, [found[record % len(found)]])

    @rule(people=st.lists(numbers, min_size=1, max_size=3), account=numbers, project=st.booleans())
    def copy(self, people: list[int], account: int, project: bool) -> None:
        ids = [self.some(Person, person).id for person in people]
        canvas = self.some(Project, account).id if project else None
        copied = edits.copied(self.records, ids, canvas)
        self.do(edits.paste_people, copied, self.some(Account, account).id, canvas=canvas)
        self.do(edits.duplicate_people, ids, canvas=canvas)

    @rule(steps=st.integers(1, 3))
    def undo(self, steps: int) -> None:
        for change in self.changes[: -steps - 1 : -1]:
            self.records = change.inverted().applied(self.records)
            self.draft.apply(change.inverted())
        del self.changes[-steps:]

    @invariant()
    def what_was_accepted_is_sound(self) -> None:
        if self.records is not self.checked:
            self.checked = self.records
            assert problems_in(self.records) == []

    @invariant()
    def claims_are_about_members(self) -> None:
        for claim in self.records.all(Attitude).values():
            assert id_of(ChainMember, claim.project, claim.person) in self.records

    def teardown(self) -> None:
        squashed = Change.squashed(self.changes)
        assert squashed.applied(self.start) == self.records
        assert squashed == Change.between(self.start, self.records)
        assert self.draft.change() == squashed
        assert self.draft == self.records
        back = self.records
        for change in reversed(self.changes):
            assert change.inverted().inverted() == change
            back = change.inverted().applied(back)
        assert back == self.start
        assert squashed.inverted().applied(self.records) == self.start


TestEditing = Editing.TestCase
