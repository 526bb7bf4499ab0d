"""An explanation in the words of the window, for tests."""

from __future__ import annotations

from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.rendering.sums import told


def said(explanation: Explanation) -> list[str]:
    """The lines as people read them: ``CEO: 100 × 40 = 4,000``."""
    return [line.strip() for line in told(explanation).text.split("\n")[1:-1]]
