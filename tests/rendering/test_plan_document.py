"""The account plan on paper: what it says is there, as text, in the language of the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from building import TODAY, Portfolio

from brm_desktop import language
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.plan import PlanContent, account_plan
from brm_desktop.domain.records import (
    AccountPlan,
    Action,
    Money,
    Outcome,
    ProjectType,
    ProjectTypeId,
    Role,
    Stance,
    TeamFunction,
    TeamMember,
)
from brm_desktop.rendering.plan_document import plan_words, write_account_plan
from brm_desktop.rendering.plan_sections import chain_section, team_rows
from brm_desktop.rendering.sheets import Sheet
from brm_desktop.rendering.theme import LIGHT

NAMES = ("陈国栋", "李静", "周海", "王芳")
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="9"/></svg>'


@pytest.fixture
def content() -> PlanContent:
    facts = Portfolio()
    me = facts.employee("我")
    account = facts.account("华辰装备集团", spend=Money(500_000_000, "CNY"), owner=me)
    chief, sales, cio, inspector = facts.people(account, *NAMES)
    facts.revise(inspector, veto=True)
    for person in (sales, cio, inspector):
        facts.reports(person, chief)
    facts.assess(chief, 40, 55, 35)
    facts.assess(sales, 70, 72, 60, on=TODAY - timedelta(days=200))
    facts.sways(sales, chief, 90)
    facts.tie(me, sales, 80)
    live = facts.project(account, "产线数字化一期", decided_on=date(2027, 3, 1))
    for person, role in zip(
        (chief, sales, cio, inspector),
        (Role.APPROVER, Role.DECISION_MAKER, Role.USER, Role.EVALUATOR),
        strict=True,
    ):
        facts.member(live, person, role, stance=Stance.NEUTRAL)
    kind = facts.put(ProjectType(id=ProjectTypeId("type"), name="年度维保"))
    facts.project(account, "维保", Outcome.WON, type=kind.id, starts_on=date(TODAY.year, 1, 5))
    facts.put(AccountPlan(id="plan", account=account, year=2027, goal="从中立变为支持"))
    facts.put(
        TeamMember(id="team", account=account, employee=me, function=TeamFunction.ACCOUNT_MANAGER)
    )
    facts.put(Action(id="action", account=account, text="请李静引见", person=chief, owner=me))
    return account_plan(AccountAnalysis(facts.records(), account, TODAY, user=me), 2027)


def written(path: Path, content: PlanContent) -> pypdfium2.PdfDocument:
    chains = {entry.project.id: DOT for entry in content.live}
    write_account_plan(path, content, [Sheet(DOT), Sheet(DOT, "A1", landscape=True)], chains, LIGHT)
    return pypdfium2.PdfDocument(path)


def text_of(document: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_every_name_can_be_found_in_the_text_of_the_plan(
    tmp_path: Path, content: PlanContent, code: str
) -> None:
    language.use(code)
    text = text_of(written(tmp_path / "plan.pdf", content))
    for name in (*NAMES, "华辰装备集团", "从中立变为支持", "产线数字化一期", "请李静引见"):
        assert name in text


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_the_team_stands_in_the_order_of_the_content_in_every_language(
    content: PlanContent, code: str
) -> None:
    language.use(code)
    first = content.team[0]
    team = (first, replace(first, id="b", function=TeamFunction.SPONSOR, business_line="Zinc"))
    rows = team_rows(replace(content, team=(*team, replace(first, id="c"))))
    assert [row["line"] for row in rows] == ["–", "Zinc", "–"]


def test_the_plan_has_bookmarks_and_says_which_page_of_how_many(
    tmp_path: Path, content: PlanContent
) -> None:
    document = written(tmp_path / "plan.pdf", content)
    titles = [mark.get_title() for mark in document.get_toc()]
    assert titles[0] == "Summary"
    assert {"Relationship map", "Key persons", "Best routes", "Team"} <= set(titles)
    assert f"2 / {len(document)}" in text_of(document)


def test_the_summary_is_one_page_so_that_the_map_begins_on_the_third(
    tmp_path: Path, content: PlanContent
) -> None:
    document = written(tmp_path / "plan.pdf", content)
    begins = {mark.get_title(): mark.get_dest().get_index() + 1 for mark in document.get_toc()}
    assert begins["Summary"] == 2
    assert begins["Relationship map"] == 3


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_the_project_history_says_without_colour_how_projects_ended(
    tmp_path: Path, content: PlanContent, code: str
) -> None:
    language.use(code)
    entries = cast("list[dict[str, str]]", plan_words()["history_legend"])
    legend = {entry["mark"]: entry["word"] for entry in entries}
    for outcome in (Outcome.WON, Outcome.LOST, Outcome.OPEN):
        assert legend[outcome] == language.tr(outcome)
    text = " ".join(text_of(written(tmp_path / "plan.pdf", content)).split())
    assert all(" ".join(word.split()) in text for word in legend.values())


def test_a_wide_map_lies_on_its_side(tmp_path: Path, content: PlanContent) -> None:
    document = written(tmp_path / "plan.pdf", content)
    sideways = [page for page in document if page.get_width() > page.get_height()]
    assert len(sideways) == 1


def test_an_empty_account_has_a_plan_too(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account("Nobody")
    empty = account_plan(AccountAnalysis(facts.records(), account, TODAY), 2027)
    write_account_plan(tmp_path / "plan.pdf", empty, [], {}, LIGHT)
    text = text_of(pypdfium2.PdfDocument(tmp_path / "plan.pdf"))
    assert "No key persons yet." in text
    assert "expected spend is not known" in " ".join(text.split())


def test_names_are_data_and_never_markup(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account("#panic(1) *bold* $x$ <a> \\ @cite [b]")
    chief = facts.person("#eval(2) & <svg> _x_", account, power=90)
    plan = account_plan(AccountAnalysis(facts.records(), account, TODAY), 2027)
    write_account_plan(tmp_path / "plan.pdf", plan, [], {}, LIGHT)
    assert chief in text_of(pypdfium2.PdfDocument(tmp_path / "plan.pdf"))


def test_a_plan_that_cannot_be_written_says_so_and_leaves_nothing(
    tmp_path: Path, content: PlanContent
) -> None:
    with pytest.raises(FileProblem):
        written(tmp_path / "missing" / "plan.pdf", content)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_the_points_on_a_chains_page_add_up_to_its_odds(content: PlanContent, code: str) -> None:
    language.use(code)
    (chain,) = [chain_section(content, entry, pictured=False) for entry in content.live]
    rows = cast(list[dict[str, str]], chain["reasons"])

    shown = [Fraction(row["points"].strip("= ").replace("−", "-")) for row in rows]

    assert shown[0] == 50
    assert sum(shown[:-1]) == shown[-1]


def test_a_gain_beyond_a_cap_names_who_holds_the_odds_down() -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    holder, chief, friend = facts.people(account, "Holder", "Chief", "Friend")
    facts.revise(holder, veto=True)
    live = facts.project(account, "Line")
    facts.member(live, holder, Role.EVALUATOR, stance=Stance.NEUTRAL)
    facts.member(live, chief, Role.APPROVER, stance=Stance.NEUTRAL)
    facts.member(live, friend, Role.DECISION_MAKER, stance=Stance.MENTOR)
    content = account_plan(AccountAnalysis(facts.records(), account, TODAY), 2027)

    (chain,) = [chain_section(content, entry, pictured=False) for entry in content.live]
    targets = cast(list[dict[str, str]], chain["targets"])

    assert {target["text"]: target["note"] for target in targets} == {
        "Win Chief, now neutral": "capped at 60 by Holder",
        "Win Holder, now neutral": "",
    }


def test_who_stands_differently_in_two_projects_is_marked_and_said(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    chief = facts.person("Chief", account, power=90)
    for name, stance, year in (("Old", Stance.MENTOR, 2025), ("New", Stance.NEUTRAL, 2026)):
        live = facts.project(account, name, starts_on=date(year, 1, 5))
        facts.member(live, chief, Role.APPROVER, stance=stance)
    content = account_plan(AccountAnalysis(facts.records(), account, TODAY), 2027)

    text = " ".join(text_of(written(tmp_path / "plan.pdf", content)).split())

    assert "neutral*" in text
    assert "* Chief: neutral in New, mentor in Old" in text
    assert "* differs by project, see the page of key persons" in text
