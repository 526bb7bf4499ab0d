"""An asset and some reps who send to it and are answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from asset_places import Place
from asset_reps import NOW, Rep, invited

from brm_desktop.domain.membership import SiteRole
from brm_desktop.domain.operations import Key
from brm_desktop.domain.replies import Reply
from brm_desktop.language import tr
from brm_desktop.session.asset_craft import craft
from brm_desktop.storage.sharing.asset import MergeReport
from brm_desktop.storage.sharing.engine import Asset

PERSON: Key = ("person", "p1")
"""The one whom most tests are about."""


class World:
    """An asset and some reps."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.asset = Asset(place.port, craft(), 4)
        self.now = NOW
        self.reps: dict[str, Rep] = {}

    def rep(
        self, number: int, team: str = "华东/一部", role: SiteRole = SiteRole.REP, skew: int = 0
    ) -> Rep:
        """Somebody who was invited, registered and has had a first answer."""
        rep = Rep(number, team, role, skew)
        invited(self.asset, rep, self.now)
        self.place.put(rep.registration(f"code {number}", self.now))
        report = self.merge()
        assert report.enrolled == [rep.site]
        self.reps[rep.site] = rep
        self.pull(rep)
        return rep

    def merge(self) -> MergeReport:
        return self.asset.merge(self.now)

    def push(self, rep: Rep) -> None:
        rep.now = self.now
        self.place.put(rep.letter(now=self.now))

    def pull(self, rep: Rep) -> Reply:
        """Take the answer twice: the second time changes nothing."""
        with self.asset.reply_for(rep.site, self.now) as reply:
            rep.take(reply)
        before = dict(rep.rows)
        with self.asset.reply_for(rep.site, self.now) as again:
            rep.take(again)
            assert rep.rows == before
        return reply

    def port_is_empty(self) -> bool:
        return self.place.port.waiting() == []

    def answer_of(self, rep: Rep) -> Path | None:
        """The file that lies ready for a rep; the test is skipped where none is written."""
        if self.place.answer is None:
            pytest.skip("sites read for themselves here")
        return self.place.answer(rep.site)

    def everything_kept(self) -> str:
        return self.place.kept()

    def round(self, *reps: Rep) -> MergeReport:
        """All send, the asset merges, all pull."""
        for rep in reps:
            self.push(rep)
        report = self.merge()
        for rep in reps:
            self.pull(rep)
        return report


def troubles_said(report: MergeReport) -> list[str]:
    """What a merge says of the bundles it did not take, each with what became of it."""
    return [f"{one.state}: {tr(one.reason)}" for one in report.troubles if one.reason]
