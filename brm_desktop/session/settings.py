"""What the user set for one store, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.domain.records import Dimension, PersonId, Role
from brm_desktop.domain.rules import Rules


class ThemeChoice(Word):
    """Which theme the window wears."""

    SYSTEM = "system", "as the system"
    LIGHT = "light", "light"
    DARK = "dark", "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a store.

    ``user`` is the own employee who works here; ``language`` is ``zh_CN``, ``en`` or "" for the
    system's; ``currency`` is what new amounts are in.
    """

    user: PersonId | None = None
    language: str = ""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    currency: str = "CNY"
    rules: Rules = field(default_factory=Rules)


_LARGEST_SHARE_ERROR = Fraction(1, 10**9)


def checked(settings: Settings) -> Settings:
    """The settings, if they can be worked with.

    Raises
    ------
    Refused
        When the weights of potential output do not add up to 1, a weight is negative, or the bands
        are upside down.
    """
    rules = settings.rules
    total = sum(rules.potential_weights.values(), Fraction(0))
    if abs(total - 1) > _LARGEST_SHARE_ERROR:
        raise Refused(
            phrase("The three weights of potential output add up to {total}, not 1.", total=total)
        )
    if min(rules.potential_weights.values()) < 0 or min(rules.role_weights.values()) < 0:
        raise Refused(phrase("A weight cannot be less than 0."))
    if not 0 <= rules.medium_from <= rules.strong_from <= 100:
        raise Refused(phrase("The band “medium” must begin below “strong”, both from 0 to 100."))
    return settings


def settings_to_plain(settings: Settings) -> dict[str, Any]:
    """The settings as values of JSON; of the rules only what differs from the default."""
    plain = {item.name: getattr(settings, item.name) for item in fields(settings)}
    return plain | {"theme": settings.theme.value, "rules": _rules_to_plain(settings.rules)}


def settings_from_plain(plain: Mapping[str, Any]) -> Settings:
    """The settings that were kept; what is not known here is left as it is."""
    known = {item.name: plain[item.name] for item in fields(Settings) if item.name in plain}
    if "theme" in known:
        known["theme"] = {choice.value: choice for choice in ThemeChoice}[known["theme"]]
    if "rules" in known:
        known["rules"] = _rules_from_plain(known["rules"])
    return Settings(**known)


def _rules_to_plain(rules: Rules) -> dict[str, Any]:
    usual = Rules()
    changed = {
        item.name: getattr(rules, item.name)
        for item in fields(rules)
        if getattr(rules, item.name) != getattr(usual, item.name)
    }
    return {
        name: {str(word): str(weight) for word, weight in value.items()}
        if isinstance(value, Mapping)
        else value
        for name, value in changed.items()
    }


def _rules_from_plain(plain: Mapping[str, Any]) -> Rules:
    values = {item.name: plain[item.name] for item in fields(Rules) if item.name in plain}
    if "potential_weights" in values:
        weights = values["potential_weights"]
        values["potential_weights"] = MappingProxyType(
            {dimension: Fraction(weights[dimension.value]) for dimension in Dimension}
        )
    if "role_weights" in values:
        weights = values["role_weights"]
        values["role_weights"] = MappingProxyType({role: int(weights[role.value]) for role in Role})
    return replace(Rules(), **values)
