"""Two records become one, and nothing that was said is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits.joining import ask_again, join, tell_apart
from brm_desktop.domain.edits.sharing import choose
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainMember,
    Choice,
    Influence,
    Interaction,
    LineKind,
    Organisation,
    Person,
    PersonId,
    Record,
    Records,
    ReportingLine,
    Role,
    Sameness,
    SharingChoice,
    Tie,
    Verdict,
    YearRevenue,
)
from brm_desktop.domain.soundness import problems_in

ACT = Act(TODAY, "0" * 31 + "1", "me", lambda: "new")


class Twice:
    """王敏 is in the store twice, as ``one`` and as ``other``."""

    def __init__(self) -> None:
        self.facts = Portfolio()
        self.acme: AccountId = self.facts.account()
        self.boss = self.facts.person("Boss", self.acme)
        self.one = self.facts.person("王敏", self.acme, title="CIO", phones=("1",), notes="A")
        self.other = self.facts.person(
            "王敏", self.acme, department=None, phones=("2", "1"), notes="B", wechat="minw"
        )
        self.me = self.facts.employee("Zhang")

    def joined(self, kind: type[Record] = Person, keep: str = "", other: str = "") -> Records:
        records = self.facts.records()
        change = join(records, ACT, kind, keep or self.one, other or self.other)
        after = change.applied(records)
        assert problems_in(after) == []
        return after

    def person(self, records: Records) -> Person:
        return records.one(Person, self.one)


@pytest.fixture
def twice() -> Twice:
    return Twice()


def test_blanks_are_filled_and_lists_and_texts_are_of_both(twice: Twice) -> None:
    after = twice.joined()
    assert after.get(Person, twice.other) is None
    now = twice.person(after)
    assert (now.title, now.phones, now.notes, now.wechat) == ("CIO", ("1", "2"), "A\nB", "minw")


def test_the_verdict_keeps_both_ids(twice: Twice) -> None:
    (verdict,) = twice.joined().all(Sameness).values()
    assert {verdict.one, verdict.other} == {twice.one, twice.other}
    assert (verdict.kind, verdict.verdict, verdict.author) == ("person", Verdict.SAME, "me")


def test_lines_ties_and_memberships_of_the_other_are_those_of_the_one(twice: Twice) -> None:
    facts = twice.facts
    facts.reports(twice.other, twice.boss)
    facts.tie(twice.me, twice.other, 60, evidence="met")
    facts.tie(twice.me, twice.one, 40)
    facts.sways(twice.one, twice.other, 30)
    facts.sways(twice.other, twice.boss, 50)
    project = facts.project(twice.acme)
    facts.member(project, twice.other, Role.USER)
    facts.met(twice.acme, TODAY, twice.one, twice.other, twice.boss)
    after = twice.joined()
    (line,) = after.all(ReportingLine).values()
    assert (line.person, line.manager, line.kind) == (twice.one, twice.boss, LineKind.SOLID)
    (tie,) = after.all(Tie).values()
    assert (tie.person, tie.closeness, tie.evidence) == (twice.one, 40, "met")
    (influence,) = after.all(Influence).values()
    assert (influence.source, influence.target) == (twice.one, twice.boss)
    (meeting,) = after.all(Interaction).values()
    assert meeting.people == (twice.one, twice.boss)


def test_roles_of_both_on_one_chain_are_in_the_order_of_roles(twice: Twice) -> None:
    project = twice.facts.project(twice.acme)
    twice.facts.member(project, twice.one, Role.USER)
    twice.facts.member(project, twice.other, Role.APPROVER, Role.USER)
    (member,) = twice.joined().all(ChainMember).values()
    assert (member.person, member.roles) == (twice.one, (Role.APPROVER, Role.USER))


def test_what_was_chosen_never_to_leave_does_not_by_joining(twice: Twice) -> None:
    facts = twice.facts
    facts.sways(twice.other, twice.boss, 50)
    facts.sways(twice.other, twice.one, 50)
    facts.reports(twice.other, twice.boss)
    records = facts.records()
    lines = [*records.all(Influence), *records.all(ReportingLine)]
    for subject, choice, field in (
        (twice.one, Choice.TEAM, ""),
        (twice.one, Choice.TEAM, "phones"),
        (twice.other, Choice.NEVER, "phones"),
        (twice.other, Choice.PRIVATE, "wechat"),
        (twice.other, Choice.COMPANY, "title"),
        *((line, Choice.NEVER, "") for line in lines),
    ):
        records = choose(records, ACT, subject, choice, field).applied(records)
    after = join(records, ACT, Person, twice.one, twice.other).applied(records)
    left = [*after.all(Influence), *after.all(ReportingLine)]
    assert len(left) == 2
    assert {(one.subject, one.part): one.choice for one in after.all(SharingChoice).values()} == {
        (twice.one, ""): Choice.TEAM,
        (twice.one, "phones"): Choice.NEVER,
        (twice.one, "wechat"): Choice.PRIVATE,
        **{(line, ""): Choice.NEVER for line in left},
    }
    assert problems_in(after) == []


def test_a_second_manager_stands_beside_the_chart(twice: Twice) -> None:
    second = twice.facts.person("Second", twice.acme)
    twice.facts.reports(twice.one, twice.boss)
    twice.facts.reports(twice.other, second)
    lines = {line.manager: line.kind for line in twice.joined().all(ReportingLine).values()}
    assert lines == {twice.boss: LineKind.SOLID, second: LineKind.DOTTED}


def test_a_line_between_the_two_goes(twice: Twice) -> None:
    twice.facts.reports(twice.other, twice.one)
    twice.facts.revise(twice.one, successor=twice.other, left_on=date(2026, 1, 1))
    after = twice.joined()
    assert not after.all(ReportingLine)
    assert twice.person(after).successor is None


def test_what_cannot_be_weaker_refuses_the_whole(twice: Twice) -> None:
    second = twice.facts.person("Second", twice.acme)
    twice.facts.reports(twice.one, twice.boss, LineKind.DOTTED)
    twice.facts.reports(twice.boss, second, LineKind.DOTTED)
    twice.facts.reports(second, twice.other, LineKind.DOTTED)
    with pytest.raises(Refused):
        twice.joined()


def test_two_companies_become_one_with_one_account(twice: Twice) -> None:
    facts = twice.facts
    double = facts.account("Acme Ltd")
    wu = facts.person("Wu", double)
    project = facts.project(double, "ERP")
    facts.revise(double, strategic_reason="big")
    home: dict[str, str] = {
        one.id: one.organisation for one in facts.records().all(Account).values()
    }
    after = twice.joined(Organisation, home[twice.acme], home[double])
    (account,) = after.all(Account).values()
    assert (account.id, account.strategic_reason) == (twice.acme, "big")
    assert after.one(Person, PersonId(wu)).organisation == home[twice.acme]
    assert after.find(project) is not None
    assert len([one for one in after.all(Organisation).values() if one.kind == "customer"]) <= 1


def test_a_company_without_an_account_joins_one_that_has(twice: Twice) -> None:
    facts = twice.facts
    plain = facts.organisation("Acme Ltd")
    home = facts.records().one(Account, twice.acme).organisation
    after = twice.joined(Organisation, plain, home)
    assert after.one(Account, twice.acme).organisation == plain


def test_numbers_of_the_same_year_are_those_of_the_one_that_stays(twice: Twice) -> None:
    facts = twice.facts
    double = facts.account("Acme Ltd")
    records = facts.records()
    homes = [records.one(Account, key).organisation for key in (twice.acme, double)]
    from brm_desktop.domain import edits
    from brm_desktop.domain.records import Money

    for key, amount in ((twice.acme, 5), (double, 7)):
        money = Money(amount, "CNY")
        change = edits.set_revenue(records, ACT, account=key, year=2025, revenue=money)
        records = change.applied(records)
    after = join(records, ACT, Organisation, homes[0], homes[1]).applied(records)
    (revenue,) = after.all(YearRevenue).values()
    assert revenue.revenue.minor == 5


def test_one_is_not_joined_with_itself_or_with_nobody(twice: Twice) -> None:
    records = twice.facts.records()
    with pytest.raises(Refused):
        join(records, ACT, Person, twice.one, twice.one)
    with pytest.raises(Refused):
        join(records, ACT, Person, twice.one, "nobody")


def test_telling_apart_and_asking_again(twice: Twice) -> None:
    records = twice.facts.records()
    records = tell_apart(records, ACT, Person, twice.other, twice.one).applied(records)
    (verdict,) = records.all(Sameness).values()
    assert verdict.verdict is Verdict.DIFFERENT
    assert verdict == replace(verdict, one=min(twice.one, twice.other))
    records = ask_again(records, ACT, verdict.id).applied(records)
    assert not records.all(Sameness)
