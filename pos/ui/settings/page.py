"""The base of the pages: a form on a section's presenter."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.listen import listen
from pos.ui.settings.section import Section
from pos.ui.widgets.box import Part, column
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.ui.widgets.field import Field

FORM_WIDTH = 620
"""Pixels at most: a line of a form that is longer is hard to follow."""


class Page(QWidget):
    """Shows what its section says. `first` is where the focus goes."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        listen(self, section, self.show_section)
        self.fields: Mapping[str, Field] = {}
        self.first: QWidget | None = None
        self.said = Label("", "body", wrap=True)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def lay_out(self, *parts: Part) -> None:
        """Parts below each other; what was done, or what is wrong, at the foot."""
        self.setLayout(column(*parts, self.said, None, gap=10))
        self.setMaximumWidth(FORM_WIDTH)
        self.said.hide()

    def refresh(self) -> None:
        """Read what holds."""
        self.section.refresh()

    def focus_first(self) -> None:
        """Where the first key goes."""
        if self.first is not None:
            self.first.setFocus()

    def back(self) -> bool:
        """Esc was pressed; True when the page had something open to close."""
        return False

    def scanned(self, code: str) -> bool:
        """A scanner read something; True when the page used it."""
        del code
        return False

    def show_section(self) -> None:
        """Sentences beside their fields, the rest at the foot."""
        errors = self.section.errors
        for name, field in self.fields.items():
            field.show_error(errors.get(name, ""))
        rest = [said for name, said in errors.items() if name not in self.fields]
        words = rest[0] if rest else self.section.note
        self.said.set_tone("bad" if rest else "good")
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.setCursor(
            Qt.CursorShape.BusyCursor if self.section.busy else Qt.CursorShape.ArrowCursor
        )


def caption(text: str) -> Label:
    """A small heading over something that is no field."""
    return Label(text, "label", "muted")


def hint(text: str) -> Label:
    """A quiet sentence that explains."""
    return Label(text, "small", "muted", wrap=True)
