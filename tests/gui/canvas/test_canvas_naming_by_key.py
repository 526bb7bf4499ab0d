"""Names typed on the canvas: people added, renamed, suggested, and composed by input methods."""

from __future__ import annotations

from paper_canvas import PaperPort, figure_of
from pointing import CONTROL, SHIFT, commit, compose, key, type_text
from PySide6.QtCore import QRectF, Qt

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.port import Hook, Relation, Suggestion
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.card_frame import NAME_MIDDLE
from brm_desktop.rendering.figure import LineStyle, Point

K = Qt.Key
BOSS, LEFT, RIGHT, LONER = (PersonId(name) for name in ("boss", "left", "right", "loner"))


def test_typing_on_the_canvas_adds_a_person(view: CanvasView, port: PaperPort) -> None:
    type_text(view, "Wang Min")
    assert view.field.line.text() == "Wang Min"
    key(view, K.Key_Return)
    assert PersonId("Wang Min") in port.shown.cards
    assert port.done == ["add"]
    assert view.selection.people == (PersonId("Wang Min"),)


def test_enter_adds_a_peer_tab_a_report_and_shift_tab_a_manager(
    view: CanvasView, port: PaperPort
) -> None:
    view.select(Selection.of(LEFT))
    key(view, K.Key_Return)
    type_text(view, "Peer")
    key(view, K.Key_Return)
    key(view, K.Key_Tab)
    type_text(view, "Report")
    key(view, K.Key_Return)
    key(view, K.Key_Backtab, SHIFT)
    type_text(view, "Between")
    key(view, K.Key_Return)
    pairs = [
        (line.source, line.target) for line in port.shown.lines if line.style is LineStyle.REPORTING
    ]
    assert pairs[2:] == [("boss", "Peer"), ("Peer", "Report"), ("Between", "Report")]
    assert port.done == ["add", "add", "add"]


def test_control_enter_draws_an_influence_to_whom_one_names(
    view: CanvasView, port: PaperPort
) -> None:
    port.known = [Suggestion(RIGHT, "Right Hand"), Suggestion(LONER, "Loner")]
    view.select(Selection.of(LEFT))
    key(view, K.Key_Return, CONTROL)
    type_text(view, "Righ")
    key(view, K.Key_Return)
    drawn = port.shown.lines[-1]
    assert (drawn.source, drawn.target, drawn.style) == (LEFT, RIGHT, LineStyle.INFLUENCE)
    view.select(Selection.of(BOSS))
    key(view, K.Key_Return, CONTROL)
    type_text(view, "Newcomer")
    key(view, K.Key_Return)
    drawn = port.shown.lines[-1]
    assert (drawn.source, drawn.target) == (BOSS, PersonId("Newcomer"))
    assert port.done == ["bring", "add"]


def test_new_cards_cover_no_other_and_stand_where_they_belong(
    view: CanvasView, port: PaperPort
) -> None:
    view.select(Selection.of(BOSS))
    for name in ("a", "b", "c"):
        key(view, K.Key_Tab)
        type_text(view, name)
        key(view, K.Key_Return)
        view.select(Selection.of(BOSS))
    cards = list(port.shown.cards.values())
    for one in cards:
        for other in cards:
            assert one is other or not one.box.meets(other.box)
    assert all(port.shown.cards[PersonId(name)].centre.y == 160 for name in ("a", "b", "c"))


def test_ten_people_with_their_lines_by_the_keyboard_alone(
    view: CanvasView, port: PaperPort
) -> None:
    port.put(figure_of([]))
    view.setFocus()
    for step in (
        "CEO",
        "\tVP",
        "\nCIO",
        "\tIT",
        "\nData",
        "\nOps",
        "\tAnn",
        "\nBob",
        "\nCy",
        "\nDi",
    ):
        if step[0] in "\t\n":
            key(view, K.Key_Tab if step[0] == "\t" else K.Key_Return)
        type_text(view, step.strip())
        key(view, K.Key_Return)
    assert len(port.shown.cards) == 10
    assert len(port.shown.lines) == 9
    assert len(port.done) == 10


def test_tab_in_the_field_goes_on_with_a_report(view: CanvasView, port: PaperPort) -> None:
    view.select(Selection.of(RIGHT))
    key(view, K.Key_Tab)
    type_text(view, "One")
    key(view, K.Key_Tab)
    type_text(view, "Two")
    key(view, K.Key_Return)
    assert [(line.source, line.target) for line in port.shown.lines[-2:]] == [
        ("right", "One"),
        ("One", "Two"),
    ]


def test_escape_leaves_the_field_without_an_edit(view: CanvasView, port: PaperPort) -> None:
    type_text(view, "Nobody")
    key(view, K.Key_Escape)
    assert port.done == []
    assert view.hasFocus()
    assert view.marks.ghost is None


def test_an_empty_name_adds_nobody(view: CanvasView, port: PaperPort) -> None:
    view.select(Selection.of(BOSS))
    key(view, K.Key_Return)
    type_text(view, "   ")
    key(view, K.Key_Return)
    assert port.done == []


def test_f2_renames_and_enter_finishes(view: CanvasView, port: PaperPort) -> None:
    view.select(Selection.of(BOSS))
    key(view, K.Key_F2)
    assert view.field.line.text() == "boss"
    card = port.shown.cards[BOSS]
    name = view.camera.to_screen(Point(card.centre.x, card.box.y + NAME_MIDDLE))
    line = view.field.mapToParent(view.field.line.geometry().center())
    assert abs(line.y() - name.y()) <= 1  # over the name, which would show above it otherwise
    type_text(view, " Li")
    key(view, K.Key_Return)
    assert port.shown.cards[BOSS].name == "boss Li"
    key(view, K.Key_F2)
    key(view, K.Key_Return)
    assert port.done == ["rename"]


def test_typing_offers_whom_one_knows_and_the_exact_namesake_first(
    view: CanvasView, port: PaperPort
) -> None:
    port.known = [Suggestion(BOSS, "Wang", "boss"), Suggestion(PersonId("w2"), "Wang Wei")]
    type_text(view, "wang")
    assert view.field.choices.count() == 3
    assert view.field.choices.currentRow() == 0
    key(view, K.Key_Return)
    assert port.done == ["bring"]
    type_text(view, "wan")
    key(view, K.Key_Return)
    assert port.done == ["bring", "add"]


def test_whoever_is_likely_meant_is_chosen_before_somebody_new(
    view: CanvasView, port: PaperPort
) -> None:
    wei, fang = PersonId("w2"), PersonId("w1")
    port.known = [Suggestion(wei, "Li Wang"), Suggestion(fang, "Wang Fang", likely=True)]
    type_text(view, "wan")
    assert view.field.choices.currentRow() == 1
    assert view.field.choices.count() == 3
    key(view, K.Key_Return)
    assert port.done == ["bring"]
    assert view.selection.people == (fang,)


def test_arrows_choose_among_the_suggestions(view: CanvasView, port: PaperPort) -> None:
    port.known = [Suggestion(PersonId("w1"), "Wang Fang"), Suggestion(PersonId("w2"), "Wang Wei")]
    type_text(view, "wang")
    key(view, K.Key_Up)
    key(view, K.Key_Return)
    assert PersonId("w2") in port.shown.cards
    assert view.selection.people == (PersonId("w2"),)


def test_an_input_method_begins_a_name_without_losing_what_is_composed(
    view: CanvasView, port: PaperPort
) -> None:
    compose(view, "wang")
    assert view.field.is_open
    assert view.hasFocus()
    compose(view, "wang'min")
    commit(view, "王敏")
    assert view.field.line.text() == "王敏"
    assert view.field.line.hasFocus()
    compose(view.field.line, "jing'li")
    commit(view.field.line, "经理")
    key(view, K.Key_Return)
    assert port.done == ["add"]
    assert PersonId("王敏经理") in port.shown.cards


def test_no_key_acts_while_an_input_method_composes(view: CanvasView, port: PaperPort) -> None:
    view.select(Selection.of(BOSS))
    compose(view, "a")
    key(view, K.Key_Delete)
    key(view, K.Key_A)
    assert port.done == []
    assert view.field.is_open


def test_the_input_method_is_told_that_text_is_welcome_and_where(view: CanvasView) -> None:
    assert view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True
    place = view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert isinstance(place, QRectF)
    compose(view, "w")
    inside = view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert isinstance(inside, QRectF)
    assert QRectF(view.rect()).contains(inside.center())


def test_names_are_offered_above_where_there_is_no_room_below(
    view: CanvasView, port: PaperPort
) -> None:
    port.known = [Suggestion(PersonId(f"w{n}"), f"Wang {n}") for n in range(6)]
    for place, below in ((Point(0, 0), True), (Point(0, 430), False)):
        view.name_person(place, None)
        type_text(view, "wang")
        field = view.field
        assert field.geometry().bottom() <= view.viewport().height()
        assert (field.choices.y() > field.line.y()) is below
        line = field.mapToParent(field.line.geometry().center())
        assert abs(line.y() - view.camera.to_screen(place).y()) < 45
        view.leave()


def test_those_who_gave_way_for_a_new_manager_go_back_when_escape_is_pressed(
    view: CanvasView, port: PaperPort
) -> None:
    before = {one: card.centre for one, card in view.content.cards.items()}
    view.name_person(before[LONER], Hook(LONER, Relation.MANAGER))
    assert view.content.cards[LONER].centre.y > before[LONER].y
    key(view, K.Key_Escape)
    assert {one: card.centre for one, card in view.content.cards.items()} == before
    assert port.done == []
