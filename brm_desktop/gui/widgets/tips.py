"""Tips that show a text as it is."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """A text for a tip. Qt takes what looks like a tag for one, and may fetch what it names.

    A name that came with a file of others may hold anything.
    """
    if "<" not in text:
        return text
    import html

    return f"<qt>{html.escape(text)}</qt>".replace("\n", "<br>")
