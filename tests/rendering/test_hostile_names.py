"""Names that hold markup, formulas or what is not seen: exact text comes out, nothing runs."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from building import Portfolio
from PySide6.QtWidgets import QApplication

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import Account
from brm_desktop.domain.rules import Rules
from brm_desktop.exchange.graphs import write_graphml
from brm_desktop.exchange.people_table import write_people
from brm_desktop.rendering.export import write_figure
from brm_desktop.rendering.figures.relationship_map import relationship_map
from brm_desktop.rendering.plan_pdf import write_plan

TODAY = date(2026, 3, 31)
NAMES = (
    "<script>alert(1)</script>",
    "</text><image href='file:///etc/passwd'/>",
    "&lol; ]]> <!--",
    '#import "/etc/passwd": *',
    '#read("data.json")',
    "$x^2$ *b* _i_ @ref <lbl> \\u{41}",
    '=HYPERLINK("http://x")',
    "nul\0inside",
    "half \ud800 sign",
    "turned \u202e dnuora",
)


@pytest.fixture
def portfolio() -> Portfolio:
    facts = Portfolio()
    account = facts.account('Acme #eval("1+1") <b>')
    for name in NAMES:
        facts.person(name, account)
    return facts


def _analysis(facts: Portfolio) -> AccountAnalysis:
    records = facts.records()
    (account,) = records.all(Account).values()
    return AccountAnalysis(records, account.id, TODAY, Rules())


def test_a_drawing_is_markup_of_ours_only(
    qapp: QApplication, portfolio: Portfolio, tmp_path: Path
) -> None:
    path = tmp_path / "map.svg"

    write_figure(relationship_map(_analysis(portfolio)), path)

    drawing = ET.fromstring(path.read_bytes())
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert tags <= {"svg", "title", "rect", "circle", "path", "text", "g"}
    said = " ".join(element.text or "" for element in drawing.iter())
    assert "<script>" in said
    assert "#import" in said


def test_a_map_and_a_plan_are_typeset_with_any_names(
    qapp: QApplication, portfolio: Portfolio, tmp_path: Path
) -> None:
    analysis = _analysis(portfolio)

    write_figure(relationship_map(analysis), tmp_path / "map.pdf")
    write_figure(relationship_map(analysis), tmp_path / "map.png")
    write_plan(tmp_path / "plan.pdf", analysis, 2026)

    pages = pypdfium2.PdfDocument(tmp_path / "plan.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    pages.close()
    assert '#eval("1+1") <b>' in text.replace("”", '"').replace("“", '"')


def test_tables_and_graphs_hold_no_formula_and_no_markup(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    records = portfolio.records()

    write_people(tmp_path / "people.csv", records, TODAY, Rules())
    write_graphml(tmp_path / "people.graphml", records, TODAY, Rules())

    with (tmp_path / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert '\'=HYPERLINK("http://x")' in cells
    assert not any(cell[:1] in {*"=+-@"} for cell in cells)
    graph = ET.fromstring((tmp_path / "people.graphml").read_bytes())
    assert any(element.text == NAMES[0] for element in graph.iter())
