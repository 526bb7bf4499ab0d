"""Visit brief, minutes and handover on paper, and what of them a customer may hold in hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from math import hypot
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from building import TODAY, Portfolio
from pypdfium2 import raw

from brm_desktop import language
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.brief import visit_brief
from brm_desktop.domain.client_sheet import client_sheet
from brm_desktop.domain.handover import handover
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Action,
    Money,
    Opportunity,
    Outcome,
    Person,
    PersonId,
    ProjectType,
    ProjectTypeId,
    Review,
    ReviewKind,
    Role,
    Stance,
    TeamFunction,
    TeamMember,
    Tier,
)
from brm_desktop.domain.weekly import DealField, Moved, week_of
from brm_desktop.rendering.papers.brief import PEOPLE, write_brief
from brm_desktop.rendering.papers.chain_picture import WIDEST, chain_picture
from brm_desktop.rendering.papers.client import Purpose, write_client_sheet
from brm_desktop.rendering.papers.handover import handover_data, write_handover
from brm_desktop.rendering.papers.minutes import LINES, write_minutes
from brm_desktop.rendering.theme import LIGHT

LANGUAGES = ("zh_CN", "en")
HOSTILE = "#panic(1) *bold* $x$ <a> \\ @cite [b] {draft}"
CANARIES = (
    "CANARY-evidence",
    "CANARY-note",
    "CANARY-goal",
    "CANARY-action",
    "CANARY-learnt",
    "CANARY-remark",
    "CANARY-stage",
    "CANARY-rival",
    "CANARY-phone",
    "CANARY-mail",
    "CANARY-wechat",
)


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


@pytest.fixture(autouse=True)
def _english(qapp: object) -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


class Huachen:
    """An account with a chain, a rival, a plan, meetings and a marker in every text of ours."""

    def __init__(self) -> None:
        self.facts = facts = Portfolio()
        me = facts.employee("张帆", title="Account manager", phones=("13800000000",))
        spend = Money(500_000_000, "CNY")
        self.account: AccountId = facts.account("华辰装备集团", spend=spend, owner=me)
        facts.revise(self.account, tier=Tier.KEY)
        chief, cio, inspector = facts.people(self.account, "陈国栋", "周海", "王芳")
        facts.revise(chief, power=97, notes="CANARY-note", birthday=days(3).replace(year=1970))
        facts.revise(inspector, veto=True, title="B1总监", phones=("CANARY-phone",))
        facts.revise(inspector, emails=("CANARY-mail",), wechat="CANARY-wechat")
        facts.assess(chief, 41, 53, 37, evidence="CANARY-evidence")
        facts.assess(cio, 83, 79, 67, on=days(-2))
        facts.tie(me, cio, 80)
        facts.sways(cio, chief, 90)
        rival = facts.competitor("CANARY-rival")
        facts.tie(facts.person("CANARY-rival seller", rival), chief, 88)
        self.project = facts.project(
            self.account,
            "产线数字化一期",
            amount=Money(180_000_000, "CNY"),
            decided_on=days(60),
            note="CANARY-note",
        )
        facts.member(self.project, chief, Role.APPROVER, stance=Stance.ENEMY, note="CANARY-note")
        facts.member(self.project, cio, Role.DECISION_MAKER, stance=Stance.MENTOR)
        facts.member(self.project, inspector, Role.EVALUATOR)
        self._papers(me, chief)

    def _papers(self, me: PersonId, chief: PersonId) -> None:
        facts, account = self.facts, self.account
        plan = facts.put(AccountPlan(id="plan", account=account, year=TODAY.year))
        facts.revise(plan.id, goal="CANARY-goal", success_factors="CANARY-goal")
        facts.put(Action(id="act", account=account, text="CANARY-action", due=days(-2)))
        met = facts.met(account, days(-3), me, chief)
        facts.revise(met.id, learnt="CANARY-learnt", summary="CANARY-learnt")
        function = TeamFunction.ACCOUNT_MANAGER
        facts.put(TeamMember(id="team", account=account, employee=me, function=function))
        held = Review(id="review", account=account, kind=ReviewKind.WEEKLY, held_on=TODAY)
        facts.revise(facts.put(held).id, remarks="CANARY-remark")
        deal = Opportunity(id="deal", account=account, name="Robots", project=self.project)
        facts.put(deal)
        facts.revise("deal", stage="CANARY-stage", probability=35, expected_close=days(-1))
        facts.put(Opportunity(id="next", account=account, name="Spares", stage="proposing"))

    def read(self) -> AccountAnalysis:
        return AccountAnalysis(self.facts.records(), self.account, TODAY)


@pytest.fixture
def huachen() -> Huachen:
    return Huachen()


def pages(path: Path) -> int:
    return len(pypdfium2.PdfDocument(path))


def text_of(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_brief_has_chain_flags_questions_and_the_way_on_one_page(
    tmp_path: Path, huachen: Huachen, code: str
) -> None:
    language.use(code)
    write_brief(tmp_path / "brief.pdf", huachen.read())
    text = text_of(tmp_path / "brief.pdf")
    assert pages(tmp_path / "brief.pdf") == 1
    assert "张帆 → 周海 → 陈国栋" in text
    assert "72%" in text
    for said in ("华辰装备集团", "产线数字化一期", "王芳", "CANARY-action", "CANARY-goal"):
        assert said in text
    if code == "en":
        assert "Where does 王芳 stand on 产线数字化一期?" in text
        assert "王芳 holds a veto, stance unknown" in text


def test_a_brief_of_forty_people_and_endless_texts_is_one_page_still(tmp_path: Path) -> None:
    facts = Portfolio()
    me = facts.employee("Zhang" * 30)
    account = facts.account("Acme " * 80, owner=me)
    project = facts.project(account, "Line " * 200, decided_on=days(4))
    roles = (Role.APPROVER, Role.DECISION_MAKER, Role.EVALUATOR, Role.USER)
    for number in range(40):
        person = facts.person(f"Somebody {number} " + "x" * 90, account, title="Head of " * 40)
        facts.revise(person, crucial=True, birthday=days(2).replace(year=1970))
        facts.member(project, person, roles[number % 4], stance=Stance.NEUTRAL)
        facts.met(account, days(-number), person)
        facts.put(Action(id=f"a{number}", account=account, text="to do " * 300, due=days(number)))
    write_brief(tmp_path / "brief.pdf", AccountAnalysis(facts.records(), account, TODAY))
    assert pages(tmp_path / "brief.pdf") == 1
    assert smallest_type(tmp_path / "brief.pdf") >= 6.99


def test_actions_and_birthdays_come_up_by_their_days(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    chief = facts.person("Chen", account, power=90)
    facts.revise(chief, birthday=days(3).replace(year=1970))
    facts.put(Action(id="late", account=account, text="After it", due=days(9)))
    facts.put(Action(id="soon", account=account, text="Before it", due=days(1)))
    write_brief(tmp_path / "brief.pdf", AccountAnalysis(facts.records(), account, TODAY))
    text = text_of(tmp_path / "brief.pdf")
    places = [text.index(one) for one in ("Before it", "birthday", "After it")]
    assert places == sorted(places)


def smallest_type(path: Path) -> float:
    """The smallest type on a page as it is printed, in points."""
    page = pypdfium2.PdfDocument(path)[0].get_textpage()
    sizes = []
    for place in range(page.count_chars()):
        matrix = raw.FS_MATRIX()
        printed = not chr(raw.FPDFText_GetUnicode(page, place)).isspace()
        if printed and raw.FPDFText_GetMatrix(page, place, matrix):
            turned = hypot(matrix.a, matrix.b)
            sizes.append(raw.FPDFText_GetFontSize(page, place) * turned)
    return float(min(sizes))


def test_nothing_on_a_brief_is_printed_smaller_than_seven_points(
    tmp_path: Path, huachen: Huachen
) -> None:
    for number in range(30):
        person = huachen.facts.person(f"Somebody with a name {number}", huachen.account)
        huachen.facts.revise(person, title="Head of a long department")
        role = (Role.DECISION_MAKER, Role.EVALUATOR, Role.USER, Role.INFLUENCER)[number % 4]
        huachen.facts.member(huachen.project, person, role, stance=Stance.SUPPORTER)
    write_brief(tmp_path / "brief.pdf", huachen.read())
    assert pages(tmp_path / "brief.pdf") == 1
    assert smallest_type(tmp_path / "brief.pdf") >= 6.99
    assert "veto" in text_of(tmp_path / "brief.pdf")


def test_the_picture_of_a_chain_has_those_who_weigh_most_and_counts_the_others(
    huachen: Huachen,
) -> None:
    for number in range(30):
        person = huachen.facts.person(f"User {number}", huachen.account)
        huachen.facts.member(huachen.project, person, Role.USER)
    found = visit_brief(huachen.read(), None, None).about
    assert found is not None
    picture = chain_picture(huachen.read(), huachen.project, found.reading.members, LIGHT)
    drawn = picture.svg.decode()
    assert all(f"{name}</text>" in drawn for name in ("陈国栋", "周海", "王芳"))
    assert picture.width <= WIDEST
    shown = sum(f">User {number}</text>" in drawn for number in range(30))
    assert picture.left_out == 30 - shown > 0


def test_a_brief_of_an_account_of_which_nothing_is_known(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account("Nobody")
    write_brief(tmp_path / "brief.pdf", AccountAnalysis(facts.records(), account, TODAY))
    text = text_of(tmp_path / "brief.pdf")
    assert pages(tmp_path / "brief.pdf") == 1
    assert "No open project." in text
    assert "Find out who decides." in text
    assert "spend not known" in text
    assert "– of –" not in text
    assert "of –" not in text


def test_the_brief_counts_whom_it_does_not_show_and_says_what_red_is(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    project = facts.project(account, "Line", decided_on=days(9))
    people = facts.people(account, *(f"P{number}" for number in range(PEOPLE + 4)))
    for person in people:
        facts.member(project, person, Role.USER, stance=Stance.NEUTRAL)
    write_brief(tmp_path / "brief.pdf", AccountAnalysis(facts.records(), account, TODAY))
    assert "and 4 more" in text_of(tmp_path / "brief.pdf")
    assert "red: crucial" not in text_of(tmp_path / "brief.pdf")
    facts.revise(people[0], crucial=True)
    write_brief(tmp_path / "brief.pdf", AccountAnalysis(facts.records(), account, TODAY))
    assert "and 4 more · red: crucial" in text_of(tmp_path / "brief.pdf")


def test_the_name_of_a_paper_stands_clear_of_the_small_line_above_it(
    tmp_path: Path, huachen: Huachen
) -> None:
    write_brief(tmp_path / "brief.pdf", huachen.read())
    page = pypdfium2.PdfDocument(tmp_path / "brief.pdf")[0]
    words = page.get_textpage()
    rects = [words.get_rect(place) for place in range(words.count_rects())]
    said = [words.get_text_bounded(*rect).strip() for rect in rects]
    above = rects[said.index("Visit brief")]
    name = rects[said.index("华辰装备集团")]
    assert above[1] - name[3] > 2, "points between the foot of one and the top of the other"


def test_the_minutes_say_whose_probability_and_which_date(tmp_path: Path, huachen: Huachen) -> None:
    write_minutes(tmp_path / "minutes.pdf", [week_of(huachen.read())], TODAY)
    text = text_of(tmp_path / "minutes.pdf")
    for heading in ("Relationship odds", "Seller's probability", "Expected date"):
        assert heading in text


@pytest.mark.parametrize("write", [write_brief, write_handover])
def test_names_are_data_and_never_markup(tmp_path: Path, write: object) -> None:
    facts = Portfolio()
    account = facts.account(HOSTILE, spend=Money(1, "CNY"))
    chief = facts.person(HOSTILE, account, power=90, title=HOSTILE)
    project = facts.project(account)
    facts.revise(project, name=HOSTILE)
    facts.member(project, chief, Role.APPROVER)
    facts.put(Action(id="a", account=account, text=HOSTILE))
    out = tmp_path / "out.pdf"
    assert callable(write)
    write(out, AccountAnalysis(facts.records(), account, TODAY))
    assert "*bold* $x$" in text_of(out)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_minutes_have_deals_changes_and_remarks(
    tmp_path: Path, huachen: Huachen, code: str
) -> None:
    language.use(code)
    moved = (Moved(huachen.project, DealField.AMOUNT, None, Money(180_000_000, "CNY")),)
    quiet = huachen.facts.account("Quiet Ltd")
    week = week_of(huachen.read(), moved=moved)
    other = week_of(AccountAnalysis(huachen.facts.records(), quiet, TODAY))
    write_minutes(tmp_path / "minutes.pdf", [week, other], TODAY)
    text = text_of(tmp_path / "minutes.pdf")
    for said in (
        "华辰装备集团",
        "CANARY-remark",
        "产线数字化一期",
        "35%",
        "Quiet Ltd",
        "CANARY-stage",
    ):
        assert said in text
    if code == "en":
        assert "2 accounts" in text
        assert "Nothing to tell" in text
        assert "amount: – → CNY 1,800,000" in text


def test_odds_that_fell_and_closeness_that_moved_are_told_with_what_they_were(
    tmp_path: Path, huachen: Huachen
) -> None:
    huachen.facts.claim(huachen.project, PersonId("周海"), Stance.ENEMY, on=days(-1), author="a")
    huachen.facts.assess(PersonId("陈国栋"), 11, on=days(-20), author="b")
    write_minutes(tmp_path / "minutes.pdf", [week_of(huachen.read())], TODAY)
    text = text_of(tmp_path / "minutes.pdf")
    assert re.search(r"odds: \d+ → \d+", text)
    assert re.search(r"closeness \d+ → \d+", text)


def test_many_changes_are_counted_and_no_review_is_said_so(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account()
    for number in range(LINES + 3):
        facts.assess(facts.person(f"P{number}", account, power=50), 40, on=days(-1))
    week = week_of(AccountAnalysis(facts.records(), account, TODAY))
    write_minutes(tmp_path / "minutes.pdf", [week], TODAY)
    assert "and 3 more" in text_of(tmp_path / "minutes.pdf")
    write_minutes(tmp_path / "none.pdf", [], TODAY)
    assert "No account to review." in text_of(tmp_path / "none.pdf")


@pytest.mark.parametrize("count", [7, 8, 9, 16])
def test_no_account_stands_alone_on_the_last_page_of_the_minutes(
    tmp_path: Path, count: int
) -> None:
    facts = Portfolio()
    named = [facts.account(f"Account {number:02d}") for number in range(count)]
    for one in named:
        facts.put(Opportunity(id=f"deal of {one}", account=one, name="Robots"))
    weeks = [week_of(AccountAnalysis(facts.records(), one, TODAY)) for one in named]
    write_minutes(tmp_path / "minutes.pdf", weeks, TODAY)
    *_, last = pypdfium2.PdfDocument(tmp_path / "minutes.pdf")
    assert last.get_textpage().get_text_range().count("Account ") > 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_handover_pack_has_odds_reasons_routes_gaps_and_actions(
    tmp_path: Path, huachen: Huachen, code: str
) -> None:
    language.use(code)
    kind = huachen.facts.put(ProjectType(id=ProjectTypeId("type"), name="年度维保"))
    for year in (2023, 2024, 2025):
        name, start = f"维保{year}", date(year, 9, 1)
        fields = {"type": kind.id, "starts_on": start}
        huachen.facts.project(huachen.account, name, Outcome.WON, **fields)
    write_handover(tmp_path / "pack.pdf", huachen.read())
    text = text_of(tmp_path / "pack.pdf")
    for said in ("张帆 → 周海 → 陈国栋", "年度维保", "Robots", "CANARY-action", "CANARY-learnt"):
        assert said in text
    assert {"en": "Proposing", "zh_CN": "方案"}[code] in text
    assert "CANARY-stage" in text
    if code == "en":
        document = pypdfium2.PdfDocument(tmp_path / "pack.pdf")
        titles = {mark.get_title() for mark in document.get_toc()}
        assert {"Key persons", "Missing facts", "Team", "Best routes"} <= titles
        assert "Which department is 周海 in?" in text


def test_the_handover_pack_says_how_to_reach_the_key_persons_of_whom_it_is_known(
    tmp_path: Path, huachen: Huachen
) -> None:
    people = huachen.facts.records().all(Person)
    named = {person.name: person.id for person in people.values()}
    huachen.facts.revise(named["陈国栋"], phones=("13911112222", "021-5555"), wechat="chen_gd")
    data = handover_data(handover(huachen.read()), LIGHT, frozenset())
    assert sorted(cast("list[list[str]]", data["reach"])) == [
        ["王芳", "CANARY-phone", "CANARY-mail", "CANARY-wechat"],
        ["陈国栋", "13911112222, 021-5555", "–", "chen_gd"],
    ]
    write_handover(tmp_path / "pack.pdf", huachen.read())
    text = text_of(tmp_path / "pack.pdf")
    for said in ("How to reach them", "13911112222", "chen_gd", "CANARY-mail"):
        assert said in text


def test_a_handover_of_an_account_of_which_nothing_is_known(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account("Nobody")
    analysis = AccountAnalysis(facts.records(), account, TODAY)
    write_handover(tmp_path / "pack.pdf", analysis)
    text = text_of(tmp_path / "pack.pdf")
    assert "How much does Nobody spend in a year?" in text
    assert "Who has a say at Nobody?" in text
    data = handover_data(handover(analysis), LIGHT, frozenset())
    assert data["opportunities"] == data["coming"] == data["chains"] == data["reach"] == []
    assert "How to reach them" not in text


def test_a_handover_of_an_account_of_which_nothing_more_is_asked_says_so(tmp_path: Path) -> None:
    facts = Portfolio()
    account = facts.account("Quiet", spend=Money(100, "CNY"))
    facts.person("Chen", account)  # of whom nothing says that he counts
    write_handover(tmp_path / "pack.pdf", AccountAnalysis(facts.records(), account, TODAY))
    assert "Everything that should be known is known." in text_of(tmp_path / "pack.pdf")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_what_a_customer_gets_holds_nothing_of_what_we_think(
    tmp_path: Path, huachen: Huachen, purpose: Purpose, code: str
) -> None:
    language.use(code)
    out = tmp_path / "client.pdf"
    write_client_sheet(out, client_sheet(huachen.read()), purpose)
    text = text_of(out)
    for said in ("华辰装备集团", "产线数字化一期", "陈国栋", "张帆", "总监", "13800000000"):
        assert said in text
    for ours in (*CANARIES, "Robots", "41", "53", "83", "97", "88", "180", "1,800"):
        assert ours not in text, ours
    words = [*Stance, *Role, ReviewKind.WEEKLY, Tier.KEY]
    for word in (*(language.tr(one) for one in words), language.tr("Internal")):
        assert word.casefold() not in text.casefold(), word


def test_the_meeting_sheet_is_one_page_with_room_to_write_whoever_takes_part(
    tmp_path: Path, huachen: Huachen
) -> None:
    out = tmp_path / "client.pdf"
    write_client_sheet(out, client_sheet(huachen.read()), Purpose.MEETING)
    assert pages(out) == 1
    assert "Notes" in text_of(out)
    for number in range(90):
        person = huachen.facts.person(f"Somebody {number}", huachen.account)
        huachen.facts.member(huachen.project, person, Role.USER)
    write_client_sheet(out, client_sheet(huachen.read()), Purpose.MEETING)
    assert pages(out) == 1
    write_client_sheet(out, client_sheet(huachen.read()), Purpose.HANDOVER)
    assert pages(out) > 1
