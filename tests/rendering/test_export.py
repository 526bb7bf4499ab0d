"""Canvases as files: vectors, words that can be found, one sheet or many, whole or not at all."""

from __future__ import annotations

import random
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from brm_desktop import language
from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.records import PersonId
from brm_desktop.domain.scores import Band
from brm_desktop.rendering.export import LARGEST_PNG, figure_image, write_figure, write_png
from brm_desktop.rendering.figure import Card, Figure, Line, LineStyle, Point, Score, Side
from brm_desktop.rendering.layouts.tidy import tidy
from brm_desktop.rendering.sheets import extent, figure_sheets, figure_svg, split, with_legend
from brm_desktop.rendering.theme import DARK, LIGHT

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
NAMES = "国栋静海芳岚远琳磊强义博敏帆峰可雪颖军丽"


@pytest.fixture(autouse=True)
def _window_system(qapp: QApplication) -> None:
    """Fonts and pictures need an application."""


def team(count: int, reports: int = 6) -> Figure:
    """So many people, each the manager of some, all with names of their own."""
    ids = [f"p{number:04}" for number in range(count)]
    managers = {ids[n]: ids[(n - 1) // reports] for n in range(1, count)}
    places = tidy(ids, managers)
    chance = random.Random(count)
    cards = {}
    for number, one in enumerate(ids):
        name = SURNAMES[number % 20] + NAMES[number // 20 % 20] + NAMES[(7 * number) // 20 % 20]
        cards[PersonId(one)] = Card(
            person=PersonId(one),
            centre=places[one],
            name=f"{name} {number}",
            subtitle="关键人 · 信息中心",
            closeness=Score(value=chance.randrange(100), band=Band.MEDIUM),
        )
    lines = tuple(
        Line(record=one, source=PersonId(m), target=PersonId(one), style=LineStyle.REPORTING)
        for one, m in managers.items()
    )
    return Figure(canvas="c", title="华辰装备 关系图谱", cards=cards, lines=lines)


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def flat(text: str) -> str:
    return "".join(text.split())


def test_a_small_figure_is_one_page_on_which_every_word_is_found(tmp_path: Path) -> None:
    figure = team(12)
    path = tmp_path / "map.pdf"
    write_figure(figure, path)
    (page,) = text_of(path)
    assert "关键人" in page
    for card in figure.cards.values():
        assert flat(card.name) in flat(page)
    document = pypdfium2.PdfDocument(path)
    found = document[0].get_textpage().search("关键人")
    assert found.get_next() is not None
    found.close()
    document.close()


def test_300_people_go_over_several_pages_and_an_index_says_where(tmp_path: Path) -> None:
    figure = team(300)
    path = tmp_path / "map.pdf"
    start = perf_counter()
    write_figure(figure, path)
    assert perf_counter() - start < 20
    pages = text_of(path)
    sheets = figure_sheets(figure, LIGHT)
    assert len(pages) > len(sheets) > 5
    index = flat("".join(pages[len(sheets) :]))
    for number, sheet in enumerate(sheets):
        text = flat(pages[number])
        for name in sheet.people:
            assert flat(name) in text
            assert flat(name) + str(number + 1) in index
    assert "→" in pages[1]


def test_a_name_too_long_for_its_card_is_found_in_full_at_the_end(tmp_path: Path) -> None:
    name = "Assistant Chief of the Defence Staff for Equipment and Logistics"
    long = Card(person=PersonId("p"), centre=Point(0.0, 0.0), name=name)
    rival = Card(
        person=PersonId("r"), centre=Point(0.0, 200.0), name=name[::-1], side=Side.COMPETITOR
    )
    write_figure(
        Figure(canvas="", cards={card.person: card for card in (long, rival)}), tmp_path / "map.pdf"
    )
    page, names = text_of(tmp_path / "map.pdf")
    assert flat(name) not in flat(page)
    assert flat(name) in flat(names)
    assert flat(name[::-1]) in flat(names)


def test_every_card_is_whole_on_one_sheet_and_only_there() -> None:
    figure = team(300)
    parts = split(figure, 2)
    assert [part.number for part in parts] == list(range(2, len(parts) + 2))
    seen = [one for part in parts for one in part.people]
    assert sorted(seen) == sorted(figure.cards)
    for part in parts:
        for one in part.people:
            box = figure.cards[one].box
            assert part.view.holds(Point(box.x, box.y))
            assert part.view.holds(Point(box.right, box.bottom))


def test_svg_is_well_formed_and_keeps_text_as_text(tmp_path: Path) -> None:
    figure = team(5)
    path = tmp_path / "map.svg"
    write_figure(figure, path, DARK)
    root = ET.parse(path).getroot()
    assert root.get("font-family") == "Noto Sans SC"
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    for card in figure.cards.values():
        assert card.name in words
    assert DARK.ground in path.read_text(encoding="utf-8")


def test_png_has_two_pixels_to_a_unit_and_looks_like_the_window(tmp_path: Path) -> None:
    figure = team(5)
    path = tmp_path / "map.png"
    write_figure(figure, path)
    view, _ = with_legend(figure, extent(figure))
    image = QImage(str(path))
    assert (image.width(), image.height()) == (round(view.width * 2), round(view.height * 2))
    assert image.convertToFormat(QImage.Format.Format_RGB32) == figure_image(figure, legend=True)


def test_the_legend_stands_below_the_figure_and_changes_nothing_of_it() -> None:
    bare, whole = figure_image(team(5)), figure_image(team(5), legend=True)
    assert whole.height() > bare.height()
    assert whole.copy(0, 0, bare.width(), bare.height() - 40) == bare.copy(
        0, 0, bare.width(), bare.height() - 40
    )
    assert "reports to" in figure_svg(team(5), LIGHT, legend=True).decode()
    assert "reports to" not in figure_svg(team(5), LIGHT).decode()


def test_an_enormous_figure_is_drawn_smaller_instead_of_failing() -> None:
    far = {
        PersonId(n): Card(person=PersonId(n), centre=Point(x, 0.0), name=n)
        for n, x in (("a", 0.0), ("b", 90_000.0))
    }
    image = figure_image(Figure(canvas="", cards=far))
    assert image.width() <= LARGEST_PNG


def test_the_drawn_extent_holds_lines_that_swing_out() -> None:
    cards = {
        PersonId(n): Card(person=PersonId(n), centre=Point(x, 0.0), name=n, side=Side.CUSTOMER)
        for n, x in (("a", 0.0), ("wall", 330.0), ("b", 660.0))
    }
    line = Line(record="1", source=PersonId("a"), target=PersonId("b"), style=LineStyle.INFLUENCE)
    figure = Figure(canvas="", cards=cards, lines=(line,))
    view = extent(figure)
    assert view.height > figure.bounds.height + 60


def test_an_empty_figure_can_be_exported(tmp_path: Path) -> None:
    for ending in ("pdf", "svg", "png"):
        write_figure(Figure(canvas="", cards={}, title="空"), tmp_path / f"empty.{ending}")
        assert (tmp_path / f"empty.{ending}").stat().st_size > 50


def test_the_same_figure_gives_the_same_svg() -> None:
    assert figure_svg(team(40), LIGHT) == figure_svg(team(40), LIGHT)


def test_pages_say_their_number_in_the_readers_language(tmp_path: Path) -> None:
    write_figure(team(3), tmp_path / "en.pdf")
    assert "page 1 of 1" in text_of(tmp_path / "en.pdf")[0]
    language.use("zh_CN")
    write_figure(team(3), tmp_path / "zh.pdf")


def test_an_unknown_ending_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"must end in \.pdf, \.svg or \.png"):
        write_figure(team(2), tmp_path / "map.bmp")


def test_a_folder_that_does_not_exist_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        write_png(team(2), tmp_path / "none" / "map.png")
    assert not list(tmp_path.iterdir())
