"""The look in numbers: colours of both themes, the type scale, radii and steps of space.

Nothing here needs Qt, so that documents and charts can use the same tokens. Colours are written
``#RRGGBB``, or ``#RRGGBBAA`` where they let something through.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Final

FONT_FAMILY: Final = "Noto Sans SC"

SIZE_SMALL: Final = 11.0
SIZE_TEXT: Final = 12.5
SIZE_NAME: Final = 14.5
SIZE_TITLE: Final = 17.0
SIZE_BIG: Final = 46.0

RADIUS_SMALL: Final = 6.0
RADIUS_CARD: Final = 8.0
RADIUS_PANEL: Final = 10.0

TEXT_CONTRAST: Final = 4.5
"""The least contrast ratio of a text and what it stands on."""

STEP: Final = 4.0
"""All gaps and paddings are multiples of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of one theme, by what they say; ``soft`` where nothing needs to be readable."""

    name: str
    ground: str
    panel: str
    ink: str
    quiet: str
    hairline: str
    accent: str
    strong: str
    medium: str
    weak: str
    unscored: str
    crucial: str
    competitor: str
    lane: str
    lane_other: str
    lane_edge: str
    card_edge: str
    track: str
    wire: str
    shadow: str
    soft: bool = False

    @property
    def dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return luminance(self.ground) < luminance(self.ink)

    def tinted(self, colour: str, share: float = 0.13) -> str:
        """The panel with a breath of a colour: discs and pills behind signs of that colour."""
        return mix(self.panel, colour, share)

    def readable(self, colour: str, ground: str) -> str:
        """The colour, brought nearer to ink until its text stands out from a ground by 4.5 : 1."""
        toward = self.ink
        if self.soft:
            return colour
        for share in range(0, 100, 4):
            text = mix(colour, toward, share / 100)
            if contrast(text, ground) >= TEXT_CONTRAST:
                return text
        return toward

    def aged(self) -> Theme:
        """The theme of a card whose closeness is stale: pale, its words still readable."""
        pale = {
            name: mix(getattr(self, name), self.panel, 0.5)
            for name in ("accent", "strong", "medium", "weak", "unscored", "competitor", "track")
        }
        ground = self.lane
        return replace(
            replace(self, **pale),  # type: ignore[arg-type]
            panel=ground,
            ink=self.readable(self.quiet, ground),
            quiet=self.readable(self.quiet, ground),
            crucial=self.readable(mix(self.crucial, ground, 0.35), ground),
            shadow="#00000000",
        )

    def filtered(self) -> Theme:
        """The theme of what a filter lets step back."""
        return _filtered(self)

    def on(self, colour: str) -> str:
        """The better readable of white and the darkest ink on a filled colour."""
        candidates = ("#FFFFFF", "#12161B")
        best = max(candidates, key=lambda text: contrast(text, colour))
        return mix(best, colour, 0.5) if self.soft else best


_COLOURS: Final = tuple(part.name for part in fields(Theme) if part.name not in ("name", "soft"))

LIGHT: Final = Theme(
    name="light",
    ground="#F5F6F8",
    panel="#FFFFFF",
    ink="#1F2933",
    quiet="#6B7480",
    hairline="#E3E7EC",
    accent="#0072B2",
    strong="#009E73",
    medium="#E69F00",
    weak="#D55E00",
    unscored="#9AA3AE",
    crucial="#C62828",
    competitor="#9B5FA8",
    lane="#FCFDFD",
    lane_other="#F9FAFB",
    lane_edge="#ECEFF2",
    card_edge="#D8DEE5",
    track="#E7EAEF",
    wire="#AEB7C2",
    shadow="#1F293312",
)

DARK: Final = Theme(
    name="dark",
    ground="#14181D",
    panel="#1D232A",
    ink="#E6EAF0",
    quiet="#97A1AF",
    hairline="#2E3742",
    accent="#56B4E9",
    strong="#2BC297",
    medium="#F0B429",
    weak="#FF8A4C",
    unscored="#6C7683",
    crucial="#FF6B6B",
    competitor="#D3A4E0",
    lane="#191E25",
    lane_other="#171C22",
    lane_edge="#222932",
    card_edge="#36404C",
    track="#333B46",
    wire="#5B6675",
    shadow="#00000038",
)


def mix(one: str, other: str, share: float) -> str:
    """A colour on the way from ``one`` (share 0) to ``other`` (share 1), as ``#RRGGBB``."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def seen_through(colour: str, opacity: float) -> str:
    """The colour at an opacity of 0–1, as ``#RRGGBBAA``."""
    return f"{colour[:7]}{round(opacity * 255):02X}"


@lru_cache(maxsize=16)
def _filtered(theme: Theme) -> Theme:
    """What :meth:`Theme.filtered` gives, made once and not for every card of thousands."""
    pale = {
        name: mix(getattr(theme, name), theme.ground, 0.74)
        for name in _COLOURS
        if name not in ("ground", "panel", "lane", "lane_other", "shadow")
    }
    panel = mix(theme.panel, theme.ground, 0.5)
    return replace(theme, **pale, panel=panel, shadow="#00000000", soft=True)


@lru_cache(maxsize=1024)
def luminance(colour: str) -> float:
    """Relative luminance 0–1 of a colour (WCAG 2.1); kept, as painting asks for few and often."""
    linear = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _channels(colour))
    )
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, ground: str) -> float:
    """Contrast ratio 1–21 of two colours (WCAG 2.1); text wants at least 4.5."""
    lighter, darker = sorted((luminance(text), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
