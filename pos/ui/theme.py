"""The one place for colours, sizes and type; light, dark or as the system says.

A widget that paints itself asks `colours()` while painting, so a change of theme is a repaint.
Widgets that Qt paints (fields, lists, menus) get the palette and the style sheet from here.
"""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from pos.ui.stylesheet import style_sheet

Mode = Literal["light", "dark", "system"]


@dataclass(frozen=True)
class Colours:
    """Colour roles. `on_*` is for text on that colour, `*_soft` a quiet background of it."""

    ground: str
    surface: str
    field: str
    line: str
    text: str
    muted: str
    faint: str
    brand: str
    brand_strong: str
    brand_soft: str
    on_brand: str
    accent: str
    accent_soft: str
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    keycap: str

    def role(self, name: str) -> QColor:
        """The colour of a role by its name; AttributeError for an unknown one.

        Do not change it: it is made once and shared. A grid of cards asks for hundreds at a time.
        """
        made = _MADE.get((self.ground, name))
        if made is None:
            made = _MADE[self.ground, name] = QColor(getattr(self, name))
        return made


_MADE: Final[dict[tuple[str, str], QColor]] = {}
"""Colours made so far, by the ground of their theme and their role."""


LIGHT: Final = Colours(
    ground="#f4f5f8",
    surface="#ffffff",
    field="#f4f5f8",
    line="#e3e6ec",
    text="#1d2433",
    muted="#5b6478",
    faint="#8a92a3",
    brand="#1f5f6b",
    brand_strong="#184d57",
    brand_soft="#e3f0f1",
    on_brand="#ffffff",
    accent="#b9601c",
    accent_soft="#fbeee1",
    good="#2c7a4b",
    good_soft="#e2f2e8",
    bad="#b3372e",
    bad_soft="#fbe7e5",
    keycap="#f4f5f8",
)
DARK: Final = Colours(
    ground="#12161f",
    surface="#1b2130",
    field="#12161f",
    line="#2e3546",
    text="#eef0f5",
    muted="#a3abbd",
    faint="#7d869a",
    brand="#4fb0bd",
    brand_strong="#6bc3cf",
    brand_soft="#1d3a41",
    on_brand="#0e1a1d",
    accent="#e8a05a",
    accent_soft="#3a2a1a",
    good="#5fc48a",
    good_soft="#1b3527",
    bad="#f08a80",
    bad_soft="#41211f",
    keycap="#12161f",
)

# Sizes in device-independent pixels.
TOUCH: Final = 44
"""The smallest height of anything that a finger has to hit."""
RADIUS: Final = 14
RADIUS_SMALL: Final = 10
RAIL_WIDTH: Final = 84
HEADER_HEIGHT: Final = 52


class _State(QObject):
    """What is in force, and word of a change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode: Mode = "system"
        self.colours: Colours = LIGHT


_state = _State()


def colours() -> Colours:
    """The colours in force."""
    return _state.colours


def colour(role: str) -> QColor:
    """One colour in force, by role."""
    return _state.colours.role(role)


def mode() -> Mode:
    """What was asked for."""
    return _state.mode


def is_dark() -> bool:
    """Whether the dark colours are in force."""
    return _state.colours is DARK


def state() -> QObject:
    """The object whose signal `changed` tells of another theme."""
    return _state


def apply(wanted: Mode) -> None:
    """Put a theme into force for the whole application, now."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a theme needs an application")
    _state.mode = wanted
    _state.colours = DARK if _wants_dark(wanted) else LIGHT
    app.setPalette(_palette(_state.colours))
    app.setStyleSheet(style_sheet(_state.colours))
    _state.changed.emit()


def follow_system() -> None:
    """From now on, change with the system where the mode says so. Call once, after the start."""
    QGuiApplication.styleHints().colorSchemeChanged.connect(_system_changed)


def _system_changed() -> None:
    if _state.mode == "system":
        apply("system")


def _wants_dark(wanted: Mode) -> bool:
    if wanted == "system":
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return wanted == "dark"


def _palette(chosen: Colours) -> QPalette:
    palette = QPalette()
    roles_of = QPalette.ColorRole
    for role, name in {
        roles_of.Window: "ground",
        roles_of.Base: "surface",
        roles_of.AlternateBase: "field",
        roles_of.Button: "surface",
        roles_of.Mid: "line",
        roles_of.WindowText: "text",
        roles_of.Text: "text",
        roles_of.ButtonText: "text",
        roles_of.PlaceholderText: "muted",
        roles_of.ToolTipBase: "text",
        roles_of.ToolTipText: "surface",
        roles_of.Highlight: "brand",
        roles_of.HighlightedText: "on_brand",
        roles_of.Link: "brand",
    }.items():
        palette.setColor(role, chosen.role(name))
    for role in (roles_of.WindowText, roles_of.Text, roles_of.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, chosen.role("faint"))
    return palette
