"""The field that finds anything says whole what it finds, in a window as wide as it first opens."""

from __future__ import annotations

import pytest
from windowing import Windows


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_search_field_says_all_its_words(code: str, windows: Windows) -> None:
    window = windows.open(language=code)
    words = window.top_bar.search.words
    assert words.fontMetrics().horizontalAdvance(words.text()) <= words.width()
