"""Departments' grounds, people who left, rings with their words, and what tool tips tell."""

from __future__ import annotations

import pytest
from building import TODAY
from small_account import Huachen

from brm_desktop.domain.records import Adaptability
from brm_desktop.rendering.figure import LineStyle
from brm_desktop.rendering.figures import key_person_view
from brm_desktop.rendering.figures.details import card_details
from brm_desktop.rendering.figures.former import is_succession
from brm_desktop.rendering.grounds import group_boxes


@pytest.fixture
def huachen() -> Huachen:
    return Huachen()


def test_someone_who_left_is_not_on_the_map_unless_asked_for(huachen: Huachen) -> None:
    huachen.facts.revise(huachen.inspector, left_on=TODAY)
    assert huachen.inspector not in huachen.map().cards
    shown = huachen.map(former=True).cards[huachen.inspector]
    assert shown.left
    assert shown.subtitle.startswith(f"left {TODAY:%Y-%m}")


def test_someone_who_left_an_open_chain_stays_beside_his_successor(huachen: Huachen) -> None:
    huachen.facts.revise(huachen.architect, left_on=TODAY, successor=huachen.cio)
    drawn = huachen.map()
    (line,) = [line for line in drawn.lines if line.style is LineStyle.SUCCESSION]
    assert (line.source, line.target, line.label) == (huachen.architect, huachen.cio, "successor")
    assert is_succession(line.record)
    gone, after = drawn.cards[huachen.architect].centre, drawn.cards[huachen.cio].centre
    assert abs(gone.x - after.x) + abs(gone.y - after.y) < 600


def test_a_department_has_a_ground_that_holds_nobody_else(huachen: Huachen) -> None:
    drawn = huachen.map()
    (group,) = drawn.groups
    assert (group.title, group.count, group.depth) == ("信息中心", 2, 0)
    assert group.closeness.value == 80
    inside = {one for part in group.parts for one in part}
    assert inside == {huachen.cio, huachen.architect}
    for box in group_boxes(group, drawn.cards):
        held = {one for one, card in drawn.cards.items() if box.holds(card.centre)}
        assert held <= inside
    assert huachen.map(groups=False).groups == ()


def test_people_of_a_department_who_stand_apart_share_a_title_but_no_ground(
    huachen: Huachen,
) -> None:
    for place, person in enumerate((huachen.cio, huachen.inspector, huachen.architect)):
        huachen.place(huachen.account, person, place * 230, 0)
    (first, second) = huachen.map().groups
    assert first.title == second.title
    assert first.parts != second.parts


def test_departments_lie_in_one_another(huachen: Huachen) -> None:
    data = huachen.facts.department("数据组", huachen.account)
    huachen.facts.revise(data, parent=huachen.it)
    for name in ("甲", "乙"):
        person = huachen.facts.person(name, huachen.account, department=data)
        huachen.facts.reports(person, huachen.architect)
    outer, inner = sorted(huachen.map().groups, key=lambda group: group.depth)
    assert (outer.title, outer.count, outer.levels) == ("信息中心", 4, 1)
    assert (inner.title, inner.count, inner.depth) == ("数据组", 2, 1)
    folded = huachen.map(collapsed=frozenset({huachen.it}))
    (only,) = folded.groups
    assert only.folded
    assert only.count == 4
    assert folded.cards[huachen.cio].note == "+3"


def test_rings_and_sectors_say_what_they_are(huachen: Huachen) -> None:
    drawn = key_person_view(huachen.analysis(), huachen.chief)
    assert drawn.captions[0] == "strong, 70 and more"
    assert len(drawn.captions) == len(drawn.rings)
    assert {mark.title for mark in drawn.sectors} >= {"our people", "insiders"}


def test_a_tool_tip_tells_roles_stance_and_what_scores_rest_on(huachen: Huachen) -> None:
    huachen.facts.revise(huachen.chief, adaptability=Adaptability.PRAGMATIST)
    told = card_details(huachen.analysis(), huachen.chief, huachen.project)
    assert told[0] == "roles: approver"
    assert told[1].startswith("stance: neutral")
    assert "adaptability: pragmatist" in told
    assert any(line.startswith("closeness 40") for line in told)
    assert card_details(huachen.analysis(), huachen.me) == ()
