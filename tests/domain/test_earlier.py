"""What fewer may see goes over nothing for the others: they are told the row as if without it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.earlier import goes_over_others, may_differ, with_earlier
from brm_desktop.domain.membership import Member, RowReach, SiteRole, may_see
from brm_desktop.domain.merge import merged
from brm_desktop.domain.operation_lines import state_from_plain, state_to_plain
from brm_desktop.domain.operations import UNCHANGED, Malformed, Operation, Reach, RowState
from brm_desktop.domain.readership import told_all, told_to
from brm_desktop.domain.registers import includes, layers_of

EAST, WEST, NORTH, BOSS = (f"{n:016x}" for n in (1, 2, 3, 4))
TEAMS = {EAST: "East", WEST: "West", NORTH: "North", BOSS: "Head"}
FIELDS = ("phone", "title", "memo")


def member(site: str) -> Member:
    keys = PublicKeys(b"k" * 32, b"k" * 32)
    role = SiteRole.HEAD_OFFICE if site == BOSS else SiteRole.REP
    return Member(site=site, rep="", person="", device="", role=role, team=TEAMS[site], keys=keys)


def itself(site: str) -> str:
    return site


@dataclass
class Row:
    """A row of an asset as its merger keeps it, and who wished what for it."""

    wants: dict[str, str]
    state: RowState | None = None
    wishes: dict[str, RowReach] = field(default_factory=dict)
    written: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    """Stamp, fields and what it goes over."""
    clock: int = 0

    def told(self, site: str) -> RowState | None:
        if self.state is None:
            return None
        return told_to(member(site), self.wishes.values(), itself, self.state)

    def sees(self, site: str, name: str) -> str | None:
        told = self.told(site)
        return None if told is None else told.values.get(name)

    def writes(
        self, site: str, seen: RowState | None = None, reach: str = "", **values: str
    ) -> str:
        """A site writes fields over what it sees, or ``seen`` long ago."""
        self.clock += 1
        stamp = f"{self.clock:016x}{site}"
        names = tuple(values)
        stamps = dict.fromkeys(names, stamp) if self.state is not None else {"*": stamp}
        over = live_by_field(seen or self.told(site))
        self.takes(
            site,
            Operation(
                kind="person",
                row="p",
                values=values,
                stamps=stamps,
                over={name: tuple(sorted(over[name])) for name in names if over.get(name)},
                reach=Reach(reach or self.wants[site]),
            ),
        )
        gone = tuple(sorted(set().union(*(over.get(name, ()) for name in names))))
        self.written.append((stamp, names if "*" not in stamps else FIELDS, gone))
        return stamp

    def takes(self, site: str, operation: Operation) -> None:
        before = self.state
        if operation.reach is not UNCHANGED:
            audience = "" if operation.reach is None else operation.reach.audience
            wish = RowReach("person", "p", site, audience, TEAMS[site], audience)
            self.wishes[site] = wish
        self.state = merged(before, operation)
        wishes = list(self.wishes.values())
        looked_at = before is not None and goes_over_others(before, operation, site)
        if before is not None and looked_at and may_differ(before, wishes):
            self.state = with_earlier(before, operation, self.state, site, wishes, itself)

    def by_definition(self, site: str) -> dict[str, set[str]]:
        """Of each field the stamps that a site is told of and goes over none that it is told."""
        reader = member(site)

        def is_told(stamp: str) -> bool:
            return stamp[16:] == site or may_see(reader, self.wishes[stamp[16:]])

        found = {}
        for name in FIELDS:
            over = {stamp: gone for stamp, names, gone in self.written if name in names}
            dead, known = set[str](), [stamp for stamp in over if is_told(stamp)]
            while known:
                for gone in over[known.pop()]:
                    if gone in over and gone not in dead:
                        dead.add(gone)
                        known.append(gone)
            found[name] = {stamp for stamp in over if is_told(stamp)} - dead
        return found


def live_by_field(state: RowState | None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {name: set() for name in FIELDS}
    for stamp, (fields, _) in layers_of(state).items():
        for name in FIELDS:
            if includes(fields, name):
                found[name].add(stamp)
    return found


@pytest.fixture
def row() -> Row:
    """A record that East shares with the company, and each other site with its team."""
    made = Row({EAST: "company", WEST: "team", NORTH: "team", BOSS: "company"})
    made.writes(EAST, phone="1", title="CEO")
    return made


def test_whoever_wrote_a_value_keeps_it_when_another_team_writes_over_it(row: Row) -> None:
    row.writes(WEST, phone="2")
    assert row.sees(EAST, "phone") == row.sees(NORTH, "phone") == "1"
    assert row.sees(WEST, "phone") == row.sees(BOSS, "phone") == "2"
    assert row.sees(NORTH, "title") == "CEO"
    told = row.told(WEST)
    assert told is not None
    assert not told.others, "for those who see both there is nothing to settle"


def test_who_edits_it_once_more_replaces_what_he_wrote_himself(row: Row) -> None:
    row.writes(WEST, phone="2")
    row.writes(EAST, phone="3")
    assert row.sees(NORTH, "phone") == "3"
    assert row.state is not None
    assert row.state.earlier == ()
    assert set(dict(layers_of(row.told(WEST)))) >= {row.written[1][0], row.written[2][0]}


def test_what_is_for_all_again_goes_over_both(row: Row) -> None:
    row.writes(WEST, phone="2")
    row.writes(BOSS, phone="4")
    for site in TEAMS:
        assert row.sees(site, "phone") == "4"
        told = row.told(site)
        assert told is not None
        assert not told.others
    assert row.state is not None
    assert row.state.earlier == ()


def test_a_record_without_its_name_is_never_told(row: Row) -> None:
    row.writes(WEST, phone="2", title="COO", memo="new")
    told = row.told(NORTH)
    assert told is not None
    assert told.values == {"phone": "1", "title": "CEO"}


def test_what_is_taken_back_altogether_was_never_gone_over(row: Row) -> None:
    stamp = row.writes(WEST, phone="2")
    assert row.state is not None
    back = Operation(kind="person", row="p", over={"phone": (stamp,)}, reach=None)
    row.takes(WEST, back)
    for site in TEAMS:
        assert row.sees(site, "phone") == "1"
    assert row.state.earlier == ()


def test_two_have_to_take_back_what_two_went_over(row: Row) -> None:
    first = row.writes(WEST, phone="2")
    seen = row.told(NORTH)
    second = row.writes(NORTH, seen, phone="3")
    assert row.sees(EAST, "phone") == "1"
    for site, stamp in ((WEST, first), (NORTH, second)):
        back = Operation(kind="person", row="p", over={"phone": (stamp,)}, reach=None)
        row.takes(site, back)
        assert row.sees(EAST, "phone") == "1"
    assert row.state is not None
    assert row.state.earlier == ()


def test_what_its_author_takes_back_stays_for_nobody(row: Row) -> None:
    row.writes(WEST, phone="2")
    stamp = row.written[0][0]
    over = dict.fromkeys(FIELDS, (stamp,))
    row.takes(EAST, Operation(kind="person", row="p", over=over, reach=None))
    assert row.sees(EAST, "phone") is row.sees(NORTH, "phone") is None
    assert row.sees(WEST, "phone") == "2"


def test_what_its_author_takes_back_without_naming_it_stays_for_nobody(row: Row) -> None:
    row.writes(WEST, phone="2")
    row.takes(EAST, Operation(kind="person", row="p", reach=None))
    assert row.sees(NORTH, "phone") is None
    assert row.sees(WEST, "phone") == "2"


def test_no_more_stays_of_a_row_than_it_can_be_read_back_with(
    row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("brm_desktop.domain.earlier.MOST_WRITES", 1)
    row.writes(EAST, title="CTO")
    row.writes(WEST, phone="2")
    row.writes(WEST, title="CFO")
    assert row.state is not None
    assert len(row.state.earlier) == 1
    assert row.sees(NORTH, "title") == "CTO"


def test_a_settling_that_writes_nothing_leaves_the_other_value_to_its_author(row: Row) -> None:
    seen = row.told(EAST)
    row.writes(WEST, phone="2")
    row.writes(EAST, seen, phone="3")
    told = row.told(WEST)
    assert told is not None
    (other,) = told.others["phone"]
    east = row.written[2][0]
    keep = Operation(kind="person", row="p", over={"phone": (east,)}, reach=Reach("team"))
    row.takes(WEST, keep)
    assert other[1] == "2"
    assert row.sees(WEST, "phone") == "2"
    assert row.sees(EAST, "phone") == row.sees(NORTH, "phone") == "3"


def test_of_a_deleted_record_nothing_earlier_is_told(row: Row) -> None:
    row.writes(WEST, phone="2")
    assert row.state is not None
    deleter = f"{99:016x}{WEST}"
    seen = tuple(sorted(row.state.live()))
    gone = Operation(kind="person", row="p", deletions={deleter: seen})
    row.takes(WEST, gone)
    told = row.told(NORTH)
    assert told is not None
    assert set(layers_of(told)) <= set(seen)


def test_all_the_sites_of_a_device_are_one_author(row: Row) -> None:
    row.writes(WEST, phone="2")
    assert row.state is not None
    operation = Operation(
        kind="person",
        row="p",
        values={"phone": "5"},
        stamps={"phone": f"{77:016x}{NORTH}"},
        over={"phone": (row.written[0][0],)},
    )
    wishes = [*row.wishes.values(), RowReach("person", "p", NORTH, "team", "North", "team")]
    after = merged(row.state, operation)

    def device(site: str) -> str:
        return EAST if site == NORTH else site

    found = with_earlier(row.state, operation, after, NORTH, wishes, device)
    assert found.earlier == (), "the device goes over what it wrote itself"


def test_who_wished_nothing_writes_for_whoever_sees_the_row(row: Row) -> None:
    row.writes(WEST, phone="2")
    assert row.state is not None
    stamp = row.written[1][0]
    over = Operation(kind="person", row="p", over={"phone": (stamp,)})
    found = with_earlier(row.state, over, merged(row.state, over), BOSS, (), itself)
    assert found.earlier == ()


def test_it_is_written_down_and_read_again_and_no_answer_holds_it(row: Row) -> None:
    row.writes(WEST, phone="2")
    assert row.state is not None
    assert row.state.earlier
    assert state_from_plain(state_to_plain(row.state)) == row.state
    assert told_all(row.state) == replace(row.state, earlier=())
    assert "earlier" not in state_to_plain(told_all(row.state))


@pytest.mark.parametrize(
    "earlier", [{}, [[]], [["x", [], {}, []]], [["0" * 32, [], {}, ["x"]]], [None] * 1001]
)
def test_what_no_merger_wrote_is_not_read(earlier: object) -> None:
    with pytest.raises(Malformed):
        state_from_plain({"kind": "person", "row": "p", "earlier": earlier})


steps = st.lists(
    st.tuples(
        st.sampled_from((EAST, WEST, NORTH, BOSS)),
        st.lists(st.sampled_from(FIELDS), min_size=1, unique=True),
    ),
    max_size=12,
)
wants = st.fixed_dictionaries(dict.fromkeys(TEAMS, st.sampled_from(("team", "company"))))


@given(wants, steps)
def test_everybody_is_told_the_row_as_if_only_those_had_written_whom_he_is_told(
    wanted: dict[str, str], edits: list[tuple[str, list[str]]]
) -> None:
    row = Row(wanted)
    row.writes(EAST, phone="0", title="0", memo="0")
    for count, (site, names) in enumerate(edits, 1):
        if row.told(site) is not None:
            row.writes(site, None, **dict.fromkeys(names, str(count)))
    for site in TEAMS:
        assert live_by_field(row.told(site)) == row.by_definition(site)


@given(wants, steps, st.data())
def test_nobody_loses_anything_when_several_write_at_the_same_time(
    wanted: dict[str, str], edits: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    row = Row(wanted)
    row.writes(EAST, phone="0", title="0", memo="0")
    seen = {site: row.told(site) for site in TEAMS}
    for count, (site, names) in enumerate(edits, 1):
        if data.draw(st.booleans()):
            seen[site] = row.told(site)
        view = seen[site]
        if view is not None:
            stamp = row.writes(site, view, **dict.fromkeys(names, str(count)))
            mine = dict.fromkeys(names, stamp)
            over = {name: tuple(live_by_field(view)[name]) for name in names}
            own = Operation(
                kind="person", row="p", values=dict.fromkeys(names, ""), stamps=mine, over=over
            )
            seen[site] = merged(view, own)
    for site in TEAMS:
        told, wanted_live = live_by_field(row.told(site)), row.by_definition(site)
        assert all(told[name] >= wanted_live[name] for name in FIELDS)
