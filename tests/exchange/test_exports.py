"""Data written for other programs: JSON, CSV and GraphML hold what the records say."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.records import (
    InfluenceKind,
    LineKind,
    Money,
    OrganisationKind,
    Person,
    Records,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.exchange.formulas import guarded, unguarded
from brm_desktop.exchange.graphs import write_graphml
from brm_desktop.exchange.people_table import write_people
from brm_desktop.exchange.plain_records import kind_name, write_json
from brm_desktop.exchange.table_writing import write_table


@pytest.fixture
def records() -> Records:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(500, "CNY"))
    rival = facts.competitor("Rival")
    ann = facts.person("Ann", account, title="CEO", veto=True, power=90, phones=("+86 1",))
    bob = facts.person("Bob", account, external_id="7", emails=("b@x", "c@x"))
    chair = facts.person("Chair", account, title="Chair", placeholder=True)
    me = facts.employee("Me", non_sales=True)
    rex = facts.person("Rex", rival)
    facts.reports(bob, ann)
    facts.reports(bob, chair, LineKind.DOTTED)
    facts.sways(bob, ann, 60)
    facts.sways(ann, chair, None, InfluenceKind.CONFLICT)
    facts.tie(me, ann, 20)
    facts.tie(rex, ann, 80)
    facts.assess(bob, closeness=40, price=0)
    return facts.records()


def _rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row["name"] or row["title"]: row for row in csv.DictReader(file)}


def test_people_are_written_in_the_columns_of_the_import(records: Records, tmp_path: Path) -> None:
    write_people(tmp_path / "people.csv", records, TODAY, Rules())

    rows = _rows(tmp_path / "people.csv")
    assert list(rows) == ["Ann", "Bob", "Chair", "Rex", "Me"]
    assert rows["Bob"] == {
        **dict.fromkeys(rows["Bob"], ""),
        "account": "Acme",
        "id": "7",
        "name": "Bob",
        "email": "b@x; c@x",
        "reports_to": "Ann",
        "reports_to_id": "Ann",
        "closeness": "40",
        "price": "0",
        "basis": "assumed",
        "assessed_on": TODAY.isoformat(),
    }
    assert (rows["Ann"]["veto"], rows["Ann"]["power"], rows["Ann"]["phone"]) == (
        "yes",
        "90",
        "'+86 1",
    )
    assert (rows["Chair"]["name"], rows["Chair"]["title"]) == ("", "Chair")
    assert (rows["Me"]["organisation"], rows["Me"]["sales"]) == ("own", "no")
    assert (rows["Rex"]["organisation"], rows["Rex"]["account"]) == ("Rival", "")


def test_closeness_that_only_a_tie_says_is_not_written_as_a_statement(
    records: Records, tmp_path: Path
) -> None:
    write_people(tmp_path / "people.csv", records, TODAY, Rules())

    assert _rows(tmp_path / "people.csv")["Ann"]["closeness"] == ""


def test_every_record_is_in_the_json(records: Records, tmp_path: Path) -> None:
    write_json(tmp_path / "all.json", records)

    document = json.loads((tmp_path / "all.json").read_text())
    assert sum(len(rows) for rows in document.values()) == len(records)
    assert set(document) == {kind_name(type(record)) for record in records}
    (account,) = document["account"]
    assert account["expected_annual_spend"] == {"minor": 500, "currency": "CNY"}
    (said,) = document["assessment"]
    assert (said["assessed_on"], said["solution"]) == (TODAY.isoformat(), None)
    assert document["person"][0]["phones"] == ["+86 1"]


def test_the_network_is_read_by_others_as_it_is(records: Records, tmp_path: Path) -> None:
    write_graphml(tmp_path / "net.graphml", records, TODAY, Rules())

    graph = nx.read_graphml(tmp_path / "net.graphml", force_multigraph=True)
    assert set(graph.nodes) == set(records.all(Person))
    assert graph.nodes["Bob"]["closeness"] == 40
    assert graph.nodes["Ann"]["veto"] is True
    assert "solution" not in graph.nodes["Bob"]
    assert graph.nodes["Rex"]["side"] == OrganisationKind.COMPETITOR.value
    found = sorted(
        (start, end, line["relation"], line.get("strength"))
        for start, end, line in graph.edges(data=True)
    )
    assert found == [
        ("Ann", "Chair", "influence", None),
        ("Bob", "Ann", "influence", 60),
        ("Bob", "Ann", "reporting", None),
        ("Bob", "Chair", "reporting", None),
        ("Me", "Ann", "tie", 20),
        ("Rex", "Ann", "tie", 80),
    ]


def test_names_that_no_xml_can_hold_do_not_spoil_the_file(tmp_path: Path) -> None:
    facts = Portfolio()
    facts.revise(facts.person("P", facts.account("Acme")), name="A\x01<&>\ud800\uffff")

    write_graphml(tmp_path / "net.graphml", facts.records(), TODAY, Rules())

    graph = nx.read_graphml(tmp_path / "net.graphml")
    assert [node["label"] for _, node in graph.nodes(data=True)] == ["A <&>  "]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-5", "@x", "\tx", "\rx", "plain", "", "'x", "王敏"]
)
def test_what_would_be_a_formula_is_guarded_and_read_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r")


def test_a_table_is_marked_for_spreadsheets_only_where_that_is_needed(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", ["name"], [["Ann"], [None], [5]])
    write_table(tmp_path / "b.csv", ["=x", "name"], [["=1", "王敏"]])

    assert (tmp_path / "a.csv").read_bytes() == b'name\r\nAnn\r\n""\r\n5\r\n'
    assert (tmp_path / "b.csv").read_bytes() == "\ufeff'=x,name\r\n'=1,王敏\r\n".encode()


def test_a_table_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        write_table(tmp_path, ["name"], [])
    with pytest.raises(FileProblem):
        write_table(tmp_path / "gone" / "a.csv", ["name"], [])
    assert list(tmp_path.iterdir()) == []
