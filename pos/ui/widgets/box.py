"""Layouts without ceremony."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

Part = QWidget | QLayout | int | None
"""A widget, a layout, a gap in pixels, or None for room that stretches."""


def _fill(box: QBoxLayout, parts: tuple[Part, ...], margins: Any, gap: int) -> None:
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    for part in parts:
        match part:
            case None:
                box.addStretch(1)
            case int():
                box.addSpacing(part)
            case QWidget():
                box.addWidget(part)
            case _:
                box.addLayout(part)


def row(
    *parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Side by side."""
    box = QHBoxLayout()
    _fill(box, parts, margins, gap)
    return box


def column(
    *parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """One below the other."""
    box = QVBoxLayout()
    _fill(box, parts, margins, gap)
    return box


def top_row(*fields: QWidget, shares: tuple[int, ...] = (), gap: int = 12) -> QHBoxLayout:
    """Fields side by side, their captions in one line also while one of them shows an error."""
    box = row(gap=gap)
    for at, field in enumerate(fields):
        share = shares[at] if at < len(shares) else 1
        box.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
    return box


def frame(surface: str, layout: QLayout | None = None) -> QFrame:
    """A plain surface: "card", "panel", "plain", "ground", "header", "footer", "rail"."""
    made = QFrame()
    made.setProperty("surface", surface)
    if layout is not None:
        made.setLayout(layout)
    return made


def scroll(inner: QWidget) -> QScrollArea:
    """Scrolls `inner` up and down where the window is low; never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area


def into_view(widget: QWidget) -> None:
    """Scroll what it stands in, if that scrolls, so that it can be seen."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        around.ensureWidgetVisible(widget, 0, 24)
