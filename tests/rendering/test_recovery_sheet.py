"""The recovery key on paper."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import pairwise

from PIL import Image

from brm_desktop.rendering.recovery_sheet import recovery_picture


def test_the_widest_groups_of_a_recovery_key_stand_apart_on_paper() -> None:
    page = recovery_picture("accounts", "-".join(["WWWWWWW"] * 8), date(2026, 11, 22))
    with Image.open(BytesIO(page)) as opened:
        grey = opened.convert("L")
    high = int(grey.height * 0.235)
    band = grey.crop((int(grey.width * 0.17), high - 30, int(grey.width * 0.885), high + 30))
    inked = [
        x
        for x in range(band.width)
        if band.crop((x, 0, x + 1, band.height)).tobytes().strip(b"\xff")
    ]
    wide = [after - before for before, after in pairwise(inked)]
    assert len([gap for gap in wide if gap > 14]) == 3
