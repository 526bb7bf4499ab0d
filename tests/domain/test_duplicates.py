"""Who may be in the store twice: candidates with points and reasons."""

from __future__ import annotations

from datetime import date
from random import Random
from string import ascii_lowercase

import pytest
from building import Portfolio

from brm_desktop.domain.duplicates import Candidate, Likelihood, duplicates_in
from brm_desktop.domain.records import (
    OrganisationKind,
    ProjectType,
    ProjectTypeId,
    Sameness,
    Verdict,
    id_of,
)


@pytest.fixture
def facts() -> Portfolio:
    return Portfolio()


def only(facts: Portfolio) -> Candidate:
    (found,) = duplicates_in(facts.records())
    return found


def said(candidate: Candidate) -> set[str]:
    return {reason.text.text for reason in candidate.reasons}


def test_the_same_name_and_title_in_one_account_are_very_likely_one(facts: Portfolio) -> None:
    acme = facts.account()
    for _ in range(2):
        facts.person("王敏", acme, title="CIO")
    found = only(facts)
    assert (found.points, found.likelihood) == (7, Likelihood.VERY_LIKELY)
    assert said(found) == {"the same name", "the same organisation", "the same title"}


def test_the_same_name_in_one_account_alone_is_a_maybe(facts: Portfolio) -> None:
    acme = facts.account()
    facts.people(acme, "王敏", "王敏")
    assert only(facts).likelihood is Likelihood.MAYBE


def test_names_that_sound_the_same_are_found(facts: Portfolio) -> None:
    acme = facts.account()
    facts.people(acme, "王敏", "汪敏")
    assert "names that sound the same" in said(only(facts))


def test_a_slip_in_a_latin_name_is_found_by_the_first_letters(facts: Portfolio) -> None:
    facts.people(facts.account(), "Anna Petersen", "Anna Peterson")
    found = only(facts)
    assert "names that are nearly the same" in said(found)
    assert found.points == 4


def test_different_names_of_the_same_initials_are_no_candidates(facts: Portfolio) -> None:
    facts.people(facts.account(), "Anna Petersen", "Axel Prill")
    assert duplicates_in(facts.records()) == ()


def test_different_names_of_one_birthday_title_and_department_are_a_maybe(
    facts: Portfolio,
) -> None:
    acme = facts.account()
    board = facts.department("Board", acme)
    for name in ("Anna Petersen", "Axel Prill"):
        facts.person(name, acme, title="CIO", department=board, birthday=date(1980, 5, 1))
    found = only(facts)
    assert (found.points, found.likelihood) == (3, Likelihood.MAYBE)
    assert "different names" in said(found)


def test_of_very_many_with_the_same_initials_those_of_nearly_the_same_name_are_found(
    facts: Portfolio,
) -> None:
    acme, chance = facts.account(), Random(7)
    names = {"".join(chance.choices(ascii_lowercase, k=12)) for _ in range(2_000)}
    facts.people(acme, *(f"A{one[:5]} P{one[5:]}" for one in names))
    facts.people(acme, "Anna Petersen", "Anna Peterson")
    assert said(only(facts)) == {"names that are nearly the same", "the same organisation"}


def test_what_very_many_are_called_tells_nobody_from_another(facts: Portfolio) -> None:
    acme = facts.account()
    facts.people(acme, *["Vacant"] * 51, *["Band One"] * 51, "Band Onne", "Anna P", "Anna P")
    assert said(only(facts)) == {"the same name", "the same organisation"}


def test_looking_for_duplicates_can_be_stopped(facts: Portfolio) -> None:
    facts.people(facts.account(), "Anna Petersen", "Axel Prill", "Anna Peterson")
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) == 2:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        duplicates_in(facts.records(), check)
    assert len(asked) == 2


def test_namesakes_at_two_companies_are_not_even_compared(facts: Portfolio) -> None:
    facts.person("王敏", facts.account("One"))
    facts.person("王敏", facts.account("Two"))
    assert duplicates_in(facts.records()) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"phones": ("+86 138 0013 8000",)}, {"phones": ("13800138000",)}),
        ({"emails": ("Min.Wang@acme.cn",)}, {"emails": ("min.wang@acme.cn",)}),
        ({"wechat": "MinW"}, {"wechat": "minw"}),
    ],
)
def test_a_shared_number_or_address_joins_people_of_two_companies(
    facts: Portfolio, one: dict[str, object], other: dict[str, object]
) -> None:
    facts.person("王敏", facts.account("One"), **one)
    facts.person("王敏", facts.account("Two"), **other)
    assert only(facts).points == 8


def test_a_number_shared_by_people_of_different_names_is_no_candidate(facts: Portfolio) -> None:
    facts.person("王敏", facts.account("One"), phones=("13800138000",))
    facts.person("赵磊", facts.account("Two"), phones=("13800138000",))
    assert duplicates_in(facts.records()) == ()


def test_an_extension_is_no_number(facts: Portfolio) -> None:
    facts.person("王敏", facts.account("One"), phones=("8001",))
    facts.person("王敏", facts.account("Two"), phones=("8001",))
    assert duplicates_in(facts.records()) == ()


def test_birthdays_and_a_line_between_two_speak_for_and_against(facts: Portfolio) -> None:
    acme = facts.account()
    it = facts.department("IT", acme)
    born = date(1980, 5, 1)
    one = facts.person("王敏", acme, birthday=born, department=it)
    other = facts.person("王敏", acme, birthday=born, department=it)
    assert only(facts).points == 9
    facts.revise(other, birthday=date(1981, 5, 1))
    assert only(facts).points == 3
    facts.revise(other, birthday=born)
    facts.reports(one, other)
    assert duplicates_in(facts.records()) == ()


def test_posts_of_which_only_the_title_is_known_are_nobody(facts: Portfolio) -> None:
    acme = facts.account()
    for _ in range(2):
        facts.person("CIO", acme, title="CIO", placeholder=True)
    assert duplicates_in(facts.records()) == ()


def test_a_verdict_ends_the_question(facts: Portfolio) -> None:
    one, other = sorted(facts.people(facts.account(), "王敏", "王敏"))
    key = id_of(Sameness, one, other)
    facts.put(Sameness(id=key, one=one, other=other, kind="person", verdict=Verdict.DIFFERENT))
    assert duplicates_in(facts.records()) == ()


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ("华辰装备", "华辰装备 ", 5),
        ("华辰装备有限公司", "华辰装备集团", 5),
        ("Huachen Ltd.", "HUACHEN Inc", 5),
        ("Huachen Machines", "Huachen Machine", 3),
    ],
)
def test_companies_of_the_same_or_nearly_the_same_name(
    facts: Portfolio, one: str, other: str, points: int
) -> None:
    facts.account(one)
    facts.account(other)
    assert only(facts).points == points


def test_companies_of_different_names_at_one_website_may_be_one(facts: Portfolio) -> None:
    for name in ("Huachen Machines", "Tooling East", "—"):
        made = facts.organisation(name)
        facts.revise(made, website="hm.cn", industry="Machines", region="East")
    found = duplicates_in(facts.records())
    assert {(one.points, one.likelihood) for one in found} == {(3, Likelihood.MAYBE)}
    assert len(found) == 3


def test_a_short_name_a_website_and_a_region_are_reasons_too(facts: Portfolio) -> None:
    one, other = facts.organisation("Huachen Machines"), facts.organisation("HM Group")
    facts.revise(one, short_name="HM", website="https://www.hm.cn/start", region="East")
    facts.revise(other, website="hm.cn", region="East", industry="Machines")
    facts.revise(one, industry="Machines")
    assert only(facts).points == 4 + 4 + 1 + 1
    facts.revise(other, parent=one)
    assert only(facts).points == 3


def test_companies_of_different_names_or_sides_are_none(facts: Portfolio) -> None:
    facts.organisation("华辰装备")
    facts.organisation("华辰食品")
    facts.organisation("凌云软件")
    facts.organisation("凌云软件 ", OrganisationKind.COMPETITOR)
    assert duplicates_in(facts.records()) == ()


def test_the_very_same_name_is_enough_for_a_company(facts: Portfolio) -> None:
    one = facts.organisation("Huachen")
    facts.revise(facts.organisation("huachen"), name="HUACHEN")
    assert only(facts).points == 7
    assert only(facts).one.id in {one, "organisation huachen"}


def test_what_is_named_alike_at_one_place_is_found(facts: Portfolio) -> None:
    acme = facts.account()
    facts.project(acme, "ERP 2026")
    facts.project(acme, "ERP-2026")
    facts.department("IT", acme)
    facts.department("it", acme)
    for key in ("a", "b"):
        facts.put(ProjectType(id=ProjectTypeId(key), name="ERP"))
    assert [one.points for one in duplicates_in(facts.records())] == [7, 7, 7]
