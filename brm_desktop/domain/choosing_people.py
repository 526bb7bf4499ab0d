"""Which of an account's people are looked for: those who count, or those of one band."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.chain_members import MemberReading
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import Dimension, Person, PersonId, ProjectId
from brm_desktop.domain.scores import Band, Freshness, band

_Keeps = Callable[[PersonId], bool]


class Only(Word):
    """Whom a canvas leaves in full colour; everyone else steps back."""

    KEY = "key", "key persons"
    CRUCIAL = "crucial", "crucial people"
    POWER = "power", "power centres"
    INFLUENCE = "influence", "influence centres"
    VETO = "veto", "veto holders"
    STRONG = "strong", "strong closeness"
    MEDIUM = "medium", "medium closeness"
    WEAK = "weak", "weak closeness"
    UNSCORED = "unscored", "no score for closeness"
    STALE = "stale", "stale statements of closeness"


_BANDS: Final[Mapping[Only, Band]] = MappingProxyType(
    {
        Only.STRONG: Band.STRONG,
        Only.MEDIUM: Band.MEDIUM,
        Only.WEAK: Band.WEAK,
        Only.UNSCORED: Band.UNSCORED,
    }
)


def chosen_people(
    analysis: AccountAnalysis,
    only: Only,
    among: Iterable[PersonId],
    project: ProjectId | None = None,
) -> frozenset[PersonId]:
    """Who of some people is of the account, has not left, and is looked for (domain rules §2, §4).

    Who is crucial and who holds a veto is as the chain of ``project`` has it, if there is one.
    """
    keeps = _test(analysis, only, project)
    return frozenset(one for one in among if one in analysis.importance and keeps(one))


def _test(analysis: AccountAnalysis, only: Only, project: ProjectId | None) -> _Keeps:
    wanted = _BANDS.get(only)
    if wanted is not None:
        return lambda one: _band(analysis, one) is wanted
    counts = analysis.importance
    there = _members(analysis, project)
    tests: dict[Only, _Keeps] = {
        Only.KEY: lambda one: counts[one].key,
        Only.CRUCIAL: lambda one: there[one].crucial if one in there else counts[one].crucial,
        Only.POWER: lambda one: counts[one].power_centre,
        Only.INFLUENCE: lambda one: counts[one].influence_centre,
        Only.VETO: lambda one: (there.get(one) or analysis.records.one(Person, one)).veto is True,
        Only.STALE: lambda one: _is_stale(analysis, one),
    }
    return tests[only]


def _members(
    analysis: AccountAnalysis, project: ProjectId | None
) -> Mapping[PersonId, MemberReading]:
    if project is None:
        return {}
    return {member.person: member for member in analysis.chain(project).members}


def _band(analysis: AccountAnalysis, person: PersonId) -> Band:
    found = analysis.standing(person, Dimension.CLOSENESS)
    return band(None if found is None else found.value, analysis.rules)


def _is_stale(analysis: AccountAnalysis, person: PersonId) -> bool:
    found = analysis.standing(person, Dimension.CLOSENESS)
    return found is not None and found.freshness is Freshness.STALE
