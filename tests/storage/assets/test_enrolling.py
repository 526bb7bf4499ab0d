"""Who may take part: invitations, registrations, and members who move."""

from __future__ import annotations

from asset_reps import DAY, NOW, Rep, invited, member_of
from asset_world import PERSON, World, troubles_said
from bundling import keys_of
from told import told

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.membership import SiteRole
from brm_desktop.storage.sharing.asset import Registered


def test_who_was_named_when_invited_cannot_be_renamed_by_the_device(world: World) -> None:
    for code, named in (("one", "li"), ("two", "")):
        world.asset.invite(code, "Li", named, SiteRole.REP, "", world.now)
        rep = Rep(7 if named else 8)
        told = Registered(rep.site, "laptop", "boss", rep.keys.public, code)
        assert world.asset.register(told, world.now).person == (named or "boss")


def test_who_was_invited_and_has_not_registered_is_listed(world: World) -> None:
    for code, rep in (("one", "Li Lei"), ("two", "Wang Min")):
        world.asset.invite(code, rep, "", SiteRole.OFFICE, "华东", world.now)
    open_ones = world.asset.status().invited
    assert [(one.rep, one.role, one.team) for one in open_ones] == [
        ("Li Lei", SiteRole.OFFICE, "华东"),
        ("Wang Min", SiteRole.OFFICE, "华东"),
    ]
    assert {one.expires_at > world.now for one in open_ones} == {True}
    joining = Rep(7)
    told = Registered(joining.site, "laptop", "", joining.keys.public, "one")
    world.asset.register(told, world.now)
    assert [one.rep for one in world.asset.status().invited] == ["Wang Min"]


def test_an_invitation_that_is_withdrawn_enrols_nobody(world: World) -> None:
    one, two = Rep(1), Rep(2)
    invited(world.asset, one)
    world.place.put(one.registration("code 1"))
    world.merge()
    invited(world.asset, two)
    assert world.asset.withdraw("rep 1", world.now) == [], "that one was used"
    assert [one.rep for one in world.asset.withdraw("rep 2", world.now)] == ["rep 2"]
    assert world.asset.withdraw("rep 2", world.now) == []
    world.place.put(two.registration("code 2", world.now))
    assert troubles_said(world.merge()) == [
        "refused: The invitation of rep 2 has run out or was withdrawn."
    ]


def test_an_invitation_is_good_once_and_for_two_weeks(world: World) -> None:
    one, two, three = Rep(1), Rep(2), Rep(3)
    assert invited(world.asset, one).expires_at == NOW + 14 * DAY
    registration = one.registration("code 1")
    world.place.put(registration)
    world.merge()
    world.place.put(registration)
    assert world.merge().troubles == [], "the same again changes nothing"
    world.place.put(two.registration("code 1"))
    world.place.put(three.registration("a guess"))
    assert troubles_said(world.merge()) == [
        "refused: The invitation of rep 1 was used already.",
        "refused: Nobody was invited with the code of this registration.",
    ]

    invited(world.asset, two)
    world.now += 15 * DAY
    world.place.put(two.registration("code 2", world.now))
    assert troubles_said(world.merge()) == [
        "refused: The invitation of rep 2 has run out or was withdrawn."
    ]
    with told(Refused, "Say who is invited, in at most 200 characters"):
        world.asset.invite("x", "  ", "", SiteRole.REP, "", NOW)


def test_what_waits_for_the_registration_of_its_device_is_taken_after_it(world: World) -> None:
    late = Rep(7)
    late.write("person", "p1", name="李雷")
    world.place.put(late.letter())
    assert troubles_said(world.merge()) == [
        "parked: Its device is not enrolled here; it waits for its registration."
    ]
    invited(world.asset, late)
    world.place.put(late.registration("code 7"))

    report = world.merge()
    assert (report.enrolled, report.bundles) == ([late.site], 1)


def test_no_device_takes_the_site_of_another(world: World) -> None:
    one = world.rep(1)
    thief = Rep(1)
    invited(world.asset, Rep(2))
    thief_keys = keys_of(999)
    object.__setattr__(thief, "__class__", type("Thief", (Rep,), {"keys": thief_keys}))
    world.place.put(thief.registration("code 2"))

    assert troubles_said(world.merge()) == ["refused: Another device is enrolled under that site."]
    assert member_of(world.asset, one).keys == one.keys.public


def test_a_device_can_be_enrolled_by_hand(world: World) -> None:
    rep = Rep(1)
    invited(world.asset, rep)
    told_ = Registered(rep.site, "laptop", "someone", rep.keys.public, "code 1")
    assert world.asset.register(told_, NOW).person == "someone"
    assert world.asset.about == world.place.port.about


def test_a_member_who_moves_gets_what_the_new_team_sees_and_loses_the_rest(world: World) -> None:
    one, two, mover = world.rep(1, "华东"), world.rep(2, "华南"), world.rep(3, "华东")
    one.write("person", "p1", name="李雷")
    two.write("person", "p2", name="韩梅梅")
    world.round(one, two, mover)
    assert set(mover.sees()) == {PERSON}

    moved = world.asset.move(mover.site, SiteRole.REP, "华南")
    assert world.asset.move(mover.site, SiteRole.REP, "华南") == moved, "the same again is nothing"
    reply = world.pull(mover)
    assert reply.head.complete
    assert reply.head.team == "华南"
    assert set(mover.sees()) == {("person", "p2")}
    world.push(mover)
    world.merge()
    assert not world.pull(mover).head.complete
