"""A titled card, the building block of forms."""

from PySide6.QtWidgets import QFrame

from pos.ui.widgets.box import Part, column, frame
from pos.ui.widgets.label import Label


def card(title: str, *parts: Part, hint: str = "") -> QFrame:
    """Parts below each other on a white, rounded surface."""
    head: list[Part] = [Label(title, "title")] if title else []
    if hint:
        head.append(Label(hint, "small", "muted", wrap=True))
    if head:
        head.append(4)
    return frame("card", column(*head, *parts, gap=8, margins=(18, 16, 18, 18)))
