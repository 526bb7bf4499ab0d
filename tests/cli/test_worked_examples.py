"""The worked examples of the specification, by imports and commands alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import OrganisationKind
from brm_desktop.session.session import Session

PEOPLE = "people"


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path / "store.brm")


def test_power_and_influence_of_four_people(brm: Terminal) -> None:
    brm.load(
        "Acme",
        people="name,reports_to\nCEO,\nSales VP,CEO\nCIO,CEO\nIT director,CIO\n",
        influence="from,to,strength\nIT director,CEO,80\n",
    )

    shown = brm.done("account", "--account", "Acme", "--json").json

    assert {p["name"]: p["power"] for p in shown["people"]} == {
        "CEO": 100,
        "Sales VP": 67,
        "CIO": 67,
        "IT director": 33,
    }
    influence = {p["name"]: p["influence"] for p in shown["people"]}
    assert (influence["IT director"], influence["Sales VP"]) == (55, None)
    assert shown["influence_centres"] == ["IT director"]
    assert shown["power_centres"] == ["CEO"]


def test_closeness_of_an_account_is_weighted(brm: Terminal) -> None:
    brm.load(
        "Acme",
        people="name,power,closeness\nCEO,100,40\nSales VP,75,70\nCIO,75,80\n"
        "Head of the CEO's office,60,66\n",
    )

    shown = brm.done("account", "--account", "Acme", "--json").json

    score = shown["scores"]["closeness"]
    assert score["value"] == pytest.approx((4000 + 5250 + 6000 + 3960) / 310, abs=0)
    assert round(score["value"]) == 62
    assert (score["scored"], score["of"], score["coverage"], score["band"]) == (4, 4, 1, "medium")
    assert shown["scores"]["price"] == {
        "value": None,
        "scored": 0,
        "of": 4,
        "coverage": 0,
        "band": "unscored",
    }


def test_potential_is_spend_times_the_scores(brm: Terminal) -> None:
    accounts = "name,expected_annual_spend\n" + "".join(f"A{n},500万\n" for n in range(10))
    brm.done("import", brm.file("accounts.csv", accounts))
    for number in range(10):
        brm.load(f"A{number}", people="name,power,closeness,solution,price\nCEO,100,60,60,60\n")

    one = brm.done("account", "--account", "A3", "--json").json
    all_of_them = brm.done("accounts", "--json").json

    assert one["potential"] == {
        "minor": 300_000_000,
        "currency": "CNY",
        "lower_bound": False,
        "reasons": [],
    }
    assert all_of_them["total_potential"] == {"minor": 3_000_000_000, "currency": "CNY"}
    assert all_of_them["counts"] == {"strong": 0, "medium": 10, "weak": 0, "unscored": 0}


def test_the_three_best_routes(brm: Terminal) -> None:
    brm.load(
        "Acme",
        people="name,organisation\nCEO,\nHead of the CEO's office,\nMe,own\nHR colleague,own\n",
        influence="from,to,strength,from_org\n"
        "Me,CEO,20,own\nHR colleague,CEO,50,own\nMe,Head of the CEO's office,80,own\n"
        "Head of the CEO's office,CEO,90,\n",
    )

    shown = brm.done("path", "--account", "Acme", "--to", "CEO", "--json").json

    assert shown["target"] == "CEO"
    assert [route["value"] for route in shown["routes"]] == [0.72, 0.5, 0.2]
    assert shown["routes"][0]["people"] == ["Me", "Head of the CEO's office", "CEO"]
    assert shown["routes"][0]["weakest"] == {
        "from": "Me",
        "to": "Head of the CEO's office",
        "strength": 80,
    }
    assert [edge["assumed"] for edge in shown["routes"][0]["edges"]] == [True, True]
    assert shown["direct"] is None
    assert shown["opening"] == {
        "from": "HR colleague",
        "to": "Head of the CEO's office",
        "value": 0.45,
    }
    assert (
        len(brm.done("path", "--account", "Acme", "--to", "CEO", "-k", 1, "--json").json["routes"])
        == 1
    )


CHAIN = """project,type,person,roles,stance,veto
ERP,IT,总经理,approver,neutral,
ERP,IT,B1总监,evaluator,0,{veto}
ERP,IT,CIO,决策者,supporter,
ERP,IT,架构师,evaluator,2,
ERP,IT,主管,user,支持者,
"""


def test_routes_lead_through_partners_only_when_asked_to(brm: Terminal) -> None:
    brm.load("Acme", people="name,organisation\nCEO,\nMe,own\n")
    with Session.open(brm.store) as session:
        kind = OrganisationKind.PARTNER
        session.edit(
            phrase("Add a partner"),
            edits.add_competitor,
            organisation="Consultants",
            name="Sun",
            kind=kind,
        )
    ties = "from,to,strength,from_org\nMe,Sun,80,own\nSun,CEO,90,Consultants\nMe,CEO,20,own\n"
    brm.load("Acme", influence=ties)

    ask = ("path", "--account", "Acme", "--to", "CEO", "--json")
    without, through = brm.done(*ask).json, brm.done(*ask, "--partners").json

    assert [(route["people"], route["value"]) for route in without["routes"]] == [
        (["Me", "CEO"], 0.2)
    ]
    assert [(route["people"], route["value"]) for route in through["routes"]] == [
        (["Me", "Sun", "CEO"], 0.72),
        (["Me", "CEO"], 0.2),
    ]
    brm.done("check")


def test_odds_of_a_chain_of_five(brm: Terminal) -> None:
    people = "姓名\n总经理\nB1总监\nCIO\n架构师\n主管\n"
    brm.load("华辰", people=people, chain=CHAIN.format(veto=""))

    shown = brm.done("chain", "--account", "华辰", "--project", "ERP", "--json").json

    assert shown["uncapped"] == pytest.approx(68.1818, abs=1e-4)
    assert shown["odds"] == shown["uncapped"]
    points = {reason["person"]: round(reason["points"], 2) for reason in shown["reasons"]}
    assert points == {"总经理": 0, "B1总监": 0, "CIO": 6.82, "架构师": 9.09, "主管": 2.27}
    targets = [(t["person"], round(t["gain"], 2)) for t in shown["targets"]]
    assert targets == [("总经理", 13.64), ("B1总监", 9.09)]


def test_a_neutral_veto_holder_caps_the_odds_at_60(brm: Terminal) -> None:
    people = "姓名\n总经理\nB1总监\nCIO\n架构师\n主管\n"
    brm.load("华辰", people=people, chain=CHAIN.format(veto="yes"))

    shown = brm.done("chain", "--account", "华辰", "--project", "E", "--explain", "--json").json

    assert shown["odds"] == 60
    assert [cap["limit"] for cap in shown["caps"]] == [60]
    assert round(shown["reasons"][-1]["points"], 2) == -8.18
    assert [member["veto"] for member in shown["members"] if member["name"] == "B1总监"] == [True]
    assert shown["explain"]["members"][0]["weight"] == 30


@pytest.mark.parametrize(
    ("numbers", "key", "value"),
    [
        (["potential", "500", "60", "60", "60"], "potential", 300),
        (["potential", "500", "60", "60", "60", "10"], "potential", 3000),
        (["potential", "500", "60", "60", "60", "100"], "potential", 30000),
        (["potential", "500", "60"], "potential", 300),
        (["potential"], "potential", 3000),
        (["potential"], "per_account", 300),
        (["opportunities"], "total", 2000),
        (["opportunities", "100", "10", "2"], "total", 2000),
        (["opportunities", "100", "100", "2"], "total", 20000),
        (["potential", "500", "40", "60", "80", "--weights", "1/2,1/4,1/4"], "potential", 275),
        (["potential", "500", "40", "60", "80"], "potential", 300),
        (["understanding", "4", "5"], "key_persons", 20),
        (["understanding"], "days", 20),
        (["understanding"], "times_faster_in_an_hour", 160),
        (["understanding"], "times_faster_in_a_day", 20),
        (["understanding", "4", "5", "10", "6"], "hours", 60),
    ],
)
def test_the_calculators(brm: Terminal, numbers: list[str], key: str, value: int) -> None:
    assert brm.plain("calc", *numbers, "--json").json[key] == value


@pytest.mark.parametrize(
    ("numbers", "code", "sentence"),
    [
        (["opportunities", "100"], 2, "AMOUNT ACCOUNTS EACH"),
        (["potential", "much", "60"], 2, "much is no number"),
        (["potential", "1/0", "60"], 2, "1/0 is no number"),
        (["potential", "1e99999999", "60"], 2, "1e99999999 is no number"),
        (["weather"], 2, "WHAT must be one of understanding, potential, opportunities"),
        (["opportunities", "100", "-1", "2"], 2, "-1 is no number"),
        (["potential", "--fast"], 2, "--fast is no number"),
        (["potential", "500", "101"], 1, "from 0 to 100"),
        (["potential", "500", "60", "60", "60", "1.5"], 1, "1.5 is no whole number"),
        (["potential", "--weights", "1/2,1/2"], 2, "Weights are three numbers"),
        (["potential", "--weights", "1/2,1/2,1/2"], 1, "must add to 1"),
        (["potential", "--weights", "1/2,x,1/2"], 2, "x is no number"),
        (["opportunities", "--weights", "1/2,1/4,1/4"], 2, "Only potential has weights"),
    ],
)
def test_numbers_that_cannot_be_calculated_with(
    brm: Terminal, numbers: list[str], code: int, sentence: str
) -> None:
    ran = brm.plain("calc", *numbers)

    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err


def test_a_calculation_said_to_people(brm: Terminal) -> None:
    assert (
        "potential output         3,000"
        in brm.plain("calc", "potential", "500", "60", "60", "60", "10").out
    )
