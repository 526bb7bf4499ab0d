"""Words of closed sets as cells write them: stored, or as the sentences say them."""

from __future__ import annotations

import pytest

from brm_desktop import language
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import (
    Basis,
    ContactLevel,
    InfluenceKind,
    LineKind,
    Role,
    Stance,
)
from brm_desktop.language import tr
from brm_desktop.session.importing.words import word

KINDS = (LineKind, Basis, InfluenceKind, Role, Stance, ContactLevel)


@pytest.mark.parametrize("code", language.LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_word_that_a_refusal_names_is_read(kind: type[Word], code: str) -> None:
    language.use(code)

    for member in kind:
        assert word(kind, member.value, "kind") is member
        assert word(kind, tr(member).upper(), "kind") is member


@pytest.mark.parametrize("kind", [LineKind, Basis])
def test_unknown_is_a_word_only_where_the_set_has_it(kind: type[Word]) -> None:
    with pytest.raises(Refused):
        word(kind, "未知", "kind")
