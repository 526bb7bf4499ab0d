from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from stores import a_session
from told import told

from brm_desktop.domain.errors import Refused, StoreDamaged
from brm_desktop.domain.records import Criterion, Dimension, PersonId, Role, Stance
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.thresholds import Step, ThresholdTable
from brm_desktop.session.settings import (
    Settings,
    settings_from_plain,
    settings_to_plain,
)
from brm_desktop.session.theme_choice import ThemeChoice

SHARES = {
    Dimension.CLOSENESS: Fraction(1, 2),
    Dimension.SOLUTION: Fraction(1, 3),
    Dimension.PRICE: Fraction(1, 6),
}
STANCES = {
    Stance.ENEMY: Fraction(0),
    Stance.NON_SUPPORTER: Fraction(1, 10),
    Stance.NEUTRAL: Fraction(1, 3),
    Stance.SUPPORTER: Fraction(2, 3),
    Stance.MENTOR: Fraction(1),
}
ROLES = dict.fromkeys(Role, 10) | {Role.APPROVER: 60}
CRITERIA = dict.fromkeys(Criterion, Fraction(1, 4))
BY_SALES = dict.fromkeys(Criterion, Fraction(0)) | {Criterion.REVENUE: Fraction(1)}


def test_settings_come_back_exactly() -> None:
    settings = Settings(
        user=PersonId("me"),
        language="zh_CN",
        theme=ThemeChoice.DARK,
        currency="EUR",
        rules=Rules(
            strong_from=80,
            influence_centre_share=Fraction(1, 3),
            potential_weights=SHARES,
            role_weights=ROLES,
            stance_values=STANCES,
            composite_weights=CRITERIA,
            key_share=Fraction(1, 3),
            confirm_years=1,
        ),
        thresholds=(
            ThresholdTable(Criterion.REVENUE, "EUR", (Step(0, 1), Step(5, 9)), industry="Banks"),
            ThresholdTable(Criterion.POTENTIAL, "EUR", (Step(3, 7),), customer_type="Agency"),
        ),
    )
    assert settings_from_plain(settings_to_plain(settings)) == settings


def test_only_rules_that_differ_from_the_default_are_kept() -> None:
    assert settings_to_plain(Settings())["rules"] == {}
    assert settings_to_plain(Settings(rules=Rules(silent_days=10)))["rules"] == {"silent_days": 10}


def test_settings_of_another_version_are_passed_over() -> None:
    plain = {"language": "en", "wallpaper": "cats", "rules": {"moon_phase": 3, "silent_days": 9}}
    assert settings_from_plain(plain) == Settings(language="en", rules=Rules(silent_days=9))


@pytest.mark.parametrize(
    "wrong",
    [
        {"criterion": "beauty"},
        {"currency": 7},
        {"currency": "yuan"},
        {"steps": [[1, 2, 3]]},
        {"steps": [["1", 2]]},
        {"steps": [[True, 2]]},
        {"steps": []},
    ],
)
def test_a_threshold_table_that_never_was_kept_is_damage(wrong: dict[str, Any]) -> None:
    table = {"criterion": "revenue", "currency": "CNY", "steps": [[0, 5]]}
    table |= {"industry": "", "customer_type": ""}
    assert settings_from_plain({"thresholds": [table]}).thresholds
    with pytest.raises(StoreDamaged):
        settings_from_plain({"thresholds": [table | wrong]})


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": 7},
        {"currency": None},
        {"user": ["me"]},
        {"theme": "plaid"},
        {"rules": {"silent_days": "soon"}},
        {"rules": {"silent_days": "9" * 1_000}},
        {"rules": {"silent_days": 10**12}},
        {"rules": {"influence_centre_share": "1/0"}},
        {"rules": {"role_weights": {"user": "much"}}},
    ],
)
def test_a_setting_that_never_was_kept_is_damage(wrong: dict[str, Any]) -> None:
    with pytest.raises(StoreDamaged):
        settings_from_plain(wrong)


def test_a_word_that_another_version_did_not_weigh_keeps_its_usual_weight() -> None:
    rules = settings_from_plain({"rules": {"role_weights": {"user": "25", "boss": "1"}}}).rules
    assert rules.role_weights == {**Rules().role_weights, Role.USER: 25}


def test_settings_are_kept_with_the_store_and_told(tmp_path: Path) -> None:
    heard: list[Settings] = []
    with a_session(tmp_path / "sales.brm") as session:
        session.settings_changed.subscribe(heard.append)
        session.change_settings(currency="USD", rules=Rules(potential_weights=SHARES))
        assert heard == [session.settings]
        assert session.can_undo() is None
    with a_session(tmp_path / "sales.brm") as session:
        assert session.settings == heard[0]


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (Rules(potential_weights=dict.fromkeys(Dimension, Fraction(1, 2))), "add up to 3/2, not 1"),
        (Rules(role_weights=ROLES | {Role.USER: -1}), "cannot be less than 0"),
        (Rules(role_weights=dict.fromkeys(Role, 0)), "At least one role"),
        (Rules(medium_from=80), "must begin below"),
        (Rules(strong_from=101), "must begin below"),
        (Rules(veto_power=101), "are from 0 to 100"),
        (Rules(competitor_ahead_by=-1), "are from 0 to 100"),
        (Rules(influence_reach_from=-1), "are from 0 to 100"),
        (Rules(influence_centre_share=Fraction(0)), "is more than 0, at most 1"),
        (Rules(influence_centre_share=Fraction(6, 5)), "is more than 0, at most 1"),
        (Rules(stance_values=STANCES | {Stance.MENTOR: Fraction(2)}), "Stances are worth from 0"),
        (Rules(stance_values=STANCES | {Stance.ENEMY: Fraction(1)}), "none less than the one"),
        (Rules(fresh_days=0), "at least one day, and ages for longer"),
        (Rules(fresh_days=92), "at least one day, and ages for longer"),
        (Rules(silent_days=0), "Silence begins"),
        (Rules(route_edges=0), "A route has from 1 to 6 steps"),
        (Rules(route_edges=7), "A route has from 1 to 6 steps"),
        (Rules(influence_reach_edges=0), "Influence reaches from 1 to 6 steps"),
        (Rules(routes_shown=0), "From 1 to 10 routes"),
        (
            Rules(composite_weights=dict.fromkeys(Criterion, Fraction(1))),
            "score add up to 4, not 1",
        ),
        (Rules(composite_weights=CRITERIA | {Criterion.REVENUE: Fraction(-1)}), "be less than 0"),
        (Rules(composite_weights=BY_SALES), "never chosen by sales alone"),
        (
            Rules(key_share=Fraction(0), strategic_share=Fraction(0)),
            "more than 0 % and at most 100 %",
        ),
        (Rules(strategic_share=Fraction(1, 4)), "strategic ones are some of them"),
        (Rules(screening_mean=101), "are from 0 to 100"),
        (Rules(whcse_review_days=0), "due again after 1 to 3650 days"),
        (Rules(needs_review_days=3651), "due again after 1 to 3650 days"),
        (Rules(confirm_years=4), "by some years of the last"),
        (Rules(screening_years=0), "the last 1 to 50 years"),
        (Rules(regular_share=Fraction(2)), "a share from 0 to 1"),
        (Rules(window_days=3651), "take from 0 to 3650 days"),
        (Rules(prepare_days=-1), "take from 0 to 3650 days"),
        (Rules(history_years=51), "about the last 1 to 50 years"),
    ],
)
def test_rules_that_cannot_be_worked_with_are_refused(
    tmp_path: Path, rules: Rules, sentence: str
) -> None:
    with a_session(tmp_path / "sales.brm") as session:
        with told(Refused, sentence):
            session.change_settings(rules=rules)
        assert session.settings == Settings()


def _with(name: str, number: Any) -> Rules:
    return replace(Rules(), **{name: number})


def test_every_number_of_the_rules_is_checked(tmp_path: Path) -> None:
    numbers = [name for name in Rules.__slots__ if not name.endswith(("_weights", "_values"))]
    with a_session(tmp_path / "sales.brm") as session:
        for name in numbers:
            for wrong in (-1, 1000):
                if not (name.endswith("_days") and wrong > 0):
                    with pytest.raises(Refused):
                        session.change_settings(rules=_with(name, wrong))
        assert session.settings == Settings()


def test_weights_that_add_up_within_a_billionth_are_fine(tmp_path: Path) -> None:
    nearly = dict.fromkeys(Dimension, Fraction("0.3333333333"))
    with a_session(tmp_path / "sales.brm") as session:
        session.change_settings(rules=Rules(potential_weights=nearly))
        nearly_even = dict.fromkeys(Criterion, Fraction("0.2499999999"))
        session.change_settings(rules=Rules(composite_weights=nearly_even))
