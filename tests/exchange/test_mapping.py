"""Columns to fields: the headers users have, what they wish, and what is said when it fails."""

from __future__ import annotations

import csv
import io
import json

import pytest
from told import told

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.dates import DateOrder
from brm_desktop.exchange.headers import FIELDS, Subject, plain
from brm_desktop.exchange.mapping import Entries, Wishes, entries_of
from brm_desktop.exchange.tables import Row, Table


def _table(text: str) -> Table:
    rows = list(csv.reader(io.StringIO(text)))
    numbered = tuple(Row(line, tuple(cells)) for line, cells in enumerate(rows[1:], 2))
    return Table("people.csv", tuple(rows[0]), numbered, "utf-8", ",")


def _entries(text: str, **wishes: object) -> Entries:
    return entries_of(_table(text), Wishes(**wishes))  # type: ignore[arg-type]


def _said(entries: Entries) -> list[dict[str, str]]:
    return [dict(entry.values) for entry in entries.rows]


def test_every_known_header_is_written_in_its_plain_form() -> None:
    for fields in FIELDS.values():
        for headers in fields.values():
            assert [plain(header) for header in headers] == list(headers)


def test_the_chinese_headers_of_the_contract_are_known() -> None:
    entries = _entries(
        "姓名,职务,部门,邮箱,电话,微信,上级,权力,影响力,一票否决,一票批准,关系紧密度,方案认可度,价格接受度,单位\n"
        "王敏,总监,采购,a@b.cn,138,wm,李雷,80,70,是,否,60,50,40,own\n"
    )

    assert entries.subject is Subject.PEOPLE
    assert _said(entries) == [
        {
            "name": "王敏",
            "title": "总监",
            "department": "采购",
            "email": "a@b.cn",
            "phone": "138",
            "wechat": "wm",
            "reports_to": "李雷",
            "power": "80",
            "influence": "70",
            "veto": "是",
            "sole_approver": "否",
            "closeness": "60",
            "solution": "50",
            "price": "40",
            "organisation": "own",
        }
    ]


@pytest.mark.parametrize(
    ("headers", "subject"),
    [
        ("name,title", Subject.PEOPLE),
        ("person,manager", Subject.REPORTING),
        ("姓名,上级", Subject.PEOPLE),
        ("姓名,上级,职务", Subject.PEOPLE),
        ("from,to,strength", Subject.INFLUENCE),
        ("project,person,roles,stance", Subject.CHAIN),
    ],
)
def test_the_subject_is_told_from_the_headers(headers: str, subject: Subject) -> None:
    assert _entries(f"{headers}\n").subject is subject


def test_without_an_account_a_file_of_names_and_industries_is_accounts() -> None:
    table = _table("account,sector,year_established,revenue\nAcme,technolgy,1996,1100.04\n")

    entries = entries_of(table, Wishes(), account_named=False)

    assert (entries.subject, entries.unused) == (Subject.ACCOUNTS, ("year_established",))


@pytest.mark.parametrize(
    ("headers", "subject"),
    [
        ("name,industry,revenue,expected_annual_spend,parent", Subject.ACCOUNTS),
        ("客户名称,行业,营收", Subject.ACCOUNTS),
        ("name,industry", Subject.ACCOUNTS),
        ("name,tier,phone", Subject.PEOPLE),
        ("name,title,industry,revenue,region", Subject.PEOPLE),
        ("company,industry,annual revenue,country,first name,last name", Subject.PEOPLE),
        ("name,type,start,industry", Subject.PROJECTS),
        ("name,region", Subject.PEOPLE),
    ],
)
def test_headers_that_only_accounts_have_make_no_people_of_companies(
    headers: str, subject: Subject
) -> None:
    assert entries_of(_table(f"{headers}\n"), Wishes(), account_named=True).subject is subject


def test_a_subject_that_cannot_be_told_is_one_sentence_with_the_columns() -> None:
    with told(FileProblem, r"cannot be told .*a, b.* --as people\|reporting"):
        _entries("a,b\n1,2\n")
    with told(FileProblem, "cannot be told"):
        entries_of(_table("name\nAnn\n"), Wishes(), account_named=False)


def test_the_fields_the_user_maps_tell_the_subject_too() -> None:
    lines = _entries("from,to\n1,2\n", columns={"person": "from", "manager": "to"})
    advice = _entries("from,to\n1,2\n", columns={"from": "to", "to": "from"})

    assert (lines.subject, _said(lines)) == (Subject.REPORTING, [{"person": "1", "manager": "2"}])
    assert (advice.subject, _said(advice)) == (Subject.INFLUENCE, [{"from": "2", "to": "1"}])


def test_a_column_may_be_two_fields_when_the_user_says_so() -> None:
    entries = _entries("id,level,department\n7,1,0\n", columns={"name": "id", "title": "level"})

    assert _said(entries) == [{"id": "7", "name": "7", "title": "1", "department": "0"}]


def test_a_column_given_to_a_field_is_not_taken_for_another() -> None:
    entries = _entries("id,name,manager\n1,Ann,2\n", columns={"reports_to_id": "manager"})

    assert _said(entries) == [{"id": "1", "name": "Ann", "reports_to_id": "2"}]


def test_a_field_is_switched_off_by_an_empty_column() -> None:
    assert _said(_entries("name,unit\nAnn,x\n", columns={"department": ""})) == [{"name": "Ann"}]


def test_constants_conditions_and_words_are_as_told() -> None:
    entries = _entries(
        "body,name,boss\nmod,Ann,XX\nmod,Bob,Ann\ndfid,Cy,\n",
        constants={"title": "post"},
        rows=(("body", "mod"),),
        words=(("reports_to", "XX", ""),),
    )

    assert _said(entries) == [
        {"name": "Ann", "title": "post"},
        {"name": "Bob", "reports_to": "Ann", "title": "post"},
    ]
    assert [entry.line for entry in entries.rows] == [2, 3]


def test_several_values_of_one_column_are_alternatives() -> None:
    entries = _entries("name,site\nAnn,a\nBob,b\nCy,c\n", rows=(("site", "a"), ("site", "c")))

    assert [row["name"] for row in _said(entries)] == ["Ann", "Cy"]


def test_every_mail_and_phone_column_is_kept() -> None:
    entries = _entries("First Name,Last Name,E-mail 1 - Value,E-mail 2 - Value\nAnn,Lee,a@x,b@x\n")

    assert _said(entries) == [{"first_name": "Ann", "last_name": "Lee", "email": "a@x; b@x"}]


def test_the_company_of_an_address_book_makes_nobody_a_competitor() -> None:
    book = _entries("First Name,Last Name,Organization\nAnn,Lee,Acme Ltd\n")
    ours = _entries("name,organisation\nAnn,Rival\n")

    assert ("organisation" in book.fields, book.unused) == (False, ("Organization",))
    assert "organisation" in ours.fields


def test_what_is_not_used_is_named() -> None:
    assert _entries("name,shoe size,,grade\nAnn,38,,b\n").unused == ("shoe size", "grade")


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"columns": {"name": "Nmae"}}, "people.csv has no column Nmae: it has name, title"),
        ({"rows": (("body", "mod"),)}, "has no column body: it has name, title"),
        ({"rows": (("title", "CFO"),)}, "No row of people.csv has title=CFO"),
        (
            {"columns": {"shoe": "title"}, "subject": Subject.PEOPLE},
            "A file of people has no field shoe: its fields are id, name, first_name",
        ),
        ({"columns": {"name": ""}, "subject": Subject.PEOPLE}, "no column for name"),
        ({"subject": Subject.REPORTING}, "no column for manager: say with --map manager=COLUMN"),
    ],
)
def test_a_wish_that_fits_nothing_is_one_sentence(wishes: object, sentence: str) -> None:
    with told(FileProblem, sentence):
        _entries("name,title\nAnn,CEO\n", **wishes)  # type: ignore[arg-type]


def test_a_column_named_without_its_capitals_is_found() -> None:
    assert _said(_entries("Full-Name\nAnn\n", columns={"name": "full name"})) == [{"name": "Ann"}]


def test_rows_with_more_cells_than_columns_are_set_apart() -> None:
    entries = _entries("name,title\nAnn,CEO,extra\nBob,CIO,,\n")

    assert [row.line for row in entries.overlong] == [2]
    assert [row["name"] for row in _said(entries)] == ["Bob"]


def test_dates_that_can_be_read_in_two_ways_are_asked_for() -> None:
    text = "name,assessed_on\nAnn,05/03/2024\n"

    with told(FileProblem, "column assessed_on, such as 05/03/2024"):
        _entries(text)
    assert _entries(text, dates=DateOrder.DMY).date_order is DateOrder.DMY


def test_an_apostrophe_that_guards_a_formula_is_taken_away() -> None:
    assert _said(_entries("name,phone\nAnn,'+86 138\nD'Arcy,'x\n")) == [
        {"name": "Ann", "phone": "+86 138"},
        {"name": "D'Arcy", "phone": "'x"},
    ]


def test_the_contact_exports_of_the_world_give_names(shared_data: object) -> None:
    assert callable(shared_data)
    headers = json.loads((shared_data("contact_exports") / "headers.json").read_text())
    for source in (
        "google_contacts_new_2024",
        "google_contacts_legacy",
        "outlook_com",
        "outlook_desktop",
        "thunderbird",
        "linkedin_connections",
        "hubspot_contacts",
        "zoho_leads",
        "pipedrive_persons",
        "salesforce_leads",
        "drawio_orgchart",
        "uk_organogram_senior",
    ):
        entries = entries_of(Table(source, tuple(headers[source]), (), "utf-8", ","), Wishes())
        assert entries.subject is Subject.PEOPLE, source
        assert entries.fields & {"name", "first_name"}, source
