"""Figures read from the records: who is on them, what their cards say, where they stand."""

from __future__ import annotations

import pytest
from small_account import Huachen

from brm_desktop import language
from brm_desktop.domain.records import (
    ChainLink,
    ChainLinkKind,
    PersonId,
    Role,
    Stance,
)
from brm_desktop.domain.scores import Band, Freshness
from brm_desktop.rendering.figure import Card, Figure, Lens, LineStyle, Point, Side
from brm_desktop.rendering.figures import (
    Layer,
    decision_chain,
    key_person_view,
)
from brm_desktop.rendering.layouts.room import Room


@pytest.fixture
def huachen() -> Huachen:
    return Huachen()


def styles(figure: Figure) -> set[LineStyle]:
    return {line.style for line in figure.lines}


def apart(figure: Figure) -> bool:
    room = Room()
    for card in figure.cards.values():
        if not room.is_free(card.centre):
            return False
        room.take(card.centre)
    return True


# ---------------------------------------------------------------- cards


def test_a_card_says_name_and_title_and_department_and_scores(huachen: Huachen) -> None:
    cards = huachen.map().cards
    chief, cio = cards[huachen.chief], cards[huachen.cio]
    assert chief.name == "总经理 陈国栋"
    assert cio.name == "CIO 周海"
    assert cio.subtitle == "信息中心"
    assert (chief.closeness.value, chief.closeness.band) == (40, Band.MEDIUM)
    assert (chief.price.value, chief.price.band) == (35, Band.WEAK)
    assert cio.price.value is None
    assert cio.price.band is Band.UNSCORED
    assert cio.closeness.freshness is Freshness.STALE
    assert cio.stale
    assert not chief.stale


def test_a_long_title_stands_under_the_name(huachen: Huachen) -> None:
    huachen.facts.revise(huachen.cio, name="Zhou Hai", title="Chief Information Officer")
    card = huachen.map().cards[huachen.cio]
    assert card.name == "Zhou Hai"
    assert card.subtitle == "Chief Information Officer · 信息中心"


def test_marks_of_veto_crucial_and_the_competitors_closeness(huachen: Huachen) -> None:
    cards = huachen.map().cards
    assert cards[huachen.inspector].veto
    assert cards[huachen.inspector].crucial
    assert cards[huachen.cio].competitor == 70
    assert cards[huachen.chief].competitor is None


def test_a_placeholder_is_dashed_and_says_that_nobody_is_known(huachen: Huachen) -> None:
    huachen.facts.revise(huachen.architect, name="CFO", placeholder=True)
    card = huachen.map().cards[huachen.architect]
    assert card.placeholder
    assert card.subtitle == "not known who · 信息中心"


def test_outsiders_say_whose_they_are_and_whom_they_know(huachen: Huachen) -> None:
    cards = huachen.map().cards
    assert (cards[huachen.me].side, cards[huachen.me].note) == (Side.OWN, "knows 2, at best 80")
    assert cards[huachen.hr].subtitle == "not in sales"
    assert (cards[huachen.zhao].side, cards[huachen.zhao].subtitle) == (Side.COMPETITOR, "凌云软件")


def test_equal_looks_stand_anywhere() -> None:
    card = Card(person=PersonId("a"), centre=Point(3.0, 4.0), name="A")
    assert card.look == card.at(Point(90.0, 1.0)).look
    assert card.look != Card(person=PersonId("a"), centre=Point(3.0, 4.0), name="B").look


# ---------------------------------------------------------------- the map


def test_the_map_shows_everyone_of_the_account_and_who_knows_them(huachen: Huachen) -> None:
    drawn = huachen.map()
    assert len(drawn.cards) == 8
    assert drawn.canvas == huachen.account
    assert styles(drawn) == {
        LineStyle.REPORTING,
        LineStyle.DOTTED_REPORTING,
        LineStyle.INFLUENCE,
        LineStyle.CONFLICT,
        LineStyle.OWN_TIE,
        LineStyle.COMPETITOR_TIE,
    }
    assert apart(drawn)


def test_layers_and_hidden_kinds_leave_lines_out(huachen: Huachen) -> None:
    power = huachen.map(layer=Layer.POWER, outsiders=False)
    assert styles(power) == {LineStyle.REPORTING, LineStyle.DOTTED_REPORTING}
    sway = huachen.map(layer=Layer.INFLUENCE, outsiders=False)
    assert styles(sway) == {LineStyle.INFLUENCE, LineStyle.CONFLICT}
    without = huachen.map(hidden=frozenset({LineStyle.CONFLICT, LineStyle.OWN_TIE}))
    assert not styles(without) & {LineStyle.CONFLICT, LineStyle.OWN_TIE}
    assert huachen.me not in without.cards


def test_cards_are_coloured_by_the_chosen_lens(huachen: Huachen) -> None:
    assert {card.lens for card in huachen.map(lens=Lens.PRICE, outsiders=False).cards.values()} == {
        Lens.PRICE
    }


def test_a_collapsed_department_leaves_its_head_with_a_count(huachen: Huachen) -> None:
    drawn = huachen.map(collapsed=frozenset({huachen.it}))
    assert huachen.architect not in drawn.cards
    assert drawn.cards[huachen.cio].note == "+1"


def test_the_map_speaks_the_readers_language(huachen: Huachen) -> None:
    assert huachen.map().title == "华辰装备: relationship map"
    language.use("zh_CN")
    assert "华辰装备" in huachen.map().title


# ---------------------------------------------------------------- places


def test_places_given_by_hand_are_kept_and_pins_are_marked(huachen: Huachen) -> None:
    huachen.place(huachen.account, huachen.chief, 1000, 500)
    huachen.place(huachen.account, huachen.cio, -300, 900)
    cards = huachen.map().cards
    assert cards[huachen.chief].centre == Point(1000.0, 500.0)
    assert not cards[huachen.chief].pinned
    assert cards[huachen.cio].centre == Point(-300.0, 900.0)
    assert cards[huachen.cio].pinned


def test_adding_a_person_moves_nobody(huachen: Huachen) -> None:
    before = huachen.map()
    for one, card in before.cards.items():
        huachen.place(huachen.account, one, round(card.centre.x), round(card.centre.y))
    newcomer = huachen.facts.person("新人", huachen.account)
    huachen.facts.reports(newcomer, huachen.cio)
    after = huachen.map()
    assert all(after.cards[one].centre == card.centre for one, card in before.cards.items())
    assert after.cards[newcomer].centre.y > after.cards[huachen.cio].centre.y
    assert apart(after)


# ---------------------------------------------------------------- the chain


def test_the_chain_puts_everyone_in_the_highest_of_his_lanes(huachen: Huachen) -> None:
    drawn = huachen.chain()
    titles = [lane.title for lane in drawn.lanes]
    assert titles == [
        "approver",
        "decision maker",
        "evaluator",
        "user",
        "influencers (off the chain)",
    ]
    for one, lane in (
        (huachen.chief, 0),
        (huachen.cio, 1),
        (huachen.architect, 2),
        (huachen.office, 4),
        (huachen.zhao, 4),
    ):
        assert drawn.lanes[lane].box.holds(drawn.cards[one].centre)
    assert huachen.inspector not in drawn.cards
    assert apart(drawn)


def test_the_chain_shows_stance_roles_and_what_someone_does(huachen: Huachen) -> None:
    cio = huachen.chain().cards[huachen.cio]
    assert cio.stance is Stance.MENTOR
    assert cio.roles == (Role.DECISION_MAKER, Role.EVALUATOR)
    assert cio.subtitle == "decides · 信息中心"


def test_marks_of_the_chain_override_the_persons_own(huachen: Huachen) -> None:
    huachen.facts.member(huachen.project, huachen.inspector, Role.USER, veto=False)
    assert not huachen.chain().cards[huachen.inspector].veto


def test_the_chains_own_links_come_before_the_accounts_lines(huachen: Huachen) -> None:
    huachen.facts.put(
        ChainLink(
            id="link",
            project=huachen.project,
            source=huachen.chief,
            target=huachen.cio,
            kind=ChainLinkKind.DECIDES_FOR,
        )
    )
    lines = [
        line.style
        for line in huachen.chain().lines
        if (line.source, line.target) == (huachen.chief, huachen.cio)
    ]
    assert lines == [LineStyle.DECIDES_FOR]


def test_lanes_are_drawn_around_people_placed_by_hand(huachen: Huachen) -> None:
    drawn = huachen.chain()
    for one, card in drawn.cards.items():
        down = 300 if card.roles == (Role.EVALUATOR,) else 0
        place = card.centre
        huachen.place(huachen.project, one, round(place.x) + 500, round(place.y) + down + 40)
    moved = huachen.chain()
    evaluators = moved.lanes[2].box
    assert evaluators.holds(moved.cards[huachen.architect].centre)
    assert moved.lanes[0].box.holds(moved.cards[huachen.chief].centre)
    assert moved.lanes[0].box.bottom < moved.lanes[1].box.y
    assert moved.lanes[1].box.bottom < evaluators.y < moved.lanes[3].box.y


def test_keeping_the_places_of_a_layout_changes_nothing(huachen: Huachen) -> None:
    drawn = huachen.chain()
    for one, card in drawn.cards.items():
        huachen.place(huachen.project, one, round(card.centre.x), round(card.centre.y))
    kept = huachen.chain()
    assert kept.lanes == drawn.lanes
    assert {one: card.centre for one, card in kept.cards.items()} == {
        one: card.centre for one, card in drawn.cards.items()
    }


def test_a_chain_without_members_still_has_its_lanes(huachen: Huachen) -> None:
    empty = huachen.facts.project(huachen.account, "空项目")
    drawn = decision_chain(huachen.analysis(), empty)
    assert not drawn.cards
    assert len(drawn.lanes) == 4


# ---------------------------------------------------------------- the key person


def test_the_key_person_view_shows_insiders_ours_and_the_best_routes(huachen: Huachen) -> None:
    drawn = key_person_view(huachen.analysis(), huachen.chief)
    assert drawn.centre == huachen.chief
    assert {huachen.cio, huachen.office, huachen.me, huachen.hr} <= drawn.cards.keys()
    assert [route.number for route in drawn.routes] == [1, 2, 3]
    assert drawn.routes[0].people == (huachen.me, huachen.office, huachen.chief)
    assert drawn.routes[0].weakest == 0
    assert [round(route.share, 2) for route in drawn.routes] == [0.72, 0.5, 0.2]
    assert drawn.cards[huachen.me].centre.x < 0
    assert apart(drawn)


def test_the_competitors_people_stand_around_their_key_person(huachen: Huachen) -> None:
    drawn = key_person_view(huachen.analysis(), huachen.cio)
    assert drawn.cards[huachen.zhao].side is Side.COMPETITOR


def test_someone_nobody_knows_stands_alone(huachen: Huachen) -> None:
    alone = huachen.facts.person("独", huachen.account)
    drawn = key_person_view(huachen.analysis(), alone)
    assert set(drawn.cards) == {alone}
    assert not drawn.routes
