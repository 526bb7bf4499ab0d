"""What every paper says of itself: its language, title, classification and colours."""

from __future__ import annotations

from datetime import date

from brm_desktop.domain.records import Money
from brm_desktop.language import current, day, money, tr
from brm_desktop.rendering.documents import colours
from brm_desktop.rendering.theme import Theme

Json = dict[str, object]

_AUTHOR = "BRM Desktop"


def head(title: str, on: date, theme: Theme, author: str = "", *, internal: bool = True) -> Json:
    """The part of a document's data that the frame of its pages is made of."""
    chinese = current() == "zh_CN"
    note = tr("Internal · {date}", date=day(on)) if internal else day(on)
    return {
        "language": "zh" if chinese else "en",
        "region": "cn" if chinese else "gb",
        "title": title,
        "author": author or _AUTHOR,
        "running_title": title,
        "running_note": note,
        "page_of": tr("{page} / {pages}", page="{page}", pages="{pages}"),
        "colours": colours(theme),
    }


def spend_said(spend: Money | None) -> str:
    """What a potential is a share of: the expected annual spend, or that it is not known."""
    if spend is None:
        return tr("spend not known")
    return tr("of {amount}", amount=money(spend, "short"))


def cut(text: str, most: int) -> str:
    """A text on one line of at most so many characters, ending in "…" where it was longer."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
