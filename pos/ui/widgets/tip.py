"""Tips under the pointer that hold what people have typed."""

from html import escape
from typing import Final

from PySide6.QtGui import Qt

_LONGEST: Final = 500
"""Letters of a tip at most: it has no scroll bar."""


def plain_tip(text: str) -> str:
    """A tip that shows this text as it is: Qt would obey markup in it as a page's."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    if not Qt.mightBeRichText(shown):
        return shown
    return "<qt>{}</qt>".format(escape(shown).replace("\n", "<br>"))
