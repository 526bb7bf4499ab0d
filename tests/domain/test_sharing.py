"""What of a record leaves, and how far: by its category, by what is chosen, by whom it is about."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from building import Portfolio
from naive_sharing import FIRST_FIELD
from sharing_chosen import chosen, policy
from stores import everything

from brm_desktop.domain.categories import (
    BASE,
    CATEGORIES,
    ESSENTIAL,
    NAMING,
    Category,
    category_of,
)
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.records import (
    KINDS,
    REFERENCES,
    Account,
    Assessment,
    Audience,
    Choice,
    Conflict,
    Influence,
    LineKind,
    Person,
    PersonId,
    Record,
    ReportingLine,
    SharingChoice,
    Snapshot,
    Tie,
)
from brm_desktop.domain.sharing import Leaving, Selection, Staying, what_leaves
from brm_desktop.domain.sharing_choices import Policies, Scopes, choice_about

TEAM, COMPANY = Audience.TEAM, Audience.COMPANY


class Acme:
    """An account of two people with a line and a tie, and one colleague who knows them."""

    def __init__(self) -> None:
        facts = self.facts = Portfolio()
        self.account = facts.account("Acme")
        self.chief = facts.person("Chief", self.account, notes="plays golf", phones=("1",))
        self.clerk = facts.person("Clerk", self.account, power=40)
        self.line = facts.reports(self.clerk, self.chief)
        self.me = facts.employee("Me")
        self.tie = facts.tie(self.me, self.chief, 60, evidence="neighbours")
        self.choices: list[SharingChoice] = []

    def choose(self, **categories: Choice) -> Acme:
        self.choices += policy(self.account, **categories)
        return self

    def mark(self, record: str, choice: Choice, field: str = "") -> Acme:
        self.choices.append(chosen(record, field, choice))
        return self

    def selection(self) -> Selection:
        return what_leaves(self.facts.records(), self.choices)

    def leaving(self, kind: type[Record], key: str) -> Leaving | None:
        return self.selection().leaving.get((name_of_kind(kind), key))

    def of(self, person: PersonId) -> Leaving:
        found = self.leaving(Person, person)
        assert found is not None
        return found

    def why(self, kind: type[Record], key: str) -> Staying | None:
        return self.selection().staying.get((name_of_kind(kind), key))


@pytest.fixture
def acme() -> Acme:
    return Acme()


def test_every_field_of_every_kind_is_in_one_category_or_never_leaves() -> None:
    never = {"id", "audience"}
    kept = {Snapshot, Conflict, SharingChoice}
    for kind in KINDS:
        names = {field.name for field in fields(kind)} - never
        if kind in kept:
            assert {category_of(kind, name) for name in names} == {None}, kind
        else:
            assert CATEGORIES[kind].keys() == names, kind
        assert category_of(kind, "id") is category_of(kind, "audience") is None


def test_what_a_record_cannot_be_without_is_of_the_category_of_the_record() -> None:
    for kind, names in ESSENTIAL.items():
        assert {CATEGORIES[kind][name] for name in names} == {BASE[kind]}, kind
        assert CATEGORIES[kind][FIRST_FIELD[kind.__name__]] is BASE[kind]


def test_kinds_come_after_those_they_are_about_and_all_of_these_have_a_name() -> None:
    order = list(CATEGORIES)
    assert order == [kind for kind in KINDS if kind in CATEGORIES]
    for one in REFERENCES:
        if one.kind in CATEGORIES:
            assert set(one.targets) <= NAMING.keys(), one
            if one.falls:
                assert all(order.index(target) < order.index(one.kind) for target in one.targets)


def test_personal_data_is_a_category_of_its_own() -> None:
    personal = {name for name, one in CATEGORIES[Person].items() if one is Category.PERSONAL}
    assert personal == {"phones", "emails", "wechat", "birthday"}


def test_nothing_leaves_unless_it_was_chosen(acme: Acme) -> None:
    found = acme.selection()
    assert not found.leaving
    assert set(found.staying.values()) == {Staying.PRIVATE}


def test_a_policy_lets_out_its_category_and_no_other(acme: Acme) -> None:
    found = acme.choose(structure=Choice.TEAM).selection()
    assert {key[0] for key in found.leaving} == {
        "organisation",
        "account",
        "person",
        "reporting_line",
    }
    leaving = acme.of(acme.chief)
    assert leaving.reach is TEAM
    assert "name" in leaving.fields
    assert not {"notes", "phones", "power"} & leaving.fields
    assert leaving.withheld["phones"] is Staying.PRIVATE
    assert found.staying["person", acme.me] is Staying.PRIVATE


def test_the_default_holds_for_accounts_without_a_choice_of_their_own(acme: Acme) -> None:
    acme.choices += policy("", structure=Choice.COMPANY)
    other = acme.facts.account("Other")
    acme.choices += policy(other, structure=Choice.PRIVATE)
    assert acme.of(acme.chief).reach is COMPANY
    assert acme.why(Account, other) is Staying.PRIVATE


def test_a_relation_takes_its_ends_along_by_name_only(acme: Acme) -> None:
    found = acme.choose(connections=Choice.TEAM).selection()
    for person in (acme.me, acme.chief):
        stub = found.leaving["person", person]
        assert stub == Leaving(frozenset({"name", "organisation"}), TEAM, stub=True)
    assert found.leaving["organisation", acme.facts.us].stub
    assert ("person", acme.clerk) not in found.leaving
    assert not found.leaving["tie", acme.tie.id].stub
    assert "evidence" not in found.leaving["tie", acme.tie.id].fields


def test_somebody_without_a_name_is_named_by_the_title(acme: Acme) -> None:
    cfo = acme.facts.person("CFO", acme.account, name="", title="CFO", placeholder=True)
    acme.facts.sways(cfo, acme.chief, 50)
    acme.choose(connections=Choice.TEAM)
    assert acme.of(cfo).fields == {"name", "organisation", "title", "placeholder"}


def test_who_never_leaves_is_not_even_named(acme: Acme) -> None:
    acme.choose(structure=Choice.TEAM, connections=Choice.TEAM).mark(acme.chief, Choice.NEVER)
    assert acme.why(Person, acme.chief) is Staying.NEVER
    assert acme.why(Tie, acme.tie.id) is Staying.END
    assert acme.why(ReportingLine, acme.line.id) is Staying.END
    assert acme.leaving(Person, acme.clerk)


@pytest.mark.parametrize("choice", [Choice.NEVER, Choice.PRIVATE, Choice.ASK])
def test_who_was_marked_stays_with_what_is_about_them(acme: Acme, choice: Choice) -> None:
    acme.choose(connections=Choice.COMPANY).mark(acme.chief, choice, "name")
    assert acme.leaving(Tie, acme.tie.id) is None


def test_never_is_beaten_by_nothing(acme: Acme) -> None:
    acme.choose(structure=Choice.NEVER, notes=Choice.NEVER)
    acme.mark(acme.chief, Choice.COMPANY).mark(acme.chief, Choice.COMPANY, "notes")
    assert acme.why(Person, acme.chief) is Staying.NEVER
    acme.choices = policy(acme.account, structure=Choice.TEAM, notes=Choice.NEVER)
    acme.mark(acme.chief, Choice.TEAM, "notes")
    assert acme.of(acme.chief).withheld["notes"] is Staying.NEVER


def test_private_notes_are_not_chosen_one_by_one_but_other_fields_are(acme: Acme) -> None:
    acme.choose(structure=Choice.TEAM)
    acme.mark(acme.chief, Choice.TEAM, "notes").mark(acme.chief, Choice.TEAM, "phones")
    found = acme.of(acme.chief)
    assert "phones" in found.fields
    assert found.withheld["notes"] is Staying.PRIVATE


def test_notes_that_are_asked_for_leave_once_they_are_ticked(acme: Acme) -> None:
    acme.choose(structure=Choice.COMPANY, notes=Choice.ASK)
    assert acme.of(acme.chief).withheld["notes"] is Staying.ASK
    acme.mark(acme.chief, Choice.TEAM, "notes")
    assert "notes" in acme.of(acme.chief).fields


def test_what_is_asked_for_waits_until_it_is_ticked(acme: Acme) -> None:
    said = acme.facts.assess(acme.chief, 40)
    acme.choose(structure=Choice.TEAM, opinions=Choice.ASK)
    assert acme.why(Assessment, said.id) is Staying.ASK
    acme.mark(said.id, Choice.TEAM)
    found = acme.leaving(Assessment, said.id)
    assert found is not None
    assert found.reach is TEAM


def test_a_record_goes_no_further_than_what_it_is_about(acme: Acme) -> None:
    acme.choose(structure=Choice.TEAM, connections=Choice.COMPANY)
    line = acme.facts.sways(acme.chief, acme.clerk, 80)
    found = acme.leaving(Influence, line.id)
    assert found is not None
    assert found.reach is TEAM


def test_a_field_for_the_team_stays_when_its_record_goes_to_all(acme: Acme) -> None:
    acme.choose(structure=Choice.COMPANY, opinions=Choice.TEAM)
    assert acme.of(acme.clerk).withheld["power"] is Staying.NARROWER
    acme.mark(acme.clerk, Choice.TEAM)
    assert "power" in acme.of(acme.clerk).fields


def test_a_text_that_no_asset_takes_stays_and_the_rest_goes(acme: Acme) -> None:
    acme.choose(structure=Choice.TEAM, notes=Choice.TEAM, personal=Choice.TEAM)
    facts = acme.facts
    long = facts.person("Long", acme.account, notes="x" * 40_001, phones=("1",) * 5_001)
    fitting = facts.person("Fits", acme.account, notes="x" * 40_000, phones=("1",) * 5_000)
    found = acme.of(long)
    assert found.withheld["notes"] is found.withheld["phones"] is Staying.TOO_LONG
    assert "name" in found.fields
    assert {"notes", "phones"} <= acme.of(fitting).fields


def test_a_record_kept_private_keeps_all_of_it(acme: Acme) -> None:
    acme.choose(structure=Choice.TEAM, personal=Choice.TEAM)
    acme.mark(acme.chief, Choice.PRIVATE).mark(acme.chief, Choice.TEAM, "phones")
    assert acme.leaving(Person, acme.chief) is None
    records = acme.facts.records()
    chief = records.one(Person, acme.chief)
    scopes, policies = Scopes(records).of(chief), Policies(acme.choices)
    assert choice_about(policies, Person, scopes, chief.id, "phones") is Choice.PRIVATE
    assert choice_about(policies, Person, scopes, chief.id) is Choice.PRIVATE


def test_a_field_that_names_who_stays_is_kept_back(acme: Acme) -> None:
    board = acme.facts.department("Board", acme.account)
    acme.facts.revise(acme.clerk, department=board, successor=acme.chief)
    meeting = acme.facts.met(acme.account, date(2026, 3, 1), acme.chief, acme.clerk)
    acme.choose(structure=Choice.TEAM, plans=Choice.TEAM)
    acme.mark(board, Choice.NEVER).mark(acme.chief, Choice.PRIVATE)
    clerk = acme.of(acme.clerk)
    assert clerk.withheld["department"] is clerk.withheld["successor"] is Staying.END
    met = acme.selection().leaving["interaction", meeting.id]
    assert met.withheld["people"] is Staying.END
    assert "held_on" in met.fields


def test_a_record_names_what_it_can_be_without(acme: Acme) -> None:
    rival = acme.facts.competitor("Rival")
    project = acme.facts.project(acme.account, lost_to=rival)
    found = acme.choose(projects=Choice.COMPANY).selection()
    assert found.leaving["organisation", rival] == Leaving(
        frozenset({"name", "kind"}), COMPANY, stub=True
    )
    assert found.leaving["account", acme.account].stub
    assert not found.leaving["project", project].stub


def test_a_line_between_two_accounts_goes_as_far_as_the_narrower_of_them(acme: Acme) -> None:
    other = acme.facts.account("Other")
    uncle = acme.facts.person("Uncle", other)
    line = acme.facts.sways(uncle, acme.chief, 90)
    acme.choose(connections=Choice.COMPANY)
    assert acme.why(Influence, line.id) is Staying.PRIVATE
    acme.choices += policy(other, connections=Choice.TEAM)
    found = acme.leaving(Influence, line.id)
    assert found is not None
    assert found.reach is TEAM


def test_what_is_about_somebody_who_is_not_there_stays(acme: Acme) -> None:
    lost = replace(acme.line, id="lost", manager=PersonId("nobody"), kind=LineKind.DOTTED)
    acme.facts.put(lost)
    acme.choices += policy("", structure=Choice.TEAM)
    assert acme.why(ReportingLine, "lost") is Staying.END


def test_whoever_belongs_nowhere_goes_by_the_default() -> None:
    facts = Portfolio()
    facts.put(Person(id=PersonId("x"), name="X"))
    found = what_leaves(facts.records(), policy("", structure=Choice.TEAM))
    assert "name" in found.leaving["person", "x"].fields


def test_verdicts_on_duplicates_go_as_people_do() -> None:
    records = everything()
    (account,) = records.all(Account)
    found = what_leaves(records, policy(account, structure=Choice.TEAM))
    assert [key for key in found.leaving if key[0] == "sameness"]
    assert not [key for key in found.leaving if key[0] in {"conflict", "sharing_choice"}]
