"""The base of the sections of the goods screen."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from pos.i18n import _
from pos.ui.listen import listen
from pos.ui.widgets.box import into_view
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.ui.goods.work import Work
    from pos.ui.widgets.field import Field


class GoodsPage(QWidget):
    """One section: shows what its presenter says.

    `choose_save` asks where a file goes and `choose_open` which one is read; both give None when
    the person thought better of it.
    """

    def __init__(self, work: "Work") -> None:
        super().__init__()
        self.work = work
        self.fields: Mapping[str, Field] = {}
        self._told: Mapping[str, str] = {}
        self.panel: QWidget | None = None
        self.said = Label("", "body", wrap=True, parent=self)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.said.hide()
        self.choose_save: Callable[[str, str], Path | None] = self._choose_save
        self.choose_open: Callable[[str], Path | None] = self._choose_open

    def start(self) -> None:
        """Call at the end of the maker: from now on each change is shown."""
        listen(self, self.work, self.show_work)

    def entered(self) -> None:
        """The section is in view: read what is new, put the focus where typing should go."""
        self.work.refresh()
        self.focus_first()

    def set_side_width(self, pixels: int) -> None:
        """How wide the panel at the right is in a window of this width."""
        if self.panel is not None:
            self.panel.setFixedWidth(pixels)

    def book_changed(self, topics: frozenset[str]) -> None:
        """Something was written while the section is in view."""

    def focus_first(self) -> None:
        """Where the first key goes."""

    def left(self) -> None:
        """Another section or screen is in view."""

    def back(self) -> bool:
        """Esc was pressed; True when there was something to go back from."""
        return False

    def save(self) -> None:
        """F9: the section's main thing to do."""

    def begin_search(self) -> None:
        """F2: to where one types what one looks for."""
        self.focus_first()

    def scanned(self, code: str) -> None:
        """A scanner read something."""

    def show_work(self) -> None:
        """Sentences beside their fields, the rest at `said`."""
        errors = self.work.errors
        for name, field in self.fields.items():
            if field.error or name in errors:
                field.show_error(errors.get(name, ""))
        rest = [words for name, words in errors.items() if name not in self.fields]
        words = rest[0] if rest else self.work.note
        self.said.set_tone("bad" if rest else "good")
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def go_to_error(self) -> None:
        """To the field in which something is wrong, when that was told just now."""
        errors = self.work.errors
        if errors is self._told:
            return
        self._told = errors
        for name, field in self.fields.items():
            if name in errors:
                field.input.setFocus()
                into_view(field)
                return

    def _choose_save(self, name: str, kinds: str) -> Path | None:
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(place))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save"), str(folder / name), kinds)
        return Path(chosen) if chosen else None

    def _choose_open(self, kinds: str) -> Path | None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open"), "", kinds)
        return Path(chosen) if chosen else None
