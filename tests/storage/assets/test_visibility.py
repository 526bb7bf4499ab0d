"""Who sees what: of a team, above it, and after its authors thought better of it."""

from __future__ import annotations

from asset_reps import NOW, Rep
from asset_world import PERSON, World

from brm_desktop.domain.membership import SiteRole
from brm_desktop.domain.merge import pending
from brm_desktop.domain.operations import Operation, Reach
from brm_desktop.domain.registers import NO_FIELDS


def test_nobody_gets_a_row_by_saying_who_may_see_it(world: World) -> None:
    one, other = world.rep(1), world.rep(2, "华南/一部")
    one.write("person", "p1", name="李雷", power=50)
    world.round(one)
    claim = Operation(kind="person", row="p1", reach=Reach("company"))
    world.place.put(other.letter([claim], world.now))
    assert world.merge().is_clean
    world.pull(other)
    assert other.sees() == {}


def test_only_those_of_the_team_and_above_see_what_is_shared_with_a_team(world: World) -> None:
    author = world.rep(1, "华东/上海/一部")
    readers = {
        "same team": world.rep(2, "华东/上海/一部"),
        "other team": world.rep(3, "华东/上海/二部"),
        "lead elsewhere": world.rep(4, "华东/上海", SiteRole.LEAD),
        "office": world.rep(5, "华东/上海", SiteRole.OFFICE),
        "other office": world.rep(6, "华东/上", SiteRole.OFFICE),
        "region": world.rep(7, "华东", SiteRole.REGION),
        "head office": world.rep(8, "", SiteRole.HEAD_OFFICE),
        "sponsor": world.rep(9, "研发", SiteRole.SPONSOR),
        "administrator": world.rep(10, "", SiteRole.ADMINISTRATOR),
    }
    author.write("person", "p1", "team", name="李雷")
    author.write("person", "p2", "company", name="韩梅梅")
    author.write("person", "p3", None, name="nobody else's")
    world.round(author, *readers.values())

    above = {"same team", "office", "region", "head office", "sponsor", "administrator"}
    for who, rep in readers.items():
        seen = {"p1", "p2"} if who in above else {"p2"}
        assert {row for _, row in rep.sees()} == seen, who


def test_who_shares_a_row_further_shares_nothing_of_others_with_it(world: World) -> None:
    one, two = world.rep(1, "华东"), world.rep(2, "华南")
    mate, other = world.rep(3, "华东"), world.rep(4, "华南")
    far, head = world.rep(5, "华北"), world.rep(6, "", SiteRole.HEAD_OFFICE)
    row = ("tie", "t1")
    one.write(
        "tie",
        "t1",
        "team",
        employee="e1",
        person="p1",
        evidence="CANARY",
        closeness=1,
        basis="confirmed",
    )
    two.write(
        "tie",
        "t1",
        "team",
        employee="e1",
        person="p1",
        origin="school",
        closeness=2,
        basis="confirmed",
    )
    everybody = (one, two, mate, other, far, head)
    world.round(*everybody)
    world.round(*everybody)
    both = {"employee": "e1", "person": "p1", "basis": "confirmed"}
    ours = both | {"evidence": "CANARY", "closeness": 1}
    theirs = both | {"origin": "school", "closeness": 2}
    assert one.sees() == mate.sees() == {row: ours}
    assert two.sees() == other.sees() == {row: theirs}
    assert far.sees() == {}
    assert head.sees()[row]["closeness"] == 2
    assert head.rows[row].others, "who sees both is told that they differ"

    two.share("tie", "t1", "company")
    world.round(*everybody)
    world.round(*everybody)
    assert far.sees() == {row: theirs}
    assert mate.sees()[row]["closeness"] == 2
    assert mate.rows[row].others
    with world.asset.reply_for(far.site, NOW) as reply:
        assert "CANARY" not in str(list(reply.lines()))

    one.share("tie", "t1", "company")
    world.round(*everybody)
    world.round(*everybody)
    assert far.rows[row] == head.rows[row]
    one.share("tie", "t1", "team")
    two.share("tie", "t1", None)
    world.round(*everybody)
    world.round(*everybody)
    assert far.sees() == {}
    assert mate.rows[row].others["evidence"][0][1] == "CANARY"


def test_an_edit_of_what_is_seen_goes_over_nothing_unseen(world: World) -> None:
    one, two, far = world.rep(1, "华东"), world.rep(2, "华南"), world.rep(3, "华北")
    one.write("tie", "t1", "team", employee="e1", person="p1", evidence="one")
    two.write("tie", "t1", "company", employee="e1", person="p1", evidence="two")
    world.round(one, two, far)
    world.round(one, two, far)
    far.write("tie", "t1", evidence="three")
    far.share("tie", "t1", "company")
    world.round(one, two, far)
    world.round(one, two, far)
    row = ("tie", "t1")
    assert far.sees()[row]["evidence"] == two.sees()[row]["evidence"] == "three"
    assert one.sees()[row]["evidence"] == "three"
    assert [said for _, said in one.rows[row].others["evidence"]] == ["one"]
    far.delete("tie", "t1")
    world.round(one, two, far)
    world.round(one, two, far)
    assert far.sees() == two.sees() == {}
    assert row in one.sees(), "there is what the deleter had not seen"


def test_a_wish_left_of_who_wrote_nothing_more_shows_nothing_of_others(world: World) -> None:
    one, two, far = world.rep(1, "华东"), world.rep(2, "华东"), world.rep(3, "华北")
    one.write("person", "p1", "team", name="李雷")
    world.round(one, two)
    two.write("person", "p1", title="CEO")
    two.share("person", "p1", "company")
    world.round(one, two)
    world.round(one, two, far)
    assert set(far.rows) == {PERSON}
    one.write("person", "p1", title="CFO")
    world.round(one, two)
    world.round(one, two, far)
    assert far.rows[PERSON].values == {"title": "CEO"}, "that was shared with everybody"
    two.write("person", "p1", title="COO")
    two.share("person", "p1", "team")
    world.round(one, two)
    world.round(one, two, far)
    assert far.rows == {}


def test_an_edit_for_fewer_takes_nothing_from_those_it_is_not_for(world: World) -> None:
    one, two = world.rep(1, "华东"), world.rep(2, "华南")
    mate, far = world.rep(3, "华南"), world.rep(4, "华北")
    everybody = (one, two, mate, far)
    one.write("person", "p1", "company", name="李雷", title="CEO", notes="all")
    world.round(*everybody)
    two.write("person", "p1", name="CANARY", title="CFO")
    two.share("person", "p1", "team")
    world.round(*everybody)
    world.round(*everybody)
    shared = {"name": "李雷", "title": "CEO", "notes": "all"}
    theirs = shared | {"name": "CANARY", "title": "CFO"}
    assert one.sees() == far.sees() == {PERSON: shared}
    assert two.sees() == mate.sees() == {PERSON: theirs}
    assert not two.rows[PERSON].others, "there is nothing to settle"
    late = world.rep(5, "华北")
    assert late.sees() == {PERSON: shared}
    head = world.rep(6, "", SiteRole.HEAD_OFFICE)
    assert head.sees() == {PERSON: theirs}
    with world.asset.reply_for(far.site, NOW) as reply:
        assert "CANARY" not in str(list(reply.lines()))
    with world.asset.reply_for(head.site, NOW) as reply:
        assert "CEO" not in str(list(reply.lines()))

    one.write("person", "p1", title="CEO, CIO")
    world.round(*everybody)
    world.round(*everybody)
    assert one.sees()[PERSON]["title"] == far.sees()[PERSON]["title"] == "CEO, CIO"
    ((_, other),) = two.rows[PERSON].others["title"]
    assert {two.sees()[PERSON]["title"], other} == {"CEO, CIO", "CFO"}
    _takes_back(world, two)
    world.round(one, mate, far)
    for rep in (one, mate, far):
        assert rep.sees() == {PERSON: shared | {"title": "CEO, CIO"}}
    _takes_back(world, one)
    world.round(mate, far)
    assert far.sees() == mate.sees() == {}


def _takes_back(world: World, rep: Rep) -> None:
    """Send that nothing of what was shared of the person is shared any more."""
    has = rep.known(PERSON)
    back = pending(rep.rows[PERSON], has, rep.site, NO_FIELDS, reach=None)
    assert back is not None
    world.place.put(rep.letter([back], world.now))
    assert world.merge().is_clean


def test_who_sees_both_and_shares_it_with_all_goes_over_both(world: World) -> None:
    one, two, far = world.rep(1, "华东"), world.rep(2, "华南"), world.rep(3, "华北")
    head = world.rep(4, "", SiteRole.HEAD_OFFICE)
    everybody = (one, two, far, head)
    one.write("person", "p1", "company", name="李雷", title="CEO")
    world.round(*everybody)
    two.write("person", "p1", title="CFO")
    two.share("person", "p1", "team")
    world.round(*everybody)
    world.round(*everybody)
    head.write("person", "p1", title="COO")
    head.share("person", "p1", "company")
    world.round(*everybody)
    world.round(*everybody)
    for rep in everybody:
        assert rep.sees()[PERSON]["title"] == "COO"
        assert not rep.rows[PERSON].others
    two.delete("person", "p1")
    world.round(*everybody)
    world.round(*everybody)
    assert all(rep.sees() == {} for rep in everybody)


def test_who_had_a_row_that_is_taken_back_loses_it_and_nobody_else_hears_of_it(
    world: World,
) -> None:
    author, mate = world.rep(1), world.rep(2)
    stranger, other = world.rep(3, "华南"), world.rep(4, "华北")
    author.write("person", "p1", "team", name="李雷")
    author.write("person", "p2", "company", name="韩梅梅")
    world.round(author, mate, stranger, other)
    assert set(stranger.sees()) == {("person", "p2")}

    author.share("person", "p1", None)
    author.share("person", "p2", "team")
    world.push(author)
    world.merge()

    with world.asset.reply_for(stranger.site, NOW) as reply:
        rows = list(reply.rows)
    assert [(row.row, row.state) for row in rows] == [("p2", None)]
    for rep in (mate, stranger, other):
        world.pull(rep)
    assert set(mate.sees()) == {("person", "p2")}
    assert stranger.sees() == other.sees() == {}
    author.share("person", "p1", "company")
    world.round(author, mate, stranger, other)
    assert set(stranger.sees()) == {PERSON}


def test_what_another_added_to_a_row_stays_when_its_first_author_takes_it_back(
    world: World,
) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.round(one, two)
    two.write("person", "p1", title="采购经理")
    two.share("person", "p1", "team")
    world.round(one, two)
    world.round(one, two)

    one.share("person", "p1", None)
    world.round(one, two)
    assert two.sees() == {PERSON: {"name": "李雷", "title": "采购经理"}}


def test_reach_that_is_said_of_many_rows_at_once_is_kept(world: World) -> None:
    one = world.rep(1)
    for n in range(30):
        one.write("person", f"p{n}", "company" if n % 2 else "team", name=f"李雷{n}")
    world.round(one)

    with world.place.port.transaction() as rows:
        found = rows.reaches([("person", f"p{n}") for n in range(30)])
    assert {key[1]: [one.audience for one in them] for key, them in found.items()} == {
        f"p{n}": ["company" if n % 2 else "team"] for n in range(30)
    }
    assert Reach("team") != Reach("company")
