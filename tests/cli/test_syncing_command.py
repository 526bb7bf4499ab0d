"""The commands of a rep about sharing, over an asset in a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from company import Company
from terminal import Ran, Terminal

from brm_desktop.cli import syncing as commands
from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person
from brm_desktop.language import day
from brm_desktop.session.session import Session

PEOPLE = "name,title\nAnn,CEO\nBob,CFO\n"


class Office:
    """Two reps at their command lines, and their company."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.company = Company(folder)
        self.company.now = datetime.now().astimezone()
        self.wang = Terminal(capsys, folder / "wang.brm")
        self.li = Terminal(capsys, folder / "li.brm")
        for brm, account in ((self.wang, "Acme"), (self.li, "Beta")):
            brm.done("import", brm.file("people.csv", PEOPLE), "--account", account)

    def enrol(self) -> None:
        for brm, name in ((self.wang, "Wang Min"), (self.li, "Li Lei")):
            told = brm.done("sync", "enrol", self.company.invite(name))
            assert "Asked to take part in 华东 asset" in told.err
        self.company.merge()
        for brm in (self.wang, self.li):
            assert brm.done("sync", "pull").out == "Records taken in: 0\n"

    def exchanged(self) -> None:
        """Wang shares people and lines with the team, and Li has them."""
        self.enrol()
        self.wang.done("sync", "share", "--account", "Acme", "structure=team")
        self.wang.done("sync", "export", "--yes")
        self.company.merge()
        self.li.done("sync", "pull")


@pytest.fixture
def office(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Office:
    return Office(capsys, tmp_path)


def test_a_text_that_no_asset_takes_is_named_and_holds_up_nothing(office: Office) -> None:
    office.enrol()
    brm = office.wang
    brm.done("sync", "share", "--account", "Acme", "structure=team", "notes=team")
    with Session.open(brm.store) as session:
        session.open_account(session.find_account("Acme"))
        ann = next(one for one in session.records.all(Person).values() if one.name == "Ann")
        session.edit(phrase("An edit"), edits.revise_person, ann.id, notes="x" * 40_001)
    sentence = "notes of Ann is longer than 40000 characters and stays here: shorten it."
    assert sentence in brm.done("sync", "preview").out
    told = brm.done("sync", "preview", "--json").json
    assert told["too_long"] == [{"kind": "person", "id": ann.id, "field": "notes"}]
    assert sentence in brm.done("sync", "export", "--yes").err
    assert office.company.merge().is_clean
    assert office.li.done("sync", "pull").out.startswith("Records taken in: ")


def test_what_would_leave_is_shown_before_anything_is_written(office: Office) -> None:
    brm = office.wang
    assert brm.done("sync", "preview").out == "Nothing would leave.\n"
    shared = brm.done("sync", "share", "--account", "Acme", "structure=team", "opinions=ask")
    assert "structure    account team" in shared.out
    assert brm.done("sync", "share", "--json").json["choices"]["structure"] == "private"
    shown = brm.done("sync", "preview").out
    assert shown.startswith("6 fields of 2 people, 2 other records\n\nAcme\n")
    assert "  person Ann – new → account team\n    name: Ann\n" in shown
    assert "    title: CEO\n" in shown
    told = brm.done("sync", "preview", "--account", "Acme", "--json").json
    assert told["summary"] == "6 fields of 2 people, 2 other records"
    ann = next(one for one in told["records"] if one["name"] == "Ann")
    assert (ann["account"]["name"], ann["kind"]) == ("Acme", "person")
    assert (ann["change"], ann["reach"]) == ("new", "team")
    assert {"field": "title", "value": "CEO", "change": "written"} in ann["fields"]
    assert told["stays"]["private"] > 0


def test_what_is_asked_for_is_listed(office: Office) -> None:
    office.wang.done("sync", "share", "--account", "Acme", "structure=ask")
    assert "Leaves once you say so:\n" in office.wang.done("sync", "preview").out
    asked = office.wang.done("sync", "preview", "--json").json["asked"]
    assert {"Ann", "Bob"} <= {one["name"] for one in asked}


def test_a_colleague_gets_what_was_shared(office: Office) -> None:
    office.exchanged()
    people = office.li.done("account", "--account", "Acme", "--json").json["people"]
    assert [one["name"] for one in people] == ["Ann", "Bob"]
    told = office.li.done("sync", "status", "--json").json
    assert (told["state"], told["rep"], told["pending"]) == ("on", "Li Lei", 0)
    assert (told["conflicts"], told["unacknowledged"], told["troubles"]) == (0, 0, [])
    said = office.wang.done("sync", "status").out
    assert "华东 asset, as Wang Min" in said
    assert f"Last sent: {day(datetime.now().astimezone().date())}, " in said
    assert "Sent and not acknowledged: 1" in said
    info = office.wang.done("info", "--json").json["sync"]
    assert (info["state"], info["asset"]["name"]) == ("on", "华东 asset")
    sent = office.wang.done("sync", "export", "--json").json
    assert (sent["operations"], sent["again"]) == (0, 1)
    again = office.wang.done("sync", "export")
    assert again.out == "There is nothing new to send.\n"
    assert again.err == "Sent again, since no answer has acknowledged it: 1\n"


def test_what_is_taken_back_is_said_to_reach_nobody_any_more(office: Office) -> None:
    office.exchanged()
    office.wang.done("sync", "pull")
    office.wang.done("sync", "share", "--account", "Acme", "structure=private")
    assert "person Ann – taken back → nobody any more\n" in office.wang.done("sync", "preview").out


def test_sending_asks_first(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.enrol()
    brm = office.wang
    brm.done("sync", "share", "--account", "Acme", "structure=team")
    refused = brm("sync", "export")
    assert refused.code == 1
    assert refused.err.endswith("Nothing was sent: say --yes to send it without being asked.\n")
    monkeypatch.setattr(commands, "_is_attended", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_args, **_more: "no")
    cancelled = brm("sync", "export")
    assert cancelled.code == 130
    assert "6 fields of 2 people" in cancelled.err
    monkeypatch.setattr("click.prompt", lambda *_args, **_more: "yes")
    assert brm.done("sync", "export").out.startswith("Sent: 6 fields of 2 people")


def _both_retitle(office: Office) -> tuple[str, Ran]:
    """Both give Ann another title at the same time; the first who pulls hears of it."""
    office.exchanged()
    office.li.done("sync", "share", "--account", "Acme", "structure=team")
    for brm, title in ((office.wang, "Chair"), (office.li, "Boss")):
        people = brm.file("again.csv", f"name,title\nAnn,{title}\n")
        brm.done("import", people, "--account", "Acme")
        brm.done("sync", "export", "--yes")
    office.company.merge()
    pulled = office.wang("sync", "pull", "--json")
    assert pulled.code == 3
    return pulled.json["conflicts"][0]["id"], pulled


def test_conflicts_end_with_3_are_listed_and_settled(office: Office) -> None:
    ann, pulled = _both_retitle(office)
    (conflict,) = pulled.json["conflicts"]
    others = {conflict["shown"], *(one["value"] for one in conflict["others"])}
    assert (conflict["name"], conflict["field"], others) == ("Ann", "title", {"Chair", "Boss"})
    told = office.wang("sync", "conflicts")
    assert told.code == 3
    assert f"person Ann ({ann}), title\n" in told.out
    assert "Li Lei" in told.out or "Wang Min" in told.out
    assert office.wang("sync", "conflicts", "--json").code == 3
    assert office.li("sync", "pull").code == 3
    assert office.wang("sync", "resolve", ann, "title").code == 2
    beyond = office.wang("sync", "resolve", ann, "title", "--theirs", "2")
    assert "not that many other values" in beyond.err
    assert "nothing to settle" in office.wang("sync", "resolve", ann, "name", "--shown").err
    other = conflict["others"][0]["value"]
    assert office.wang.done("sync", "resolve", ann, "title", "--theirs", "1").out == "Settled.\n"
    assert office.wang.done("sync", "conflicts").out == "There is nothing to settle.\n"
    office.wang.done("sync", "export", "--yes")
    office.company.merge()
    assert office.li.done("sync", "pull").out == "Records taken in: 1\n"
    people = office.li.done("account", "--account", "Acme", "--json").json["people"]
    assert next(one["title"] for one in people if one["name"] == "Ann") == other


def test_each_side_of_a_conflict_says_whose_it_is_since_when_and_on_what_it_rests(
    office: Office,
) -> None:
    """What one scored of a person and the other too, each by evidence of his own."""
    office.exchanged()
    office.li.done("sync", "share", "--account", "Acme", "structure=team")
    office.wang.done("sync", "share", "--account", "Acme", "connections=team", "notes=team")
    office.li.done("sync", "share", "--account", "Acme", "connections=team", "notes=team")
    for brm, strength, why in ((office.wang, 90, "golf"), (office.li, 30, "a quarrel")):
        with Session.open(brm.store) as session:
            session.open_account(session.find_account("Acme"))
            people = session.records.all(Person).values()
            ann, bob = (next(one for one in people if one.name == name) for name in ("Ann", "Bob"))
            session.edit(
                phrase("Draw"), edits.add_influence, ann.id, bob.id, strength=strength, evidence=why
            )
        brm.done("sync", "export", "--yes")
    office.company.merge()
    assert office.wang("sync", "pull").code == 3
    (told,) = (
        one
        for one in office.wang("sync", "conflicts", "--json").json["conflicts"]
        if one["field"] == "strength"
    )
    sides = {told["shown"]: told["shown_by"], told["others"][0]["value"]: told["others"][0]}
    assert {value: (one["by"], one["evidence"]) for value, one in sides.items()} == {
        "90": ("Wang Min", ["assumed", "golf"]),
        "30": ("Li Lei", ["assumed", "a quarrel"]),
    }
    assert all(datetime.fromisoformat(one["at"]) for one in sides.values())
    said = office.wang("sync", "conflicts").out
    today = day(office.company.now.date())
    assert f"  shown: {told['shown']} ({told['shown_by']['by']}, {today}, " in said
    assert "  1: " in said
    assert "golf)" in said
    assert "a quarrel)" in said


def test_what_is_shown_can_be_kept(office: Office) -> None:
    ann, pulled = _both_retitle(office)
    office.wang.done("sync", "resolve", ann, "title", "--shown")
    assert office.wang.done("sync", "conflicts", "--json").json == {"conflicts": [], "lines": []}
    people = office.wang.done("account", "--account", "Acme", "--json").json["people"]
    shown = pulled.json["conflicts"][0]["shown"]
    assert next(one["title"] for one in people if one["name"] == "Ann") == shown


def test_a_second_manager_is_listed_and_settled(office: Office) -> None:
    office.wang.done(
        "import", office.wang.file("m.csv", "name,title\nCid,COO\n"), "--account", "Acme"
    )
    office.exchanged()
    office.li.done("sync", "share", "--account", "Acme", "structure=team")
    for brm, manager in ((office.wang, "Ann"), (office.li, "Bob")):
        lines = brm.file("lines.csv", f"person,manager\nCid,{manager}\n")
        brm.done("import", lines, "--account", "Acme", "--as", "reporting")
        brm.done("sync", "export", "--yes")
    office.company.merge()
    for brm, way, left in (
        (office.wang, ("--theirs", "1"), 0),
        (office.li, ("--shown",), 1),
    ):
        pulled = brm("sync", "pull")
        assert pulled.code == 3
        assert "To be settled: manager of Cid → " in pulled.err
        told = brm("sync", "conflicts")
        assert "  shown: Cid → " in told.out
        (line,) = brm("sync", "conflicts", "--json").json["lines"]
        assert not line["circle"]
        (shown,) = line["shown_by"]
        assert {line["by"], shown["by"]} == {"Li Lei", "Wang Min"}
        assert f"  1: {line['name']} ({line['by']}, " in told.out
        assert f"  shown: {line['shown'][0]} ({shown['by']}, " in told.out
        assert brm("sync", "resolve", line["id"], "manager", "--theirs", "2").code == 1
        brm.done("sync", "resolve", line["id"], "manager", *way)
        assert brm.done("sync", "conflicts").out == "There is nothing to settle.\n"
        shown = brm.done("sync", "status", "--json").json
        assert (shown["conflicts"], bool(shown["pending"])) == (0, True), left


def test_everything_wrong_is_said_in_one_sentence(office: Office, tmp_path: Path) -> None:
    brm = office.wang
    nowhere = tmp_path / "no stick"
    assert brm.done("sync", "status").out == "This store takes part in no shared asset.\n"
    assert brm.done("sync", "status", "--json").json == {"state": "off", "conflicts": 0}
    assert brm.done("info", "--json").json["sync"]["state"] == "off"
    wrong: list[tuple[tuple[object, ...], str]] = [
        (("export", "--yes"), "takes part in no shared asset yet"),
        (("pull",), "takes part in no shared asset yet"),
        (("enrol",), "takes part in no shared asset yet"),
        (("enrol", tmp_path / "none.brmi"), "There is no file"),
    ]
    for words, said in wrong:
        ran = brm("sync", *words)
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert said in ran.err
    office.enrol()
    for command in (("pull", "--from"), ("export", "--yes", "--to")):
        ran = brm("sync", *command, nowhere)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert brm("sync", "share", "structure=everybody").code == 2
    assert brm("sync", "share", "--account", "Nobody").code == 1


def test_there_may_be_no_answer_yet(office: Office) -> None:
    office.wang.done("sync", "enrol", office.company.invite("Wang Min"))
    assert "There is no answer for this store yet" in office.wang.done("sync", "pull").out
    assert office.wang.done("sync", "status", "--json").json["state"] == "waiting"
    assert "which has not taken this store in yet" in office.wang.done("sync", "status").out


def test_who_joins_with_an_invitation_that_was_used_is_told_that_it_may_be(office: Office) -> None:
    invitation = office.company.invite("Wang Min")
    office.li.done("sync", "enrol", invitation)
    office.company.merge()
    brm = office.wang
    brm.done("sync", "enrol", invitation)
    assert not office.company.merge().is_clean
    brm.done("sync", "share", "--account", "Acme", "structure=team")
    doubt = "somebody else may have used the invitation"
    assert doubt in brm.done("sync", "export", "--yes").err
    assert doubt in brm.done("sync", "pull").err
    office.li.done("sync", "pull")
    office.li.done("sync", "share", "--account", "Beta", "structure=team")
    assert doubt not in office.li.done("sync", "export", "--yes").err


def test_an_asset_that_went_back_is_told_so_by_who_only_takes_in(office: Office) -> None:
    office.exchanged()
    with Session.open(office.li.store) as session:
        link = session.shared_store.link()
        assert link is not None
        session.shared_store.save_link(replace(link, cursor=link.cursor + 9))
    office.company.now += timedelta(days=2)
    office.company.merge()
    told = office.li.done("sync", "pull")
    assert "The asset knows less than it had told" in told.out
    assert "Records taken in" not in told.out
    office.company.merge()
    assert not office.li.done("sync", "pull", "--json").json["went_back"]


def test_a_wrong_clock_is_told_and_what_it_stamped_is_sent_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.enrol()
    brm = office.wang
    earlier = office.company.now.replace(year=office.company.now.year - 1)
    brm.done("sync", "share", "--account", "Acme", "structure=team")
    brm.done("sync", "export", "--yes")
    monkeypatch.setattr(office.company, "now", earlier)
    assert office.company.merge().troubles
    told = brm.done("sync", "pull")
    assert "clock was" in told.err


def test_an_asset_tells_how_it_is(office: Office) -> None:
    office.exchanged()
    asset = ("--asset", str(office.company.home), "--database", office.company.folder / "asset.brm")
    assert "华东 asset" in office.wang.done("sync", "status", *asset).out
    assert office.wang.done("sync", "status", *asset, "--json").json["waiting"] == 0


def test_the_password_in_an_address_is_shown_to_nobody(office: Office) -> None:
    office.enrol()
    with Session.open(office.wang.store) as session:
        link = session.shared_store.link()
        assert link is not None
        far = replace(link, address="postgresql://wang:hush@db.example/brm")
        session.shared_store.save_link(far)
    told = office.wang.done("sync", "status")
    plain = office.wang.done("sync", "status", "--json")
    assert "postgresql://wang@db.example/brm" in told.out
    assert "postgresql://wang@db.example/brm" in plain.out
    assert "hush" not in told.out + told.err + plain.out + plain.err


def test_a_store_from_a_backup_is_enrolled_again(
    office: Office, make_old: Callable[[Terminal], None]
) -> None:
    office.exchanged()
    make_old(office.wang)
    assert office.wang.done("sync", "status", "--json").json["state"] == "restored"
    assert "run “sync enrol”" in office.wang.done("sync", "status").err
    assert "restored from a backup" in office.wang("sync", "export", "--yes").err
    office.wang.done("sync", "enrol")
    office.company.merge()
    office.wang.done("sync", "pull")
    assert office.wang.done("sync", "status", "--json").json["state"] == "on"


@pytest.fixture
def make_old() -> Callable[[Terminal], None]:
    """Go back to a backup of the store."""

    def restored(brm: Terminal) -> None:
        brm.done("backup")
        brm.done("restore", "--from", "newest")

    return restored
