"""All that is wrong with a row of an import is told in one go."""

from __future__ import annotations

import pytest
from import_text import Importing

from brm_desktop.language import tr
from brm_desktop.session.importing import Aim


@pytest.fixture
def importing() -> Importing:
    return Importing()


@pytest.mark.parametrize(
    ("text", "wishes", "told"),
    [
        (
            "name,email,closeness,price,veto,basis,assessed_on,organisation\n"
            ",x@y.z,101,-1,perhaps,guess,2026-13-45,Other\n",
            {"customers": ("Other",)},
            [
                "veto is perhaps",
                "closeness is 101",
                "price is -1",
                "basis is guess",
                "assessed_on is 2026-13-45",
                "The row has no name.",
                "Other is another account.",
            ],
        ),
        (
            "account,name,origin,amount,probability,opened_on,expected_close,outcome,owner\n"
            "Nowhere,,found,much,200,soon,later,maybe,Nobody\n",
            {},
            [
                "No account is called Nowhere.",
                "The row has no name.",
                "outcome is maybe",
                "opened_on is soon",
                "expected_close is later",
                "origin is found",
                "amount is much",
                "probability is 200",
                "Nobody is called Nobody.",
            ],
        ),
        (
            "account,name,wanted,amount,start,decided,outcome,lost_to\n"
            "Acme,ERP,perhaps,much,soon,later,won,Rival\n",
            {},
            [
                "who won instead of us",
                "wanted is perhaps",
                "amount is much",
                "start is soon",
                "decided is later",
            ],
        ),
        (
            "name,industry,revenue,year,expected_annual_spend,tier,potential_score\n"
            ",Steel,much,19,more,good,200\n",
            {},
            [
                "The row has no name.",
                "revenue is much",
                "year is 19",
                "expected_annual_spend is more",
                "tier is good",
                "potential_score is 200",
            ],
        ),
    ],
)
def test_every_fault_of_a_row_is_told_once_and_nothing_of_it_is_in(
    importing: Importing, text: str, wishes: dict[str, tuple[str, ...]], told: list[str]
) -> None:
    before = importing.records
    done = importing.do(text, aim=Aim(importing.account, **wishes))  # type: ignore[arg-type]
    ((line, reason),) = done.reasons
    assert line == 2
    places = [reason.find(one) for one in told]
    assert -1 not in places, reason
    assert places == sorted(places)
    assert importing.records == before


def test_every_fault_of_a_line_between_people_is_told(importing: Importing) -> None:
    done = importing.do("person,manager,kind\nAnn,,dashed\n", "reporting")
    assert done.reasons == [
        (
            2,
            "kind is dashed: it must be one of solid line, dotted line. Nobody is called Ann."
            " The row names no manager.",
        )
    ]
    done = importing.do(
        "from,to,strength,kind,basis,from_org\nAnn,Bob,0,love,guess,Other\n",
        "influence",
        aim=Aim(importing.account, customers=("Other",)),
    )
    ((_, reason),) = done.reasons
    for part in ("kind is love", "strength is 0", "basis is guess", "Other is", "called Bob"):
        assert part in reason


def test_every_fault_of_a_row_of_a_chain_is_told(importing: Importing) -> None:
    done = importing.do("project,person,roles,stance\n,Ann,boss,7\n", "chain")
    ((_, reason),) = done.reasons
    for part in ("names no project", "roles is boss", "stance is 7", "Nobody is called Ann."):
        assert part in reason


def test_the_unknown_manager_of_a_refused_row_is_told_with_the_rest(importing: Importing) -> None:
    done = importing.do(
        "id,name,title,power,reports_to,reports_to_id\n"
        "1,Ann,CEO,101,Nobody,\n"
        "2,Bob,CIO,101,Cy,\n"
        "3,Cy,Chair,50,,\n"
        "4,Di,Chief,101,,3\n"
        "5,Ed,Chief,101,,77\n"
    )
    told = {line: "Nobody" in reason for line, reason in done.reasons}
    assert told == {2: True, 3: False, 5: False, 6: True}


def test_for_whom_a_refused_member_decides_is_looked_up_too(importing: Importing) -> None:
    importing.do("name,title\nAnn,CEO\n")
    done = importing.do("project,person,roles,decides_for\nERP,Ann,boss,Nobody;Ann\n", "chain")
    ((_, reason),) = done.reasons
    assert reason.endswith("Nobody is called Nobody.")


def test_a_unit_that_two_amounts_of_a_row_share_is_told_once(importing: Importing) -> None:
    done = importing.do("name,revenue,expected_annual_spend,unit\nBeta,1,2,heaps\n", "accounts")
    ((_, reason),) = done.reasons
    assert reason.count("heaps") == 1


def test_an_opportunity_expected_to_close_before_it_was_opened_is_told_and_kept(
    importing: Importing,
) -> None:
    done = importing.do(
        "account,name,opened_on,expected_close,closed_on,outcome\n"
        "Acme,A,2026-05-01,2026-04-30,,\n"
        "Acme,B,2026-05-01,2026-05-01,,\n"
        "Acme,C,2026-05-01,,2026-04-01,open\n"
        "Acme,D,2026-01-01,,2026-01-02,won\n",
        aim=Aim(),
    )
    assert done.counts == (4, 0, 0, 0)
    odd = {(one.field, one.lines) for one in done.report.remarks}
    assert odd >= {("expected_close", (2,)), ("closed_on", (4,))}
    assert all("before it was opened" in tr(one.sentence) for one in done.report.remarks)
