"""Backups: how it stands, the second place, and the way back."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pos.i18n import _
from pos.ui.backups.panel import RestorePanel
from pos.ui.desk import Desk
from pos.ui.settings.backup import BackupSection
from pos.ui.settings.page import Page, caption, hint
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label


class BackupPage(Page):
    """The list is read when the page is opened and when "Show the backups" is pressed."""

    def __init__(self, section: BackupSection, desk: Desk) -> None:
        super().__init__(section)
        self._backup = section
        self._last = Label("", "item", wrap=True)
        self.make = Button(_("Back up now"), "primary", icon="floppy-disk")
        self.make.clicked.connect(section.make)
        self._place = ElidedLabel("", "item")
        self._there = Label("", "small", "muted", wrap=True)
        self.choose = Button(_("Choose a folder"), "outline", icon="folder-open")
        self.choose.clicked.connect(self._choose)
        self.remove = Button(_("No second place"), "ghost")
        self.remove.clicked.connect(lambda: section.choose_second(None))
        self.panel = RestorePanel(desk.till.folder, desk.run_aside)
        self.panel.wanted.connect(section.restore)
        desk.backup.connect(section.state_changed)
        self.first = self.make
        self.lay_out(
            caption(_("Last backup")),
            self._last,
            row(self.make, None),
            hint(
                _(
                    "Made by itself after each close, when Titip is closed, and every half hour"
                    " of selling. Each one is checked before it counts."
                )
            ),
            8,
            caption(_("Second place, such as a USB stick")),
            self._place,
            self._there,
            row(self.choose, self.remove, None),
            8,
            caption(_("Go back to a backup")),
            self.panel,
        )

    def refresh(self) -> None:
        """See Page."""
        super().refresh()
        self.panel.refresh()

    def show_section(self) -> None:
        """See Page."""
        fields = self._backup.fields()
        self._last.setText(fields.last or _("None yet"))
        self._place.set_text(fields.second or _("None"))
        self._there.setText(_second_says(fields.second, there=fields.second_there))
        self.remove.setVisible(bool(fields.second))
        self.make.setEnabled(not self._backup.busy)
        super().show_section()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Second place, such as a USB stick"))
        if chosen:
            self._backup.choose_second(Path(chosen))


def _second_says(second: str, *, there: bool) -> str:
    if not second:
        return _("A disk can die. A stick that stays in the machine keeps a second copy.")
    if there:
        return _("It is there; each backup goes there, too.")
    return _("It is not there now. The next backup goes there as soon as it is back.")
