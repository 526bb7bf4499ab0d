"""Whatever three sites do and however it travels, all end with what the definition says."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from merged_naively import EDITED
from star import HOUR, LEAVING, ROWS, SKEWS, VALUES, Star, wander

from brm_desktop.domain.operations import Plain
from brm_desktop.domain.registers import Fields

EXAMPLES = {"ci": 500, "night": 100_000}

sites = st.integers(0, 2)
rows = st.sampled_from(ROWS)
names = st.sampled_from(EDITED)
values = st.sampled_from(VALUES)
records = st.fixed_dictionaries(dict.fromkeys(EDITED, values))
skews = st.sampled_from(SKEWS)
places = st.integers(0, 59)


class Syncing(RuleBasedStateMachine):
    """Edits, deletions, revivals, settling, withdrawing, bundles and answers in any order."""

    star: Star

    @initialize(skews=st.tuples(skews, skews, skews), quarantines=st.booleans())
    def three_sites(self, skews: tuple[int, int, int], quarantines: bool) -> None:
        self.star = Star(skews, quarantines=quarantines)

    @rule(who=sites, row=rows, said=records)
    def someone_creates_a_row(self, who: int, row: str, said: dict[str, Plain]) -> None:
        self.star.create(who, row, said)

    @rule(who=sites, row=rows, name=names, value=values, settles=st.booleans())
    def someone_writes_a_field(
        self, who: int, row: str, name: str, value: Plain, settles: bool
    ) -> None:
        self.star.write(who, row, name, value, settles=settles)

    @rule(who=sites, row=rows, name=names)
    def someone_settles_for_what_is_shown(self, who: int, row: str, name: str) -> None:
        self.star.settle(who, row, name)

    @rule(who=sites, row=rows, again=st.booleans())
    def someone_deletes_a_row(self, who: int, row: str, again: bool) -> None:
        self.star.delete(who, row, again=again)

    @rule(who=sites, row=rows)
    def someone_keeps_what_another_deleted(self, who: int, row: str) -> None:
        self.star.keep(who, row)

    @rule(who=sites, row=rows, said=records)
    def someone_brings_a_row_back(self, who: int, row: str, said: dict[str, Plain]) -> None:
        self.star.revive(who, row, said)

    @rule(who=sites, row=rows, leaving=st.sampled_from(LEAVING))
    def someone_chooses_what_leaves(self, who: int, row: str, leaving: Fields) -> None:
        self.star.choose(who, row, leaving)

    @rule(who=sites, some=st.sampled_from((ROWS, ROWS[:1], ROWS[1:])))
    def someone_exports(self, who: int, some: tuple[str, ...]) -> None:
        self.star.export(who, some)

    @rule(who=sites)
    def the_next_bundle_arrives(self, who: int) -> None:
        self.star.deliver_next(who)

    @rule(who=sites, which=places)
    def any_bundle_arrives(self, who: int, which: int) -> None:
        self.star.deliver(who, which)

    @rule(which=places)
    def the_second_asset_gets_a_bundle(self, which: int) -> None:
        self.star.feed_second(which)

    @rule(who=sites)
    def the_asset_answers(self, who: int) -> None:
        self.star.answer(who)

    @rule(who=sites, which=places)
    def an_answer_arrives(self, who: int, which: int) -> None:
        self.star.pull(who, which)

    @rule(who=sites)
    def the_latest_answer_arrives(self, who: int) -> None:
        self.star.pull(who, -1)

    @rule(who=sites, row=rows)
    def a_row_is_hidden_from_someone_or_shown_again(self, who: int, row: str) -> None:
        self.star.hide(who, row)

    @rule(millis=st.sampled_from((1, 1_000, HOUR)))
    def time_passes(self, millis: int) -> None:
        self.star.pass_time(millis)

    def teardown(self) -> None:
        if hasattr(self, "star"):
            self.star.end()


TestSyncing = Syncing.TestCase
TestSyncing.settings = settings(
    max_examples=EXAMPLES.get(os.environ.get("HYPOTHESIS_PROFILE", ""), 30),
    stateful_step_count=60 if os.environ.get("HYPOTHESIS_PROFILE") == "night" else 40,
)


@pytest.mark.parametrize("seed", range(0, 120, 20))
def test_long_wanderings_end_with_the_same_everywhere(seed: int) -> None:
    for one in range(seed, seed + 20):
        wander(one, 100).end()
