"""Commands as scripts meet them: exit codes, streams, names, languages, the store they work on."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from terminal import Terminal

from brm_desktop.cli.commands import cli
from brm_desktop.session.last_store import remember_store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], sample: Path) -> Terminal:
    return Terminal(capsys, sample)


@pytest.fixture
def empty(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path / "store.brm")


def test_help_names_every_command(brm: Terminal) -> None:
    shown = brm.plain("--help").out

    for name in cli.commands:
        assert f"\n  {name} " in shown
        assert brm.plain(name, "--help").code == 0
    assert brm.plain("--lang", "zh_CN", "import", "--help").code == 0


def test_wrong_usage_is_2_and_says_so_beside_the_result(brm: Terminal) -> None:
    for arguments in (["fly"], ["account"], ["account", "--shoe", "x"], ["--lang", "tlh", "info"]):
        ran = brm.plain(*arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert "Usage:" in ran.err or "Error:" in ran.err


@pytest.mark.parametrize("words", [("a.brm",), ("a.brm", "b (c).brm")])
def test_words_that_are_too_many_are_said_in_the_language_in_use(
    brm: Terminal, words: tuple[str, ...]
) -> None:
    english, chinese = (brm.plain("demo", "--lang", one, *words) for one in ("en", "zh_CN"))
    assert (english.code, chinese.code) == (2, 2)
    assert f"Error: This is too much here: {' '.join(words)}\n" in english.err
    assert f"错误：此处多出：{' '.join(words)}\n" in chinese.err


def test_the_sample_is_written_once(empty: Terminal) -> None:
    assert empty.done("demo").err == "store.brm: 8 accounts\n"
    before = empty.store.read_bytes()

    again = empty("demo")

    assert (again.code, again.out) == (1, "")
    assert "there already" in again.err
    assert empty.store.read_bytes() == before


def test_info_shows_counts_and_that_the_store_is_whole(brm: Terminal) -> None:
    shown = brm.done("info", "--json").json

    assert shown["schema"] >= 1
    assert shown["counts"]["account"] == 8
    assert (shown["index"], shown["integrity"]) == (None, "ok")
    assert isinstance(shown["sync"], dict)
    assert "The store is whole." in brm.done("info").out


def test_check_says_that_all_is_well(brm: Terminal) -> None:
    assert brm.done("check").out == "The store is whole.\n"
    assert brm.done("check", "--json").json == {"integrity": "ok"}


def test_the_portfolio_has_the_keys_of_the_contract(brm: Terminal) -> None:
    shown = brm.done("accounts", "--json").json

    assert {"accounts", "total_potential", "counts"} <= shown.keys()
    keys = {"id", "name", "tier", "composite", "rank", "potential", "closeness", "screening"}
    assert all(keys <= line.keys() for line in shown["accounts"])
    assert {line["screening"] for line in shown["accounts"]} <= {"undecided", "target", "excluded"}
    ranks = [line["rank"] for line in shown["accounts"] if line["rank"] is not None]
    assert ranks == sorted(ranks)
    assert sum(shown["counts"].values()) == 8
    assert (
        sum(a["potential"]["minor"] for a in shown["accounts"] if a["potential"])
        == (shown["total_potential"]["minor"])
    )
    assert "Sum of potentials" in brm.done("accounts").out


def test_an_account_has_the_keys_of_the_contract(brm: Terminal) -> None:
    shown = brm.done("account", "--account", "Huachen Equipment Group", "--json", "--explain").json

    assert set(shown) == {
        "account",
        "scores",
        "people",
        "power_centres",
        "influence_centres",
        "potential",
        "work_first",
        "index",
        "explain",
        "as_of",
    }
    keys = ["id", "name", "department", "title", "power", "influence", "importance", "crucial"]
    keys += ["key", "closeness", "solution", "price", "veto", "sole_approver"]
    assert set(keys) <= shown["people"][0].keys()
    assert round(shown["scores"]["closeness"]["value"]) == 62
    index = shown["index"]
    assert 0 < index["completeness"] < 1
    assert index["value"] == pytest.approx(index["completeness"] * index["accuracy"])
    ranks = [(-person["importance"], person["name"]) for person in shown["people"]]
    assert ranks == sorted(ranks)
    terms = shown["explain"]["closeness"]["terms"]
    weight = sum(term["weight"] for term in terms)
    assert shown["scores"]["closeness"]["value"] == pytest.approx(
        sum(term["weight"] * term["score"] for term in terms) / weight
    )


def test_reading_commands_talk_to_people_too(brm: Terminal) -> None:
    assert "×" in brm.done("account", "--account", "Huachen", "--explain").out
    project = _live_project(brm)
    assert "Odds" in brm.done("chain", "--account", "Hua", "--project", project, "--explain").out
    assert "→" in brm.done("path", "--account", "Hua", "--to", "Chen", "--explain").out


def _live_project(brm: Terminal) -> str:
    exported = brm.store.parent / "all.json"
    brm.done("export", "data", "--out", exported)
    projects = json.loads(exported.read_text())["project"]
    return str(next(one["id"] for one in projects if one["outcome"] == "open"))


def test_a_chain_has_the_keys_of_the_contract(brm: Terminal) -> None:
    project = _live_project(brm)
    shown = brm.done("chain", "--account", "Hua", "--project", project, "--json").json

    assert {
        "project",
        "odds",
        "uncapped",
        "caps",
        "reasons",
        "red_flags",
        "targets",
        "members",
        "work_first",
        "as_of",
    } == (shown.keys())
    keys = {"name", "roles", "stance", "contact", "veto", "q"}
    assert all(keys == member.keys() for member in shown["members"])
    gains = [target["gain"] for target in shown["targets"]]
    assert gains == sorted(gains, reverse=True)
    first = shown["work_first"][0]
    assert {"person", "gain_odds", "gain_money", "stance_to", "dimension", "score_to", "cap"} == (
        first.keys()
    )
    won = [one["gain_odds"] for one in shown["work_first"]]
    assert won == sorted(won, reverse=True)
    assert first["gain_odds"] > 0
    members = [reason["points"] for reason in shown["reasons"] if reason["kind"] == "member"]
    assert shown["uncapped"] == pytest.approx(50 + sum(members))
    assert shown["odds"] == pytest.approx(50 + sum(r["points"] for r in shown["reasons"]))


def test_the_points_a_chain_says_add_up_from_50_to_the_odds(brm: Terminal) -> None:
    said = brm.done("chain", "--account", "Hua", "--project", _live_project(brm)).out.splitlines()
    start = next(place for place, line in enumerate(said) if "Even odds" in line)
    end = next(place for place, line in enumerate(said) if line.strip().startswith("="))
    points = [Fraction(line.split()[0].replace("−", "-")) for line in said[start:end]]

    assert points[0] == 50
    assert sum(points) == Fraction(said[end].split()[1])


def test_a_path_says_which_of_the_people_is_the_user(brm: Terminal) -> None:
    said = brm.done("path", "--account", "Hua", "--to", "Chen Guodong").out
    assert "me = Zhang Fan" in said
    assert "Zhang Fan (me) → Lin Lan → Chen Guodong" in said


def test_a_path_shows_the_users_own_tie_and_the_competitors(brm: Terminal) -> None:
    people = brm.done("account", "--account", "Hua", "--json").json["people"]
    shown = [
        brm.done("path", "--account", "Hua", "--to", one["id"], "--json").json for one in people
    ]

    for path in shown:
        assert {"target", "routes", "direct", "competitors", "opening"} == path.keys()
        values = [route["value"] for route in path["routes"]]
        assert values == sorted(values, reverse=True)
    rivals = [rival for path in shown for rival in path["competitors"]]
    assert all(rival.keys() == {"from", "organisation", "strength"} for rival in rivals)
    assert rivals
    assert any(path["direct"] for path in shown)


@pytest.mark.parametrize("name", ["Huachen Equipment Group", "huachen equipment group", "Hua"])
def test_a_name_may_be_exact_or_a_beginning(brm: Terminal, name: str) -> None:
    shown = brm.done("account", "--account", name, "--json").json

    by_id = brm.done("account", "--account", shown["account"]["id"], "--json").json
    assert by_id["account"]["name"] == "Huachen Equipment Group"


def test_a_name_that_fits_nothing_or_several_is_a_problem(brm: Terminal) -> None:
    nothing = brm("account", "--account", "Zzz")
    several = brm("path", "--account", "Hua", "--to", "L")

    assert (nothing.code, nothing.out, nothing.err.count("\n")) == (1, "", 1)
    assert (several.code, several.out) == (1, "")
    assert "fits several: Li Jing, Vice President, Sales" in several.err


def test_a_title_that_one_person_has_names_that_person(brm: Terminal) -> None:
    by_title = brm.done("path", "--account", "Bluebay", "--to", " ceo ", "--json").json
    by_name = brm.done("path", "--account", "Bluebay", "--to", "He Ping", "--json").json
    assert by_title == by_name


def test_without_a_store_the_one_opened_last_is_used(brm: Terminal) -> None:
    missing = brm.plain("accounts", "--json")
    remember_store(brm.store)

    assert (missing.code, missing.out) == (1, "")
    assert "No store was opened yet" in missing.err
    assert len(brm.plain("accounts", "--json").json["accounts"]) == 8
    assert len(brm.plain("--store", str(brm.store), "accounts", "--json").json["accounts"]) == 8


@pytest.mark.parametrize("command", ["info", "check", "accounts"])
def test_a_store_that_is_none_is_a_problem_and_stays_as_it_was(
    empty: Terminal, command: str
) -> None:
    missing = empty(command)
    assert (missing.code, missing.out, missing.err.count("\n")) == (1, "", 1)
    assert not empty.store.exists()

    picture = b"\xff\xd8\xff\xe0" + b"\0" * 5000
    for content in (picture, b"", b"name\nAnn\n"):
        empty.store.write_bytes(content)
        ran = empty(command)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert empty.store.read_bytes() == content
    folder = Terminal(empty._capsys, empty.folder)
    assert folder(command).code == 1


def test_what_is_said_is_said_in_the_language_asked_for(brm: Terminal) -> None:
    ran = brm.plain("check", "--lang", "zh_CN", "--store", str(brm.store))

    assert ran.code == 0


@pytest.mark.parametrize("ending", ["json", "csv", "graphml"])
@pytest.mark.parametrize("account", [[], ["--account", "Hua"]])
def test_data_is_exported_whole(
    brm: Terminal, tmp_path: Path, ending: str, account: list[str]
) -> None:
    out = tmp_path / f"data.{ending}"
    out.write_text("something old")

    ran = brm.done("export", "data", "--out", out, *account)

    assert (ran.out, out.name in ran.err) == ("", True)
    assert "Chen Guodong" in out.read_text(encoding="utf-8")
    assert ("Bluebay" in out.read_text(encoding="utf-8")) == (not account)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("out", ["data.txt", "missing/data.json", "."])
def test_data_that_cannot_be_written_is_a_problem(brm: Terminal, tmp_path: Path, out: str) -> None:
    ran = brm("export", "data", "--out", tmp_path / out)

    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_commands_need_no_qt_and_no_display(brm: Terminal) -> None:
    script = (
        "import sys; from brm_desktop.cli.commands import run;"
        f" code = run(['account', '--account', 'Hua', '--json', '--store', {str(brm.store)!r}]);"
        " sys.exit(code or any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=False
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["account"]["name"] == "Huachen Equipment Group"


def test_a_reader_that_goes_away_is_no_defect(brm: Terminal) -> None:
    command = f"{sys.executable} main.py accounts --json --store {brm.store} | head -c 1"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, cwd=ROOT, check=False, timeout=60
    )

    assert b"Traceback" not in done.stderr
