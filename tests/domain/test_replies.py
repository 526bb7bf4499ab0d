"""Replies of the asset as lines and back; whatever is no reply is refused."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from told import told

from brm_desktop.domain import replies
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.operations import Malformed, RowState
from brm_desktop.domain.replies import (
    Notice,
    Reply,
    ReplyHead,
    ReplyRow,
    SiteNote,
    farewell,
)

HEAD = ReplyHead(
    asset="a",
    name="华东",
    site="0" * 16,
    after=3,
    upto=9,
    acknowledged=2,
    digest="",
    complete=False,
    lease_until=5,
    made_at=4,
    rep="李雷",
    role="rep",
    team="东",
)
SITE = SiteNote(site="1" * 16, rep="r", person="", role="rep", team="", revoked=True)
NOTICE = Notice(trouble="parked", first=1, last=2, at=3, reason="{}")
STATE = RowState(kind="person", row="p", values={"name": "a"}, clock={"*": "0" * 32})
ROWS = [
    ReplyRow("person", "p", 7, STATE),
    ReplyRow("person", "q", 8, None),
    ReplyRow("person", "r", 9, None, erased=True),
]


def _read(lines: list[Any]) -> tuple[Any, ...]:
    found = Reply.of_lines(lines)
    return found.head, found.sites, found.notices, list(found.rows)


@pytest.mark.parametrize("sites", [(), (SITE, SITE)])
@pytest.mark.parametrize("notices", [(), (NOTICE,)])
@pytest.mark.parametrize("rows", [[], ROWS])
def test_a_reply_comes_back_as_it_was(
    sites: tuple[SiteNote, ...], notices: tuple[Notice, ...], rows: list[ReplyRow]
) -> None:
    lines = list(Reply(HEAD, sites, notices, iter(rows)).lines())

    assert _read(lines) == (HEAD, sites, notices, rows)
    assert [row.key for row in rows] == [(row.kind, row.row) for row in rows]


def test_an_answer_of_before_there_were_epochs_is_of_the_first_one() -> None:
    said = {name: value for name, value in asdict(HEAD).items() if name != "epoch"}
    older = {"kind": "person", "row": "p", "values": {"a": "x", "b": "y"}}
    clock = {"*": "0" * 32, "a": "1" * 32, "b": "1" * 32}
    head, _, _, rows = _read([{"reply": said}, {"version": 7, "state": older | {"clock": clock}}])
    assert head == HEAD
    assert head.epoch == 0
    assert rows[0].state.clock == clock


def test_a_farewell_says_that_the_device_was_revoked_and_nothing_else() -> None:
    with told(Refused, "李雷's device was revoked and gets no reply"):
        Reply.of_lines(farewell("李雷"))
    with told(Refused, "'s device was revoked and gets no reply"):
        Reply.of_lines([{"revoked": {"rep": "x" * 9_000}}])


HEAD_LINE = {"reply": asdict(HEAD)}


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [5],
        [[]],
        [{"site": {}}],
        [HEAD_LINE | {"more": 1}],
        [{"reply": asdict(HEAD) | {"more": 1}}],
        [{"reply": asdict(HEAD) | {"upto": "9"}}],
        [{"reply": asdict(HEAD) | {"upto": True}}],
        [{"reply": asdict(HEAD) | {"upto": 1 << 70}}],
        [{"reply": asdict(HEAD) | {"name": "x" * 9_000}}],
        [HEAD_LINE, {"site": {}}],
        [HEAD_LINE, {"notice": []}],
        [HEAD_LINE, "row"],
        [HEAD_LINE, {"version": 1}],
        [HEAD_LINE, {"version": -1, "gone": ["person", "p"]}],
        [HEAD_LINE, {"version": True, "gone": ["person", "p"]}],
        [HEAD_LINE, {"version": 1, "gone": ["person"]}],
        [HEAD_LINE, {"version": 1, "gone": ["Person;", "p"]}],
        [HEAD_LINE, {"version": 1, "gone": None}],
        [HEAD_LINE, {"version": 1, "state": {}}],
        [HEAD_LINE, {"version": 1, "gone": ["person", "p"], "more": 1}],
        [HEAD_LINE, {"version": 1, "gone": ["person", "p"]}, {"reply": 1}],
    ],
)
def test_what_is_no_reply_is_refused(lines: list[Any]) -> None:
    with pytest.raises(Malformed):
        _read(lines)


def test_a_reply_tells_of_so_many_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "MOST_NOTES", 2)
    line = {"site": asdict(SITE)}
    assert len(_read([HEAD_LINE, line, line])[1]) == 2
    with pytest.raises(Malformed, match="too many sites"):
        _read([HEAD_LINE, line, line, line])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["version", "state", "gone", "erased", "site", "notice", "kind", "row"])
            | st.text(max_size=3),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=4))
@example([{"version": 0, "state": {"kind": "*", "row": "p"}}])
def test_any_lines_are_a_reply_or_malformed(lines: list[Any]) -> None:
    for candidate in (lines, [HEAD_LINE, *lines]):
        try:
            _read(candidate)
        except Malformed:
            continue


def test_a_head_is_as_it_is_told() -> None:
    assert _read([{"reply": asdict(replace(HEAD, complete=True))}])[0].complete
